// Requests of the public API: from their JSON form, and as the views that the engine reads.

#include "request/convert.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "request/request_view.h"
#include "scpcheck/request.h"

namespace scpcheck {
namespace {

TEST(ParseRequest, Fields) {
  const Result<Request> request = ParseRequest(
      R"({"id":1,"account":"Dev","action":"s3:GetObject","resource":"*","principal":"root",)"
      R"("completeContext":true,"context":{"b":"1","a":["2",3],"c":null,"d":[],"e":true},"echo":{"k":1}})");
  ASSERT_TRUE(request.ok()) << request.error().ToString();
  EXPECT_EQ(request->account, "Dev");
  EXPECT_EQ(request->action, "s3:GetObject");
  EXPECT_EQ(request->resource, "*");
  EXPECT_EQ(request->principal, "root");
  EXPECT_TRUE(request->complete_context);
  std::string context;
  for (const auto& [key, value] : request->context) {
    context += key + (value.is_absent ? " absent" : value.is_list ? " list" : " one");
    for (const std::string& text : value.values) context += ' ' + text;
    context += '\n';
  }
  EXPECT_EQ(context, "b one 1\na list 2 3\nc absent\nd list\ne one true\n");
  EXPECT_EQ(request->id, "1");
  EXPECT_EQ(request->echo, (std::vector<std::pair<std::string, std::string>>{{"k", "1"}}));

  const Result<Request> empty = ParseRequest("{}");
  ASSERT_TRUE(empty.ok());
  EXPECT_EQ(empty->account + empty->action, "");
  EXPECT_FALSE(empty->resource.has_value());
  EXPECT_FALSE(empty->principal.has_value());
  EXPECT_FALSE(empty->complete_context);
  EXPECT_TRUE(empty->context.empty());
  EXPECT_EQ(empty->id, "");
  EXPECT_TRUE(empty->echo.empty());
}

// What comes back stays as it is written: a JSON library would change numbers.
TEST(ParseRequest, WhatComesBack) {
  const Result<Request> request = ParseRequest(
      R"({"id":"\u0071\n1","echo":{"\u0061\"":-1.50e3,"b":"\u0062","c":[1, {"d":null}],"d":1e999}})");
  ASSERT_TRUE(request.ok()) << request.error().ToString();
  EXPECT_EQ(request->id, R"("\u0071\n1")");
  EXPECT_EQ(request->echo,
            (std::vector<std::pair<std::string, std::string>>{
                {"a\"", "-1.50e3"}, {"b", R"("\u0062")"}, {"c", R"([1, {"d":null}])"}, {"d", "1e999"}}));
}

TEST(ParseContext, OneObjectOfKeys) {
  const Result<Request> request = ParseContext(R"( {"b":"1","a":["2",3]} )");
  ASSERT_TRUE(request.ok()) << request.error().ToString();
  ASSERT_EQ(request->context.size(), 2u);
  EXPECT_EQ(request->context[0].first, "b");
  EXPECT_EQ(request->context[1].second.values, (std::vector<std::string>{"2", "3"}));
  EXPECT_EQ(request->account + request->action, "");

  const Result<Request> more = ParseContext("{\"\xc3\xbc\":1}, \"resource\":\"arn:aws:s3:::x\"");
  ASSERT_FALSE(more.ok());
  EXPECT_EQ(more.error().message, "there is more after the context: it is one JSON object");
  EXPECT_EQ(more.error().column, 8u);
}

// Columns count characters, from 1.
TEST(ParseRequest, ErrorsHaveAColumn) {
  constexpr struct {
    std::string_view text;
    uint32_t column;
  } kCases[] = {
      {"", 1},
      {"x", 1},
      {R"({"account":1})", 12},
      {"{\"account\":\"Z\xc3\xbcrich\",\"action\":1}", 30},
      {"{\"account\":\"\xf0\x9f\x98\x80\",\"action\":1}", 25},
      {R"({"account":"\u00fc","action":1})", 30},
      {"{\"account\":\"Dev\",\n\"action\":1}", 28},
  };
  for (const auto& c : kCases) {
    const Result<Request> request = ParseRequest(c.text);
    ASSERT_FALSE(request.ok()) << c.text;
    EXPECT_EQ(request.error().column, c.column) << c.text;
    EXPECT_EQ(request.error().line, 0u);
    EXPECT_EQ(request.error().file, "");
  }
}

std::string Convert(const Request& request, RequestView& view) {
  const std::optional<Error> error = ConvertRequest(request, view);
  return error ? error->ToString() : "";
}

TEST(ConvertRequest, ViewsOfEveryField) {
  RequestView view;
  // What the request before left in it goes away.
  view.id = "1";
  view.values = {"old"};
  view.echo = {{"\"k\"", "1"}};
  Request request;
  EXPECT_EQ(Convert(request, view), "");
  EXPECT_TRUE(view.id.empty() && view.values.empty() && view.echo.empty() && view.context.empty());
  EXPECT_FALSE(view.resource || view.principal || view.complete_context);

  request.account = "Dev";
  request.action = "s3:GetObject";
  request.resource = "*";
  request.principal = "root";
  request.complete_context = true;
  request.context = {{"a", ContextValue::Of("1")},
                     {"b", ContextValue::List({"2", "3"})},
                     {"c", ContextValue::Absent()},
                     {"d", ContextValue::List({})}};
  EXPECT_EQ(Convert(request, view), "");
  EXPECT_EQ(view.account.data(), request.account.data());
  EXPECT_EQ(view.action, "s3:GetObject");
  EXPECT_EQ(view.resource, "*");
  EXPECT_EQ(view.principal, "root");
  EXPECT_TRUE(view.complete_context);
  std::string context;
  for (const ContextEntry& entry : view.context) {
    context += std::string(entry.key) + (entry.is_absent ? " absent" : entry.is_list ? " list" : " one");
    for (uint32_t i = 0; i < entry.value_count; ++i) {
      context += ' ' + std::string(view.values[entry.first_value + i]);
    }
    context += '\n';
  }
  EXPECT_EQ(context, "a one 1\nb list 2 3\nc absent\nd list\n");
}

// A caller can put into a Request what no JSON could carry.
TEST(ConvertRequest, RefusesWhatJsonCantCarry) {
  const std::string invalid = "a\xff";
  const std::string too_long(kMaxValueBytes + 1, 'x');
  const std::string not_utf8 = "a text is not valid UTF-8 after `a`";
  const std::string long_text = "a text of 16385 bytes: no value of a request has more than 16384";
  const std::string shape = "the context key `k` must be absent, have one value, or a list";
  const auto in_context = [](std::string key, ContextValue value) {
    Request request;
    request.context.emplace_back(std::move(key), std::move(value));
    return request;
  };
  const struct {
    Request request;
    std::string error;
  } cases[] = {
      {{.account = invalid, .action = "", .resource = {}, .principal = {}, .context = {}}, not_utf8},
      {{.account = "", .action = invalid, .resource = {}, .principal = {}, .context = {}}, not_utf8},
      {{.account = "", .action = "", .resource = invalid, .principal = {}, .context = {}}, not_utf8},
      {{.account = "", .action = "", .resource = {}, .principal = invalid, .context = {}}, not_utf8},
      {{.account = "", .action = "", .resource = too_long, .principal = {}, .context = {}}, long_text},
      {in_context(invalid, ContextValue::Of("v")), not_utf8},
      {in_context(too_long, ContextValue::Of("v")), long_text},
      {in_context("k", ContextValue::Of(invalid)), not_utf8},
      {in_context("k", ContextValue::List({"v", too_long})), long_text},
      {in_context("k", ContextValue{{}, false, false}), shape},
      {in_context("k", ContextValue{{"v", "w"}, false, false}), shape},
      {in_context("k", ContextValue{{"v"}, false, true}), shape},
  };
  for (const auto& c : cases) {
    RequestView view;
    EXPECT_EQ(Convert(c.request, view), c.error);
  }

  Request request;
  RequestView view;
  for (size_t i = 0; i < kMaxContextKeys; ++i) {
    request.context.emplace_back("k" + std::to_string(i), ContextValue::Absent());
  }
  EXPECT_EQ(Convert(request, view), "");
  request.context.emplace_back("k", ContextValue::Absent());
  EXPECT_EQ(Convert(request, view), "the context has more than 256 keys");
}

}  // namespace
}  // namespace scpcheck
