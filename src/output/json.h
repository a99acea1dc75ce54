// Results for programs: JSON documents that start with `schema`, `version` and `catalogueDate`.

#ifndef SCPCHECK_OUTPUT_JSON_H_
#define SCPCHECK_OUTPUT_JSON_H_

#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "output/answer.h"
#include "scpcheck/organization.h"

namespace scpcheck {

std::string AnswerJson(const Answer& answer, const Organization& organization, const OutputContext& context);
std::string AnswersJson(const std::vector<Answer>& answers, const OutputContext& context);
std::string TreeJson(const Organization& organization, const OutputContext& context);
std::string ActionsJson(const Catalogue& catalogue, const std::vector<ActionId>& actions,
                        const OutputContext& context);

// `"blockers":[...]`, a member for a decision line.
std::string BlockersMember(const std::vector<Blocker>& blockers);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_JSON_H_
