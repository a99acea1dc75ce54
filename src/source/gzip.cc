#include "source/gzip.h"

#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace scpcheck {

bool IsGzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b\x08");
}

struct GzipStream::State {
  z_stream zlib = {};
};

GzipStream::GzipStream() : state_(std::make_unique<State>()) {
  // 16 asks for the gzip format, with the largest window.
  SCPCHECK_CHECK(inflateInit2(&state_->zlib, 16 + MAX_WBITS) == Z_OK);
}

GzipStream::~GzipStream() {
  inflateEnd(&state_->zlib);
}

Result<GzipStream::Step> GzipStream::Inflate(std::string_view input, char* output, size_t output_size) {
  constexpr size_t kMax = std::numeric_limits<uInt>::max();
  z_stream& zlib = state_->zlib;
  const auto available = static_cast<uInt>(std::min(input.size(), kMax));
  const auto room = static_cast<uInt>(std::min(output_size, kMax));
  zlib.next_in = reinterpret_cast<const Bytef*>(input.data());
  zlib.avail_in = available;
  zlib.next_out = reinterpret_cast<Bytef*>(output);
  zlib.avail_out = room;
  while (zlib.avail_in > 0 && zlib.avail_out > 0) {
    at_member_end_ = false;
    const int status = inflate(&zlib, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      at_member_end_ = true;
      SCPCHECK_CHECK(inflateReset(&zlib) == Z_OK);
    } else if (status != Z_OK) {
      return Error{.message = "the gzip data is damaged"};
    }
  }
  return Step{available - zlib.avail_in, room - zlib.avail_out};
}

Result<std::string> Gunzip(std::string_view bytes, size_t max_size) {
  GzipStream stream;
  std::string text;
  std::string block(size_t{64} << 10, '\0');
  while (!bytes.empty()) {
    const Result<GzipStream::Step> step = stream.Inflate(bytes, block.data(), block.size());
    if (!step) return step.error();
    bytes.remove_prefix(step->consumed);
    if (step->produced > max_size - text.size()) {
      return Error{.message =
                       "the gzip file unfolds to more than " + std::to_string(max_size >> 20) + " MiB"};
    }
    text.append(block, 0, step->produced);
  }
  if (!stream.AtMemberEnd()) return Error{.message = "the gzip data is cut off"};
  return text;
}

}  // namespace scpcheck
