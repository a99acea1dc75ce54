// Numbers, dates, addresses and binary values: the facts, one row each, and all small texts against plainer
// ways to read them.

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "match/address.h"
#include "match/base64.h"
#include "match/date.h"
#include "match/number.h"

namespace scpcheck {
namespace {

// All strings of up to `length` of the characters, the shortest first.
std::vector<std::string> AllUpTo(size_t length, std::string_view characters) {
  std::vector<std::string> all = {""};
  for (size_t first = 0; length > 0; --length) {
    const size_t end = all.size();
    for (; first < end; ++first) {
      for (const char c : characters) all.push_back(all[first] + c);
    }
  }
  return all;
}

TEST(Decimal, Facts) {
  enum Order { kLess, kEqual, kGreater, kNoNumber };
  struct Case {
    const char* id;
    std::string_view a;
    std::string_view b;
    Order order;  // kNoNumber: the first is none
  };
  constexpr Case kCases[] = {
      {"C-12", "2.0", "2", kEqual},
      {"C-12", "02", "2", kEqual},
      {"C-12", "+2", "2", kEqual},
      {"C-12", "-0", "0", kEqual},
      {"C-12", "-0.0", "0e5", kEqual},
      {"C-12", "1e3", "1000", kEqual},
      {"C-12", "1E+3", "1000.", kEqual},
      {"C-12", "12.5e-1", "1.25", kEqual},
      {"C-12", ".5", "0.50", kEqual},
      {"C-12", "9", "10", kLess},
      {"C-12", "-9", "-10", kGreater},
      {"C-12", "-1", "1", kLess},
      {"C-12", "-1", "0", kLess},
      {"C-12", "0", "0.001", kLess},
      {"C-12", "9.99", "10", kLess},
      {"C-12", "0.1", "0.09", kGreater},
      {"C-12", "1.1", "1.10000000000000000000000000000001", kLess},
      {"C-12", "12345678901234567890123", "12345678901234567890122", kGreater},
      {"C-12", "1e1000000", "9e999999", kGreater},
      {"C-12", "1e-1000000", "0", kGreater},
      {"C-12", "1e1000001", "1e1000000", kGreater},
      {"C-12", "1e999999999", "5", kGreater},
      {"C-12", "1e-999999999", "0", kGreater},
      {"C-12", "1e-999999999", "1e-1000000", kLess},
      {"C-12", "1e99999999999999999999", "1e1000000", kGreater},
      {"C-12", "-1e99999999999999999999", "-1e1000000", kLess},
      {"C-12", "1e-99999999999999999999", "0", kGreater},
      {"C-12", "1e--1", "", kNoNumber},
      {"C-12", "1e", "", kNoNumber},
      {"C-12", "ten", "", kNoNumber},
      {"C-12", "", "", kNoNumber},
      {"C-12", " 1", "", kNoNumber},
      {"C-12", "1 ", "", kNoNumber},
      {"C-12", "1,5", "", kNoNumber},
      {"C-12", "0x10", "", kNoNumber},
      {"C-12", "NaN", "", kNoNumber},
      {"C-12", "1e+-1", "", kNoNumber},
      {"C-12", "1e", "", kNoNumber},
      {"C-12", "1e5.0", "", kNoNumber},
  };
  for (const Case& c : kCases) {
    const std::optional<Decimal> a = Decimal::Parse(c.a);
    const std::optional<Decimal> b = Decimal::Parse(c.b);
    if (c.order == kNoNumber) {
      EXPECT_FALSE(a) << c.id << " " << c.a;
      continue;
    }
    ASSERT_TRUE(a && b) << c.id << " " << c.a << " " << c.b;
    EXPECT_EQ(*a < *b, c.order == kLess) << c.id << " " << c.a << " " << c.b;
    EXPECT_EQ(*a == *b, c.order == kEqual) << c.id << " " << c.a << " " << c.b;
    EXPECT_EQ(*b < *a, c.order == kGreater) << c.id << " " << c.a << " " << c.b;
  }
}

TEST(Decimal, AllSmallTexts) {
  const RE2 number(R"([-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?)");
  for (const std::string& text : AllUpTo(5, "01.e+-")) {
    EXPECT_EQ(Decimal::Parse(text).has_value(), RE2::FullMatch(text, number)) << text;
  }
}

// Numbers this short are equal, less or greater as doubles exactly where they are so themselves.
TEST(Decimal, AllSmallPairs) {
  struct Number {
    std::string text;
    Decimal decimal;
    double value;
  };
  const std::vector<std::string> texts = AllUpTo(4, "012.e-");
  std::vector<Number> numbers;
  for (const std::string& text : texts) {
    // A Decimal looks into its text, so it is made from the one that stays.
    if (const std::optional<Decimal> decimal = Decimal::Parse(text)) {
      numbers.push_back({text, *decimal, std::strtod(text.c_str(), nullptr)});
    }
  }
  EXPECT_GT(numbers.size(), 200U);
  for (const Number& a : numbers) {
    for (const Number& b : numbers) {
      ASSERT_EQ(a.decimal < b.decimal, a.value < b.value) << a.text << " " << b.text;
      ASSERT_EQ(a.decimal == b.decimal, a.value == b.value) << a.text << " " << b.text;
    }
  }
}

TEST(ParseDate, Facts) {
  struct Case {
    const char* id;
    std::string_view text;
    std::optional<Instant> instant;
  };
  constexpr int64_t kNewYear = 1767225600;  // 2026-01-01T00:00:00Z
  constexpr Case kCases[] = {
      {"C-13", "2026", {{kNewYear, 0}}},
      {"C-13", "2026-01", {{kNewYear, 0}}},
      {"C-13", "2026-01-01", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T00:00", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T00:00Z", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T00:00:00", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T00:00:00Z", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T00:00:00.000Z", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T00:00:00+00:00", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T01:30:00+01:30", {{kNewYear, 0}}},
      {"C-13", "2025-12-31T22:30-01:30", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T23:59:00+23:59", {{kNewYear, 0}}},
      {"C-13", "2026-01-01T12:34:56Z", {{kNewYear + 12 * 3600 + 34 * 60 + 56, 0}}},
      {"C-13", "2026-01-01T23:59:59Z", {{kNewYear + 86399, 0}}},
      {"C-13", "2026-01-01T00:00:00.5Z", {{kNewYear, 500'000'000}}},
      {"C-13", "2026-01-01T00:00:00.123456789Z", {{kNewYear, 123'456'789}}},
      {"C-13", "2026-01-01T00:00:00.1234567899Z", {{kNewYear, 123'456'789}}},
      {"C-13", "2026-01-01T00:00:00.000000001", {{kNewYear, 1}}},
      {"C-13", "1767225600", {{kNewYear, 0}}},
      {"C-13", "-1", {{-1, 0}}},
      {"C-13", "-1767225600", {{-kNewYear, 0}}},
      {"C-13", "99999", {{99999, 0}}},
      {"C-13", "999999999999999", {{999'999'999'999'999, 0}}},
      {"C-13", "9999", {{253'370'764'800, 0}}},
      {"C-13", "1970", {{0, 0}}},
      {"C-13", "999", {{-30'641'760'000, 0}}},
      {"C-13", "0999", {{-30'641'760'000, 0}}},
      {"C-13", "0", {{-62'167'219'200, 0}}},
      {"C-13", "0000-01-01", {{-62'167'219'200, 0}}},
      {"C-13", "2024-02-29", {{1'709'164'800, 0}}},
      {"C-13", "2026-02-29", {}},
      {"C-13", "2026-02-30", {}},
      {"C-13", "2026-00-01", {}},
      {"C-13", "2026-13-01", {}},
      {"C-13", "2026-01-00", {}},
      {"C-13", "2026-04-31", {}},
      {"C-13", "2026-01-32", {}},
      {"C-13", "2026-01-01T24:00Z", {}},
      {"C-13", "2026-01-01T00:60Z", {}},
      {"C-13", "2026-01-01T00:00:60Z", {}},
      {"C-13", "2026-01-01T00:00+24:00", {}},
      {"C-13", "2026-01-01T00:00+00:60", {}},
      {"C-13", "2026-01-01T00:00:00+0100", {}},
      {"C-13", "2026-01-01T00:00:00+01", {}},
      {"C-13", "2026-01-01T00:00:00.Z", {}},
      {"C-13", "2026-01-01T00:00.5Z", {}},
      {"C-13", "2026-01-01T00:00:00ZZ", {}},
      {"C-13", "2026-01-01T00:00:00Z ", {}},
      {"C-13", "2026-01-01T00", {}},
      {"C-13", "2026-01-01T", {}},
      {"C-13", "2026-01-01Z", {}},
      {"C-13", "2026-01-01 00:00:00Z", {}},
      {"C-13", "2026-01-01t00:00:00z", {}},
      {"C-13", "2026-1-1", {}},
      {"C-13", "2026-", {}},
      {"C-13", "2026Z", {}},
      {"C-13", "999-01-01", {}},
      {"C-13", "20260101T000000Z", {}},
      {"C-13", "1772366400000000", {{1'772'366'400'000'000, 0}}},
      {"C-13", "000177236640000000000", {{177'236'640'000'000'000, 0}}},
      {"C-13", "9223372036854775807", {{INT64_MAX / 2, 0}}},
      {"C-13", "-9223372036854775807", {{-(INT64_MAX / 2), 0}}},
      {"C-13", "1767225600.5", {}},
      {"C-13", "+1767225600", {}},
      {"C-13", "-", {}},
      {"C-13", "--1", {}},
      {"C-13", "", {}},
      {"C-13", "tomorrow", {}},
  };
  for (const Case& c : kCases) {
    const std::optional<Instant> instant = ParseDate(c.text);
    ASSERT_EQ(instant.has_value(), c.instant.has_value()) << c.id << " " << c.text;
    if (!instant) continue;
    EXPECT_EQ(instant->seconds, c.instant->seconds) << c.id << " " << c.text;
    EXPECT_EQ(instant->nanoseconds, c.instant->nanoseconds) << c.id << " " << c.text;
  }
}

std::string Digits(int number, size_t width) {
  std::string digits = std::to_string(number);
  return std::string(width - digits.size(), '0') + digits;
}

// By counting days; the calendar repeats after 400 years.
TEST(ParseDate, EveryDayOfSomeCenturies) {
  int64_t days = -135'140;  // from 1970-01-01 back to 1600-01-01
  for (int year = 1600; year < 2101; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const bool is_short = month == 4 || month == 6 || month == 9 || month == 11;
      const bool is_leap_year = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
      const int last = month == 2 ? (is_leap_year ? 29 : 28) : is_short ? 30 : 31;
      const std::string prefix = Digits(year, 4) + "-" + Digits(month, 2) + "-";
      for (int day = 1; day <= last; ++day, ++days) {
        const std::optional<Instant> instant = ParseDate(prefix + Digits(day, 2));
        ASSERT_TRUE(instant) << prefix << day;
        ASSERT_EQ(instant->seconds, days * 86400) << prefix << day;
      }
      ASSERT_FALSE(ParseDate(prefix + Digits(last + 1, 2))) << prefix << last + 1;
    }
  }
}

TEST(ParseDate, OrderOfInstants) {
  EXPECT_LT((Instant{1, 999'999'999}), (Instant{2, 0}));
  EXPECT_LT((Instant{1, 1}), (Instant{1, 2}));
  EXPECT_EQ((Instant{1, 1}), (Instant{1, 1}));
}

TEST(AddressBlock, Facts) {
  struct Case {
    const char* id;
    std::string_view block;
    std::string_view address;
    bool contains;
  };
  constexpr Case kCases[] = {
      {"T-09", "203.0.113.0/24", "203.0.113.1", true},
      {"T-09", "203.0.113.0/24", "198.51.100.1", false},
      {"C-15", "203.0.113.5", "203.0.113.5", true},
      {"C-15", "203.0.113.5", "203.0.113.4", false},
      {"C-15", "203.0.113.5/24", "203.0.113.77", true},
      {"C-15", "0.0.0.0/0", "255.255.255.255", true},
      {"C-15", "0.0.0.0/0", "::1", false},
      {"C-15", "::/0", "0.0.0.0", false},
      {"C-15", "::/0", "ffff::1", true},
      {"C-15", "2001:DB8::/32", "2001:0db8:0:0:0:0:0:1", true},
      {"C-15", "2001:db8::1", "2001:DB8:0::1", true},
      {"C-15", "2001:db8::1", "2001:db8::2", false},
      {"C-15", "2001:db8::ff/121", "2001:db8::80", true},
      {"C-15", "2001:db8::ff/121", "2001:db8::7f", false},
      {"C-15", "::ffff:10.0.0.1", "10.0.0.1", false},
      {"C-15", "10.0.0.0/8", "10.0.0.0/9", true},
      {"C-15", "10.0.0.0/8", "10.0.0.0/7", false},
  };
  for (const Case& c : kCases) {
    const std::optional<AddressBlock> block = AddressBlock::Parse(c.block);
    const std::optional<AddressBlock> address = AddressBlock::Parse(c.address);
    ASSERT_TRUE(block && address) << c.id << " " << c.block << " " << c.address;
    EXPECT_EQ(block->Contains(*address), c.contains) << c.id << " " << c.block << " " << c.address;
  }
  constexpr std::string_view kNone[] = {"",
                                        "10.0.0",
                                        "10.0.0.256",
                                        "10.0.0.1.2",
                                        " 10.0.0.1",
                                        "10.0.0.1 ",
                                        "10.0.0.1/",
                                        "10.0.0.1/33",
                                        "10.0.0.1/-1",
                                        "10.0.0.1/8/8",
                                        "10.0.0.1/0008",
                                        "10.0.0.1/8a",
                                        "/8",
                                        "2001:db8::1/129",
                                        "2001::db8::1",
                                        "1:2:3:4:5:6:7",
                                        "::1%eth0",
                                        "localhost",
                                        std::string_view("10.0.0.1\0", 9),
                                        "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa"};
  for (const std::string_view text : kNone) EXPECT_FALSE(AddressBlock::Parse(text)) << "C-15 " << text;
  EXPECT_TRUE(AddressBlock::Parse("10.0.0.1/32"));
  EXPECT_TRUE(AddressBlock::Parse("10.0.0.1/032"));
  EXPECT_TRUE(AddressBlock::Parse("2001:db8::1/128"));
}

// A block has an address with one bit flipped exactly if the bit is one of the host's.
TEST(AddressBlock, EveryPrefixLengthAndBit) {
  for (const std::string address : {"170.85.255.0", "aaaa:5555:ff00:ff:f0f0:f0f:0:ffff"}) {
    const std::optional<AddressBlock> whole = AddressBlock::Parse(address);
    ASSERT_TRUE(whole);
    for (int length = 0; length <= whole->prefix_length; ++length) {
      const std::optional<AddressBlock> block = AddressBlock::Parse(address + "/" + std::to_string(length));
      ASSERT_TRUE(block);
      EXPECT_EQ(block->prefix_length, length);
      EXPECT_TRUE(block->Contains(*block));
      EXPECT_TRUE(block->Contains(*whole));
      EXPECT_EQ(whole->Contains(*block), length == whole->prefix_length);
      for (int bit = 0; bit < whole->prefix_length; ++bit) {
        AddressBlock other = *whole;
        uint8_t& byte = other.bytes[static_cast<size_t>(bit / 8)];
        byte = static_cast<uint8_t>(byte ^ (0x80 >> bit % 8));
        EXPECT_EQ(block->Contains(other), bit >= length) << address << " " << length << " " << bit;
      }
    }
  }
}

// The bytes of base64, four digits at a time.
std::optional<std::vector<int>> PlainDecode(const std::string& text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  std::vector<int> bytes;
  for (size_t i = 0; i < text.size(); i += 4) {
    size_t padding = 0;
    int group = 0;
    for (size_t j = i; j < i + 4; ++j) {
      const size_t digit = kDigits.find(text[j]);
      if (text[j] == '=') {
        ++padding;
      } else if (digit == std::string_view::npos || padding > 0) {
        return std::nullopt;
      }
      group = group << 6 | (text[j] == '=' ? 0 : static_cast<int>(digit));
    }
    if (padding > 2 || (padding > 0 && i + 4 < text.size())) return std::nullopt;
    bytes.push_back(group >> 16);
    if (padding < 2) bytes.push_back(group >> 8 & 0xff);
    if (padding < 1) bytes.push_back(group & 0xff);
  }
  return bytes;
}

TEST(Base64, AllSmallTexts) {
  const std::vector<std::string> texts = AllUpTo(4, "AQgx/=");
  std::vector<std::optional<std::vector<int>>> decoded;
  for (const std::string& text : texts) {
    decoded.push_back(PlainDecode(text));
    EXPECT_EQ(IsBase64(text), decoded.back().has_value()) << text;
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    if (!decoded[i]) continue;
    for (size_t j = 0; j < texts.size(); ++j) {
      ASSERT_EQ(Base64Equal(texts[i], texts[j]), decoded[i] == decoded[j]) << texts[i] << " " << texts[j];
    }
  }
}

TEST(Base64, EveryDigit) {
  for (int c = 1; c < 256; ++c) {
    const std::string text = {'A', static_cast<char>(c), 'A', 'A'};
    EXPECT_EQ(IsBase64(text), PlainDecode(text).has_value()) << c;
    for (int other = 1; other < 256; ++other) {
      const std::string other_text = {'A', static_cast<char>(other), '=', '='};
      const std::string padded = {'A', static_cast<char>(c), '=', '='};
      const bool both = PlainDecode(padded) && PlainDecode(other_text);
      EXPECT_EQ(Base64Equal(padded, other_text), both && PlainDecode(padded) == PlainDecode(other_text))
          << padded << " " << other_text;
    }
  }
}

TEST(Base64, Facts) {
  EXPECT_TRUE(Base64Equal("QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5VmFsdWVJbkJhc2U2NA==")) << "T-08";
  EXPECT_FALSE(Base64Equal("QmluYXJ5VmFsdWVJbkJhc2U2NA==", "ASIAIOSFODNN7EXAMPLE")) << "T-08";
  EXPECT_TRUE(Base64Equal("", "")) << "T-08";
  EXPECT_FALSE(IsBase64("QmluYXJ5VmFsdWVJbkJhc2U2NA")) << "T-08";
  EXPECT_FALSE(IsBase64("QQ==QQ==")) << "T-08";
}

}  // namespace
}  // namespace scpcheck
