#include "scpcheck/source.h"

#include <algorithm>
#include <iterator>

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

const Source::LineIndex& Source::Lines() const {
  std::call_once(lines_once_, [this] {
    const std::string_view text = text_;
    lines_.lines.push_back(0);
    for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
      lines_.lines.push_back(static_cast<uint32_t>(at + 1));
    }
    uint32_t characters = 0;
    for (size_t at = 0; at <= text.size(); at += kBlockBytes) {
      lines_.characters_before.push_back(characters);
      characters += static_cast<uint32_t>(CountCodePoints(text.substr(at, kBlockBytes)));
    }
  });
  return lines_;
}

SourcePosition Source::Locate(uint32_t offset) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  if (outer_) return outer_->Locate(outer_offsets_[offset]);
  SourcePosition position;
  position.file = name_;
  // Few places are found faster without an index.
  constexpr uint32_t kFew = 8;
  if (located_.fetch_add(1, std::memory_order_relaxed) >= kFew) {
    const LineIndex& index = Lines();
    const auto next = std::upper_bound(index.lines.begin(), index.lines.end(), offset);
    const auto line = static_cast<uint32_t>(next - index.lines.begin());
    const uint32_t start = line == 1 ? std::min(bom_size_, offset) : *std::prev(next);
    const auto characters_before = [&](uint32_t at) {
      const uint32_t block = at / kBlockBytes;
      return index.characters_before[block] + static_cast<uint32_t>(CountCodePoints(text().substr(
                                                  size_t{block} * kBlockBytes, at % kBlockBytes)));
    };
    position.line = line;
    position.column = characters_before(offset) - characters_before(start) + 1;
    return position;
  }
  const std::string_view before(text_.data(), offset);
  const size_t last_break = before.rfind('\n');
  size_t line_start = last_break == std::string_view::npos ? 0 : last_break + 1;
  if (line_start == 0) line_start = std::min<size_t>(bom_size_, offset);
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
