#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/scope/rules.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

// The field of an ARN, from 0. Empty if it has not so many.
std::string_view Field(std::string_view arn, int index) {
  for (; index > 0; --index) {
    const size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return "";
    arn.remove_prefix(colon + 1);
  }
  return arn.substr(0, arn.find(':'));
}

// The partition that a Region belongs to, or all that a pattern matches; empty if it is none, or unknown.
std::string_view PartitionOf(std::string_view region) {
  const Table& table = TableOf("regions");
  std::string_view partition;
  for (size_t i = 0; i < table.row_count(); ++i) {
    if (!GlobMatch(region, table.Row(i)[0])) continue;
    if (!partition.empty() && partition != table.Row(i)[1]) return "";
    partition = table.Row(i)[1];
  }
  return partition;
}

// A text of the policy that may be an ARN.
struct Place {
  SourceRange range;
  std::string_view text;  // of the policy
  bool takes_wildcards;
};

void CheckPlace(const StatementView& view, const Place& place, Reporter& report) {
  if (!place.text.starts_with("arn:")) return;
  const std::string_view partition = Field(place.text, 1);
  if (partition.empty() || partition.find_first_of("*?${<[") != std::string_view::npos) return;
  const std::string_view region = Field(place.text, 3);
  const std::string_view needed = PartitionOf(region);
  const auto with = [&](std::string_view other) {
    return "arn:" + std::string(other) + std::string(place.text.substr(4 + partition.size()));
  };
  if (!needed.empty() && needed != partition) {
    report
        .Add(place.range, "`" + std::string(region) + "` is in the partition `" + std::string(needed) +
                              "`, so no ARN in `" + std::string(partition) +
                              "` has it and nothing matches: write `arn:" + std::string(needed) + ":`")
        .WithSeverity(Severity::kError)
        .UnsafeFix("write `arn:" + std::string(needed) + ":`", {{place.range, JsonQuoted(with(needed))}});
    return;
  }
  if (partition != "aws-cn" && place.text.find(".amazonaws.com.cn") != std::string_view::npos) {
    report
        .Add(place.range,
             "names that end in `.amazonaws.com.cn` are in the partition `aws-cn` only, so nothing "
             "matches: write `arn:aws-cn:`")
        .WithSeverity(Severity::kError)
        .UnsafeFix("write `arn:aws-cn:`", {{place.range, JsonQuoted(with("aws-cn"))}});
    return;
  }
  const std::vector<std::string>& partitions = view.policy().settings().partitions;
  const bool is_used_elsewhere = std::any_of(partitions.begin(), partitions.end(),
                                             [&](const std::string& other) { return other != partition; });
  if (!is_used_elsewhere || !needed.empty()) return;
  FindingBuilder finding = report.Add(
      place.range,
      "`arn:" + std::string(partition) +
          ":` matches nothing in the other partitions that the configuration lists: write `arn:*:`");
  if (place.takes_wildcards) finding.UnsafeFix("write `arn:*:`", {{place.range, JsonQuoted(with("*"))}});
}

}  // namespace

// R-04.
void CheckHardcodedPartition(const StatementView& view, Reporter& report) {
  for (const LocatedText& resource : view.statement().resources) {
    CheckPlace(view, {resource.range, resource.text, true}, report);
  }
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!IsStringOrArnOperator(clause.op)) continue;
    for (const ConditionValue& value : clause.values) {
      CheckPlace(view, {value.range, value.text, !IsExactOperator(clause.op)}, report);
    }
  }
}

}  // namespace scpcheck
