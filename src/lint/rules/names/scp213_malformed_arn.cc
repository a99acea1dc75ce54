#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/names/arn.h"
#include "lint/rules/names/regions.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// The rest of a sentence on an entry that matches nothing.
std::string EffectOfIdleEntry(const StatementView& view) {
  return view.statement().not_resource ? ", so this entry exempts no resource"
                                       : ", so this entry matches no resource";
}

std::string TrimmedOf(std::string_view text) {
  while (!text.empty() && IsAsciiBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsAsciiBlank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// Fewer than six fields. A short ARN that ends in `*` is completed.
void CheckShortArn(const StatementView& view, const LocatedText& entry, const ArnText& arn,
                   Reporter& report) {
  const std::optional<Pattern> completed = Pattern::Resource(WithVariablesAsWildcards(entry.text), false);
  const bool is_arn = GlobMatch(WithVariablesAsWildcards(arn.fields[kArnPrefix]), "arn");
  if (completed && is_arn) return;
  if (!is_arn) {
    report.Add(entry.range, Backquoted(entry.text) + " is no ARN" + EffectOfIdleEntry(view) +
                                ": write `*` or an ARN, `arn:aws:service:region:account:resource`");
    return;
  }
  report.Add(entry.range, Backquoted(entry.text) + " has " + std::to_string(arn.count) +
                              " of the six fields of an ARN" + EffectOfIdleEntry(view) +
                              ": write `arn:aws:service:region:account:resource`, with empty fields where "
                              "the service has none");
}

// White space around an entry. Few names of resources may have some, and none of IAM's.
void CheckSpaceAround(const StatementView& view, const LocatedText& entry, Reporter& report) {
  const std::string trimmed = TrimmedOf(entry.text);
  FindingBuilder finding = report.Add(
      entry.range,
      "there is white space " + std::string(IsAsciiBlank(entry.text.front()) ? "before" : "behind") +
          " this entry, which is a part of it" + EffectOfIdleEntry(view) + ": write " + Backquoted(trimmed));
  const bool may_have_some =
      !IsAsciiBlank(entry.text.front()) && SplitArn(entry.text).fields[kArnService] != "iam";
  if (may_have_some) finding.WithSeverity(Severity::kWarning);
  finding.UnsafeFix("write " + Backquoted(trimmed), {{entry.range, JsonQuoted(trimmed)}});
}

// What stands in the fields before the resource part is no such thing.
bool CheckNames(const StatementView& view, const LocatedText& entry, const ArnText& arn, const ArnFit& fit,
                Reporter& report) {
  const auto place = [&](ArnField field) {
    return PartOf(view, entry.range, entry.text, arn.OffsetOf(field), arn.fields[field].size());
  };
  const auto quoted = [&](ArnField field) { return Backquoted(arn.fields[field]); };
  if (!GlobMatch(WithVariablesAsWildcards(arn.fields[kArnPrefix]), "arn")) {
    report.Add(place(kArnPrefix), "an ARN begins with `arn:`, not with " + quoted(kArnPrefix) +
                                      EffectOfIdleEntry(view) + ": write `arn`");
    return false;
  }
  if (!MatchesPartition(WithVariablesAsWildcards(arn.fields[kArnPartition]))) {
    report.Add(place(kArnPartition), quoted(kArnPartition) + " is no partition" + EffectOfIdleEntry(view) +
                                         ": write `aws`, `aws-cn`, `aws-us-gov`, or `*` for any");
    return false;
  }
  if (!fit.knows_service) {
    const std::string lower = AsciiLower(arn.fields[kArnService]);
    const bool is_case = lower != arn.fields[kArnService] && view.policy().catalogue().FindService(lower);
    report.Add(place(kArnService),
               quoted(kArnService) + " is no service in ARNs" + EffectOfIdleEntry(view) +
                   (is_case ? ": write " + Backquoted(lower)
                            : ": look the ARN up in the Service Authorization Reference"));
    return false;
  }
  return true;
}

// Region and account, as the service's ARNs have them or not.
void CheckPlaces(const StatementView& view, const LocatedText& entry, const ArnText& arn, const ArnFit& fit,
                 Reporter& report) {
  struct Fault {
    ArnField field;
    bool must_go;
    std::string_view name;
  };
  std::vector<Fault> faults;
  if (fit.region_must_go || fit.region_is_missing) {
    faults.push_back({kArnRegion, fit.region_must_go, "Region"});
  }
  if (fit.account_must_go || fit.account_is_missing) {
    faults.push_back({kArnAccount, fit.account_must_go, "account"});
  }
  std::array<std::string, kArnFields> mended;
  for (size_t i = 0; i < kArnFields; ++i) mended[i] = arn.fields[i];
  for (const Fault& fault : faults) mended[fault.field] = fault.must_go ? "" : "*";
  std::string fixed = mended[0];
  for (size_t i = 1; i < kArnFields; ++i) fixed += ":" + mended[i];
  for (const Fault& fault : faults) {
    const std::string_view written = arn.fields[fault.field];
    const std::string message =
        fault.must_go
            ? "ARNs of such a resource have no " + std::string(fault.name) + EffectOfIdleEntry(view) +
                  ": leave " + Backquoted(written) + " out"
            : std::string("ARNs of such a resource have ") + (fault.field == kArnRegion ? "a " : "an ") +
                  std::string(fault.name) + EffectOfIdleEntry(view) + ": write one, or `*`";
    const SourceRange place =
        written.empty() ? entry.range
                        : PartOf(view, entry.range, entry.text, arn.OffsetOf(fault.field), written.size());
    FindingBuilder finding = report.Add(place, message);
    // What AWS owns has no account, and not all of that is known.
    if (fault.field == kArnAccount && !fault.must_go) finding.WithSeverity(Severity::kWarning);
    finding.UnsafeFix("write " + Backquoted(fixed), {{entry.range, JsonQuoted(fixed)}});
  }
}

}  // namespace

// R-01 to R-06a.
void CheckMalformedArn(const StatementView& view, Reporter& report) {
  for (const LocatedText& entry : view.statement().resources) {
    if (entry.text.empty() || entry.text == "*" || HoldsTemplateToken(entry.text, view.policy().settings())) {
      continue;
    }
    if (IsListOfArns(entry.text)) {
      report.Add(entry.range, "this is a list of ARNs in one string" + EffectOfIdleEntry(view) +
                                  ": write each of them as an entry of its own");
      continue;
    }
    if (const std::string trimmed = TrimmedOf(entry.text);
        trimmed.size() < entry.text.size() && (trimmed == "*" || trimmed.starts_with("arn:"))) {
      CheckSpaceAround(view, entry, report);
      continue;
    }
    const ArnText arn = SplitArn(entry.text);
    if (!arn.is_whole()) {
      CheckShortArn(view, entry, arn, report);
      continue;
    }
    const ArnFit fit = FitArn(view.policy().catalogue(), arn);
    if (!CheckNames(view, entry, arn, fit, report)) continue;
    if (fit.fits || !fit.fits_without_places || MayBeShifted(arn) || MayBeOwnedByAws(arn)) continue;
    CheckPlaces(view, entry, arn, fit, report);
  }
}

}  // namespace scpcheck
