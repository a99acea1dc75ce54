#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/conditions/rules.h"
#include "lint/tables.h"
#include "lint/template_token.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

constexpr size_t kShownTypes = 3;

// The types that every call of an action touches, by the action's name in lower case: the rows of
// data/call-resources.tsv.
const std::unordered_map<std::string, std::vector<std::string_view>>& TypesOfCalls() {
  static const std::unordered_map<std::string, std::vector<std::string_view>> kTypes = [] {
    const Table& table = TableOf("call-resources");
    std::unordered_map<std::string, std::vector<std::string_view>> types;
    for (size_t row = 0; row < table.row_count(); ++row) {
      types[AsciiLower(table.Row(row)[0])].push_back(table.Row(row)[1]);
    }
    return types;
  }();
  return kTypes;
}

// The ARNs of a template in one partition, as the code of a pattern: what it leaves open has no colons.
std::string CodeOf(std::string_view arn_template, std::string_view partition) {
  std::string code;
  for (size_t i = 0; i < arn_template.size();) {
    const size_t end = arn_template.find('}', i);
    if (arn_template.substr(i).starts_with("${") && end != std::string_view::npos) {
      if (arn_template.substr(i, end + 1 - i) == "${Partition}") {
        code += partition;
      } else {
        code += static_cast<char>(kSegmentRun);
      }
      i = end + 1;
    } else {
      code += arn_template[i] == '*' ? static_cast<char>(kRun) : arn_template[i];
      ++i;
    }
  }
  return code;
}

// Whether the statement is about all resources of a type: its Resource covers them, or its NotResource has
// none.
class ResourcesOfStatement {
 public:
  explicit ResourcesOfStatement(const StatementView& view) : view_(view) {
    const LintSettings& settings = view.policy().settings();
    const Statement& statement = view.statement();
    for (const LocatedText& resource : statement.resources) {
      // What is filled in later may be anything, so it is excepted from NotResource, and covers nothing.
      const std::string text =
          statement.not_resource ? WithTokensAsWildcards(resource.text, settings) : resource.text;
      std::optional<Pattern> pattern = Pattern::Resource(text, view.policy().policy().has_variables);
      if (!pattern) continue;
      if (!pattern->has_variables()) {
        patterns_.push_back(std::move(*pattern));
      } else if (statement.not_resource) {
        is_open_ = true;
      }
    }
  }

  bool IncludeAll(ResourceTypeId type) const {
    const Catalogue& catalogue = view_.policy().catalogue();
    if (is_open_ || catalogue.TypeTemplateCount(type) == 0) return false;
    for (size_t i = 0; i < catalogue.TypeTemplateCount(type); ++i) {
      if (!IncludeAll(catalogue.TypeTemplate(type, i))) return false;
    }
    return true;
  }

 private:
  bool IncludeAll(std::string_view arn_template) const {
    const std::vector<std::string>& partitions = view_.policy().settings().partitions;
    const std::string_view partition = partitions.empty() ? "aws" : std::string_view(partitions.front());
    const std::string all = CodeOf(arn_template, partition);
    if (view_.statement().not_resource) {
      return std::all_of(patterns_.begin(), patterns_.end(),
                         [&](const Pattern& pattern) { return PatternsDisjoint(pattern.code(), all); });
    }
    return std::any_of(patterns_.begin(), patterns_.end(),
                       [&](const Pattern& pattern) { return PatternCovers(pattern.code(), all); });
  }

  const StatementView& view_;
  std::vector<Pattern> patterns_;
  bool is_open_ = false;
};

// A type that an action may touch.
struct TouchedType {
  ActionRowId row;
  std::string name;
  bool always = false;  // with every call, and within the statement's resources
  DividedTests tests;   // of the statement, where `always`
};

std::vector<TouchedType> TypesOf(const StatementView& view, const KeysOfStatement& keys, ActionId action,
                                 const std::vector<std::string_view>& touched,
                                 const ResourcesOfStatement& resources) {
  const Catalogue& catalogue = view.policy().catalogue();
  std::vector<TouchedType> types;
  for (const ActionRowId row : catalogue.ActionRows(action)) {
    const ResourceTypeId id = catalogue.RowType(row);
    TouchedType& type = types.emplace_back(TouchedType{row, std::string(catalogue.TypeName(id)), false, {}});
    type.always =
        std::find(touched.begin(), touched.end(), type.name) != touched.end() && resources.IncludeAll(id);
    if (!type.always) continue;
    type.tests = DivideTests(view, [&](const ConditionClause& clause) {
      return keys.Of(clause).can_be_ruled_out() && !keys.Of(clause).RowHas(action, row);
    });
  }
  return types;
}

void CheckAction(const StatementView& view, const ActionPattern& pattern, const KeysOfStatement& keys,
                 const std::vector<TouchedType>& types, Reporter& report) {
  const ActionId action = pattern.actions.front();
  for (const ConditionClause& clause : view.statement().conditions) {
    const KeySupport& support = keys.Of(clause);
    if (!support.can_be_ruled_out()) continue;
    std::vector<std::string> without;
    std::vector<std::string> with;
    for (const TouchedType& type : types) {
      if (support.RowHas(action, type.row)) {
        with.push_back(type.name);
      } else if (type.always && FateWithoutKey(view, clause, type.tests) == WithoutKey::kAlwaysHolds) {
        without.push_back(type.name);
      }
    }
    // SCP315 and SCP316 speak where nothing that the action touches has the key.
    if (without.empty() || with.empty()) continue;
    report
        .Add(clause.key.range,
             "each call of " + Quoted(pattern.written->text) + " also touches " +
                 ListOf(without, kShownTypes) + ", where there is no " + Quoted(clause.key.text) +
                 " and the test holds, so the Deny stops all of them: name in `Resource` only " +
                 ListOf(with, kShownTypes))
        .Related(pattern.written->range, "the action")
        .Offender(clause.key.text + " " + pattern.lower);
  }
}

}  // namespace

// C-05: the statement is evaluated for each resource that a call touches, and one Deny is enough.
void CheckKeyAbsentOnSomeResourceTypes(const StatementView& view, Reporter& report) {
  if (!view.denies() || view.statement().not_action || view.statement().is_unconditional()) return;
  std::optional<ResourcesOfStatement> resources;
  std::optional<KeysOfStatement> keys;
  std::unordered_set<std::string_view> seen;
  for (const ActionPattern& pattern : view.patterns()) {
    if (!pattern.is_literal || pattern.actions.empty()) continue;
    const auto touched = TypesOfCalls().find(pattern.lower);
    if (touched == TypesOfCalls().end() || !seen.insert(touched->first).second) continue;
    if (!resources) {
      resources.emplace(view);
      keys.emplace(view);
    }
    CheckAction(view, pattern, *keys,
                TypesOf(view, *keys, pattern.actions.front(), touched->second, *resources), report);
  }
}

}  // namespace scpcheck
