// A decision on a known request allocates nothing once the evaluator's scratch space has grown.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <new>
#include <string>

#include "engine/evaluator.h"
#include "request/json_reader.h"

namespace {
std::atomic<size_t> g_allocations = 0;
}  // namespace

void* operator new(size_t size) {
  ++g_allocations;
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, size_t) noexcept {
  std::free(memory);
}

namespace scpcheck {
namespace {

TEST(AllocationTest, DecisionAllocatesNothing) {
  const std::map<std::string, std::string> texts = {
      {"o.json", R"({"policies":{"p-x":{"document":{"Version":"2012-10-17","Statement":[
    {"Effect":"Deny","Action":["s3:Get*","new:*"],"Resource":"arn:aws:s3:::${aws:username}-*/*","Condition":{
      "StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]},
      "ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/a*"},
      "ForAnyValue:StringLike":{"aws:TagKeys":["a*","b?"]},
      "NumericLessThan":{"a:n":"5"},"DateLessThan":{"aws:CurrentTime":"2030-01-01"},
      "IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}}},
    "root":{"id":"r-abcd","policies":["p-FullAWSAccess","p-x"],"accounts":[{"id":"111111111111"}]}})"}};
  const MemoryFiles files(texts);
  Diagnostics diagnostics;
  Result<Organization> organization = LoadOrganization("o.json", files, {}, diagnostics);
  ASSERT_TRUE(organization.ok()) << organization.error().ToString();
  const Engine engine = Engine::Compile(std::move(organization).value());
  EvaluatorState evaluator(engine.shared_compiled());
  RequestReader reader;
  RequestView view;
  Decision decision;
  const std::string_view lines[] = {
      R"({"account":"111111111111","action":"s3:GetObject","resource":"arn:aws:s3:::ann-1/k","principal":"arn:aws:iam::111111111111:user/ann","context":{"aws:RequestedRegion":"us-east-1","aws:TagKeys":["x","bc"],"a:n":3,"aws:CurrentTime":"2026-01-01T00:00:00Z","aws:SourceIp":"10.1.1.1"}})",
      R"({"account":"111111111111","action":"new:Action","resource":"arn:aws:s3:::ann-1/k","principal":"root","completeContext":true})",
      R"({"account":"111111111111","action":"s3:GetObject","context":{"aws:RequestedRegion":"us-east-1"}})",
      R"({"account":"111111111111","action":"s3:GetObject","principal":"arn:*:iam::*:role/application"})",
      R"({"account":"111111111111","action":"s3:GetObject","principal":"arn:aws:iam::1*:role/team/*"})",
      R"({"account":"111111111111","action":"s3:GetObject","principal":"arn:aws:sts::*:assumed-role/app*"})",
      R"({"account":"111111111111","action":"s3:GetObject","principal":"arn:aws:sts::111111111111:*"})",
  };
  const auto decide_all = [&] {
    for (const std::string_view line : lines) {
      ASSERT_TRUE(reader.Read(line, view)) << reader.error();
      ASSERT_TRUE(evaluator.Decide(view, decision)) << evaluator.error();
    }
  };
  decide_all();
  decide_all();
  const size_t before = g_allocations;
  decide_all();
  EXPECT_EQ(g_allocations - before, 0U);
}

}  // namespace
}  // namespace scpcheck
