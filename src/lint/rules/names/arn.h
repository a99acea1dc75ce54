// ARNs as policies write them: their fields, and which resources of a service they can name.

#ifndef SCPCHECK_LINT_RULES_NAMES_ARN_H_
#define SCPCHECK_LINT_RULES_NAMES_ARN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "lint/policy_view.h"

namespace scpcheck {

enum ArnField : uint8_t { kArnPrefix, kArnPartition, kArnService, kArnRegion, kArnAccount, kArnResource };
inline constexpr size_t kArnFields = 6;

// A text cut at its first five colons; those inside `${...}` do not count (C-20a).
struct ArnText {
  std::string_view text;  // owned by the caller
  std::array<std::string_view, kArnFields> fields;
  size_t count = 0;  // of the fields that are there

  bool is_whole() const { return count == kArnFields; }
  size_t OffsetOf(ArnField field) const { return static_cast<size_t>(fields[field].data() - text.data()); }
};

ArnText SplitArn(std::string_view text);

// Several ARNs in one string, with commas between them.
bool IsListOfArns(std::string_view text);

// A `*` that ends a field may take colons along, so that `arn:aws:lambda:*:function:audit` has what
// looks like an account in the wrong place. Nothing is said about the fields of such a pattern.
bool MayBeShifted(const ArnText& arn);

// An ARN that somebody wrote, and where.
struct WrittenArn {
  ArnText arn;
  SourceRange string;
  bool takes_wildcards = true;  // `*` and `?` are some: not so of exact operators
};

// The whole ARNs of a statement: entries of Resource and NotResource, and values of conditions that are
// compared as ARNs or as texts. Without those that hold a template token, and those that may be shifted.
std::vector<WrittenArn> WrittenArns(const StatementView& view);

// Whether the field is to be judged: it is there, and nothing is filled in later.
bool IsJudgedField(const WrittenArn& written, ArnField field);

// What the catalogue says of the ARNs that fit an entry of Resource in service and resource part.
struct ArnFit {
  bool knows_service = false;       // some service writes that into its ARNs, or has it as its prefix
  bool service_has_arns = false;    // the catalogue has templates for it
  bool fits = false;                // some resource of the service can have such an ARN
  bool fits_in_other_case = false;  // some can, if the case of the resource part counts for nothing
  // If not: a resource fits, but for what the Region and the account field hold.
  bool fits_without_places = false;
  bool region_must_go = false;
  bool region_is_missing = false;
  bool account_must_go = false;
  bool account_is_missing = false;
};

ArnFit FitArn(const Catalogue& catalogue, const ArnText& arn);

// Whether the entry may name something that AWS owns and no template describes (data/aws-owned-arns.tsv).
bool MayBeOwnedByAws(const ArnText& arn);

// The resource part of which that of `arn` is most likely a misspelling: another type or separator, the rest
// as it was. Empty if none is near.
std::string SuggestResourcePart(const Catalogue& catalogue, const ArnText& arn);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_NAMES_ARN_H_
