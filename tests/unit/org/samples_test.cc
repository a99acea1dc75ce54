// One organization in several formats is the same organization.

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "loading.h"

namespace scpcheck {
namespace {

// A directory's files, named as if it were called `name`.
void AddDirectory(const DiskFiles& disk, const std::string& path, const std::string& name,
                  std::map<std::string, std::string>& files) {
  const Result<std::vector<std::string>> entries = disk.List(path);
  ASSERT_TRUE(entries.ok()) << path;
  for (const std::string& entry : *entries) {
    const std::string from = path + '/' + entry;
    const std::string to = name + '/' + entry;
    if (disk.IsDirectory(from)) {
      AddDirectory(disk, from, to, files);
    } else {
      Result<std::string> text = disk.Read(from, size_t{1} << 20);
      ASSERT_TRUE(text.ok()) << from;
      files[to] = std::move(text).value();
    }
  }
}

class Samples : public testing::Test {
 protected:
  void SetUp() override {
    if (!disk_.IsDirectory(root_)) {
      std::cout << "not run: there is no " << root_ << '\n';
      GTEST_SKIP();
    }
    const Loading loading = Load(disk_, root_ + "/scpcheck/organization.json");
    ASSERT_TRUE(loading.organization) << loading.error;
    expected_ = Describe(*loading.organization);
  }

  void ExpectSame(const Loading& loading) {
    ASSERT_TRUE(loading.organization) << loading.error;
    EXPECT_EQ(Describe(*loading.organization), expected_);
    EXPECT_EQ(loading.AllDiagnostics(), "");
  }

  const DiskFiles disk_{};
  const std::string root_ = std::string(SCPCHECK_CONFORMANCE_DIR) + "/formats";
  std::string expected_;
};

TEST_F(Samples, OrganizationFileInYaml) {
  ExpectSame(Load(disk_, root_ + "/scpcheck/organization.yaml"));
}

TEST_F(Samples, AwsDirectory) {
  ExpectSame(Load(disk_, root_ + "/aws-organizations/dump"));
  ExpectSame(Load(disk_, root_ + "/aws-organizations/dump/"));
}

TEST_F(Samples, AwsLines) {
  ExpectSame(Load(disk_, root_ + "/aws-organizations/dump.jsonl"));
}

TEST_F(Samples, AwsDirectoryWithTargetsOfPolicies) {
  std::map<std::string, std::string> files;
  AddDirectory(disk_, root_ + "/aws-organizations/dump", "dump", files);
  std::erase_if(files,
                [](const auto& file) { return file.first.starts_with("dump/list-policies-for-target/"); });
  AddDirectory(disk_, root_ + "/aws-organizations/list-targets-for-policy", "dump/list-targets-for-policy",
               files);
  ExpectSame(Load(files, "dump"));
}

TEST_F(Samples, AwsDirectoryWithBothListingsOfAttachments) {
  std::map<std::string, std::string> files;
  AddDirectory(disk_, root_ + "/aws-organizations/dump", "dump", files);
  AddDirectory(disk_, root_ + "/aws-organizations/list-targets-for-policy", "dump/list-targets-for-policy",
               files);
  ExpectSame(Load(files, "dump"));
}

TEST_F(Samples, AwsFlatDirectory) {
  for (const char separator : {'_', '-'}) {
    std::map<std::string, std::string> files;
    AddDirectory(disk_, root_ + "/aws-organizations/dump", "dump", files);
    std::map<std::string, std::string> flat;
    for (const auto& [path, text] : files) {
      std::string name = path.substr(5);
      if (const size_t slash = name.find('/'); slash != std::string::npos) name[slash] = separator;
      flat["dump/" + name] = text;
    }
    ExpectSame(Load(flat, "dump"));
  }
}

}  // namespace
}  // namespace scpcheck
