// Results for people.

#ifndef SCPCHECK_OUTPUT_TEXT_H_
#define SCPCHECK_OUTPUT_TEXT_H_

#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "output/answer.h"
#include "scpcheck/organization.h"

namespace scpcheck {

// `can`: one question, level by level with `explain`; or several, grouped by what decided.
std::string AnswerText(const Answer& answer, const Organization& organization, const OutputContext& context);
std::string AnswersText(const std::vector<Answer>& answers, const Organization& organization,
                        const OutputContext& context);

// `tree`: what is attached where, sizes and free slots.
std::string TreeText(const Organization& organization, const OutputContext& context);

// `actions`.
std::string ActionsText(const Catalogue& catalogue, const std::vector<ActionId>& actions,
                        const OutputContext& context);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_TEXT_H_
