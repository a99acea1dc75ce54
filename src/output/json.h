// Results for programs: JSON documents that start with `schema`, `version` and `catalogueDate`.

#ifndef SCPCHECK_OUTPUT_JSON_H_
#define SCPCHECK_OUTPUT_JSON_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "output/answer.h"
#include "scpcheck/organization.h"

namespace scpcheck {

// With what blocks it and, for `explain`, its levels, if the answer has its explanation.
std::string AnswerJson(const Answer& answer, const Organization& organization, const OutputContext& context);

// The same of several answers, one after the other: each becomes text at once, since the explanations of a
// million questions would fill the memory.
class AnswersDocument {
 public:
  explicit AnswersDocument(const OutputContext& context);
  void Add(const Answer& answer, const Organization& organization);
  std::string Take() &&;

 private:
  bool explain_;
  bool is_empty_ = true;
  std::string text_;
};

// Whether the document of an answer has this member besides those of a decision.
bool IsDocumentMember(std::string_view name);

std::string TreeJson(const Organization& organization, const OutputContext& context);
std::string ActionsJson(const Catalogue& catalogue, const std::vector<ActionId>& actions,
                        const OutputContext& context);

// `"blockers":[...]`, a member for a decision line.
std::string BlockersMember(const std::vector<Blocker>& blockers);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_JSON_H_
