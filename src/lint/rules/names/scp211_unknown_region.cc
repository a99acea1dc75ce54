#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/names/arn.h"
#include "lint/rules/names/regions.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// Keys whose values are names of Regions.
constexpr std::string_view kRegionKeys[] = {"account:TargetRegion",        "aws:RequestedRegion",
                                            "cloudformation:TargetRegion", "ec2:Region",
                                            "kms:ReplicaRegion",           "s3:LocationConstraint"};

bool IsRegionKey(std::string_view key) {
  return std::any_of(std::begin(kRegionKeys), std::end(kRegionKeys),
                     [key](std::string_view known) { return AsciiEqualsIgnoreCase(known, key); });
}

// What `aws:RequestedRegion` is for requests that Amazon Bedrock routes through a global inference profile
// (Amazon Bedrock User Guide, Global cross-Region inference, 2026-11).
constexpr std::string_view kUnspecified = "unspecified";

// `string` is the place of the whole string, `text`; the Region stands at `begin` in it.
void Report(const StatementView& view, SourceRange string, std::string_view text, size_t begin, size_t size,
            std::string_view effect, Reporter& report) {
  const std::string_view region = text.substr(begin, size);
  const std::optional<std::string> meant = SuggestRegion(region);
  std::string message = Backquoted(region);
  if (HasWildcard(region)) {
    message += " matches no Region";
  } else if (HasFormOfRegion(region)) {
    message += " is none of the Regions that are known";
  } else {
    message += " is no Region";
  }
  message += ", so " + std::string(effect);
  message +=
      meant ? ": did you mean " + Backquoted(*meant) + "?" : ": write the name of one, such as `eu-west-1`";
  FindingBuilder finding = report.Add(PartOf(view, string, text, begin, size), std::move(message));
  // AWS may have opened it since.
  if (HasFormOfRegion(region)) finding.WithSeverity(Severity::kWarning);
  if (!meant) return;
  const std::string mended =
      std::string(text.substr(0, begin)) + *meant + std::string(text.substr(begin + size));
  finding.UnsafeFix("write " + Backquoted(*meant), {{string, JsonQuoted(mended)}});
}

}  // namespace

void CheckUnknownRegion(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!IsRegionKey(clause.key.text) || !ComparesTexts(clause.op)) continue;
    const bool takes_wildcards = clause.op.comparison == Comparison::kStringLike;
    const bool folds = clause.op.comparison == Comparison::kStringEqualsIgnoreCase;
    for (const ConditionValue& value : clause.values) {
      const std::string& text = value.text;
      if (text.empty() || text.find("${") != std::string::npos ||
          HoldsTemplateToken(text, view.policy().settings())) {
        continue;
      }
      if (HasWildcard(text) && !takes_wildcards) continue;  // SCP301
      // Buckets of eu-west-1 may still be asked for so.
      if (text == "EU" && AsciiEqualsIgnoreCase(clause.key.text, "s3:LocationConstraint")) continue;
      const std::string name = folds ? AsciiLower(text) : text;
      if (MatchesRegion(name)) continue;
      if (AsciiEqualsIgnoreCase(clause.key.text, "aws:RequestedRegion") && GlobMatch(name, kUnspecified)) {
        continue;
      }
      Report(view, value.range, text, 0, text.size(), "this value matches no request", report);
    }
  }
  for (const WrittenArn& written : WrittenArns(view)) {
    const std::string_view region = written.arn.fields[kArnRegion];
    if (!IsJudgedField(written, kArnRegion) || MatchesRegion(region)) continue;
    // An account in the wrong place: SCP213, SCP321.
    if (std::all_of(region.begin(), region.end(), IsAsciiDigit)) continue;
    Report(view, written.string, written.arn.text, written.arn.OffsetOf(kArnRegion), region.size(),
           "this ARN matches nothing", report);
  }
}

}  // namespace scpcheck
