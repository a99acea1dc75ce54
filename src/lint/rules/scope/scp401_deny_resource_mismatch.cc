#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/entries.h"
#include "lint/rules/scope/resource_scope.h"
#include "lint/rules/scope/rules.h"

namespace scpcheck {

namespace {

std::string Name(const Entry& entry) {
  return Quoted(entry.pattern->written->text);
}

// A dead part of a living statement is an error only if it was named: a wildcard is meant for what fits.
Severity SeverityOf(const Entry& entry, const EntryList& list) {
  return entry.pattern->is_literal || list.is_dead ? Severity::kError : Severity::kWarning;
}

// The actions of Amazon API Gateway are HTTP methods, each of which covers all kinds of resources, like a
// pattern.
bool IsHttpMethod(const ActionPattern& pattern) {
  return pattern.is_literal && pattern.service() == "apigateway" &&
         (pattern.name() == "get" || pattern.name() == "post" || pattern.name() == "put" ||
          pattern.name() == "patch" || pattern.name() == "delete");
}

// Where the resource part of an ARN begins, behind the fifth colon.
size_t ResourcePart(std::string_view arn) {
  size_t at = 0;
  for (int field = 1; field < 6; ++field) {
    at = arn.find(':', at);
    if (at == std::string_view::npos) return arn.size();
    ++at;
  }
  return at;
}

// Whether a template has nothing but a name in its last field, such as that of a topic.
bool IsNameOnly(std::string_view arn_template) {
  const std::string_view last = arn_template.substr(ResourcePart(arn_template));
  return last.starts_with("${") && last.find('}') == last.size() - 1 && last != "${BucketName}";
}

// What may have been meant by an ARN that matches nothing: `/` for `:` behind the type or the other way
// round, a bucket for its objects or the other way round, a name for its type and its name.
std::vector<std::string> Meant(const std::string& arn, const EntryList& list, const Catalogue& catalogue) {
  std::vector<std::string> candidates;
  const size_t part = ResourcePart(arn);
  if (part == arn.size()) return candidates;
  const size_t end = arn.find_first_of(":/", part);
  for (const ActionRowId row : catalogue.ActionRows(list.entries[0].pattern->actions[0])) {
    const ResourceTypeId type = catalogue.RowType(row);
    if (end == std::string::npos || arn.substr(part, end - part) != catalogue.TypeName(type)) continue;
    for (size_t i = 0; i < catalogue.TypeTemplateCount(type); ++i) {
      if (IsNameOnly(catalogue.TypeTemplate(type, i))) {
        candidates.push_back(arn.substr(0, part) + arn.substr(end + 1));
      }
    }
  }
  if (arn.ends_with("/*")) candidates.push_back(arn.substr(0, arn.size() - 2));
  candidates.push_back(arn + "/*");
  for (const auto& [from, to] : {std::pair('/', ':'), std::pair(':', '/')}) {
    const size_t at = arn.find(from, part);
    if (at == std::string::npos) continue;
    candidates.push_back(arn);
    candidates.back()[at] = to;
    // `parameter:/name`: a `/` stands there already.
    if (to == '/' && arn.substr(at + 1).starts_with('/')) candidates.back().erase(at, 1);
  }
  return candidates;
}

// An entry in the place of the only one with which every entry of Action has an action that it plainly fits.
std::optional<std::string> BetterEntry(const StatementView& view, const EntryList& list) {
  const std::vector<LocatedText>& resources = view.statement().resources;
  if (resources.size() != 1) return std::nullopt;
  for (std::string& candidate : Meant(resources[0].text, list, view.policy().catalogue())) {
    const std::optional<WidePattern> pattern = ReadWideResource(candidate, view.policy());
    if (!pattern) continue;
    const bool fits_all = std::all_of(list.entries.begin(), list.entries.end(), [&](const Entry& entry) {
      const std::vector<ActionId>& actions = entry.pattern->actions;
      return std::any_of(actions.begin(), actions.end(), [&](ActionId action) {
        return IsMeantFor(*pattern, action, view.policy().catalogue());
      });
    });
    if (fits_all) return std::move(candidate);
  }
  return std::nullopt;
}

// A statement of its own, without a Sid, for the actions of a statement that take no resource, which are
// taken out of it. Nothing where that is all that it lists: then Resource has to become `*`.
std::optional<std::vector<TextEdit>> SplitOff(const StatementView& view, const EntryList& list) {
  const std::optional<json::Member> action = view.Element("Action");
  const std::optional<json::Value> statements = view.policy().document().Find("Statement");
  if (!action || !action->value.is_array() || !statements) return std::nullopt;
  std::vector<json::Value> removed;
  std::string names;
  for (const json::Value element : action->value.elements()) {
    const auto entry = std::find_if(list.entries.begin(), list.entries.end(), [&](const Entry& candidate) {
      return candidate.pattern->written->range == element.range();
    });
    if (entry == list.entries.end() || entry->fate != Entry::Fate::kNoResource) continue;
    removed.push_back(element);
    names += (names.empty() ? "" : ", ") + JsonQuoted(element.text());
  }
  if (removed.empty() || removed.size() == action->value.size()) return std::nullopt;
  std::string statement = "{\"Effect\": \"Deny\", \"Action\": [" + names + "], \"Resource\": \"*\"";
  if (const std::optional<json::Member> condition = view.Element("Condition")) {
    const SourceRange range = condition->value.range();
    statement += ", \"Condition\": " +
                 std::string(view.policy().source()->text().substr(range.begin, range.end - range.begin));
  }
  statement += "}";
  std::vector<TextEdit> edits = RemoveElements(action->value, removed);
  if (statements->is_array()) {
    for (TextEdit& edit : AppendValue(*statements, statement)) edits.push_back(std::move(edit));
  } else {
    const SourceRange whole = statements->range();
    edits.push_back({{whole.begin, whole.begin}, "["});
    edits.push_back({{whole.end, whole.end}, ", " + statement + "]"});
  }
  return edits;
}

}  // namespace

// R-04 to R-07, U-06.
void CheckDenyResourceMismatch(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  const Catalogue& catalogue = view.policy().catalogue();
  ResourceScope scope(view);
  const EntryList list = EntriesOf(view, scope);
  if (list.HasOnly(Entry::Fate::kMismatch)) {
    const Entry& first = list.entries[0];
    const std::string types = TypesText(first.pattern->actions, catalogue);
    std::string found = Name(first) + " acts on " + types + ", which `Resource` does not match";
    if (list.entries.size() > 1) {
      found =
          "none of these actions acts on what `Resource` matches (" + Name(first) + " acts on " + types + ")";
    }
    FindingBuilder finding = report.Add(
        PlaceOfResources(view), found + ", so the statement never applies: write an ARN of that form");
    if (const std::optional<std::string> better = BetterEntry(view, list)) {
      finding.UnsafeFix("write `" + *better + "`", {{PlaceOfResources(view), JsonQuoted(*better)}});
    }
    return;
  }
  for (const Entry& entry : list.entries) {
    if (entry.fate != Entry::Fate::kMismatch || (IsHttpMethod(*entry.pattern) && !list.is_dead)) continue;
    report
        .Add(entry.pattern->written->range,
             Name(entry) + " acts on " + TypesText(entry.pattern->actions, catalogue) +
                 ", which `Resource` does not match, so it is not denied: add an "
                 "ARN of that form, or leave the action out")
        .WithSeverity(SeverityOf(entry, list));
  }
}

// R-07.
void CheckResourceScopeOnResourcelessAction(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  ResourceScope scope(view);
  const EntryList list = EntriesOf(view, scope);
  const bool is_all = list.HasOnly(Entry::Fate::kNoResource);
  bool is_first = true;
  for (const Entry& entry : list.entries) {
    if (entry.fate != Entry::Fate::kNoResource) continue;
    FindingBuilder finding = report.Add(
        entry.pattern->written->range,
        Name(entry) + " takes no resource, so only `*` in `Resource` would match it, and it is not denied: " +
            (is_all ? "write `\"Resource\": \"*\"`"
                    : "deny it in a statement of its own with `\"Resource\": \"*\"`"));
    finding.WithSeverity(SeverityOf(entry, list));
    if (!std::exchange(is_first, false)) continue;
    const std::optional<json::Member> resource = view.Element("Resource");
    if (is_all && resource) {
      finding.UnsafeFix("write `\"Resource\": \"*\"`", {{resource->value.range(), "\"*\""}});
    } else if (auto edits = SplitOff(view, list)) {
      finding.UnsafeFix("deny what takes no resource in a statement of its own", std::move(*edits));
    }
  }
}

}  // namespace scpcheck
