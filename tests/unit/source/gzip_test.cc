// gzip, whole and damaged.

#include "source/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <string_view>

namespace scpcheck {
namespace {

std::string Gzip(std::string_view text) {
  z_stream zlib = {};
  EXPECT_EQ(deflateInit2(&zlib, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&zlib, text.size()) + 64, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  zlib.avail_in = static_cast<uInt>(text.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&zlib, Z_FINISH), Z_STREAM_END);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

constexpr size_t kLimit = size_t{1} << 20;

std::string Unfolded(std::string_view bytes, size_t limit = kLimit) {
  const Result<std::string> text = Gunzip(bytes, limit);
  return text ? *text : "error: " + text.error().message;
}

TEST(Gzip, IsRecognisedByItsContent) {
  EXPECT_TRUE(IsGzip(Gzip("x")));
  EXPECT_FALSE(IsGzip(""));
  EXPECT_FALSE(IsGzip("\x1f\x8b"));
  EXPECT_FALSE(IsGzip("{}"));
}

TEST(Gzip, Texts) {
  std::string large;
  for (int i = 0; i < 50000; ++i) large += std::to_string(i * 7919);
  for (const std::string& text : {std::string(), std::string("x"), large}) {
    EXPECT_EQ(Unfolded(Gzip(text)), text);
  }
  EXPECT_EQ(Unfolded(""), "");
}

TEST(Gzip, SeveralMembersAreOneText) {
  EXPECT_EQ(Unfolded(Gzip("one ") + Gzip("") + Gzip("two")), "one two");
}

TEST(Gzip, Damage) {
  const std::string bytes = Gzip("some text that is long enough to be cut");
  for (size_t size = 3; size < bytes.size(); ++size) {
    EXPECT_EQ(Unfolded(std::string_view(bytes).substr(0, size)), "error: the gzip data is cut off") << size;
  }
  EXPECT_EQ(Unfolded(bytes + Gzip("x").substr(0, 12)), "error: the gzip data is cut off");
  EXPECT_EQ(Unfolded(bytes + "rubbish"), "error: the gzip data is damaged");
  std::string wrong_sum = bytes;
  wrong_sum[wrong_sum.size() - 6] ^= 1;
  EXPECT_EQ(Unfolded(wrong_sum), "error: the gzip data is damaged");
  EXPECT_EQ(Unfolded("\x1f\x8b\x08\xff\xff\xff\xff\xff\xff\xff\xff"), "error: the gzip data is damaged");
}

TEST(Gzip, Bombs) {
  const std::string zeros = Gzip(std::string(kLimit * 4, '\0'));
  EXPECT_EQ(Unfolded(zeros), "error: the gzip file unfolds to more than 1 MiB");
  EXPECT_EQ(Unfolded(Gzip(std::string(kLimit, 'x'))).size(), kLimit);
  EXPECT_EQ(Unfolded(Gzip(std::string(kLimit, 'x')) + Gzip("y")),
            "error: the gzip file unfolds to more than 1 MiB");
}

// What is read piece by piece is the same, wherever the pieces end.
TEST(Gzip, Streams) {
  const std::string text = "one two three four five six seven";
  const std::string bytes = Gzip(text) + Gzip(text);
  for (const size_t piece : {size_t{1}, size_t{2}, size_t{7}, bytes.size()}) {
    GzipStream stream;
    std::string out;
    size_t at = 0;
    EXPECT_TRUE(stream.AtMemberEnd());
    while (at < bytes.size()) {
      char block[5];
      const auto step = stream.Inflate(std::string_view(bytes).substr(at, piece), block, sizeof(block));
      ASSERT_TRUE(step.ok());
      at += step->consumed;
      out.append(block, step->produced);
    }
    EXPECT_TRUE(stream.AtMemberEnd());
    EXPECT_EQ(out, text + text) << piece;
  }
}

}  // namespace
}  // namespace scpcheck
