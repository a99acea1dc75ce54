// The recovering reader: what it says of each kind of fault, what it makes of the text, and that its repairs
// mend.

#include "json/recover.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "json/parse.h"

namespace scpcheck::json {
namespace {

struct Reading {
  std::shared_ptr<const Source> source;
  Diagnostics diagnostics;
  Recovery recovery;
};

Reading Read(std::string_view text) {
  Reading reading;
  reading.source = Source::FromText("t.json", std::string(text));
  reading.recovery = Recover(reading.source, reading.diagnostics);
  return reading;
}

// `line:column-column: message` of all faults, with ` [title]`.
std::string Faults(const Reading& reading) {
  std::string out;
  for (const Fault& fault : reading.recovery.faults) {
    const SourcePosition begin = reading.source->Locate(fault.range.begin);
    const SourcePosition end = reading.source->Locate(fault.range.end);
    out += (out.empty() ? "" : "\n") + std::to_string(begin.line) + ':' + std::to_string(begin.column) + '-' +
           std::to_string(end.column) + ": " + fault.message;
    if (!fault.repair_title.empty()) out += " [" + fault.repair_title + "]";
  }
  return out;
}

std::string Compact(const Recovery& recovery) {
  std::string out = recovery.tree ? CompactText(recovery.tree->root()) : "none";
  for (const Tree& tree : recovery.more) out += " & " + CompactText(tree.root());
  return out;
}

// The text with all repairs, each pass those that don't overlap.
std::string Repaired(std::string text) {
  for (int pass = 0; pass < 10; ++pass) {
    const Reading reading = Read(text);
    std::vector<Replacement> edits;
    for (const Fault& fault : reading.recovery.faults)
      edits.insert(edits.end(), fault.repair.begin(), fault.repair.end());
    if (edits.empty()) break;
    std::stable_sort(edits.begin(), edits.end(), [](const Replacement& a, const Replacement& b) {
      return a.range.begin > b.range.begin;
    });
    size_t before = text.size() + 1;
    for (const Replacement& edit : edits) {
      if (edit.range.end > before) continue;
      text.replace(edit.range.begin, edit.range.end - edit.range.begin, edit.text);
      before = edit.range.begin;
    }
  }
  return text;
}

struct Case {
  std::string_view text;
  std::string_view faults;
  std::string_view compact;
  std::string_view repaired = "";  // empty: not looked at
};

void Check(const Case& c) {
  const Reading reading = Read(c.text);
  EXPECT_EQ(Faults(reading), c.faults) << c.text;
  EXPECT_EQ(Compact(reading.recovery), c.compact) << c.text;
  if (!c.repaired.empty()) {
    EXPECT_EQ(Repaired(std::string(c.text)), c.repaired);
    EXPECT_TRUE(Read(c.repaired).recovery.is_clean()) << c.repaired;
  }
}

TEST(Recover, Comments) {
  constexpr Case kCases[] = {
      {"// a\n{\"k\": 1}\n", "1:1-5: JSON has no comments: remove it [remove the comment]", "{\"k\":1}",
       "{\"k\": 1}\n"},
      {"{\"k\": 1 // a\n}", "1:9-13: JSON has no comments: remove it [remove the comment]", "{\"k\":1}",
       "{\"k\": 1\n}"},
      {"{\"k\": \"v\" # a\r\n}", "1:11-14: JSON has no comments: remove it [remove the comment]",
       "{\"k\":\"v\"}", "{\"k\": \"v\"\r\n}"},
      {"{\"k\" /* : */ : [ /**/ 1]}",
       "1:6-13: JSON has no comments: remove it [remove the comment]\n"
       "1:18-22: JSON has no comments: remove it [remove the comment]",
       "{\"k\":[1]}", "{\"k\" : [ 1]}"},
      // Lines of comments below one another are one fault.
      {"[\n  // a\n  # b\n  1\n  /* c\n d */\n]",
       "2:3-6: JSON has no comments: remove it [remove the comment]\n"
       "5:3-6: JSON has no comments: remove it [remove the comment]",
       "[1]", "[\n  1\n]"},
      {"[1] // a", "1:5-9: JSON has no comments: remove it [remove the comment]", "[1]", "[1]"},
      {"// a",
       "1:1-5: JSON has no comments: remove it [remove the comment]\n"
       "1:5-5: expected a value, found the end of the text",
       "none"},
      {"[1] /* a", "1:5-7: the comment is not closed, and JSON has no comments: remove it", "[1]"},
      // Not in strings.
      {"[\"// a\", \"/* b */\", \"# c\"]", "", "[\"// a\",\"/* b */\",\"# c\"]"},
  };
  for (const Case& c : kCases) Check(c);
}

TEST(Recover, Commas) {
  constexpr Case kCases[] = {
      {"[1,]", "1:3-4: a comma before `]`: remove it [remove the comma]", "[1]", "[1]"},
      {"[1,\n// a\n]",
       "2:1-5: JSON has no comments: remove it [remove the comment]\n"
       "1:3-4: a comma before `]`: remove it [remove the comma]",
       "[1]", "[1\n]"},
      {"{\"a\": 1,}", "1:8-9: a comma before `}`: remove it [remove the comma]", "{\"a\":1}", "{\"a\": 1}"},
      {"[,1]", "1:2-3: a comma too many: nothing stands before it [remove the comma]", "[1]", "[1]"},
      {"[1,,2]", "1:4-5: a comma too many: nothing stands before it [remove the comma]", "[1,2]", "[1,2]"},
      {"{,}", "1:2-3: a comma too many: nothing stands before it [remove the comma]", "{}", "{}"},
      {"[\"a\" \"b\"]", "1:6-7: a comma is missing before this [insert the comma]", "[\"a\",\"b\"]",
       "[\"a\", \"b\"]"},
      {"{\"a\": 1\n \"b\": {}\n \"c\": 2}",
       "2:2-3: a comma is missing before this [insert the comma]\n"
       "3:2-3: a comma is missing before this [insert the comma]",
       "{\"a\":1,\"b\":{},\"c\":2}", "{\"a\": 1,\n \"b\": {},\n \"c\": 2}"},
      {"[{} {}]", "1:5-6: a comma is missing before this [insert the comma]", "[{},{}]", "[{}, {}]"},
      // Only where something may follow it, and not inside a string that is not closed.
      {"[\"a\" + \"b\"]", "1:6-7: expected `,` or `]`, found `+`", "none"},
      {"{\"a\": \"b\" + \"c\"}", "1:11-12: expected `,` or `}`, found `+`", "none"},
      {"{\"a\": [1]]}", "1:10-11: expected `,` or `}`, found `]`", "none"},
      {"{\"a\": \"b:\nC\", \"d\": 1}",
       "1:7-8: the string is not closed: a `\"` is missing\n"
       "2:1-2: expected `,` or `}`, found `C`",
       "none"},
      {"{\"a\": \"b\n\"c\": 1}",
       "1:7-8: the string is not closed: a `\"` is missing\n"
       "2:1-2: a comma is missing before this",
       "{\"a\":\"b\",\"c\":1}"},
      {"{\"a\": \"1\" b: 2}",
       "1:11-12: a comma is missing before this [insert the comma]\n"
       "1:11-12: the key `b` stands without quotes: write it in double quotes [write keys in double quotes]",
       "{\"a\":\"1\",\"b\":2}", "{\"a\": \"1\", \"b\": 2}"},
      {"[\"a\" {\"b\": 1} *]",
       "1:6-7: a comma is missing before this [insert the comma]\n"
       "1:15-16: a comma is missing before this [insert the comma]\n"
       "1:15-16: `*` stands without quotes: write it in double quotes [write it in double quotes]",
       "[\"a\",{\"b\":1},\"*\"]", "[\"a\", {\"b\": 1}, \"*\"]"},
      {"[\"a\"; \"b\"]", "1:5-6: `;` separates nothing in JSON: write `,` [write `,`]", "[\"a\",\"b\"]",
       "[\"a\", \"b\"]"},
      {"{},", "1:3-4: a comma behind the end of the document: remove it [remove the comma]", "{}", "{}"},
  };
  for (const Case& c : kCases) Check(c);
}

TEST(Recover, Quotes) {
  constexpr Case kCases[] = {
      {"['a']", "1:2-5: JSON strings stand in double quotes: write `\"` for `'` [write double quotes]",
       "[\"a\"]", "[\"a\"]"},
      {"{'a': 'b\"c\\'d\\n'}",
       "1:2-5: JSON strings stand in double quotes: write `\"` for `'` (in 2 places) [write double quotes]",
       "{\"a\":\"b\\\"c'd\\n\"}", "{\"a\": \"b\\\"c'd\\n\"}"},
      {"{\xe2\x80\x9c"
       "a\xe2\x80\x9d: 1}",
       "1:2-5: JSON strings stand in plain double quotes, not in typographic ones: write `\"` [write double "
       "quotes]",
       "{\"a\":1}", "{\"a\": 1}"},
      {"{Effect: \"Deny\", aws:PrincipalArn: 1}",
       "1:2-8: the key `Effect` stands without quotes: write it in double quotes (in 2 places) [write keys "
       "in double "
       "quotes]",
       "{\"Effect\":\"Deny\",\"aws:PrincipalArn\":1}", "{\"Effect\": \"Deny\", \"aws:PrincipalArn\": 1}"},
      {"[arn:aws:s3:::b/* , 012]",
       "1:2-18: `arn:aws:s3:::b/*` stands without quotes: write it in double quotes [write it in double "
       "quotes]\n"
       "1:21-24: `012` stands without quotes: write it in double quotes [write it in double quotes]",
       "[\"arn:aws:s3:::b/*\",\"012\"]", "[\"arn:aws:s3:::b/*\" , \"012\"]"},
      // What takes the place of a template may bring its own quotes.
      {"{\"a\": ${Accounts}, \"b\": [${X::Y:Z}], \"c\": {{ d }}}",
       "1:7-18: `${Accounts}` stands without quotes: as it is written, this is no JSON\n"
       "1:26-35: `${X::Y:Z}` stands without quotes: as it is written, this is no JSON\n"
       "1:43-50: `{{ d }}` stands without quotes: as it is written, this is no JSON",
       "{\"a\":\"${Accounts}\",\"b\":[\"${X::Y:Z}\"],\"c\":\"{{ d }}\"}"},
      {"[True, None, FALSE]",
       "1:2-6: `True` is no value of JSON: write `true` (in 3 places) [write `true`, `false` and `null`]",
       "[true,null,false]", "[true, null, false]"},
      {"[\"a\n, 1]", "1:2-3: the string is not closed: a `\"` is missing", "[\"a\",1]"},
      {"[\"a,\n \"b\"]", "1:2-3: the string is not closed: a `\"` is missing", "[\"a\",\"b\"]"},
      {"[\"a", "1:2-3: the string is not closed: a `\"` is missing", "none"},
      {"[\"a\tb\"]",
       "1:4-5: a control character stands in a string: write it as an escape such as `\\n` or `\\u0000` "
       "[write escapes]",
       "[\"a\\tb\"]", "[\"a\\tb\"]"},
      {"[\"a\\d\"]",
       "1:4-5: not an escape of JSON: use `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` or `\\u` "
       "with four "
       "hexadecimal digits",
       "[\"a\\\\d\"]"},
      {"[\"a\\ud83d\"]", "1:4-5: half of a surrogate pair: write both halves, or the character itself",
       "[\"a\xef\xbf\xbd\"]"},
      {"[\"a\xff\xff\"]", "1:4-5: not valid UTF-8: save the file in UTF-8",
       "[\"a\xef\xbf\xbd\xef\xbf\xbd\"]"},
  };
  for (const Case& c : kCases) Check(c);
}

TEST(Recover, Structure) {
  constexpr Case kCases[] = {
      {"{\"a\" 1}", "1:6-7: expected `:` after the key, found `1`", "none"},
      {"{\"a\" \"b\"}", "1:6-7: a `:` is missing behind the key [insert the `:`]", "{\"a\":\"b\"}",
       "{\"a\": \"b\"}"},
      {"{\"a\" = \"b\", \"c\" => 1}",
       "1:6-7: `=` behind a key: JSON writes `:` [write `:`]\n"
       "1:17-19: `=` behind a key: JSON writes `:` [write `:`]",
       "{\"a\":\"b\",\"c\":1}", "{\"a\" : \"b\", \"c\" : 1}"},
      {"{\"a\": [1}", "1:9-10: a `]` is missing before this `}`: the list is not closed", "{\"a\":[1]}"},
      {"[{\"a\": 1]", "1:9-10: a `}` is missing before this `]`: the object is not closed", "[{\"a\":1}]"},
      {"{\"a\": [1]", "1:1-2: a `}` is missing at the end of the text: this is not closed", "{\"a\":[1]}"},
      {"{\"a\": [{}", "1:7-8: a `]` is missing at the end of the text: this is not closed", "{\"a\":[{}]}"},
      // Cut off: who knows what is missing.
      {"{\"a\": [{\"b\": 1", "1:8-9: the text ends before the `{` here is closed", "none"},
      {"{\"a\": [{},", "1:7-8: the text ends before the `[` here is closed", "none"},
      {"{\"a\":", "1:6-6: expected a value, found the end of the text", "none"},
      {"{\"a\": , \"b\": 1}", "1:7-8: expected a value, found `,`", "none"},
      {"{\"a\"}", "1:5-6: expected `:` after the key, found `}`", "none"},
      {"{1 2}", "1:2-3: expected a key in double quotes, found `1`", "none"},
      {"", "1:1-1: the text is empty: a JSON document is needed", "none"},
      {" \n", "2:1-1: the text is empty: a JSON document is needed", "none"},
      {"]", "1:1-2: expected a value, found `]`", "none"},
      {"{}}", "1:3-4: there is more after the end of the document: remove it", "{}"},
      {"{} x", "1:4-5: there is more after the end of the document: remove it", "{}"},
      {"{}\n{}", "", "{} & {}"},
      {"{},[1]\n\"a\"", "", "{} & [1] & \"a\""},
      {"{} {", "1:4-5: a `}` is missing at the end of the text: this is not closed", "{} & {}"},
      {"\xff\xfe{\0}\0", "1:1-2: the text is UTF-16 or UTF-32: save it in UTF-8", "none"},
      {"\xef\xbb\xbf{}",
       "1:1-1: the text begins with a byte order mark, which JSON does not have: save it without one [remove "
       "the byte "
       "order mark]",
       "{}", "{}"},
      {"{\xc2\xa0\"a\":\xe2\x80\x8b"
       "1}",
       "1:2-3: this looks like white space or like nothing, but is none of JSON's: remove it (in 2 places) "
       "[write plain "
       "spaces]",
       "{\"a\":1}", "{ \"a\":1}"},
  };
  for (const Case& c : kCases) Check(c);
}

TEST(Recover, Diagnostics) {
  const Reading marked = Read("\xef\xbb\xbf{\"a\": 1, \"a\": 2,} {} {}");
  std::string codes;
  for (const Diagnostic& diagnostic : marked.diagnostics.all()) {
    codes += diagnostic.code + "@" + std::to_string(diagnostic.range.begin) + " ";
  }
  EXPECT_EQ(codes, "byte-order-mark@0 json-syntax@18 duplicate-key@12 second-document@21 ");
  EXPECT_EQ(marked.recovery.faults[0].severity, Severity::kWarning);
  EXPECT_FALSE(marked.recovery.is_clean());
  EXPECT_TRUE(Read("{\"a\": [1, true, null, \"x\"]}").recovery.is_clean());
}

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Recover, Bounds) {
  EXPECT_TRUE(Read(Repeat("[", kMaxDepth) + Repeat("]", kMaxDepth)).recovery.is_clean());
  const Reading deep = Read(Repeat("[", 1000000));
  EXPECT_FALSE(deep.recovery.tree);
  EXPECT_EQ(Faults(deep),
            "1:129-130: nested more than 128 levels deep: no policy or organization needs that");
  // None of these takes time that grows with the square of the length.
  constexpr size_t kMany = 50000;
  for (const std::string_view piece :
       {"[",    "{\"a\":", "'",   "\"",    "\"\\",         "a",        "${",   "{{", "<",    "// a\n", "/*",
        "/**/", ",",       "{} ", "[1,] ", "\xe2\x80\x9c", "\xc2\xa0", "\xff", "a:", "'a',", "\"a\n"}) {
    Read(Repeat(piece, kMany));
    Read("[" + Repeat(piece, kMany) + "]");
  }
  const Reading many = Read(Repeat("{}", 1000));
  EXPECT_FALSE(many.recovery.has_all);
  EXPECT_TRUE(many.recovery.tree);
}

}  // namespace
}  // namespace scpcheck::json
