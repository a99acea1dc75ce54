#include "lint/tables.h"

#include <algorithm>
#include <string_view>

#include "base/check.h"

namespace scpcheck {

namespace {

struct EmbeddedTable {
  std::string_view name;
  std::string_view text;
};

// Made of data/*.tsv by compile_tables.cc.
constexpr EmbeddedTable kTables[] = {
#include "tables.inc"
};

// Takes the text before the next `end`.
std::string_view Take(std::string_view& rest, char end) {
  const size_t at = std::min(rest.find(end), rest.size());
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return taken;
}

}  // namespace

Table::Table(std::string_view name, std::string_view text) : name_(name) {
  bool is_header = true;
  while (!text.empty()) {
    std::string_view line = Take(text, '\n');
    if (line.empty() || line[0] == '#') continue;
    size_t columns = 0;
    for (bool more = true; more;) {
      more = line.find('\t') != std::string_view::npos;
      const std::string_view field = Take(line, '\t');
      ++columns;
      if (!is_header) fields_.push_back(field);
    }
    if (is_header) columns_ = columns;
    SCPCHECK_CHECK(columns == columns_);
    is_header = false;
  }
}

std::span<const Table> AllTables() {
  static const std::vector<Table> tables = [] {
    std::vector<Table> made;
    for (const EmbeddedTable& table : kTables) made.emplace_back(table.name, table.text);
    return made;
  }();
  return tables;
}

const Table& TableOf(std::string_view name) {
  const std::span<const Table> tables = AllTables();
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const Table& table) { return table.name() == name; });
  SCPCHECK_CHECK(found != tables.end());
  return *found;
}

}  // namespace scpcheck
