#include "lint/rules/names/regions.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "base/glob.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr std::string_view kDirections[] = {"central",   "east",      "north", "northeast", "northwest",
                                            "southeast", "southwest", "south", "west"};

bool IsRegion(std::string_view name) {
  const Table& regions = TableOf("regions");
  for (size_t i = 0; i < regions.row_count(); ++i) {
    if (regions.Row(i)[0] == name) return true;
  }
  return false;
}

std::string LettersAndDigits(std::string_view name) {
  std::string kept;
  for (const char c : name) {
    if (IsAsciiAlnum(c)) kept += c;
  }
  return kept;
}

}  // namespace

bool MatchesRegion(std::string_view pattern) {
  const Table& regions = TableOf("regions");
  for (size_t i = 0; i < regions.row_count(); ++i) {
    if (GlobMatch(pattern, regions.Row(i)[0])) return true;
  }
  return false;
}

bool MatchesPartition(std::string_view pattern) {
  const Table& regions = TableOf("regions");
  for (size_t i = 0; i < regions.row_count(); ++i) {
    if (GlobMatch(pattern, regions.Row(i)[1])) return true;
  }
  return false;
}

bool HasFormOfRegion(std::string_view name) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t dash = name.find('-');
    parts.push_back(name.substr(0, dash));
    if (dash == std::string_view::npos) break;
    name.remove_prefix(dash + 1);
  }
  if (parts.size() < 3 || parts.size() > 4) return false;
  const std::string_view number = parts.back();
  const std::string_view direction = parts[parts.size() - 2];
  return number.size() == 1 && IsAsciiDigit(number[0]) &&
         std::find(std::begin(kDirections), std::end(kDirections), direction) != std::end(kDirections) &&
         std::all_of(parts.begin(), parts.end() - 2, [](std::string_view part) {
           return part.size() >= 2 && part.size() <= 4 &&
                  std::all_of(part.begin(), part.end(), [](char c) { return c >= 'a' && c <= 'z'; });
         });
}

std::optional<std::string> SuggestRegion(std::string_view name) {
  constexpr size_t kLongest = 32;
  const size_t begin = std::min(name.find_first_not_of(" \t\r\n"), name.size());
  const size_t end = name.find_last_not_of(" \t\r\n") + 1;
  std::string lower = AsciiLower(name.substr(begin, end - std::min(begin, end)));
  if (lower.empty() || lower.size() > kLongest) return std::nullopt;
  if (IsRegion(lower)) return lower;
  if (lower == "eu") return "eu-west-1";
  // A zone: `eu-west-1a`, `us-west-2-lax-1a`.
  for (size_t size = lower.size() - 1; size > 0; --size) {
    if (IsRegion(std::string_view(lower).substr(0, size)) && !IsAsciiDigit(lower[size])) {
      return lower.substr(0, size);
    }
  }
  const Table& regions = TableOf("regions");
  std::optional<std::string> nearest;
  bool is_only = false;
  size_t limit = 2;
  for (size_t i = 0; i < regions.row_count(); ++i) {
    const std::string_view region = regions.Row(i)[0];
    if (LettersAndDigits(region) == LettersAndDigits(lower)) return std::string(region);
    const size_t distance = EditDistance(lower, region, limit);
    if (distance > limit) continue;
    is_only = !nearest || distance < limit;
    if (is_only) nearest = std::string(region);
    limit = distance;
  }
  return is_only ? nearest : std::nullopt;
}

}  // namespace scpcheck
