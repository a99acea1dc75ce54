// Requests from JSON: what each field may hold, and what is said, and where, of one that holds something
// else.

#include "request/json_reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/folded_name.h"
#include "request/request_view.h"

namespace scpcheck {
namespace {

std::string Show(const RequestView& request) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view text) {
    out += (out.empty() ? "" : " ") + std::string(name) + '=' + std::string(text);
  };
  if (!request.id.empty()) add("id", request.id);
  if (!request.account.empty()) add("account", request.account);
  if (!request.action.empty()) add("action", request.action);
  if (request.resource) add("resource", *request.resource);
  if (request.principal) add("principal", *request.principal);
  for (const ContextEntry& entry : request.context) {
    EXPECT_EQ(entry.hash, FoldedHash(entry.key)) << entry.key;
    std::string value;
    for (uint32_t i = 0; i < entry.value_count; ++i) {
      value += (i == 0 ? "" : ",") + std::string(request.values[entry.first_value + i]);
    }
    add(entry.key, entry.is_absent ? "absent" : entry.is_list ? '[' + value + ']' : value);
    EXPECT_FALSE(entry.is_absent && (entry.is_list || entry.value_count != 0)) << entry.key;
  }
  if (request.complete_context) add("context", "complete");
  for (const EchoMember& member : request.echo) add("echo " + std::string(member.key), member.value);
  return out;
}

// `offset: message`, the offset in bytes.
std::string ShowError(const RequestReader& reader) {
  return std::to_string(reader.error_offset()) + ": " + reader.error();
}

// Reads a copy that ends exactly where the line does, so that sanitizers see any look beyond.
std::string Read(std::string_view line) {
  const auto copy = std::make_unique<char[]>(line.size());
  line.copy(copy.get(), line.size());
  RequestReader reader;
  RequestView request;
  if (reader.Read({copy.get(), line.size()}, request)) return Show(request);
  return ShowError(reader);
}

struct Case {
  std::string_view line;
  std::string_view result;
};

void Check(const Case& c) {
  EXPECT_EQ(Read(c.line), c.result) << c.line;
}

TEST(RequestReader, Fields) {
  constexpr Case kCases[] = {
      {"{}", ""},
      {" \t{ \r\n} ", ""},
      {R"({"account":"Dev"})", "account=Dev"},
      {R"({"account":""})", ""},
      {R"({"action":"s3:GetObject"})", "action=s3:GetObject"},
      {R"({"resource":"arn:aws:s3:::b/k"})", "resource=arn:aws:s3:::b/k"},
      {R"({"resource":""})", "resource="},
      {R"({"principal":"root"})", "principal=root"},
      {R"({"completeContext":true})", "context=complete"},
      {R"({"completeContext":false})", ""},
      {R"({"assume":"free"})", ""},
      {R"({"context":{}})", ""},
      {R"({"context":{"aws:TagKeys":["a","b"]}})", "aws:TagKeys=[a,b]"},
      {R"({"echo":{}})", ""},
      {R"({"echo":{"ticket":17}})", R"(echo "ticket"=17)"},
      {R"({"id":"q1"})", R"(id="q1")"},
      {R"({"id":""})", R"(id="")"},
      {R"({"id":17})", "id=17"},
      {R"({"id":-1.50e+3})", "id=-1.50e+3"},
      // In any order, and with blanks wherever JSON has them.
      {R"({"context":{"k":"v"},"principal":"root","action":"a:b","id":1,"account":"x","resource":"*"})",
       "id=1 account=x action=a:b resource=* principal=root k=v"},
      {" {\t\"account\" : \"Dev\" ,\n\"context\" : { \"k\" : [ 1 , 2 ] } , \"echo\" : { \"a\" : { } } }\r",
       R"(account=Dev k=[1,2] echo "a"={ })"},
  };
  for (const Case& c : kCases) Check(c);
}

TEST(RequestReader, ContextValues) {
  constexpr Case kCases[] = {
      {R"({"context":{"k":"v"}})", "k=v"},
      {R"({"context":{"k":""}})", "k="},
      {R"({"context":{"":"v"}})", "=v"},
      {R"({"context":{"k":true,"l":false}})", "k=true l=false"},
      // A number is its text, as it is written.
      {R"({"context":{"k":0,"l":-1.50,"m":1E+2,"n":1e999}})", "k=0 l=-1.50 m=1E+2 n=1e999"},
      {R"({"context":{"k":null}})", "k=absent"},
      {R"({"context":{"k":"null"}})", "k=null"},
      {R"({"context":{"k":[]}})", "k=[]"},
      {R"({"context":{"k":[ ]}})", "k=[]"},
      {R"({"context":{"k":["a"]}})", "k=[a]"},
      {R"({"context":{"k":["a",1,true,"",-0.5]}})", "k=[a,1,true,,-0.5]"},
      {R"({"context":{"k":"1","l":["2","3"],"m":null,"n":"4"}})", "k=1 l=[2,3] m=absent n=4"},
      // Equal keys are the evaluator's to refuse: it knows them in any case (G-14).
      {R"({"context":{"aws:X":"1","AWS:x":"2","aws:X":"3"}})", "aws:X=1 AWS:x=2 aws:X=3"},
  };
  for (const Case& c : kCases) Check(c);
}

TEST(RequestReader, Escapes) {
  constexpr Case kCases[] = {
      {R"({"account":"\u0044e\u0076"})", "account=Dev"},
      {R"({"acc\u006funt":"Dev"})", "account=Dev"},
      {R"({"resource":"a\"b\\c\/d"})", "resource=a\"b\\c/d"},
      {R"({"context":{"k\n":"\t\b\f\r"}})", "k\n=\t\b\f\r"},
      {R"({"principal":"\u00fc\u20AC\ud83d\ude00"})", "principal=\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80"},
      {"{\"account\":\"Z\xc3\xbcrich \xf0\x9f\x98\x80\"}", "account=Z\xc3\xbcrich \xf0\x9f\x98\x80"},
      // Texts with escapes stay while others follow.
      {R"({"account":"\u0061","action":"\u0062","resource":"\u0063","context":{"\u0064":["\u0065","\u0066"]}})",
       "account=a action=b resource=c d=[e,f]"},
      // What goes back as JSON stays as it is written.
      {R"({"id":"\u0071\n1"})", R"(id="\u0071\n1")"},
      {R"({"echo":{"\u0061":"\u0062"}})", R"(echo "\u0061"="\u0062")"},
  };
  for (const Case& c : kCases) Check(c);
  EXPECT_EQ(Read(R"({"account":"a\u0000b"})"), std::string("account=a\0b", 11));
}

TEST(RequestReader, EchoTakesAnyValue) {
  constexpr std::string_view kValues[] = {
      "null", "true",   "false",         "0",  "-12.5e-7", R"("")",        R"("a\"\\\u00e9")",
      "[]",   "[1, 2]", R"(["[", "{"])", "{}", "{ }",      R"({"a":"}"})", R"([{"k": [null]}, []])"};
  for (const std::string_view value : kValues) {
    const std::string token(value);
    EXPECT_EQ(Read(R"({"echo":{"k": )" + token + R"( ,"l":1}})"), R"(echo "k"=)" + token + R"( echo "l"=1)");
  }
}

TEST(RequestReader, RefusesWrongFields) {
  constexpr Case kCases[] = {
      {R"({"acount":"Dev"})", "1: the field `acount` is not known: did you mean `account`?"},
      {R"({"account":"Dev", "Action":"s3:x"})",
       "18: the field `Action` is not known: did you mean `action`?"},
      {R"({"region":"eu-west-1"})", "1: the field `region` is not known"},
      {R"({"acton":"a:b"})", "1: the field `acton` is not known: did you mean `action`?"},
      // Not each two letters are meant to be `id`.
      {R"({"to":1})", "1: the field `to` is not known"},
      {R"({"":1})", "1: the field `` is not known"},
      {R"({"account":"Dev","account":"Dev"})", "17: the field `account` stands twice"},
      {R"({"id":1,"id":1})", "8: the field `id` stands twice"},
      {R"({"action":"a:b","resource":"*","\u0061ction":"a:b"})", "31: the field `action` stands twice"},
      {R"({"context":{},"context":{}})", "14: the field `context` stands twice"},
      {R"({"echo":{},"echo":{}})", "11: the field `echo` stands twice"},
      {R"({"completeContext":true,"completeContext":true})", "24: the field `completeContext` stands twice"},
      {R"({"account":null})", "11: `account` must be a string"},
      {R"({"account": 111111111111})", "12: `account` must be a string"},
      {R"({"account":["Dev"]})", "11: `account` must be a string"},
      {R"({"action":{"service":"s3"}})", "10: `action` must be a string"},
      {R"({"resource":null})", "12: `resource` must be a string"},
      {R"({"resource":["a","b"]})", "12: `resource` must be a string"},
      {R"({"principal":{"AWS":"*"}})", "13: `principal` must be a string"},
      {R"({"completeContext":"true"})", "19: `completeContext` must be true or false"},
      {R"({"completeContext":1})", "19: `completeContext` must be true or false"},
      {R"({"completeContext":null})", "19: `completeContext` must be true or false"},
      {R"({"assume":"nothing"})", "1: `assume` can only be \"free\""},
      {R"({"assume":true})", "10: `assume` must be a string"},
      {R"({"id":true})", "6: `id` must be a string or a number"},
      {R"({"id":null})", "6: `id` must be a string or a number"},
      {R"({"id": [1]})", "7: `id` must be a string or a number"},
      {R"({"id":{}})", "6: `id` must be a string or a number"},
      {R"({"context":[]})", "11: `context` must be an object of condition keys"},
      {R"({"context": null})", "12: `context` must be an object of condition keys"},
      {R"({"context":"k=v"})", "11: `context` must be an object of condition keys"},
      {R"({"echo":[1]})", "8: `echo` must be an object"},
      {R"({"echo":"x"})", "8: `echo` must be an object"},
      {R"({"where":{}})",
       "1: `where` needs reasoning about unknown values, which this version does not have"},
      {R"({"call":true})",
       "1: `call` is not supported by this version: ask for each resource that the call touches"},
      {R"({"resources":[]})",
       "1: `resources` is not supported by this version: ask for each resource that the call touches"},
  };
  for (const Case& c : kCases) Check(c);
}

// Keys are equal if their texts are, however they are written.
TEST(RequestReader, RefusesWhatEchoHasTwice) {
  constexpr Case kCases[] = {
      {R"({"echo":{"a":1,"a":2}})", "15: the key `a` stands twice"},
      {R"({"echo":{"a":1,"\u0061":2}})", "15: the key `a` stands twice"},
      {R"({"echo":{"\u00fc\n":1,"b":2,"\u00FC\u000a":3}})", "28: the key `\u00fc\n` stands twice"},
      {R"({"echo":{"\u0061":1,"A":2,"b":3}})", R"(echo "\u0061"=1 echo "A"=2 echo "b"=3)"},
      {R"({"echo":{"r\u0065ason":1}})", "9: the decision has a member `reason` itself: name it otherwise"},
  };
  for (const Case& c : kCases) Check(c);
}

// The line of output that stands for a request which can't be read still says which one it is.
TEST(RequestReader, AnIdThatWasReadStays) {
  constexpr struct {
    std::string_view line;
    std::string_view id;
  } kCases[] = {
      {R"({"id":"q1","account":1})", R"("q1")"},
      {R"({"id":-1.50e3,"context":{"k":{}}})", "-1.50e3"},
      {R"({"account":"Dev","id":7,"bogus":1})", "7"},
      {R"({"id":1,"id":2})", "1"},
      {R"({"id":1} x)", "1"},
      {R"({"id":1)", "1"},
      // One that comes after what is wrong was not read, and these are none.
      {R"({"account":1,"id":"q1"})", ""},
      {R"({"id":true})", ""},
      {R"({"id":[1]})", ""},
      {R"({"id":"q1)", ""},
      {R"({"id":01})", ""},
  };
  for (const auto& c : kCases) {
    RequestReader reader;
    RequestView request;
    EXPECT_FALSE(reader.Read(c.line, request)) << c.line;
    EXPECT_EQ(request.id, c.id) << c.line;
  }
}

TEST(RequestReader, ContextAlone) {
  const auto read = [](std::string_view text) {
    RequestReader reader;
    RequestView request;
    return reader.ReadContextAlone(text, request) ? Show(request) : ShowError(reader);
  };
  constexpr Case kCases[] = {
      {"{}", ""},
      {" {\n} \n", ""},
      {R"({"k":"v","l":["a",1],"m":null})", "k=v l=[a,1] m=absent"},
      {"", "0: `context` must be an object of condition keys"},
      {"[]", "0: `context` must be an object of condition keys"},
      {R"({"k":"v")", "8: expected `}` after the last key of the context"},
      {R"({"k":"v)", "5: the string is not closed: a `\"` is missing"},
      {R"({}, "resource":"arn:aws:s3:::x")", "2: there is more after the context: it is one JSON object"},
      {R"({}})", "2: there is more after the context: it is one JSON object"},
      {R"({} {})", "3: there is more after the context: it is one JSON object"},
  };
  for (const Case& c : kCases) EXPECT_EQ(read(c.line), c.result) << c.line;
}

TEST(RequestReader, RefusesWrongContextValues) {
  constexpr std::string_view kMessage =
      ": a context value must be a string, number or boolean, a list of these, or null for `absent`";
  constexpr struct {
    std::string_view value;
    size_t offset;  // in the value
  } kCases[] = {
      {"{}", 0},        {R"({"a":"b"})", 0},        {"[null]", 1}, {R"(["a",null])", 5}, {R"(["a", []])", 6},
      {"[[\"a\"]]", 1}, {R"([1,true,{"a":1}])", 8},
  };
  constexpr std::string_view kBefore = R"({"context":{"k":)";
  for (const auto& c : kCases) {
    EXPECT_EQ(Read(std::string(kBefore) + std::string(c.value) + "}}"),
              std::to_string(kBefore.size() + c.offset) + std::string(kMessage))
        << c.value;
  }
}

// The decision has these members itself.
TEST(RequestReader, RefusesEchoesThatWouldBeMistaken) {
  for (const std::string name :
       {"id", "account", "action", "decision", "reason", "node", "policy", "statement", "sid", "dependsOn",
        "blockers", "passesWhen", "example", "resourceType", "line", "error"}) {
    EXPECT_EQ(Read(R"({"echo":{"x":1,")" + name + R"(":1}})"),
              "15: the decision has a member `" + name + "` itself: name it otherwise");
  }
  constexpr Case kCases[] = {
      {R"({"echo":{"\u0073id":1}})", "9: the decision has a member `sid` itself: name it otherwise"},
      {R"({"echo":{"a":1,"b":2,"a":3}})", "21: the key `a` stands twice"},
      {R"({"echo":{"Sid":1}})", R"(echo "Sid"=1)"},
      {R"({"echo":{"resource":1,"context":2}})", R"(echo "resource"=1 echo "context"=2)"},
  };
  for (const Case& c : kCases) Check(c);
}

TEST(RequestReader, RefusesWhatIsNoJson) {
  constexpr std::string_view kNoRequest = "a request is a JSON object: expected `{`";
  constexpr std::string_view kKey = "expected a key in double quotes";
  constexpr std::string_view kValue = "expected a value";
  constexpr std::string_view kEscape =
      "not an escape of JSON: use `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` or `\\u` "
      "with four hexadecimal digits";
  constexpr std::string_view kControl =
      "a control character stands in a string: write it as an escape such as `\\n` or `\\u0000`";
  constexpr std::string_view kUnclosed = "the string is not closed: a `\"` is missing";
  constexpr std::string_view kSurrogate =
      "half of a surrogate pair: write both halves, or the character itself";
  constexpr std::string_view kUtf8 = "not valid UTF-8: save the file in UTF-8";
  constexpr std::string_view kNumber =
      "not a number of JSON: digits, then perhaps a fraction and an exponent, without leading zeros";
  constexpr std::string_view kMore = "there is more after the request: a line holds one JSON object";
  const struct {
    std::string_view line;
    size_t offset;
    std::string_view message;
  } cases[] = {
      {"", 0, kNoRequest},
      {"  ", 2, kNoRequest},
      {"nonsense", 0, kNoRequest},
      {"[{}]", 0, kNoRequest},
      {"\xef\xbb\xbf{}", 0, kNoRequest},
      {"{", 1, kKey},
      {"{,}", 1, kKey},
      {R"({"account":"Dev",})", 17, kKey},
      {R"({account:"Dev"})", 1, kKey},
      {R"({'account':"Dev"})", 1, kKey},
      {R"({"echo":{"k":{1:2}}})", 14, kKey},
      {R"({"echo":{1:2}})", 9, kKey},
      {R"({"context":{1:2}})", 12, "expected a condition key in double quotes"},
      {R"({"account" "Dev"})", 11, "expected `:` after the key"},
      {R"({"context":{"k" "v"}})", 16, "expected `:` after the condition key"},
      {R"({"account":"Dev" "action":"a:b"})", 17, "expected `}` after the last member"},
      {R"({"account":"Dev")", 16, "expected `}` after the last member"},
      {R"({"context":{"k":"v" "l":"w"}})", 20, "expected `}` after the last key of the context"},
      {R"({"context":{"k":["v" "w"]}})", 21, "expected `]` after the last value"},
      {R"({"echo":{"k":1 "l":2}})", 15, "expected `}` after the last member of `echo`"},
      {R"({"echo":{"k":{"a":1]}})", 19, "expected `}` after the last member"},
      {R"({"echo":{"k":[1}}})", 15, "expected `]` after the last element"},
      {R"({"context":{"k":}})", 16, kValue},
      {R"({"context":{"k":["a",]}})", 21, kValue},
      {R"({"context":{"k":tru}})", 16, kValue},
      {R"({"context":{"k":nul}})", 16, kValue},
      {R"({"context":{"k":TRUE}})", 16, kValue},
      {R"({"context":{"k":+1}})", 16, kValue},
      {R"({"context":{"k":.5}})", 16, kValue},
      {R"({"context":{"k":NaN}})", 16, kValue},
      {R"({"id":})", 6, kValue},
      {R"({"completeContext":)", 19, kValue},
      {R"({"context":{"k":truely}})", 20, "expected `}` after the last key of the context"},
      {R"({"context":{"k":01}})", 17, kNumber},
      {R"({"context":{"k":1.}})", 18, kNumber},
      {R"({"id":-})", 7, kNumber},
      {R"({"id":1e})", 8, kNumber},
      {R"({"account":"Dev)", 11, kUnclosed},
      {R"({"account)", 1, kUnclosed},
      {R"({"context":{"k":["v)", 17, kUnclosed},
      {R"({"id":"q1)", 6, kUnclosed},
      {R"({"account":"Dev","echo":{"k":["a", "b)", 35, kUnclosed},
      {R"({"echo":{"k":{"a)", 14, kUnclosed},
      {R"({"completeContext":"true)", 19, kUnclosed},
      {"{\"account\":\"D\tev\"}", 13, kControl},
      {std::string_view("{\"account\":\"D\0ev\"}", 18), 13, kControl},
      {"{\"echo\":{\"k\":\"a\nb\"}}", 15, kControl},
      {R"({"account":"D\ev"})", 13, kEscape},
      {R"({"account":"D\u12"})", 13, kEscape},
      {R"({"account":"D\ud83dev"})", 13, kSurrogate},
      {"{\"account\":\"D\xff\"}", 13, kUtf8},
      {"{\"account\":\"D\xed\xa0\x80\"}", 13, kUtf8},
      {R"({}{})", 2, kMore},
      {R"({"account":"Dev"} x)", 18, kMore},
      {R"({"account":"Dev"},)", 17, kMore},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Read(c.line), std::to_string(c.offset) + ": " + std::string(c.message)) << c.line;
  }
}

// A line that stands among others: what follows in memory may be looked at, and must not matter.
TEST(RequestReader, ReadsNothingFromTheNextLine) {
  constexpr std::string_view kLines[] = {
      R"({"account":"Dev","action":"s3:GetObject"})",
      R"({"account":"Dev","action":"s3:GetOb)",
      R"({"account":"Dev","context":{"k":tr)",
      R"({"account":"Dev","context":{"k":12)",
      R"({"account":"D\u00)",
      R"({"account":"D\ud83d)",
      "{\"account\":\"D\xc3",
  };
  constexpr std::string_view kNext[] = {R"(x"}})", R"(ue}})", "3}}", "\\ude00\"}", "\xbc\"}", "\n{}"};
  for (const std::string_view line : kLines) {
    for (const std::string_view next : kNext) {
      const std::string memory = std::string(line) + std::string(next) + std::string(100, ' ');
      RequestReader reader;
      RequestView request;
      const bool good = reader.Read(std::string_view(memory).substr(0, line.size()),
                                    memory.data() + memory.size(), request);
      EXPECT_EQ(good ? Show(request) : ShowError(reader), Read(line)) << memory;
    }
  }
}

// Many bytes are looked at together: where a line begins and ends among them must not matter.
TEST(RequestReader, TheSameAtEveryAlignment) {
  const std::string value = "arn:aws:s3:::b/" + std::string(70, 'k') + "\xc3\xbc" + std::string(70, 'k');
  const std::string line = R"({"id":"q\n","account":"Dev","action":"s3:GetObject","resource":")" + value +
                           R"(","context":{"aws:X":"a\tb","aws:Y":["1",2]},"echo":{"e":"\""}})";
  const std::string result = R"(id="q\n" account=Dev action=s3:GetObject resource=)" + value +
                             " aws:X=a\tb aws:Y=[1,2] echo \"e\"=\"\\\"\"";
  for (size_t blanks = 0; blanks < 130; ++blanks) {
    EXPECT_EQ(Read(std::string(blanks, ' ') + line), result) << blanks;
  }
}

TEST(RequestReader, EveryCutOffLineIsAnError) {
  constexpr std::string_view kLine =
      R"({"id":-1.5e3,"account":"D\u00e9v","action":"s3:GetObject","resource":"*","principal":"root",)"
      R"("context":{"a":"x","b":[1,"y",true],"c":null},"completeContext":false,"assume":"free",)"
      R"("echo":{"k":[{"l":null}],"m":"\n"}})";
  ASSERT_EQ(Read(kLine),
            "id=-1.5e3 account=D\xc3\xa9v action=s3:GetObject resource=* principal=root a=x b=[1,y,true] "
            R"(c=absent echo "k"=[{"l":null}] echo "m"="\n")");
  for (size_t size = 0; size < kLine.size(); ++size) {
    const auto copy = std::make_unique<char[]>(size);
    kLine.copy(copy.get(), size);
    RequestReader reader;
    RequestView request;
    EXPECT_FALSE(reader.Read({copy.get(), size}, request)) << size;
    EXPECT_NE(reader.error(), "") << size;
    EXPECT_LE(reader.error_offset(), size) << reader.error();
  }
}

// One reader and one view serve a whole batch.
TEST(RequestReader, ForgetsTheLineBefore) {
  RequestReader reader;
  RequestView request;
  const std::string full =
      R"({"id":1,"account":"\u0061","action":"b:c","resource":"*","principal":"root","completeContext":true,)"
      R"("context":{"k":["v"]},"echo":{"e":1}})";
  const std::string broken = R"({"account":"Dev","context":{"k":["v","w)";
  const std::string next = R"({"action":"\u0064:e"})";
  ASSERT_TRUE(reader.Read(full, request));
  ASSERT_TRUE(reader.Read(next, request));
  EXPECT_EQ(Show(request), "action=d:e");
  ASSERT_FALSE(reader.Read(broken, request));
  ASSERT_TRUE(reader.Read(next, request));
  EXPECT_EQ(Show(request), "action=d:e");
}

TEST(RequestReader, BoundsOnTexts) {
  const std::string most(kMaxValueBytes, 'x');
  // What counts is the text, not how it is written: an escape takes more bytes than what it means.
  const std::string escaped = most.substr(1) + "\\u0079";
  const std::string too_long = most + 'x';
  const std::string complaint = "a text of 16385 bytes: no value of a request has more than 16384";
  EXPECT_EQ(Read(R"({"account":")" + most + R"("})"), "account=" + most);
  EXPECT_EQ(Read(R"({"account":")" + escaped + R"("})"), "account=" + most.substr(1) + 'y');
  EXPECT_EQ(Read(R"({"context":{"k":")" + most + R"("}})"), "k=" + most);
  EXPECT_EQ(Read(R"({"account":")" + too_long + R"("})"), "11: " + complaint);
  EXPECT_EQ(Read(R"({"account":"x)" + escaped + R"("})"), "11: " + complaint);
  EXPECT_EQ(Read(R"({"resource":")" + too_long + R"("})"), "12: " + complaint);
  EXPECT_EQ(Read(R"({"principal":")" + too_long + R"("})"), "13: " + complaint);
  EXPECT_EQ(Read(R"({"context":{"k":")" + too_long + R"("}})"), "16: " + complaint);
  EXPECT_EQ(Read(R"({"context":{"k":["a",")" + too_long + R"("]}})"), "21: " + complaint);
  EXPECT_EQ(Read(R"({"context":{")" + too_long + R"(":"v"}})"), "12: " + complaint);
  EXPECT_EQ(Read(R"({")" + too_long + R"(":"v"})"), "1: " + complaint);
}

TEST(RequestReader, BoundsOnNumbersOfMembers) {
  const auto members = [](size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) {
      text += (i == 0 ? "\"k" : ",\"k") + std::to_string(1000 + i) + "\":1";
    }
    return text;
  };
  RequestReader reader;
  RequestView request;
  const std::string most = R"({"context":{)" + members(kMaxContextKeys) + "}}";
  ASSERT_TRUE(reader.Read(most, request)) << reader.error();
  EXPECT_EQ(request.context.size(), kMaxContextKeys);
  const std::string echoes = R"({"echo":{)" + members(kMaxContextKeys) + "}}";
  ASSERT_TRUE(reader.Read(echoes, request)) << reader.error();
  EXPECT_EQ(request.echo.size(), kMaxContextKeys);

  const std::string too_many = R"({"context":{)" + members(kMaxContextKeys + 1) + "}}";
  ASSERT_FALSE(reader.Read(too_many, request));
  EXPECT_EQ(ShowError(reader),
            std::to_string(too_many.rfind("\"k")) + ": the context has more than 256 keys");
  const std::string too_many_echoes = R"({"echo":{)" + members(kMaxContextKeys + 1) + "}}";
  ASSERT_FALSE(reader.Read(too_many_echoes, request));
  EXPECT_EQ(ShowError(reader),
            std::to_string(too_many_echoes.rfind("\"k")) + ": `echo` has too many members");
}

// Hostile nesting must not exhaust the stack, and a value that is skipped is bounded like one that is read.
TEST(RequestReader, BoundsOnDepth) {
  const auto nested = [](const std::string& field, size_t depth) {
    return "{\"" + field + "\":{\"k\":" + std::string(depth, '[') + '1' + std::string(depth, ']') + "}}";
  };
  EXPECT_EQ(Read(nested("echo", 128)), "echo \"k\"=" + std::string(128, '[') + '1' + std::string(128, ']'));
  for (const size_t depth : {size_t{130}, size_t{100'000}}) {
    EXPECT_NE(Read(nested("echo", depth)).find(": nested more than 128 levels deep"), std::string::npos);
  }
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  EXPECT_NE(Read(R"({"echo":{"k":)" + objects).find(": nested more than 128 levels deep"), std::string::npos);
  EXPECT_NE(Read(R"({"id":)" + objects).find(": nested more than 128 levels deep"), std::string::npos);
}

}  // namespace
}  // namespace scpcheck
