#include "lint/rules/names/arn.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "base/glob.h"
#include "lint/rules/names/text.h"
#include "lint/tables.h"
#include "lint/template_token.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// AWS's ARNs are no longer; comparing longer texts with all templates would take too long.
constexpr size_t kLongestArn = 2048;

std::string LikeCode(std::string_view text) {
  return Pattern::Like(WithVariablesAsWildcards(text), false).code();
}

// A template's part of that field, with `*` for what AWS fills in.
std::string TemplateCode(std::string_view part) {
  return LikeCode(part);
}

// Calls `visit` with the fields of each template that has the service in it.
template <typename Visit>
void ForEachTemplate(const Catalogue& catalogue, std::string_view service, Visit visit) {
  constexpr std::string_view kLead = "arn:${Partition}:";
  const bool is_literal = !service.empty() && !HasWildcard(service);
  for (uint32_t i = 0; i < catalogue.resource_type_count(); ++i) {
    const ResourceTypeId type{i};
    for (size_t j = 0; j < catalogue.TypeTemplateCount(type); ++j) {
      const std::string_view text = catalogue.TypeTemplate(type, j);
      // Most are of another service, which is soon seen.
      if (text.size() <= kLead.size() || (is_literal && text[kLead.size()] != service[0])) continue;
      if (!text.starts_with(kLead)) continue;
      const std::string_view rest = text.substr(kLead.size());
      if (!GlobMatch(service, rest.substr(0, rest.find(':')))) continue;
      const ArnText arn = SplitArn(text);
      if (arn.is_whole()) visit(arn);
    }
  }
}

// What stands in the field, compared with whether the template has anything there.
enum class Place : uint8_t { kFits, kMustGo, kIsMissing };

Place Compare(std::string_view written, std::string_view in_template) {
  if (written.empty()) return in_template.empty() ? Place::kFits : Place::kIsMissing;
  // A text of wildcards and variables may stand for nothing.
  if (WithVariablesAsWildcards(written).find_first_not_of('*') == std::string::npos) return Place::kFits;
  return in_template.empty() ? Place::kMustGo : Place::kFits;
}

// The length of the literal beginning of a resource part, and of its type with the separator.
size_t LeadOf(std::string_view part) {
  return std::min({part.find("${"), FindWildcard(part), part.size()});
}
size_t TypeOf(std::string_view part) {
  const size_t separator = part.substr(0, LeadOf(part)).find_first_of("/:");
  return separator == std::string_view::npos ? 0 : separator + 1;
}

}  // namespace

ArnText SplitArn(std::string_view text) {
  ArnText arn;
  arn.text = text;
  size_t begin = 0;
  for (size_t i = 0; i < text.size() && arn.count + 1 < kArnFields; ++i) {
    if (text.substr(i).starts_with("${")) {
      const size_t end = text.find('}', i);
      if (end != std::string_view::npos) i = end;
    } else if (text[i] == ':') {
      arn.fields[arn.count++] = text.substr(begin, i - begin);
      begin = i + 1;
    }
  }
  arn.fields[arn.count++] = text.substr(begin);
  return arn;
}

bool IsListOfArns(std::string_view text) {
  for (size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',', comma + 1)) {
    const size_t next = text.find_first_not_of(" \t\r\n", comma + 1);
    if (next != std::string_view::npos && text.substr(next).starts_with("arn:")) return true;
  }
  return false;
}

bool MayBeShifted(const ArnText& arn) {
  const std::string_view account = arn.fields[kArnAccount];
  const bool is_account = account.empty() || HasWildcard(account) ||
                          account.find("${") != std::string_view::npos ||
                          std::all_of(account.begin(), account.end(), IsAsciiDigit);
  return !is_account && (arn.fields[kArnService].ends_with('*') || arn.fields[kArnRegion].ends_with('*'));
}

std::vector<WrittenArn> WrittenArns(const StatementView& view) {
  std::vector<WrittenArn> written;
  const auto add = [&](const std::string& text, SourceRange range, bool takes_wildcards, bool may_shift) {
    const ArnText arn = SplitArn(text);
    if (!arn.is_whole() || arn.fields[kArnPrefix] != "arn" || (may_shift && MayBeShifted(arn)) ||
        HoldsTemplateToken(text, view.policy().settings())) {
      return;
    }
    written.push_back({arn, range, takes_wildcards});
  };
  for (const LocatedText& resource : view.statement().resources) {
    add(resource.text, resource.range, true, true);
  }
  for (const ConditionClause& clause : view.statement().conditions) {
    const bool is_arn = clause.op.comparison == Comparison::kArnLike;
    if (!is_arn && !ComparesTexts(clause.op)) continue;
    const bool takes_wildcards = is_arn || clause.op.comparison == Comparison::kStringLike;
    for (const ConditionValue& value : clause.values) {
      add(value.text, value.range, takes_wildcards, !is_arn);
    }
  }
  return written;
}

bool IsJudgedField(const WrittenArn& written, ArnField field) {
  const std::string_view text = written.arn.fields[field];
  return !text.empty() && text.find("${") == std::string_view::npos &&
         (written.takes_wildcards || !HasWildcard(text));
}

ArnFit FitArn(const Catalogue& catalogue, const ArnText& arn) {
  ArnFit fit;
  const std::string service = WithVariablesAsWildcards(arn.fields[kArnService]);
  if (arn.text.size() > kLongestArn) {
    fit.knows_service = fit.fits = true;
    return fit;
  }
  for (const ServiceId id : catalogue.Services()) {
    if (GlobMatch(service, catalogue.ServiceName(id))) fit.knows_service = true;
  }
  const std::string resource = LikeCode(arn.fields[kArnResource]);
  const std::string lower = AsciiLower(resource);
  size_t fewest = kArnFields;
  ForEachTemplate(catalogue, service, [&](const ArnText& known) {
    fit.knows_service = fit.service_has_arns = true;
    if (fit.fits) return;
    const std::string known_resource = TemplateCode(known.fields[kArnResource]);
    if (PatternsDisjoint(resource, known_resource)) {
      fit.fits_in_other_case |= !PatternsDisjoint(lower, AsciiLower(known_resource));
      return;
    }
    fit.fits_without_places = true;
    const Place region = Compare(arn.fields[kArnRegion], known.fields[kArnRegion]);
    const Place account = Compare(arn.fields[kArnAccount], known.fields[kArnAccount]);
    const size_t faults = (region != Place::kFits) + (account != Place::kFits);
    fit.fits = faults == 0;
    // What is left to be changed is told for the template that is nearest.
    if (faults >= fewest) return;
    fewest = faults;
    fit.region_must_go = region == Place::kMustGo;
    fit.region_is_missing = region == Place::kIsMissing;
    fit.account_must_go = account == Place::kMustGo;
    fit.account_is_missing = account == Place::kIsMissing;
  });
  return fit;
}

bool MayBeOwnedByAws(const ArnText& arn) {
  const std::optional<Pattern> written = Pattern::Arn(WithVariablesAsWildcards(arn.text), false);
  if (!written) return true;
  const Table& owned = TableOf("aws-owned-arns");
  for (size_t i = 0; i < owned.row_count(); ++i) {
    const std::optional<Pattern> known = Pattern::Arn(owned.Row(i)[0], false);
    if (known && !PatternsDisjoint(written->code(), known->code())) return true;
  }
  return false;
}

std::string SuggestResourcePart(const Catalogue& catalogue, const ArnText& arn) {
  const std::string_view part = arn.fields[kArnResource];
  const size_t type = TypeOf(part);
  std::string nearest;
  if (type == 0) {
    // A type without anything behind it.
    ForEachTemplate(catalogue, arn.fields[kArnService], [&](const ArnText& known) {
      const std::string_view other = known.fields[kArnResource].substr(0, TypeOf(known.fields[kArnResource]));
      if (nearest.empty() && !other.empty() && other.substr(0, other.size() - 1) == part) {
        nearest = std::string(other) + "*";
      }
    });
    return nearest;
  }
  size_t limit = std::min<size_t>(2, type / 3);
  ForEachTemplate(catalogue, arn.fields[kArnService], [&](const ArnText& known) {
    const std::string_view other = known.fields[kArnResource];
    const size_t other_type = TypeOf(other);
    if (other_type == 0) return;
    const size_t distance = EditDistance(part.substr(0, type), other.substr(0, other_type), limit);
    if (distance > limit || (!nearest.empty() && distance == limit)) return;
    std::string meant(other.substr(0, other_type));
    meant += part.substr(type);
    // The rest has to fit too.
    if (PatternsDisjoint(LikeCode(meant), TemplateCode(other))) return;
    limit = distance;
    nearest = std::move(meant);
  });
  return nearest;
}

}  // namespace scpcheck
