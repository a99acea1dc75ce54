// Where findings are, as the programs that show them want it.

#ifndef SCPCHECK_OUTPUT_LINT_PLACES_H_
#define SCPCHECK_OUTPUT_LINT_PLACES_H_

#include <string>

#include "scpcheck/lint.h"

namespace scpcheck {

// `file` as seen from `folder`: relative if it lies in there, else absolute; without `.` and `..`.
std::string PathFrom(const std::string& folder, const std::string& file);

// The file of a finding. One that has no place, because no file is to blame, is put on the first file of the
// run: programs leave out, or refuse, what has none.
std::string FileOf(const Finding& finding, const LintReport& report);

// Whether lines and columns tell what a fix changes. They don't tell of a byte order mark, which has none.
bool HasPlaces(const Fix& fix, const Source& source);

// For people, where no reason was given, too.
std::string ReasonText(const std::string& reason);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_LINT_PLACES_H_
