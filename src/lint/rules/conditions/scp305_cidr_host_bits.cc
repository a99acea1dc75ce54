#include <arpa/inet.h>

#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"
#include "match/address.h"

namespace scpcheck {

namespace {

std::string Written(const AddressBlock& block) {
  char text[INET6_ADDRSTRLEN] = {};
  inet_ntop(block.is_v6 ? AF_INET6 : AF_INET, block.bytes.data(), text, sizeof(text));
  return std::string(text) + "/" + std::to_string(block.prefix_length);
}

}  // namespace

// C-15: the bits behind the prefix are ignored.
void CheckCidrHostBits(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.op.comparison != Comparison::kIpAddress) continue;
    for (const ConditionValue& value : clause.values) {
      const std::optional<AddressBlock> block = AddressBlock::Parse(value.text);
      const size_t slash = value.text.find('/');
      if (!block || slash == std::string::npos) continue;
      const std::optional<AddressBlock> address = AddressBlock::Parse(value.text.substr(0, slash));
      if (!address || address->bytes == block->bytes) continue;
      const std::string written = Written(*block);
      report
          .Add(value.range, Quoted(value.text) + " stands for `" + written +
                                "`, for the bits behind the prefix count for nothing: write `" + written +
                                "`")
          .SafeFix("write `" + written + "`", {{value.range, JsonQuoted(written)}});
    }
  }
}

}  // namespace scpcheck
