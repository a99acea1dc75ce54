#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"
#include "match/address.h"

namespace scpcheck {

namespace {

// What no request that reaches AWS over the internet comes from: RFC 1918, loopback, link-local, RFC 4193.
bool IsPrivate(const AddressBlock& block) {
  static const std::array kPrivate = [] {
    constexpr std::string_view kTexts[] = {"10.0.0.0/8",     "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8",
                                           "169.254.0.0/16", "fc00::/7",      "fe80::/10",      "::1"};
    std::array<AddressBlock, std::size(kTexts)> blocks;
    std::transform(std::begin(kTexts), std::end(kTexts), blocks.begin(),
                   [](std::string_view text) { return *AddressBlock::Parse(text); });
    return blocks;
  }();
  return std::any_of(kPrivate.begin(), kPrivate.end(),
                     [&](const AddressBlock& known) { return known.Contains(block); });
}

bool IsPrivate(const ConditionValue& value) {
  const std::optional<AddressBlock> block = AddressBlock::Parse(value.text);
  return block && IsPrivate(*block);
}

// What becomes of a test that lists nothing else.
std::string_view EffectOfPrivateOnly(const ConditionClause& clause) {
  if (clause.op.negated) {
    return HoldsWithoutKey(clause) ? "so the test holds for every request"
                                   : "so the test holds for every request that carries the key";
  }
  return HoldsWithoutKey(clause) ? "so the test holds only for requests without the key"
                                 : "so the test holds for no request";
}

}  // namespace

// C-15. Through a VPC endpoint, where private addresses are seen, the key is absent.
void CheckPrivateIpInSourceIp(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.op.comparison != Comparison::kIpAddress) continue;
    if (!AsciiEqualsIgnoreCase(clause.key.text, "aws:SourceIp")) continue;
    if (clause.values.empty()) continue;
    const auto is_private = [](const ConditionValue& value) { return IsPrivate(value); };
    if (std::all_of(clause.values.begin(), clause.values.end(), is_private)) {
      report
          .Add(view.ValuesOf(clause).range(), "`aws:SourceIp` is never a private address, " +
                                                  std::string(EffectOfPrivateOnly(clause)) +
                                                  ": test `aws:VpcSourceIp` together with `aws:SourceVpc`")
          .Offender(clause.key.text);
      continue;
    }
    const json::Value list = view.ValuesOf(clause);
    for (const ConditionValue& value : clause.values) {
      if (!IsPrivate(value)) continue;
      FindingBuilder finding =
          report.Add(value.range, "`aws:SourceIp` is never a private address, so " + Quoted(value.text) +
                                      " " + (clause.op.negated ? "exempts" : "matches") +
                                      " no request: take it out, or test `aws:VpcSourceIp` too");
      finding.WithSeverity(Severity::kWarning);
      for (const json::Value element : list.elements()) {
        if (element.range() != value.range) continue;
        finding.UnsafeFix("take " + Quoted(value.text) + " out", RemoveElement(list, element));
        break;
      }
    }
  }
}

}  // namespace scpcheck
