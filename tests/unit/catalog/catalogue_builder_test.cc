// The text format: what is refused, with the line, and that nothing breaks the compiler or the reader.

#include "catalog/catalogue_builder.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>

#include "base/folded_name.h"
#include "catalog/catalogue.h"

namespace scpcheck {
namespace {

constexpr std::string_view kGlobalKeys =
    "scpcheck-global-keys 1\n# comment\n\nkey String always aws:Everywhere\nkey ArrayOfString may a:Shared\n";

constexpr std::string_view kSmall =
    "scpcheck-catalogue 1\r\n"
    "# comment\n"
    "source somewhere 1.0\n"
    "date 2026-01-31\n"
    "licence MIT\n"
    "\n"
    "key String a:One\n"
    "key Numeric a:Two/${Name}\n"
    "key String A:SHARED\n"
    "keylist both a:One a:two/${name}\n"
    "service b Beta Service\n"
    "read Look\n"
    "service a Alpha\n"
    "defines a:One\n"
    "defines a:Shared\n"
    "type thing with spaces\n"
    "arn arn:${Partition}:a:::${Name}\n"
    "arn arn:${Partition}:a:::x/${Name}\n"
    "keys a:One\n"
    "type other\n"
    "arn *\n"
    "write Zeta\n"
    "write Do\n"
    "keys @both a:One\n"
    "needs thing with spaces\n"
    "may other\n"
    "keys a:Shared\n"
    "end";

std::string ErrorOf(std::string_view text, std::string_view global_keys = kGlobalKeys) {
  const Result<std::string> blob = BuildCatalogue(text, global_keys, "mine.txt");
  return blob.ok() ? "no error" : blob.error().ToString();
}

// Reads everything that the catalogue has, so that a sanitizer sees any reading out of bounds.
size_t ReadAll(const Catalogue& catalogue) {
  size_t bytes = catalogue.date().size() + catalogue.source().size() + catalogue.licence().size();
  const auto read = [&](std::string_view text) {
    for (const char c : text) bytes += static_cast<unsigned char>(c) != 0;
  };
  const auto read_keys = [&](KeyList keys) {
    for (const CatalogueKeyId key : keys) read(catalogue.Key(key).name);
  };
  for (const ServiceId service : catalogue.Services()) {
    read(catalogue.ServiceTitle(service));
    EXPECT_EQ(catalogue.FindService(catalogue.ServiceName(service)), service);
    bytes += catalogue.ServiceActions(service).size();
  }
  for (const ActionId action : catalogue.Actions()) {
    read(catalogue.ActionBareName(action));
    EXPECT_EQ(catalogue.FindAction(catalogue.ActionName(action)), action);
    read(AccessLevelName(catalogue.ActionAccessLevel(action)));
    read_keys(catalogue.ActionKeys(action));
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      read_keys(catalogue.RowKeys(row));
      read(catalogue.TypeName(catalogue.RowType(row)));
    }
  }
  for (uint32_t i = 0; i < catalogue.resource_type_count(); ++i) {
    const ResourceTypeId type{i};
    read_keys(catalogue.TypeKeys(type));
    for (size_t k = 0; k < catalogue.TypeTemplateCount(type); ++k) read(catalogue.TypeTemplate(type, k));
  }
  for (uint32_t i = 0; i < catalogue.key_count(); ++i) {
    const std::string_view name = catalogue.Key(CatalogueKeyId{i}).name;
    EXPECT_EQ(catalogue.FindKey(name), CatalogueKeyId{i}) << name;
    for (size_t size = 0; size <= name.size(); ++size) {
      bytes += catalogue.FindKey(name.substr(0, size)).has_value();
    }
    for (const ServiceId service : catalogue.KeyServices(CatalogueKeyId{i})) {
      read(catalogue.ServiceName(service));
    }
  }
  return bytes;
}

TEST(BuildCatalogue, BuildsASmallOne) {
  Result<std::string> blob = BuildCatalogue(kSmall, kGlobalKeys, "mine.txt");
  ASSERT_TRUE(blob.ok()) << blob.error().ToString();
  const Catalogue catalogue = Catalogue::FromBlob(*std::move(blob));
  ReadAll(catalogue);
  EXPECT_EQ(catalogue.date(), "2026-01-31");
  EXPECT_EQ(catalogue.source(), "somewhere 1.0");
  EXPECT_EQ(catalogue.licence(), "MIT");
  EXPECT_EQ(catalogue.service_count(), 2u);
  EXPECT_EQ(catalogue.ServiceName(ServiceId{0}), "a");
  EXPECT_EQ(catalogue.ServiceTitle(ServiceId{1}), "Beta Service");
  EXPECT_EQ(catalogue.ActionName(ActionId{0}), "a:Do");
  EXPECT_EQ(catalogue.ActionName(ActionId{1}), "a:Zeta");
  EXPECT_EQ(catalogue.ActionName(ActionId{2}), "b:Look");

  EXPECT_EQ(catalogue.ActionKeys(ActionId{0}).size(), 2u) << "a key named twice counts once";
  const ActionRowRange rows = catalogue.ActionRows(ActionId{0});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_TRUE(catalogue.RowRequired(rows[0]));
  EXPECT_EQ(catalogue.TypeName(catalogue.RowType(rows[0])), "thing with spaces");
  EXPECT_EQ(catalogue.TypeTemplateCount(catalogue.RowType(rows[0])), 2u);
  EXPECT_FALSE(catalogue.RowRequired(rows[1]));
  const KeyInfo shared = catalogue.Key(*catalogue.FindKey("a:shared"));
  EXPECT_TRUE(catalogue.RowKeys(rows[1]).Contains(*catalogue.FindKey("a:shared")));

  // The global description goes before the catalogue's own.
  EXPECT_EQ(shared.name, "a:Shared");
  EXPECT_TRUE(shared.global && shared.multivalued && shared.listed);
  EXPECT_EQ(catalogue.Key(*catalogue.FindKey("a:two/x")).type, KeyType::kNumeric);
  EXPECT_EQ(catalogue.Key(*catalogue.FindKey("aws:everywhere")).presence, KeyPresence::kAlways);
}

TEST(BuildCatalogue, AnEmptyCatalogueFindsNothing) {
  Result<std::string> blob = BuildCatalogue("scpcheck-catalogue 1\nsource s\ndate 2026-01-31\nend\n",
                                            "scpcheck-global-keys 1\n", "mine.txt");
  ASSERT_TRUE(blob.ok()) << blob.error().ToString();
  const Catalogue catalogue = Catalogue::FromBlob(*std::move(blob));
  EXPECT_FALSE(catalogue.FindAction("s3:GetObject").has_value());
  EXPECT_FALSE(catalogue.FindService("s3").has_value());
  EXPECT_FALSE(catalogue.FindKey("aws:ResourceTag/x").has_value());
  EXPECT_TRUE(catalogue.ActionsWithPrefix("").empty());
}

TEST(BuildCatalogue, AmongPatternsTheLongestPrefixThenTheLongestSuffixWins) {
  constexpr std::string_view kText =
      "scpcheck-catalogue 1\nsource s\ndate 2026-01-31\n"
      "key String a:${X}\nkey String a:b/${X}\nkey String a:b/${X}/c\nkey String a:b/${X}.d/c\n"
      "key String a:b/exact\nend\n";
  Result<std::string> blob = BuildCatalogue(kText, kGlobalKeys, "mine.txt");
  ASSERT_TRUE(blob.ok()) << blob.error().ToString();
  const Catalogue catalogue = Catalogue::FromBlob(*std::move(blob));
  struct Case {
    std::string_view key;
    std::string_view name;
  };
  constexpr Case kCases[] = {
      {"a:x", "a:${X}"},          {"a:b/", "a:${X}"},         {"a:b/x", "a:b/${X}"},
      {"a:b/x/c", "a:b/${X}/c"},  {"a:b//c", "a:b/${X}"},     {"a:b/x.d/c", "a:b/${X}.d/c"},
      {"a:b/.d/c", "a:b/${X}/c"}, {"a:b/exact", "a:b/exact"}, {"A:B/EXACT", "a:b/exact"},
  };
  for (const Case& c : kCases) {
    ASSERT_TRUE(catalogue.FindKey(c.key).has_value()) << c.key;
    EXPECT_EQ(catalogue.Key(*catalogue.FindKey(c.key)).name, c.name) << c.key;
  }
}

TEST(BuildCatalogue, RefusesMalformedTextWithItsLine) {
  struct Case {
    std::string lines;  // behind the first four lines, which describe the key a:K
    std::string_view error;
  };
  const std::string kService = "service a Alpha\n";
  const std::string kLong(256, 'x');
  const Case kCases[] = {
      {"", "mine.txt:4:1: the file ends before its `end` line: is it cut off?"},
      {"end\nend\n", "mine.txt:6:1: there is text after the `end` line"},
      {"end now\n", "mine.txt:5:1: expected nothing after `end`"},
      {"nonsense x\n", "mine.txt:5:1: unknown word `nonsense` at the start of the line"},
      {" key String a:B\n", "mine.txt:5:1: unknown word `` at the start of the line"},
      {"key\tString a:B\n", "mine.txt:5:1: the line is not plain UTF-8 text"},
      {"source \xff\n", "mine.txt:5:1: the line is not plain UTF-8 text"},
      {"source \n", "mine.txt:5:1: expected 1 to 4096 bytes of text"},
      {"date 2026-13-01\n", "mine.txt:5:1: expected a date as `YYYY-MM-DD`"},
      {"date 2026-1-01\n", "mine.txt:5:1: expected a date as `YYYY-MM-DD`"},
      {"key Text a:B\n", "mine.txt:5:1: unknown type `Text` of a condition key"},
      {"key String\n", "mine.txt:5:1: a condition key is 1 to 255 characters of ASCII without spaces"},
      {"key String a:B c\n", "mine.txt:5:1: a condition key is 1 to 255 characters of ASCII without spaces"},
      {"key String " + kLong + "\n",
       "mine.txt:5:1: a condition key is 1 to 255 characters of ASCII without spaces"},
      {"key String A:k\n", "mine.txt:5:1: condition key `A:k` is already described in line 4"},
      {"key String a:${B\n", "mine.txt:5:1: condition key `a:${B` may have one variable part, `${...}`"},
      {"key String a:${B}/${C}\n",
       "mine.txt:5:1: condition key `a:${B}/${C}` may have one variable part, `${...}`"},
      {"key String ${B}\n",
       "mine.txt:5:1: the variable part of condition key `${B}` has to follow a punctuation mark"},
      {"key String a:b${B}\n",
       "mine.txt:5:1: the variable part of condition key `a:b${B}` has to follow a punctuation mark"},
      {"keylist x a:K\nkeylist x a:K\n", "mine.txt:6:1: label `x` of a key list is empty or taken"},
      {"keylist x a:K @x\n", "mine.txt:5:1: key list `@x` is part of itself"},
      {"keylist x @y\n", "mine.txt:5:1: there is no key list `@y` above"},
      {"keylist x a:Missing\n", "mine.txt:5:1: condition key `a:Missing` is not described above"},
      {"keylist x\n", "mine.txt:5:1: condition key `` is not described above"},
      {"service a\n", "mine.txt:5:1: expected 1 to 4096 bytes of text"},
      {"service a:b Alpha\n", "mine.txt:5:1: `a:b` is no name of a service or an action"},
      {kService + "service A Again\n", "mine.txt:6:1: service `A` occurs twice"},
      {"defines a:K\n", "mine.txt:5:1: a `defines` line has to follow its `service` line"},
      {"type t\n", "mine.txt:5:1: a `type` line has to follow a `service` line"},
      {kService + "type t\ntype t\n", "mine.txt:7:1: resource type `t` occurs twice in its service"},
      {kService + "arn *\n", "mine.txt:6:1: an `arn` line has to follow a `type` line"},
      {"write Do\n", "mine.txt:5:1: an action has to follow a `service` line"},
      {kService + "write Do it\n", "mine.txt:6:1: `Do it` is no name of a service or an action"},
      {kService + "write Do*\n", "mine.txt:6:1: `Do*` is no name of a service or an action"},
      {kService + "write " + kLong.substr(2) + "\n", "mine.txt:6:1: the name of the action is too long"},
      {kService + "write Do\nread DO\n", "mine.txt:7:1: action `DO` occurs twice"},
      {kService + "type t\nneeds t\n", "mine.txt:7:1: a `needs` or `may` line has to follow an action"},
      {kService + "write Do\nneeds t\n",
       "mine.txt:7:1: resource type `t` is not described above in this service"},
      {kService + "type t\nservice b Beta\nwrite Do\nneeds t\n",
       "mine.txt:9:1: resource type `t` is not described above in this service"},
      {kService + "type t\nwrite Do\nneeds t\nmay t\n",
       "mine.txt:9:1: resource type `t` occurs twice for the action"},
      {kService + "keys a:K\n",
       "mine.txt:6:1: a `keys` line has to follow an action, `needs`, `may` or `type` line"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(ErrorOf("scpcheck-catalogue 1\nsource s\ndate 2026-01-31\nkey String a:K\n" + c.lines),
              c.error);
  }
}

TEST(BuildCatalogue, RefusesMalformedHeads) {
  EXPECT_EQ(ErrorOf(""), "mine.txt: the file ends before its `end` line: is it cut off?");
  EXPECT_EQ(ErrorOf("scpcheck-catalogue 2\n"), "mine.txt:1:1: the first line is not `scpcheck-catalogue 1`");
  EXPECT_EQ(ErrorOf("scpcheck-catalogue 1\nsource s\nend\n"), "mine.txt:3:1: there is no `date` line");
  EXPECT_EQ(ErrorOf("scpcheck-catalogue 1\ndate 2026-01-31\nend\n"),
            "mine.txt:3:1: there is no `source` line");
  EXPECT_EQ(ErrorOf(kSmall, "x\n"), "global-keys.txt:1:1: the first line is not `scpcheck-global-keys 1`");
  EXPECT_EQ(ErrorOf(kSmall, "scpcheck-global-keys 1\nkey String sometimes aws:X\n"),
            "global-keys.txt:2:1: expected `key TYPE PRESENCE NAME`");
}

TEST(BuildCatalogue, BoundsItsInput) {
  EXPECT_EQ(ErrorOf(std::string((size_t{16} << 20) + 1, '\n')),
            "mine.txt: the file has 16777217 bytes; at most 16777216 are read");

  // A list of lists that doubles with every line.
  std::string text = "scpcheck-catalogue 1\nsource s\ndate 2026-01-31\nkey String a:K\nkeylist 0 a:K\n";
  for (int i = 0; i < 40; ++i) {
    text += "keylist " + std::to_string(i + 1) + " @" + std::to_string(i) + " @" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(ErrorOf(text), "mine.txt:25:1: the key lists have more than 2000000 members in all");

  // The engine numbers actions with 16 bits.
  text = "scpcheck-catalogue 1\nsource s\ndate 2026-01-31\nservice a Alpha\n";
  for (int i = 0; i < 65'535; ++i) text += "read n" + std::to_string(i) + "\n";
  EXPECT_EQ(ErrorOf(text + "end\n"), "no error");
  EXPECT_EQ(ErrorOf(text + "read more\nend\n"), "mine.txt:65540:1: there are more than 65535 actions");
}

TEST(BuildCatalogue, RefusesNamesChosenToCollide) {
  std::string text = "scpcheck-catalogue 1\nsource s\ndate 2026-01-31\nservice a Alpha\n";
  // 300 names that all begin their search in the first of the table's 1,024 slots.
  for (int found = 0, i = 0; found < 300; ++i) {
    const std::string name = "n" + std::to_string(i);
    if (FoldedHash("a:" + name) % 1024 != 0) continue;
    text += "read " + name + "\n";
    ++found;
  }
  EXPECT_EQ(ErrorOf(text + "end\n"), "mine.txt: too many names have the same hash");
}

TEST(BuildCatalogue, EveryTruncatedTextIsRefused) {
  for (size_t size = 0; size < kSmall.size(); ++size) {
    EXPECT_FALSE(BuildCatalogue(kSmall.substr(0, size), kGlobalKeys, "mine.txt").ok()) << size;
  }
}

TEST(BuildCatalogue, EveryFlippedBitGivesAnErrorOrASoundCatalogue) {
  for (size_t bit = 0; bit < kSmall.size() * 8; ++bit) {
    std::string text(kSmall);
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
    Result<std::string> blob = BuildCatalogue(text, kGlobalKeys, "mine.txt");
    if (blob.ok()) ReadAll(Catalogue::FromBlob(*std::move(blob)));
  }
}

TEST(BuildCatalogue, ShuffledPiecesGiveAnErrorOrASoundCatalogue) {
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::string text(kSmall);
    for (int edit = 0; edit < 3; ++edit) {
      const size_t from = random() % text.size();
      const std::string piece = text.substr(from, random() % 40);
      text.insert(text.find('\n', random() % text.size()) + 1, piece);
    }
    Result<std::string> blob = BuildCatalogue(text, kGlobalKeys, "mine.txt");
    if (blob.ok()) ReadAll(Catalogue::FromBlob(*std::move(blob)));
  }
}

std::string ReadData(std::string_view name) {
  std::ifstream file(std::string(SCPCHECK_CATALOGUE_DATA "/") + std::string(name), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(BuildCatalogue, TheEmbeddedBlobIsSoundAndSmall) {
  const Result<std::string> blob =
      BuildCatalogue(ReadData("catalogue.txt"), ReadData("global-keys.txt"), "catalogue.txt");
  ASSERT_TRUE(blob.ok()) << blob.error().ToString();
  EXPECT_LE(blob->size(), size_t{3} << 20);
  ReadAll(Catalogue::FromBlob(*blob));
  ReadAll(Catalogue::Embedded());
  EXPECT_EQ(Catalogue::FromBlob(*blob).action_count(), Catalogue::Embedded().action_count());
}

}  // namespace
}  // namespace scpcheck
