// Which resources a statement's Resource element can match: the catalogue's ARN templates as sets of texts.

#ifndef SCPCHECK_LINT_RULES_SCOPE_RESOURCE_SCOPE_H_
#define SCPCHECK_LINT_RULES_SCOPE_RESOURCE_SCOPE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lint/policy_view.h"
#include "lint/rules/keys/principal_arns.h"

namespace scpcheck {

// The ARNs of a resource type, by one of its templates (U-06).
class ArnShape {
 public:
  explicit ArnShape(std::string_view arn_template);

  // No resource of the type has an ARN that the pattern matches. `most_slashes`: what MostSlashes says of it.
  bool IsApartFrom(const WidePattern& pattern, std::optional<size_t> most_slashes = std::nullopt) const;
  // The pattern is plainly one of such ARNs: it matches some whose names are of the plain kind, field by
  // field.
  bool IsMeantBy(const WidePattern& pattern) const;
  // Every resource of the type has an ARN that the pattern matches.
  bool IsWithin(const WidePattern& pattern) const;

 private:
  std::string usual_;    // names without colons
  std::string unusual_;  // the last name may have colons, such as the key of an object
  // The `/` that are not part of a name. Nothing if a `*` stands among them.
  std::optional<size_t> slashes_;
  bool has_six_fields_ = false;      // usual names leave no colons for a wildcard to run over to
  bool names_have_slashes_ = false;  // some name may hold a `/` (U-06)
};

// How many `/` the last field of what an entry of Resource matches can have; nothing if a wildcard or a
// variable stands there that may hold any.
std::optional<size_t> MostSlashes(std::string_view entry, const PolicyView& policy);

// The template with `*` for each of its names, as a policy would have it.
std::string TemplateAsPattern(std::string_view arn_template);

// The list of Resource or NotResource. Questions are answered for every request; where the answer would take
// too long for a hostile policy, as if everything could match.
class ResourceScope {
 public:
  explicit ResourceScope(const StatementView& view);
  // Of a list with these entries.
  ResourceScope(const PolicyView& policy, const std::vector<std::string>& entries);

  // Some entry is `*`.
  bool has_everything() const { return has_everything_; }
  // There are entries, and all of them can match some text.
  bool is_well_formed() const { return is_well_formed_; }
  const std::vector<WidePattern>& patterns() const { return patterns_; }

  // Whether some entry can match a resource of the type.
  bool CanMatch(ResourceTypeId type);
  // Whether one entry matches every resource of the type.
  bool Covers(ResourceTypeId type);
  // Whether some entry can match a resource of the service that AWS owns, whose ARN no template describes.
  bool CanMatchAwsOwned(std::string_view service);

 private:
  void Add(std::string_view entry, const PolicyView& policy);
  bool SpendComparison();

  const Catalogue& catalogue_;
  std::vector<WidePattern> patterns_;
  std::vector<std::optional<size_t>> most_slashes_;  // of each
  bool has_everything_ = false;
  bool is_well_formed_ = true;
  // What was found out, by type and by row of the table of what AWS owns.
  std::unordered_map<uint32_t, bool> can_match_;
  std::unordered_map<size_t, bool> can_match_owned_;
  size_t comparisons_left_;
};

// What comes of an action under the Resource element of its statement.
enum class ActionFate : uint8_t {
  kCanMatch,
  kNoResource,  // it takes none, and no entry is `*`
  kMismatch,    // it acts on types that no entry matches
};

ActionFate FateOf(ActionId action, ResourceScope& scope, const Catalogue& catalogue);

// Whether an entry is plainly an ARN of a type that the action acts on.
bool IsMeantFor(const WidePattern& pattern, ActionId action, const Catalogue& catalogue);

// The types of actions, with `*` for their names, as a list for a message.
std::string TypesText(std::span<const ActionId> actions, const Catalogue& catalogue);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_SCOPE_RESOURCE_SCOPE_H_
