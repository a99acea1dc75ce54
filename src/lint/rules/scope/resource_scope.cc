#include "lint/rules/scope/resource_scope.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/tables.h"
#include "lint/template_token.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// Far more than any statement needs that people write: 40 entries against all types of AWS.
constexpr size_t kMostComparisons = 100'000;

constexpr int kLastField = 6;

// Calls `literal` with each character and `name` with each `${Name}` of a template, in order, and the field
// they stand in, from 1.
template <typename Literal, typename Name>
void Walk(std::string_view arn_template, Literal literal, Name name) {
  int field = 1;
  for (size_t i = 0; i < arn_template.size(); ++i) {
    const size_t end =
        arn_template.substr(i).starts_with("${") ? arn_template.find('}', i) : std::string_view::npos;
    if (end != std::string_view::npos) {
      name(arn_template.substr(i + 2, end - i - 2), field, arn_template.substr(end + 1));
      i = end;
      continue;
    }
    if (arn_template[i] == ':' && field < kLastField) ++field;
    literal(arn_template[i], field);
  }
}

void Put(std::string& code, PatternByte byte) {
  code.push_back(static_cast<char>(byte));
}

size_t CountSlashes(std::string_view code) {
  return static_cast<size_t>(std::count(code.begin(), code.end(), '/'));
}

// Whether names of that kind never hold a `/`.
bool HasNoSlash(std::string_view arn_template, std::string_view name) {
  const size_t partition = arn_template.find(':') + 1;
  const size_t service = arn_template.find(':', partition) + 1;
  static const Table& table = TableOf("names-without-slash");
  for (size_t i = 0; i < table.row_count(); ++i) {
    const auto row = table.Row(i);
    if (name == row[1] && arn_template.substr(service).starts_with(row[0]) &&
        arn_template.substr(service + row[0].size()).starts_with(':')) {
      return true;
    }
  }
  return false;
}

// Whether what a policy variable stands for never holds a `/`. One with a default may be anything.
bool HoldsNoSlash(std::string_view variable) {
  if (variable == "*" || variable == "?" || variable == "$") return true;
  static const Table& table = TableOf("keys-without-slash");
  for (size_t i = 0; i < table.row_count(); ++i) {
    if (AsciiEqualsIgnoreCase(table.Row(i)[0], variable)) return true;
  }
  return false;
}

// ARNs of things that AWS owns, which no template describes.
struct AwsOwned {
  std::string service;
  std::string usual;
  std::string unusual;
};

const std::vector<AwsOwned>& AllAwsOwned() {
  static const std::vector<AwsOwned> owned = [] {
    std::vector<AwsOwned> made;
    for (const Table& table : AllTables()) {
      if (table.name() != "aws-owned-arns") continue;
      for (size_t i = 0; i < table.row_count(); ++i) {
        const std::string_view arn = table.Row(i)[0];
        const size_t partition = arn.find(':') + 1;
        const size_t service = arn.find(':', partition) + 1;
        made.push_back({std::string(arn.substr(service, arn.find(':', service) - service)), UsualArnCode(arn),
                        ArnCode(arn)});
      }
    }
    return made;
  }();
  return owned;
}

}  // namespace

ArnShape::ArnShape(std::string_view arn_template) {
  bool has_wildcard = false;
  Walk(
      arn_template,
      [&](char c, int) {
        if (c == '*') {
          Put(usual_, kRun);
          Put(unusual_, kRun);
          has_wildcard = true;
        } else {
          usual_.push_back(c);
          unusual_.push_back(c);
        }
      },
      [&](std::string_view name, int field, std::string_view rest) {
        if (field < kLastField) {
          // A Region or an account may be missing; a partition is there, but that does not matter here.
          Put(usual_, kSegmentRun);
          Put(unusual_, kSegmentRun);
          return;
        }
        Put(usual_, kSegmentOne);
        Put(usual_, kSegmentRun);
        Put(unusual_, kOne);
        Put(unusual_, kRun);
        if (name != "BucketName" && rest.find('/') == std::string_view::npos &&
            !HasNoSlash(arn_template, name)) {
          names_have_slashes_ = true;
        }
      });
  if (has_wildcard) return;
  slashes_ = CountSlashes(usual_);
  has_six_fields_ = std::count(usual_.begin(), usual_.end(), ':') == kLastField - 1;
}

// What is meant is compared with all that a resource of the type may be called. What `*` matches by running
// over from one field into the next (R-03) is compared with names of the plain kind only: a function is not
// called `function/x` to fit `arn:aws:lambda:*:*:function/*`.
bool ArnShape::IsApartFrom(const WidePattern& pattern, std::optional<size_t> most_slashes) const {
  // Where nothing runs over, the last fields are of one another.
  if (most_slashes && has_six_fields_ && slashes_ && *most_slashes < *slashes_) return true;
  // Each literal `/` of a pattern is in every text that it matches.
  const bool has_too_many = slashes_ && CountSlashes(pattern.code) > *slashes_;
  if (has_too_many && !names_have_slashes_) return true;
  if (!pattern.meant) return PatternsDisjoint(pattern.code, unusual_);
  return PatternsDisjoint(*pattern.meant, unusual_) &&
         (has_too_many || PatternsDisjoint(pattern.code, usual_));
}

bool ArnShape::IsMeantBy(const WidePattern& pattern) const {
  return pattern.meant && !(slashes_ && CountSlashes(pattern.code) > *slashes_ && !names_have_slashes_) &&
         !PatternsDisjoint(*pattern.meant, usual_);
}

bool ArnShape::IsWithin(const WidePattern& pattern) const {
  if (PatternCovers(pattern.code, unusual_)) return true;
  // An organization has one partition.
  constexpr std::string_view kPrefix = "arn:";
  for (const std::string_view partition : {"aws", "aws-cn", "aws-us-gov"}) {
    std::string code(kPrefix);
    code += partition;
    code += std::string_view(unusual_).substr(kPrefix.size() + 1);
    if (PatternCovers(pattern.code, code)) return true;
  }
  return false;
}

std::optional<size_t> MostSlashes(std::string_view entry, const PolicyView& policy) {
  if (HoldsTemplateToken(entry, policy.settings())) return std::nullopt;
  int field = 1;
  size_t slashes = 0;
  for (size_t i = 0; i < entry.size(); ++i) {
    const bool is_last = field == kLastField;
    const size_t end = entry.substr(i).starts_with("${") ? entry.find('}', i) : std::string_view::npos;
    if (end != std::string_view::npos) {
      if (is_last && !HoldsNoSlash(entry.substr(i + 2, end - i - 2))) return std::nullopt;
      i = end;
      continue;
    }
    if (is_last && (entry[i] == '*' || entry[i] == '?')) return std::nullopt;
    if (is_last && entry[i] == '/') ++slashes;
    if (!is_last && entry[i] == ':') ++field;
  }
  if (field < kLastField) return std::nullopt;
  return slashes;
}

std::string TemplateAsPattern(std::string_view arn_template) {
  std::string pattern;
  Walk(
      arn_template, [&](char c, int) { pattern += c; },
      [&](std::string_view name, int, std::string_view) {
        // A bucket's name holds no `/`, which `*` would not say.
        if (name == "BucketName") {
          pattern += "BUCKET";
        } else if (!pattern.ends_with('*')) {
          pattern += '*';
        }
      });
  return pattern;
}

ResourceScope::ResourceScope(const StatementView& view)
    : catalogue_(view.policy().catalogue()), comparisons_left_(kMostComparisons) {
  for (const LocatedText& resource : view.statement().resources) Add(resource.text, view.policy());
  if (patterns_.empty()) is_well_formed_ = false;
}

ResourceScope::ResourceScope(const PolicyView& policy, const std::vector<std::string>& entries)
    : catalogue_(policy.catalogue()), comparisons_left_(kMostComparisons) {
  for (const std::string& entry : entries) Add(entry, policy);
  if (patterns_.empty()) is_well_formed_ = false;
}

void ResourceScope::Add(std::string_view entry, const PolicyView& policy) {
  std::optional<WidePattern> pattern = ReadWideResource(entry, policy);
  if (!pattern) {
    is_well_formed_ = false;
    return;
  }
  // A token or a variable may be all there is of it.
  if (pattern->code == std::string(1, static_cast<char>(kRun))) has_everything_ = true;
  patterns_.push_back(std::move(*pattern));
  most_slashes_.push_back(MostSlashes(entry, policy));
}

bool ResourceScope::SpendComparison() {
  if (comparisons_left_ == 0) return false;
  --comparisons_left_;
  return true;
}

bool ResourceScope::CanMatch(ResourceTypeId type) {
  if (has_everything_) return true;
  const auto [known, is_new] = can_match_.emplace(static_cast<uint32_t>(type), true);
  if (!is_new) return known->second;
  // A type without a template may have any ARN.
  if (catalogue_.TypeTemplateCount(type) == 0) return true;
  for (size_t i = 0; i < catalogue_.TypeTemplateCount(type); ++i) {
    const ArnShape shape(catalogue_.TypeTemplate(type, i));
    for (size_t j = 0; j < patterns_.size(); ++j) {
      if (!SpendComparison() || !shape.IsApartFrom(patterns_[j], most_slashes_[j])) return true;
    }
  }
  known->second = false;
  return false;
}

bool ResourceScope::CanMatchAwsOwned(std::string_view service) {
  const std::vector<AwsOwned>& all = AllAwsOwned();
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].service != service) continue;
    const auto [known, is_new] = can_match_owned_.emplace(i, false);
    if (is_new) {
      known->second = std::any_of(patterns_.begin(), patterns_.end(), [&](const WidePattern& pattern) {
        return !SpendComparison() || !pattern.MatchesNone(all[i].usual, all[i].unusual);
      });
    }
    if (known->second) return true;
  }
  return false;
}

bool ResourceScope::Covers(ResourceTypeId type) {
  if (has_everything_) return true;
  if (catalogue_.TypeTemplateCount(type) == 0) return false;
  for (size_t i = 0; i < catalogue_.TypeTemplateCount(type); ++i) {
    const ArnShape shape(catalogue_.TypeTemplate(type, i));
    const bool is_covered = std::any_of(patterns_.begin(), patterns_.end(), [&](const WidePattern& pattern) {
      return SpendComparison() && shape.IsWithin(pattern);
    });
    if (!is_covered) return false;
  }
  return true;
}

ActionFate FateOf(ActionId action, ResourceScope& scope, const Catalogue& catalogue) {
  if (scope.has_everything()) return ActionFate::kCanMatch;
  if (!catalogue.HasResourceTypes(action)) return ActionFate::kNoResource;
  for (const ActionRowId row : catalogue.ActionRows(action)) {
    if (scope.CanMatch(catalogue.RowType(row))) return ActionFate::kCanMatch;
  }
  // No action of the service is known not to touch what AWS owns.
  if (scope.CanMatchAwsOwned(catalogue.LowerServiceName(catalogue.ActionService(action)))) {
    return ActionFate::kCanMatch;
  }
  return ActionFate::kMismatch;
}

bool IsMeantFor(const WidePattern& pattern, ActionId action, const Catalogue& catalogue) {
  for (const ActionRowId row : catalogue.ActionRows(action)) {
    const ResourceTypeId type = catalogue.RowType(row);
    for (size_t i = 0; i < catalogue.TypeTemplateCount(type); ++i) {
      if (ArnShape(catalogue.TypeTemplate(type, i)).IsMeantBy(pattern)) return true;
    }
  }
  return false;
}

std::string TypesText(std::span<const ActionId> actions, const Catalogue& catalogue) {
  std::vector<std::string> types;
  std::set<std::string> seen;
  for (const ActionId action : actions) {
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      const ResourceTypeId type = catalogue.RowType(row);
      for (size_t i = 0; i < catalogue.TypeTemplateCount(type); ++i) {
        std::string text = TemplateAsPattern(catalogue.TypeTemplate(type, i));
        if (seen.insert(text).second) types.push_back(std::move(text));
      }
    }
  }
  constexpr size_t kShown = 2;
  return ListOf(types, kShown);
}

}  // namespace scpcheck
