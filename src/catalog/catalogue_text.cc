#include "catalog/catalogue_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "catalog/catalogue_words.h"

namespace scpcheck {

namespace {

using catalogue_words::FindVariable;
using catalogue_words::IsDate;
using catalogue_words::NamedKeyType;
using catalogue_words::ParseAccessLevel;
using catalogue_words::ParseKeyType;
using catalogue_words::ParsePresence;
using catalogue_words::TakeWord;
using catalogue_words::Variable;

constexpr size_t kMaxTextBytes = size_t{16} << 20;
constexpr size_t kMaxPhraseBytes = 4096;       // title, resource type, ARN template, source, licence
constexpr size_t kMaxListMembers = 2'000'000;  // of all `keys` lines, with their key lists written out

// Reads both texts. Every function that returns bool returns false after it has set the error.
class CatalogueParser {
 public:
  Result<CatalogueDraft> Parse(std::string_view text, std::string_view global_keys,
                               std::string_view file_name) {
    if (ParseFile(global_keys, "global-keys.txt", &CatalogueParser::ParseGlobalLine) &&
        ParseFile(text, file_name, &CatalogueParser::ParseLine) && CheckComplete()) {
      return std::move(draft_);
    }
    return std::move(error_);
  }

 private:
  using LineParser = bool (CatalogueParser::*)(std::string_view line);

  bool Fail(std::string message) {
    error_ = Error{std::move(message), file_name_, line_, 1};
    return false;
  }

  bool ParseFile(std::string_view text, std::string_view file_name, LineParser parse_line) {
    file_name_ = file_name;
    line_ = 0;
    if (text.size() > kMaxTextBytes) {
      return Fail("the file has " + std::to_string(text.size()) + " bytes; at most " +
                  std::to_string(kMaxTextBytes) + " are read");
    }
    while (!text.empty()) {
      ++line_;
      const size_t newline = text.find('\n');
      std::string_view line = text.substr(0, newline);
      text = newline == std::string_view::npos ? std::string_view() : text.substr(newline + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      // Messages and reports print parts of the lines.
      const bool has_control = std::any_of(
          line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
      if (has_control || FindInvalidUtf8(line) != std::string_view::npos) {
        return Fail("the line is not plain UTF-8 text");
      }
      if (!(this->*parse_line)(line)) return false;
    }
    return true;
  }

  // --- The global keys.

  bool ParseGlobalLine(std::string_view line) {
    if (line_ == 1) return CheckFormat(line, "scpcheck-global-keys 1");
    if (line.empty() || line.starts_with('#')) return true;
    std::string_view rest = line;
    if (TakeWord(rest) != "key") return Fail("expected `key TYPE PRESENCE NAME`");
    const std::optional<NamedKeyType> type = ParseKeyType(TakeWord(rest));
    const std::optional<KeyPresence> presence = ParsePresence(TakeWord(rest));
    if (!type || !presence) return Fail("expected `key TYPE PRESENCE NAME`");
    KeyDraft key;
    key.name = rest;
    key.type = type->type;
    key.multivalued = type->multivalued;
    key.presence = *presence;
    key.global = true;
    return FindOrAddKey(std::move(key)) != nullptr;
  }

  // --- The catalogue.

  bool ParseLine(std::string_view line) {
    if (line_ == 1) return CheckFormat(line, "scpcheck-catalogue 1");
    if (line.empty() || line.starts_with('#')) return true;
    if (ended_) return Fail("there is text after the `end` line");
    std::string_view rest = line;
    const std::string_view word = TakeWord(rest);
    if (word == "source") return ParsePhrase(rest, &draft_.source);
    if (word == "licence") return ParsePhrase(rest, &draft_.licence);
    if (word == "date") return ParseDate(rest);
    if (word == "key") return ParseKey(rest);
    if (word == "keylist") return ParseKeyList(rest);
    if (word == "service") return ParseService(rest);
    if (word == "defines") return ParseDefines(rest);
    if (word == "type") return ParseType(rest);
    if (word == "arn") return ParseTemplate(rest);
    if (word == "keys") return ParseKeys(rest);
    if (word == "needs") return ParseRow(rest, true);
    if (word == "may") return ParseRow(rest, false);
    if (word == "end") return ParseEnd(rest);
    if (const std::optional<AccessLevel> level = ParseAccessLevel(word)) return ParseAction(rest, *level);
    return Fail("unknown word " + Quoted(word) + " at the start of the line");
  }

  bool ParseEnd(std::string_view rest) {
    if (!rest.empty()) return Fail("expected nothing after `end`");
    ended_ = true;
    return true;
  }

  bool CheckComplete() {
    if (!ended_) return Fail("the file ends before its `end` line: is it cut off?");
    if (draft_.date.empty()) return Fail("there is no `date` line");
    if (draft_.source.empty()) return Fail("there is no `source` line");
    return true;
  }

  bool CheckFormat(std::string_view line, std::string_view expected) {
    return line == expected || Fail("the first line is not " + Quoted(expected));
  }

  bool ParsePhrase(std::string_view text, std::string_view* phrase) {
    if (text.empty() || text.size() > kMaxPhraseBytes) {
      return Fail("expected 1 to " + std::to_string(kMaxPhraseBytes) + " bytes of text");
    }
    *phrase = text;
    return true;
  }

  bool ParseDate(std::string_view text) {
    if (!IsDate(text)) return Fail("expected a date as `YYYY-MM-DD`");
    draft_.date = text;
    return true;
  }

  bool ParseKey(std::string_view rest) {
    const std::string_view word = TakeWord(rest);
    const std::optional<NamedKeyType> type = ParseKeyType(word);
    if (!type) return Fail("unknown type " + Quoted(word) + " of a condition key");
    KeyDraft described;
    described.name = rest;
    described.type = type->type;
    described.multivalued = type->multivalued;
    KeyDraft* key = FindOrAddKey(std::move(described));
    if (key == nullptr) return false;
    if (key->line != 0) {
      return Fail("condition key " + Quoted(rest) + " is already described in line " +
                  std::to_string(key->line));
    }
    key->line = line_;
    return true;
  }

  // The key of that name: an earlier one, or `key` itself if there is none. Null after an error.
  KeyDraft* FindOrAddKey(KeyDraft key) {
    if (!CheckKeyName(key.name)) return nullptr;
    key.lower = AsciiLower(key.name);
    const auto [found, added] =
        keys_by_name_.try_emplace(key.lower, static_cast<uint16_t>(draft_.keys.size()));
    if (!added) return &draft_.keys[found->second];
    if (draft_.keys.size() == kMaxCatalogueIds) {
      Fail("there are more than " + std::to_string(kMaxCatalogueIds) + " condition keys");
      return nullptr;
    }
    draft_.keys.push_back(std::move(key));
    return &draft_.keys.back();
  }

  bool CheckKeyName(std::string_view name) {
    const bool has_space_or_unicode =
        std::any_of(name.begin(), name.end(), [](char c) { return c <= ' ' || c > '~'; });
    if (name.empty() || name.size() > kMaxCatalogueName || has_space_or_unicode) {
      return Fail("a condition key is 1 to 255 characters of ASCII without spaces");
    }
    const size_t dollar = name.find("${");
    if (dollar == std::string_view::npos) return true;
    const std::optional<Variable> variable = FindVariable(name);
    if (!variable || name.find("${", variable->end) != std::string_view::npos) {
      return Fail("condition key " + Quoted(name) + " may have one variable part, `${...}`");
    }
    // FindKey looks for patterns behind punctuation only.
    if (dollar == 0 || IsAsciiAlnum(name[dollar - 1])) {
      return Fail("the variable part of condition key " + Quoted(name) + " has to follow a punctuation mark");
    }
    return true;
  }

  bool ParseKeyList(std::string_view rest) {
    const std::string_view label = TakeWord(rest);
    const auto [list, added] = key_lists_.try_emplace(label);
    if (label.empty() || !added) return Fail("label " + Quoted(label) + " of a key list is empty or taken");
    return AppendKeys(rest, &list->second);
  }

  // Appends the keys named in `rest`, and those of key lists `@label`.
  bool AppendKeys(std::string_view rest, std::vector<uint16_t>* keys) {
    do {
      const std::string_view word = TakeWord(rest);
      const size_t size_before = keys->size();
      if (word.starts_with('@')) {
        const auto list = key_lists_.find(word.substr(1));
        if (list == key_lists_.end()) return Fail("there is no key list " + Quoted(word) + " above");
        if (&list->second == keys) return Fail("key list " + Quoted(word) + " is part of itself");
        keys->insert(keys->end(), list->second.begin(), list->second.end());
      } else {
        const std::optional<uint16_t> key = FindKey(word);
        if (!key) return false;
        keys->push_back(*key);
      }
      list_members_ += keys->size() - size_before;
      if (list_members_ > kMaxListMembers) {
        return Fail("the key lists have more than " + std::to_string(kMaxListMembers) + " members in all");
      }
    } while (!rest.empty());
    return true;
  }

  std::optional<uint16_t> FindKey(std::string_view name) {
    const auto key = keys_by_name_.find(AsciiLower(name));
    if (key == keys_by_name_.end()) {
      Fail("condition key " + Quoted(name) + " is not described above");
      return std::nullopt;
    }
    return key->second;
  }

  bool ParseService(std::string_view rest) {
    const std::string_view name = TakeWord(rest);
    if (!CheckPlainName(name)) return false;
    if (draft_.services.size() == kMaxCatalogueIds) {
      return Fail("there are more than " + std::to_string(kMaxCatalogueIds) + " services");
    }
    ServiceDraft service;
    service.name = name;
    service.lower = AsciiLower(name);
    if (!ParsePhrase(rest, &service.title)) return false;
    if (!service_names_.insert(service.lower).second) {
      return Fail("service " + Quoted(name) + " occurs twice");
    }
    draft_.services.push_back(std::move(service));
    types_of_service_.clear();
    subject_ = Subject::kService;
    return true;
  }

  bool CheckPlainName(std::string_view name) {
    const bool plain = std::all_of(
        name.begin(), name.end(), [](char c) { return IsAsciiAlnum(c) || c == '-' || c == '_' || c == '.'; });
    if (plain && !name.empty() && name.size() <= kMaxCatalogueName) return true;
    return Fail(Quoted(name) + " is no name of a service or an action");
  }

  uint16_t CurrentService() const { return static_cast<uint16_t>(draft_.services.size() - 1); }

  bool ParseDefines(std::string_view rest) {
    if (subject_ != Subject::kService) return Fail("a `defines` line has to follow its `service` line");
    const std::optional<uint16_t> key = FindKey(rest);
    if (!key) return false;
    draft_.keys[*key].services.push_back(CurrentService());
    return true;
  }

  bool ParseType(std::string_view name) {
    if (subject_ == Subject::kNone) return Fail("a `type` line has to follow a `service` line");
    if (draft_.types.size() == kMaxCatalogueIds) {
      return Fail("there are more than " + std::to_string(kMaxCatalogueIds) + " resource types");
    }
    TypeDraft type;
    type.service = CurrentService();
    if (!ParsePhrase(name, &type.name)) return false;
    const auto index = static_cast<uint16_t>(draft_.types.size());
    if (!types_of_service_.try_emplace(name, index).second) {
      return Fail("resource type " + Quoted(name) + " occurs twice in its service");
    }
    draft_.types.push_back(std::move(type));
    subject_ = Subject::kType;
    return true;
  }

  bool ParseTemplate(std::string_view text) {
    if (subject_ != Subject::kType) return Fail("an `arn` line has to follow a `type` line");
    std::vector<std::string_view>& templates = draft_.types.back().templates;
    if (templates.size() == kMaxCatalogueIds) return Fail("the resource type has too many ARN templates");
    return ParsePhrase(text, &templates.emplace_back());
  }

  bool ParseAction(std::string_view name, AccessLevel access_level) {
    if (subject_ == Subject::kNone) return Fail("an action has to follow a `service` line");
    if (!CheckPlainName(name)) return false;
    if (draft_.actions.size() == kMaxCatalogueIds) {
      return Fail("there are more than " + std::to_string(kMaxCatalogueIds) + " actions");
    }
    ActionDraft action;
    action.service = CurrentService();
    action.access_level = access_level;
    action.name.append(draft_.services.back().name).append(":").append(name);
    if (action.name.size() > kMaxCatalogueName) return Fail("the name of the action is too long");
    action.lower = AsciiLower(action.name);
    if (!action_names_.insert(action.lower).second) return Fail("action " + Quoted(name) + " occurs twice");
    draft_.actions.push_back(std::move(action));
    types_of_action_.clear();
    subject_ = Subject::kAction;
    return true;
  }

  bool ParseRow(std::string_view name, bool required) {
    if (subject_ != Subject::kAction && subject_ != Subject::kRow) {
      return Fail("a `needs` or `may` line has to follow an action");
    }
    const auto type = types_of_service_.find(name);
    if (type == types_of_service_.end()) {
      return Fail("resource type " + Quoted(name) + " is not described above in this service");
    }
    if (!types_of_action_.insert(type->second).second) {
      return Fail("resource type " + Quoted(name) + " occurs twice for the action");
    }
    RowDraft row;
    row.type = type->second;
    row.required = required;
    draft_.actions.back().rows.push_back(std::move(row));
    subject_ = Subject::kRow;
    return true;
  }

  bool ParseKeys(std::string_view rest) {
    switch (subject_) {
      case Subject::kType:
        return AppendKeys(rest, &draft_.types.back().keys);
      case Subject::kAction:
        return AppendKeys(rest, &draft_.actions.back().keys);
      case Subject::kRow:
        return AppendKeys(rest, &draft_.actions.back().rows.back().keys);
      case Subject::kNone:
      case Subject::kService:
        break;
    }
    return Fail("a `keys` line has to follow an action, `needs`, `may` or `type` line");
  }

  // What the line before was about, and so what a `keys` or `arn` line belongs to.
  enum class Subject { kNone, kService, kType, kAction, kRow };

  std::string file_name_;
  uint32_t line_ = 0;
  Error error_;
  CatalogueDraft draft_;
  Subject subject_ = Subject::kNone;
  bool ended_ = false;
  size_t list_members_ = 0;
  // Ordered containers: their time does not depend on what a hostile file is called to collide on.
  std::map<std::string, uint16_t, std::less<>> keys_by_name_;
  std::map<std::string_view, std::vector<uint16_t>> key_lists_;
  std::set<std::string> service_names_;
  std::set<std::string> action_names_;
  std::map<std::string_view, uint16_t> types_of_service_;  // of the current service
  std::set<uint16_t> types_of_action_;                     // of the current action
};

}  // namespace

Result<CatalogueDraft> ReadCatalogueText(std::string_view text, std::string_view global_keys,
                                         std::string_view file_name) {
  return CatalogueParser().Parse(text, global_keys, file_name);
}

}  // namespace scpcheck
