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

enum class Level : uint8_t { kBucket, kObject };

bool IsS3Type(const Catalogue& catalogue, ResourceTypeId type, std::string_view name) {
  return catalogue.LowerServiceName(catalogue.TypeService(type)) == "s3" && catalogue.TypeName(type) == name;
}

// What all actions of an entry act on. Nothing if they are not all of one level of Amazon S3.
std::optional<Level> LevelOf(const ActionPattern& pattern, const Catalogue& catalogue) {
  std::optional<Level> level;
  for (const ActionId action : pattern.actions) {
    std::optional<Level> of_action;
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      const ResourceTypeId type = catalogue.RowType(row);
      if (IsS3Type(catalogue, type, "bucket")) of_action = Level::kBucket;
      if (IsS3Type(catalogue, type, "object")) of_action = Level::kObject;
    }
    if (!of_action || (level && level != of_action)) return std::nullopt;
    level = of_action;
  }
  return level;
}

// The level of an entry of Resource that names a bucket or objects of one.
std::optional<Level> LevelOf(std::string_view resource, const PolicyView& policy) {
  static const ArnShape bucket("arn:${Partition}:s3:::${BucketName}");
  static const ArnShape object("arn:${Partition}:s3:::${BucketName}/${ObjectName}");
  const std::optional<WidePattern> pattern = ReadWideResource(resource, policy);
  if (!pattern) return std::nullopt;
  const bool may_be_bucket = !bucket.IsApartFrom(*pattern);
  const bool may_be_object = !object.IsApartFrom(*pattern);
  if (may_be_bucket == may_be_object) return std::nullopt;
  return may_be_bucket ? Level::kBucket : Level::kObject;
}

// The same bucket's ARN of the other level.
std::string OtherLevel(std::string_view resource, Level level) {
  return level == Level::kBucket ? std::string(resource) + "/*"
                                 : std::string(resource.substr(0, resource.find('/')));
}

}  // namespace

void CheckBucketVsObjectArn(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  ResourceScope scope(view);
  const EntryList list = EntriesOf(view, scope);
  bool is_first = true;
  for (const Entry& entry : list.entries) {
    if (entry.fate != Entry::Fate::kMismatch) continue;
    const std::optional<Level> level = LevelOf(*entry.pattern, view.policy().catalogue());
    if (!level) continue;
    const std::vector<LocatedText>& resources = view.statement().resources;
    const auto at = std::find_if(resources.begin(), resources.end(), [&](const LocatedText& resource) {
      const std::optional<Level> other = LevelOf(resource.text, view.policy());
      return other && *other != *level;
    });
    if (at == resources.end()) continue;
    const bool needs_object = *level == Level::kObject;
    const std::string better = OtherLevel(at->text, needs_object ? Level::kBucket : Level::kObject);
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
    if (list.is_dead && resources.size() == 1) {
      finding.UnsafeFix("write `" + better + "`", {{at->range, JsonQuoted(better)}});
    } else if (element) {
      finding.UnsafeFix("add `" + better + "`", AppendValue(element->value, JsonQuoted(better)));
    }
  }
}

}  // namespace scpcheck
