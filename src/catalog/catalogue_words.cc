#include "catalog/catalogue_words.h"

#include "base/ascii.h"

namespace scpcheck::catalogue_words {

namespace {

constexpr NamedKeyType kKeyTypes[] = {
    {"String", KeyType::kString, false},
    {"ArrayOfString", KeyType::kString, true},
    {"ARN", KeyType::kArn, false},
    {"ArrayOfARN", KeyType::kArn, true},
    {"Bool", KeyType::kBool, false},
    {"ArrayOfBool", KeyType::kBool, true},
    {"Numeric", KeyType::kNumeric, false},
    {"ArrayOfNumeric", KeyType::kNumeric, true},
    {"Date", KeyType::kDate, false},
    {"ArrayOfDate", KeyType::kDate, true},
    {"IPAddress", KeyType::kIpAddress, false},
    {"ArrayOfIPAddress", KeyType::kIpAddress, true},
    {"DateOrNumeric", KeyType::kDateOrNumeric, false},
};

}  // namespace

std::string_view TakeWord(std::string_view& rest) {
  const size_t space = rest.find(' ');
  const std::string_view word = rest.substr(0, space);
  rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  return word;
}

std::optional<NamedKeyType> ParseKeyType(std::string_view word) {
  for (const NamedKeyType& named : kKeyTypes) {
    if (named.name == word) return named;
  }
  return std::nullopt;
}

std::optional<KeyPresence> ParsePresence(std::string_view word) {
  if (word == "always") return KeyPresence::kAlways;
  if (word == "never") return KeyPresence::kNever;
  if (word == "may") return KeyPresence::kMayBeAbsent;
  return std::nullopt;
}

std::optional<AccessLevel> ParseAccessLevel(std::string_view word) {
  if (word == "list") return AccessLevel::kList;
  if (word == "read") return AccessLevel::kRead;
  if (word == "write") return AccessLevel::kWrite;
  if (word == "permissions") return AccessLevel::kPermissionsManagement;
  if (word == "tagging") return AccessLevel::kTagging;
  return std::nullopt;
}

std::optional<Variable> FindVariable(std::string_view name) {
  const size_t begin = name.find("${");
  if (begin == std::string_view::npos) return std::nullopt;
  const size_t close = name.find('}', begin);
  if (close == std::string_view::npos) return std::nullopt;
  return Variable{begin, close + 1};
}

bool IsDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
    if (!IsAsciiDigit(text[i])) return false;
  }
  const std::string_view month = text.substr(5, 2);
  const std::string_view day = text.substr(8, 2);
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

}  // namespace scpcheck::catalogue_words
