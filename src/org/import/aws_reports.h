// What is wrong with the answers of `aws organizations`, and how it is said.

#ifndef SCPCHECK_ORG_IMPORT_AWS_REPORTS_H_
#define SCPCHECK_ORG_IMPORT_AWS_REPORTS_H_

#include <string>
#include <string_view>

#include "json/tree.h"
#include "org/import/aws_answers.h"
#include "org/import/importer.h"

namespace scpcheck::aws {

Place PlaceOf(json::Value value);

class Reports {
 public:
  explicit Reports(ImportInput& input) : input_(input) {}

  void Add(Severity severity, std::string code, std::string message, const Place& place);
  // `here` and `there` say different things.
  void AddContradiction(std::string message, const Place& here, const Place& there);
  // No answer of `operation`, for `subject` if it is not empty: `told` is what it tells.
  void AddMissing(AwsOperation operation, std::string_view subject, std::string_view told,
                  Severity severity = Severity::kError);
  void AddMissingOrganization();

  // What is incomplete is accepted on demand.
  Severity incomplete_severity() const {
    return input_.options.allow_partial ? Severity::kWarning : Severity::kError;
  }

 private:
  std::string Beginning() const;

  ImportInput& input_;
};

}  // namespace scpcheck::aws

#endif  // SCPCHECK_ORG_IMPORT_AWS_REPORTS_H_
