// Requests: the reader takes only JSON, and of it what the tree has; memory behind the line changes nothing;
// the API and the reader's views lead to the same decision.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/evaluator.h"
#include "fuzz.h"
#include "json/parse.h"
#include "request/convert.h"
#include "request/json_reader.h"
#include "scpcheck/engine.h"
#include "scpcheck/request.h"

namespace scpcheck {
namespace {

// Asks about every kind of value, so that each is read.
constexpr std::string_view kOrganization = R"({
  "id": "o-example001", "managementAccount": "999999999999",
  "policies": {
    "p-conditions": {"document": {"Version": "2012-10-17", "Statement": [
      {"Effect": "Deny", "Action": ["s3:Put*", "acme:?"], "Resource": "arn:aws:s3:*:*:b/${aws:username}/*",
       "Condition": {"StringNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/${a:x, 'a*'}", "*?root"]}}},
      {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
        "ForAnyValue:StringEqualsIgnoreCase": {"aws:TagKeys": ["cost", "TEAM"]},
        "NumericLessThan": {"a:n": 10}, "DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}},
      {"Effect": "Deny", "NotAction": "s3:*", "NotResource": ["arn:aws:ec2:*:*:instance/i-?", "arn:aws:iam*"],
       "Condition": {"IpAddressIfExists": {"aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]},
                     "ForAllValues:ArnLike": {"a:list": "arn:*:*:*:*:*x"}, "Null": {"a:null": "false"},
                     "Bool": {"aws:ViaAWSService": "false"}, "BinaryEquals": {"a:b": "AAEC"}}}]}},
    "p-some": {"document": {"Version": "2012-10-17", "Statement":
      {"Effect": "Allow", "Action": ["s3:*", "ec2:*"], "Resource": "*",
       "Condition": {"StringLike": {"aws:PrincipalOrgPaths": "x", "aws:RequestedRegion": "eu-*"}}}}}},
  "root": {"id": "r-abcd", "policies": ["p-FullAWSAccess", "p-conditions"],
    "accounts": [{"id": "111111111111", "name": "Dev"}],
    "organizationalUnits": [{"id": "ou-abcd-some0001", "name": "Some", "policies": ["p-some"],
      "accounts": [{"id": "222222222222", "name": "Some"}]}]}})";

const Engine& TheEngine() {
  static const Engine engine = [] {
    const MemoryFiles files({{"organization.json", std::string(kOrganization)}});
    Diagnostics diagnostics;
    Result<Organization> organization = LoadOrganization("organization.json", files, {}, diagnostics);
    SCPCHECK_CHECK(organization);
    return Engine::Compile(std::move(organization).value());
  }();
  return engine;
}

bool SameContext(const RequestView& a, const RequestView& b) {
  return a.values == b.values &&
         std::equal(a.context.begin(), a.context.end(), b.context.begin(), b.context.end(),
                    [](const ContextEntry& x, const ContextEntry& y) {
                      return x.key == y.key && x.hash == y.hash && x.first_value == y.first_value &&
                             x.value_count == y.value_count && x.is_list == y.is_list &&
                             x.is_absent == y.is_absent;
                    });
}

// All but what comes back as it was written.
bool SameQuestion(const RequestView& a, const RequestView& b) {
  return a.account == b.account && a.action == b.action && a.resource == b.resource &&
         a.principal == b.principal && a.complete_context == b.complete_context && SameContext(a, b);
}

bool SameEcho(const RequestView& a, const RequestView& b) {
  return a.id == b.id && std::equal(a.echo.begin(), a.echo.end(), b.echo.begin(), b.echo.end(),
                                    [](const EchoMember& x, const EchoMember& y) {
                                      return x.key == y.key && x.value == y.value;
                                    });
}

std::string_view Token(json::Value value) {
  const SourceRange range = value.range();
  return value.tree().source()->text().substr(range.begin, range.end - range.begin);
}

std::string_view TextOf(json::Value object, std::string_view name) {
  const std::optional<json::Value> value = object.Find(name);
  SCPCHECK_CHECK(!value || value->is_string());
  return value ? value->text() : std::string_view();
}

void CheckContext(std::optional<json::Value> context, const RequestView& request) {
  size_t entries = 0;
  size_t values = 0;
  if (context) {
    for (const json::Member member : context->members()) {
      const ContextEntry& entry = request.context[entries++];
      SCPCHECK_CHECK(entry.key == member.key.text() && entry.first_value == values);
      SCPCHECK_CHECK(entry.is_absent == member.value.is_null() && entry.is_list == member.value.is_array());
      if (member.value.is_array()) {
        for (const json::Value element : member.value.elements())
          SCPCHECK_CHECK(request.values[values++] == element.text());
      } else if (!entry.is_absent) {
        SCPCHECK_CHECK(request.values[values++] == member.value.text());
      }
      SCPCHECK_CHECK(entry.first_value + entry.value_count == values);
    }
  }
  SCPCHECK_CHECK(entries == request.context.size() && values == request.values.size());
}

// The request has what the tree has.
void CheckAgainstTree(json::Value root, const RequestView& request) {
  SCPCHECK_CHECK(root.is_object());
  SCPCHECK_CHECK(request.account == TextOf(root, "account") && request.action == TextOf(root, "action"));
  SCPCHECK_CHECK(request.resource.value_or("") == TextOf(root, "resource"));
  SCPCHECK_CHECK(request.resource.has_value() == root.Find("resource").has_value());
  SCPCHECK_CHECK(request.principal.value_or("") == TextOf(root, "principal"));
  SCPCHECK_CHECK(request.principal.has_value() == root.Find("principal").has_value());
  const std::optional<json::Value> complete = root.Find("completeContext");
  SCPCHECK_CHECK(request.complete_context == (complete && complete->truth()));
  CheckContext(root.Find("context"), request);
  const std::optional<json::Value> id = root.Find("id");
  SCPCHECK_CHECK(request.id == (id ? Token(*id) : ""));
  const std::optional<json::Value> echo = root.Find("echo");
  SCPCHECK_CHECK(request.echo.size() == (echo ? echo->size() : 0));
  if (!echo) return;
  auto member = echo->members().begin();
  for (const EchoMember& echoed : request.echo) {
    SCPCHECK_CHECK(echoed.key == Token((*member).key) && echoed.value == Token((*member).value));
    ++member;
  }
}

bool SameDecision(const Decision& a, const Decision& b) {
  return a.verdict == b.verdict && a.reason == b.reason && a.account == b.account && a.node == b.node &&
         a.policy == b.policy && a.statement == b.statement && a.sid == b.sid &&
         std::equal(a.depends_on.begin(), a.depends_on.end(), b.depends_on.begin(), b.depends_on.end());
}

void CheckDecision(const Request& request, RequestView& view) {
  Evaluator evaluator(TheEngine());
  EvaluatorState state(TheEngine().shared_compiled());
  const Result<Decision> decision = evaluator.Decide(request);
  Decision of_view;
  SCPCHECK_CHECK(state.Decide(view, of_view) == decision.ok());
  if (!decision) {
    SCPCHECK_CHECK(decision.error().message == state.error() && !state.error().empty());
    return;
  }
  SCPCHECK_CHECK(SameDecision(*decision, of_view));
  SCPCHECK_CHECK((decision->verdict == Verdict::kUndecided) == !decision->depends_on.empty());
  SCPCHECK_CHECK(decision->account.size() == 12);
  SCPCHECK_CHECK(evaluator.Explain(request));
}

// Reads `line` with something behind it, which must be as if it stood alone.
void CheckReadAhead(std::string_view line, const RequestReader& alone, bool is_good,
                    const RequestView& expected) {
  constexpr std::string_view kBehind = "\"}]\\\", \"account\": \"x\", \xff\x80 {[\"\\u00";
  const std::string longer = std::string(line) + std::string(kBehind) + std::string(kBehind);
  RequestReader reader;
  RequestView view;
  SCPCHECK_CHECK(reader.Read(std::string_view(longer).substr(0, line.size()), longer.data() + longer.size(),
                             view) == is_good);
  if (is_good) {
    SCPCHECK_CHECK(SameQuestion(view, expected) && SameEcho(view, expected));
  } else {
    SCPCHECK_CHECK(reader.error() == alone.error() && reader.error_offset() == alone.error_offset());
  }
}

}  // namespace
}  // namespace scpcheck

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scpcheck;  // NOLINT(google-build-using-namespace): the harness's own namespace
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  RequestReader reader;
  RequestView view;
  const bool is_good = reader.Read(line, view);
  CheckReadAhead(line, reader, is_good, view);
  const Result<Request> request = ParseRequest(line);
  SCPCHECK_CHECK(request.ok() == is_good);
  if (!is_good) {
    SCPCHECK_CHECK(!reader.error().empty() && reader.error_offset() <= size);
    SCPCHECK_CHECK(request.error().message == reader.error() && request.error().column >= 1);
    return 0;
  }

  Diagnostics diagnostics;
  const std::optional<json::Tree> tree =
      json::Parse(Source::FromText("line", std::string(line)), diagnostics);
  SCPCHECK_CHECK(tree);
  // Equal keys in the context and inside the echo's values are not the reader's business.
  for (const Diagnostic& diagnostic : diagnostics.all()) SCPCHECK_CHECK(diagnostic.code == "duplicate-key");
  CheckAgainstTree(tree->root(), view);

  const std::string compact = json::CompactText(tree->root());
  RequestReader compact_reader;
  RequestView compact_view;
  SCPCHECK_CHECK(compact_reader.Read(compact, compact_view) && SameQuestion(view, compact_view));
  RequestView converted;
  SCPCHECK_CHECK(!ConvertRequest(*request, converted) && SameQuestion(view, converted));
  CheckDecision(*request, view);
  return 0;
}
