// An organization as an organization file (docs/formats.md), from the loaded structures alone: what loading
// loses, the file lacks.
#ifndef SCPCHECK_TESTS_PROPERTY_ORGANIZATION_WRITER_H_
#define SCPCHECK_TESTS_PROPERTY_ORGANIZATION_WRITER_H_

#include <string>

#include "scpcheck/organization.h"

namespace scpcheck::property {

std::string WriteOrganization(const Organization& organization);

}  // namespace scpcheck::property

#endif  // SCPCHECK_TESTS_PROPERTY_ORGANIZATION_WRITER_H_
