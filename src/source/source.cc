#include "scpcheck/source.h"

#include <algorithm>

#include "base/check.h"
#include "base/find_bytes.h"
#include "base/utf8.h"

namespace scpcheck {

std::shared_ptr<const Source> Source::FromText(std::string name, std::string text) {
  SCPCHECK_CHECK(text.size() <= kMaxSize);
  std::shared_ptr<Source> source(new Source);
  source->name_ = std::move(name);
  source->text_ = std::move(text);
  if (std::string_view(source->text_).starts_with(kUtf8Bom)) {
    source->bom_size_ = static_cast<uint32_t>(kUtf8Bom.size());
  }
  return source;
}

std::shared_ptr<const Source> Source::Nested(std::shared_ptr<const Source> outer, std::string text,
                                             std::vector<uint32_t> outer_offsets) {
  SCPCHECK_CHECK(outer != nullptr && outer_offsets.size() == text.size() + 1);
  std::shared_ptr<Source> source(new Source);
  source->text_ = std::move(text);
  if (std::string_view(source->text_).starts_with(kUtf8Bom)) {
    source->bom_size_ = static_cast<uint32_t>(kUtf8Bom.size());
  }
  source->outer_ = std::move(outer);
  source->outer_offsets_ = std::move(outer_offsets);
  return source;
}

SourcePosition Source::Locate(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  if (outer_) return outer_->Locate(outer_offsets_[offset]);
  const std::string_view before(text_.data(), offset);
  const size_t last_break = before.rfind('\n');
  size_t line_start = last_break == std::string_view::npos ? 0 : last_break + 1;
  if (line_start == 0) line_start = std::min<size_t>(bom_size_, offset);
  SourcePosition position;
  position.file = name_;
  position.line = static_cast<uint32_t>(CountByte(before, '\n')) + 1;
  position.column = static_cast<uint32_t>(CountCodePoints(before.substr(line_start))) + 1;
  return position;
}

std::string_view Source::LineAt(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  if (outer_) return outer_->LineAt(outer_offsets_[offset]);
  const std::string_view text = text_;
  const size_t last_break = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const size_t begin = last_break == std::string_view::npos ? bom_size_ : last_break + 1;
  size_t end = std::min(text.find('\n', offset), text.size());
  if (end > begin && text[end - 1] == '\r') --end;
  return text.substr(begin, end > begin ? end - begin : 0);
}

}  // namespace scpcheck
