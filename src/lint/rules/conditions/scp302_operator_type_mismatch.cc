#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"
#include "lint/template_token.h"
#include "match/address.h"
#include "match/date.h"
#include "match/number.h"

namespace scpcheck {

namespace {

enum class Family : uint8_t { kNone, kString, kNumeric, kDate, kBool, kBinary, kAddress, kArn };

Family FamilyOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kStringEquals:
    case Comparison::kStringEqualsIgnoreCase:
    case Comparison::kStringLike:
      return Family::kString;
    case Comparison::kNumericEquals:
    case Comparison::kNumericLessThan:
    case Comparison::kNumericLessThanEquals:
    case Comparison::kNumericGreaterThan:
    case Comparison::kNumericGreaterThanEquals:
      return Family::kNumeric;
    case Comparison::kDateEquals:
    case Comparison::kDateLessThan:
    case Comparison::kDateLessThanEquals:
    case Comparison::kDateGreaterThan:
    case Comparison::kDateGreaterThanEquals:
      return Family::kDate;
    case Comparison::kBool:
      return Family::kBool;
    case Comparison::kBinaryEquals:
      return Family::kBinary;
    case Comparison::kIpAddress:
      return Family::kAddress;
    case Comparison::kArnLike:
      return Family::kArn;
    case Comparison::kNull:
    case Comparison::kUnknown:
      return Family::kNone;
  }
  return Family::kNone;
}

// Keys that AWS calls strings, and whose values are `true` and `false`.
constexpr std::string_view kYesOrNo[] = {
    "cloudwatch:HasAccessGrant",
    "ec2:VpceMultiRegion",
    "ecs:enable-ebs-volumes",
    "ecs:enable-execute-command",
    "ecs:enable-service-connect",
    "ecs:enable-vpc-lattice",
    "iotsitewise:isAssociatedWithAssetProperty",
    "qapps:AppIsPublished",
    "qapps:SessionIsShared",
    "qapps:UserIsAppOwner",
    "qapps:UserIsSessionModerator",
    "ses:ClickTrackingEnabled",
    "ses:OpenTrackingEnabled",
};

bool IsYesOrNo(std::string_view key) {
  return std::any_of(std::begin(kYesOrNo), std::end(kYesOrNo),
                     [key](std::string_view known) { return AsciiEqualsIgnoreCase(known, key); });
}

bool Fits(Family family, const KeyInfo& key) {
  switch (key.type) {
    case KeyType::kString:
      switch (family) {
        case Family::kBool:
          return IsYesOrNo(key.name);
        case Family::kNumeric:
        case Family::kDate:
        case Family::kAddress:
          // Services call numbers and times strings too: `glacier:ArchiveAgeInDays`.
          return !key.global;
        case Family::kArn:
          // Many strings are ARNs. Of the global ones only the name of an identity provider may be.
          return !key.global || key.name == "aws:FederatedProvider";
        case Family::kNone:
        case Family::kString:
        case Family::kBinary:
          return true;
      }
      return true;
    case KeyType::kArn:
      return family == Family::kArn || family == Family::kString;  // SCP324
    case KeyType::kBool:
      return family == Family::kBool;
    case KeyType::kNumeric:
      return family == Family::kNumeric;
    case KeyType::kDate:
      return family == Family::kDate;
    case KeyType::kDateOrNumeric:
      return family == Family::kDate || family == Family::kNumeric;
    case KeyType::kIpAddress:
      return family == Family::kAddress;
  }
  return true;
}

std::string_view Described(KeyType type) {
  switch (type) {
    case KeyType::kString:
      return "a text";
    case KeyType::kArn:
      return "an ARN";
    case KeyType::kBool:
      return "`true` or `false`";
    case KeyType::kNumeric:
      return "a number";
    case KeyType::kDate:
      return "a time";
    case KeyType::kDateOrNumeric:
      return "a time or a number";
    case KeyType::kIpAddress:
      return "an IP address";
  }
  return "a text";
}

// What goes wrong when a value of that type is compared as text.
std::string_view TextEffect(KeyType type) {
  switch (type) {
    case KeyType::kBool:
      return "so `True` is another value than `true`";
    case KeyType::kNumeric:
      return "so `60` is another value than `60.0` and none is larger";
    case KeyType::kDate:
    case KeyType::kDateOrNumeric:
      return "so one time written in two ways is two values, and none is earlier";
    case KeyType::kIpAddress:
      return "so it knows no blocks of addresses";
    case KeyType::kString:
    case KeyType::kArn:
      break;
  }
  return "so the values may differ in how they are written alone";
}

Comparison EqualityOf(KeyType type) {
  switch (type) {
    case KeyType::kString:
      return Comparison::kStringEquals;
    case KeyType::kArn:
      return Comparison::kArnLike;
    case KeyType::kBool:
      return Comparison::kBool;
    case KeyType::kNumeric:
      return Comparison::kNumericEquals;
    case KeyType::kDate:
    case KeyType::kDateOrNumeric:
      return Comparison::kDateEquals;
    case KeyType::kIpAddress:
      return Comparison::kIpAddress;
  }
  return Comparison::kStringEquals;
}

bool CanBe(KeyType type, std::string_view text) {
  switch (type) {
    case KeyType::kString:
      return true;
    case KeyType::kArn:
      return false;
    case KeyType::kBool:
      return AsciiEqualsIgnoreCase(text, "true") || AsciiEqualsIgnoreCase(text, "false");
    case KeyType::kNumeric:
      return Decimal::Parse(text).has_value();
    case KeyType::kDate:
    case KeyType::kDateOrNumeric:
      return ParseDate(text).has_value();
    case KeyType::kIpAddress:
      return AddressBlock::Parse(text).has_value();
  }
  return false;
}

// The next step: the operator that fits, as far as the type tells.
std::string Advice(const ConditionClause& clause, Family family, const KeyInfo& key,
                   const std::string& fitting) {
  if (family == Family::kBool && key.type == KeyType::kString) {
    return "name the texts under `StringEquals`, or test under `Null` whether the key is there";
  }
  if (key.type == KeyType::kBool && clause.op.negated) return "write `Bool` with the opposite value";
  return "write `" + fitting + "`" +
         (key.type == KeyType::kNumeric || key.type == KeyType::kDate ? " or one of its kind" : "");
}

}  // namespace

// C-12, C-14, C-15; 10.8: text operators compare the text of any key, others read no value of another type.
void CheckOperatorTypeMismatch(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    const Family family = FamilyOf(clause.op.comparison);
    if (family == Family::kNone) continue;
    const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
    // What stands in a tag is up to its owner: a number, a time, an ARN.
    if (!key || key->pattern || Fits(family, *key)) continue;
    // Only text operators take variables, whatever the type: AWS compares the address of an instance with
    // `${aws:VpcSourceIp}` so.
    if (family == Family::kString &&
        std::any_of(clause.values.begin(), clause.values.end(),
                    [](const ConditionValue& v) { return HoldsVariable(v.text); })) {
      continue;
    }
    ConditionOperator op = clause.op;
    op.comparison = EqualityOf(key->type);
    if (key->type == KeyType::kBool) op.negated = false;
    const std::string fitting = OperatorName(op);
    const std::string type(Described(key->type));
    std::string message = Quoted(clause.operator_text.text);
    if (family == Family::kString) {
      message += " compares " + Quoted(clause.key.text) + " as text, but it is " + type + ", " +
                 std::string(TextEffect(key->type));
    } else {
      message += " can't read " + Quoted(clause.key.text) + ", which is " + type +
                 ", so the test holds for no request that carries the key";
    }
    message += ": " + Advice(clause, family, *key, fitting);
    FindingBuilder finding = report.Add(clause.operator_text.range, std::move(message));
    finding.Offender(clause.key.text);
    if (clause.op.comparison != Comparison::kStringEquals || BlockOf(view, clause).size() > 1) continue;
    if (key->type == KeyType::kBool && clause.op.negated) continue;
    const bool readable =
        std::all_of(clause.values.begin(), clause.values.end(),
                    [&](const ConditionValue& value) { return CanBe(key->type, value.text); });
    if (!readable) continue;
    if (auto edits = RenameOperator(view, clause, fitting)) {
      finding.UnsafeFix("write `" + fitting + "`", std::move(*edits));
    }
  }
}

}  // namespace scpcheck
