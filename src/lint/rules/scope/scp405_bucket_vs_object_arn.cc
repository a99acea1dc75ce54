#include <array>
#include <cstdint>
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

enum class BucketLevel : uint8_t { kBucket, kObject };

bool IsS3Type(const Catalogue& catalogue, ResourceTypeId type, std::string_view name) {
  return catalogue.LowerServiceName(catalogue.TypeService(type)) == "s3" && catalogue.TypeName(type) == name;
}

// The level of an entry that names a bucket or objects of one.
std::optional<BucketLevel> LevelOfEntry(std::string_view resource, const PolicyView& policy) {
  static const ArnShape bucket("arn:${Partition}:s3:::${BucketName}");
  static const ArnShape object("arn:${Partition}:s3:::${BucketName}/${ObjectName}");
  const std::optional<WidePattern> pattern = ReadWideResource(resource, policy);
  if (!pattern) return std::nullopt;
  const std::optional<size_t> most_slashes = MostSlashes(resource, policy);
  const bool may_be_bucket = !bucket.IsApartFrom(*pattern, most_slashes);
  const bool may_be_object = !object.IsApartFrom(*pattern, most_slashes);
  if (may_be_bucket == may_be_object) return std::nullopt;
  return may_be_bucket ? BucketLevel::kBucket : BucketLevel::kObject;
}

// What all actions of an entry act on. Nothing if they are not all of one level.
std::optional<BucketLevel> BucketLevelOf(const ActionPattern& pattern, const Catalogue& catalogue) {
  std::optional<BucketLevel> level;
  for (const ActionId action : pattern.actions) {
    std::optional<BucketLevel> of_action;
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      const ResourceTypeId type = catalogue.RowType(row);
      if (IsS3Type(catalogue, type, "bucket")) of_action = BucketLevel::kBucket;
      if (IsS3Type(catalogue, type, "object")) of_action = BucketLevel::kObject;
    }
    if (!of_action || (level && level != of_action)) return std::nullopt;
    level = of_action;
  }
  return level;
}

// The levels that the entries of a statement's Resource or NotResource are of.
class BucketEntries {
 public:
  explicit BucketEntries(const StatementView& view) : view_(&view) {}

  // The first entry that is of the other level; null if none is.
  const LocatedText* OtherThan(BucketLevel level) {
    std::optional<const LocatedText*>& other = others_[static_cast<size_t>(level)];
    if (other) return *other;
    other = nullptr;
    for (const LocatedText& resource : view_->statement().resources) {
      const std::optional<BucketLevel> own = LevelOfEntry(resource.text, view_->policy());
      if (!own || *own == level) continue;
      other = &resource;
      break;
    }
    return *other;
  }

 private:
  const StatementView* view_;
  // By level, looked for when it is first asked for.
  std::array<std::optional<const LocatedText*>, 2> others_;
};

// Where the name of the bucket ends.
size_t EndOfBucket(std::string_view resource) {
  for (size_t i = 0; i < resource.size(); ++i) {
    const size_t end = resource.substr(i).starts_with("${") ? resource.find('}', i) : std::string_view::npos;
    if (end != std::string_view::npos) {
      i = end;
    } else if (resource[i] == '/') {
      return i;
    }
  }
  return resource.size();
}

// The same bucket's ARN of that level.
std::string AtLevel(std::string_view resource, BucketLevel level) {
  return level == BucketLevel::kObject ? std::string(resource) + "/*"
                                       : std::string(resource.substr(0, EndOfBucket(resource)));
}

// NotResource that spares none of the statement's actions, since it names the other level.
void CheckExemption(const StatementView& view, Reporter& report) {
  const std::vector<ActionPattern>& patterns = view.patterns();
  if (view.statement().not_action || patterns.empty()) return;
  const Catalogue& catalogue = view.policy().catalogue();
  ResourceScope scope(view);
  if (scope.has_everything() || !scope.is_well_formed()) return;
  std::optional<BucketLevel> level;
  for (const ActionPattern& pattern : patterns) {
    const std::optional<BucketLevel> own = BucketLevelOf(pattern, catalogue);
    if (pattern.actions.empty() || !own || (level && level != own)) return;
    level = own;
    for (const ActionId action : pattern.actions) {
      if (FateOf(action, scope, catalogue) != ActionFate::kMismatch) return;
    }
  }
  const LocatedText* const other = BucketEntries(view).OtherThan(*level);
  if (other == nullptr) return;
  const bool needs_object = *level == BucketLevel::kObject;
  const std::string better = AtLevel(other->text, *level);
  report
      .Add(other->range, Quoted(patterns[0].written->text) +
                             (needs_object ? " acts on objects, and this is the ARN of a bucket"
                                           : " acts on buckets, and this is the ARN of objects") +
                             ", so nothing is exempt: write `" + better + "`")
      .UnsafeFix("write `" + better + "`", {{other->range, JsonQuoted(better)}});
}

}  // namespace

void CheckBucketVsObjectArn(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  if (view.statement().not_resource) {
    CheckExemption(view, report);
    return;
  }
  ResourceScope scope(view);
  const EntryList list = EntriesOf(view, scope);
  BucketEntries resources(view);
  bool is_first = true;
  for (const Entry& entry : list.entries) {
    if (entry.fate != Entry::Fate::kMismatch) continue;
    const std::optional<BucketLevel> level = BucketLevelOf(*entry.pattern, view.policy().catalogue());
    if (!level) continue;
    const LocatedText* const at = resources.OtherThan(*level);
    if (at == nullptr) continue;
    const bool needs_object = *level == BucketLevel::kObject;
    const std::string better = AtLevel(at->text, *level);
    FindingBuilder finding =
        report.Add(entry.pattern->written->range,
                   Quoted(entry.pattern->written->text) +
                       (needs_object ? " acts on objects, and `Resource` has the ARN of a bucket"
                                     : " acts on buckets, and `Resource` has the ARN of objects") +
                       ", so it is not denied: write `" + better + "`" + (list.is_dead ? "" : " as well"));
    finding.WithSeverity(entry.pattern->is_literal || list.is_dead ? Severity::kError : Severity::kWarning);
    finding.Related(at->range, needs_object ? "a bucket" : "objects");
    if (!std::exchange(is_first, false)) continue;
    const std::optional<json::Member> element = view.Element("Resource");
    if (list.is_dead && view.statement().resources.size() == 1) {
      finding.UnsafeFix("write `" + better + "`", {{at->range, JsonQuoted(better)}});
    } else if (element) {
      finding.UnsafeFix("add `" + better + "`", AppendValue(element->value, JsonQuoted(better)));
    }
  }
}

}  // namespace scpcheck
