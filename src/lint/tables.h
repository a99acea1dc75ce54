// Curated facts that no catalogue of AWS's has: data/<name>.tsv.
//
// A table's first line names its columns, the last of which is always `source`; lines that begin with `#` are
// comments, and say when the table was made. Each row says where it is from: no source, no row.

#ifndef SCPCHECK_LINT_TABLES_H_
#define SCPCHECK_LINT_TABLES_H_

#include <span>
#include <string_view>
#include <vector>

namespace scpcheck {

class Table {
 public:
  // `text` must outlive the table.
  Table(std::string_view name, std::string_view text);

  std::string_view name() const { return name_; }
  size_t row_count() const { return columns_ == 0 ? 0 : fields_.size() / columns_; }
  size_t column_count() const { return columns_; }
  // The fields of one row.
  std::span<const std::string_view> Row(size_t index) const {
    return std::span(fields_).subspan(index * columns_, columns_);
  }

 private:
  std::string_view name_;
  size_t columns_ = 0;
  std::vector<std::string_view> fields_;
};

// Precondition: data/ has a table of that name. Parsed at the first call.
const Table& TableOf(std::string_view name);
// All of them, by name.
std::span<const Table> AllTables();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_TABLES_H_
