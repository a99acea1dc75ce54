// Reading files, from disk and from memory.

#include "scpcheck/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace scpcheck {
namespace {

constexpr size_t kMiB = size_t{1} << 20;

// What gzip makes of "hi\n".
const std::string kGzipped(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\xc8\xe4\x02\x00\x7a\x7a\x6f\xed\x03\x00\x00\x00", 23);

std::string Text(const Result<std::string>& result) {
  return result ? *result : "error: " + result.error().ToString();
}

std::string Names(const Result<std::vector<std::string>>& result) {
  if (!result) return "error: " + result.error().ToString();
  std::string out;
  for (const std::string& name : *result) out += name + ' ';
  return out;
}

TEST(MemoryFiles, ReadsAndLists) {
  const MemoryFiles files({{"a/b.json", "one"},
                           {"a/c/d.json", "two"},
                           {"a/c/e.json", ""},
                           {"a.json", "three"},
                           {"a/b.gz", kGzipped},
                           {"big", std::string(kMiB + 1, 'x')}});
  EXPECT_EQ(Text(files.Read("a/b.json", kMiB)), "one");
  EXPECT_EQ(Text(files.Read("a/c/e.json", kMiB)), "");
  EXPECT_EQ(Text(files.Read("a/b.gz", kMiB)), "hi\n");
  EXPECT_EQ(Text(files.Read("b", kMiB)), "error: b: can't open it: no such file or directory");
  EXPECT_EQ(Text(files.Read("a", kMiB)), "error: a: this is a directory: a file is needed here");
  EXPECT_EQ(Text(files.Read("big", kMiB)), "error: big: the file has more than 1 MiB, the limit for it");
  EXPECT_TRUE(files.IsDirectory("a"));
  EXPECT_TRUE(files.IsDirectory("a/c"));
  EXPECT_FALSE(files.IsDirectory("a.json"));
  EXPECT_FALSE(files.IsDirectory("a/b"));
  EXPECT_FALSE(files.IsDirectory("x"));
  EXPECT_EQ(Names(files.List("a")), "b.gz b.json c ");
  EXPECT_EQ(Names(files.List("a/c")), "d.json e.json ");
  EXPECT_EQ(Names(files.List("a.json")), "error: a.json: can't list it: not a directory");
}

class DiskFilesTest : public testing::Test {
 protected:
  DiskFilesTest() {
    std::string name = testing::TempDir() + "scpcheck-files-XXXXXX";
    root_ = mkdtemp(name.data());
  }
  ~DiskFilesTest() override { std::filesystem::remove_all(root_); }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = root_ + '/' + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  // A message without the changing part of the path.
  std::string Relative(std::string text) const {
    const size_t at = text.find(root_);
    return at == std::string::npos ? text : text.replace(at, root_.size(), "R");
  }

  const DiskFiles files_;
  std::string root_;
};

TEST_F(DiskFilesTest, ReadsAndLists) {
  std::filesystem::create_directory(root_ + "/d");
  const std::string path = Write("f.json", "text");
  Write("d/b", "");
  Write("d/a", "");
  Write("d/.hidden", "");
  EXPECT_EQ(Text(files_.Read(path, kMiB)), "text");
  EXPECT_EQ(Text(files_.Read(root_ + "/d/a", kMiB)), "");
  EXPECT_EQ(Text(files_.Read(Write("f.gz", kGzipped), kMiB)), "hi\n");
  EXPECT_EQ(Relative(Text(files_.Read(Write("cut.gz", kGzipped.substr(0, 15)), kMiB))),
            "error: R/cut.gz: the gzip data is cut off");
  EXPECT_EQ(Relative(Text(files_.Read(root_ + "/none", kMiB))),
            "error: R/none: can't open it: no such file or directory");
  EXPECT_EQ(Relative(Text(files_.Read(root_ + "/d", kMiB))),
            "error: R/d: this is a directory: a file is needed here");
  EXPECT_EQ(Relative(Text(files_.Read(Write("big", std::string(kMiB + 1, 'x')), kMiB))),
            "error: R/big: the file has more than 1 MiB, the limit for it");
  EXPECT_EQ(Text(files_.Read(Write("fits", std::string(kMiB, 'x')), kMiB)).size(), kMiB);
  EXPECT_TRUE(files_.IsDirectory(root_ + "/d"));
  EXPECT_TRUE(files_.IsDirectory(root_ + "/d/"));
  EXPECT_FALSE(files_.IsDirectory(path));
  EXPECT_FALSE(files_.IsDirectory("-"));
  EXPECT_EQ(Names(files_.List(root_ + "/d")), ".hidden a b ");
  EXPECT_EQ(Relative(Names(files_.List(root_ + "/none"))),
            "error: R/none: can't list it: no such file or directory");
}

// A file without a size that is known before, such as a pipe, is bounded all the same.
TEST_F(DiskFilesTest, EndlessFiles) {
  EXPECT_EQ(Text(files_.Read("/dev/zero", kMiB)),
            "error: /dev/zero: the file has more than 1 MiB, the limit for it");
  EXPECT_EQ(Text(files_.Read("/dev/null", kMiB)), "");
}

TEST(ResolveBeside, Table) {
  EXPECT_EQ(ResolveBeside("org.json", "p.json"), "p.json");
  EXPECT_EQ(ResolveBeside("a/b/org.json", "p.json"), "a/b/p.json");
  EXPECT_EQ(ResolveBeside("a/org.json", "../p.json"), "a/../p.json");
  EXPECT_EQ(ResolveBeside("/org.json", "p.json"), "/p.json");
  EXPECT_EQ(ResolveBeside("a/org.json", "/p.json"), "/p.json");
  EXPECT_EQ(ResolveBeside("-", "p.json"), "p.json");
}

}  // namespace
}  // namespace scpcheck
