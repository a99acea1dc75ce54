// Organization to compiled organization.

#ifndef SCPCHECK_ENGINE_COMPILE_H_
#define SCPCHECK_ENGINE_COMPILE_H_

#include <memory>

#include "engine/compiled.h"

namespace scpcheck {

std::shared_ptr<const CompiledOrganization> CompileOrganization(Organization organization,
                                                                const CompileOptions& options);

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_COMPILE_H_
