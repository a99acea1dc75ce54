// Two steps: CatalogueParser turns the lines into a Draft, in the file's order, and BlobWriter sorts the
// draft, interns its lists and lays it out. All limits are checked by the parser, so that the writer can't
// fail except by hash collisions, which only a file made for it has.

#include "catalog/catalogue_builder.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/folded_name.h"
#include "base/utf8.h"
#include "catalog/catalogue.h"
#include "catalog/catalogue_format.h"

namespace scpcheck {
namespace {

namespace format = catalogue_format;

constexpr size_t kMaxTextBytes = size_t{16} << 20;
constexpr size_t kMaxActions = 200'000;
constexpr size_t kMaxNameBytes = 255;     // service, action with its service, key: sizes are stored in a byte
constexpr size_t kMaxPhraseBytes = 4096;  // title, resource type, ARN template, source, licence
constexpr size_t kMaxIds = 65'535;        // services, keys, types, rows of an action: stored in two bytes
constexpr size_t kMaxListMembers = 2'000'000;  // of all `keys` lines, with their key lists written out
constexpr size_t kMaxProbes = 256;

static_assert(kMaxActions < format::kSlotIndexMask && kMaxIds < format::kSlotIndexMask);

// What the lines say, in their order. The string_views look into the texts.

struct KeyDraft {
  std::string_view name;
  std::string lower;
  KeyType type = KeyType::kString;
  KeyPresence presence = KeyPresence::kMayBeAbsent;
  bool multivalued = false;
  bool global = false;
  uint32_t line = 0;  // in the catalogue's text; 0 if only the global keys have it
  std::vector<uint16_t> services;
};

struct RowDraft {
  uint16_t type = 0;
  bool required = false;
  std::vector<uint16_t> keys;
};

struct ActionDraft {
  std::string name;  // with its service
  std::string lower;
  uint16_t service = 0;
  AccessLevel access_level = AccessLevel::kRead;
  std::vector<uint16_t> keys;
  std::vector<RowDraft> rows;
};

struct TypeDraft {
  std::string_view name;
  uint16_t service = 0;
  std::vector<std::string_view> templates;
  std::vector<uint16_t> keys;
};

struct ServiceDraft {
  std::string_view name;
  std::string lower;
  std::string_view title;
};

struct Draft {
  std::string_view source;
  std::string_view date;
  std::string_view licence;
  std::vector<KeyDraft> keys;
  std::vector<ServiceDraft> services;
  std::vector<TypeDraft> types;
  std::vector<ActionDraft> actions;
};

std::string Quoted(std::string_view text) {
  // Longer names are hostile or broken; the line number says enough.
  constexpr size_t kMaxShown = 80;
  std::string out = "`";
  size_t shown = std::min(text.size(), kMaxShown);
  // Not in the middle of a UTF-8 character.
  while (shown < text.size() && (static_cast<unsigned char>(text[shown]) & 0xc0) == 0x80) --shown;
  out.append(text.substr(0, shown)).append(shown < text.size() ? "...`" : "`");
  return out;
}

// Takes the first word off `rest`. Words are separated by one space.
std::string_view TakeWord(std::string_view& rest) {
  const size_t space = rest.find(' ');
  const std::string_view word = rest.substr(0, space);
  rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  return word;
}

// Where the variable part `${...}` of a key's name lies.
struct Variable {
  size_t begin;  // of `${`
  size_t end;    // behind `}`
};

std::optional<Variable> FindVariable(std::string_view name) {
  const size_t begin = name.find("${");
  if (begin == std::string_view::npos) return std::nullopt;
  const size_t close = name.find('}', begin);
  if (close == std::string_view::npos) return std::nullopt;
  return Variable{begin, close + 1};
}

struct NamedKeyType {
  std::string_view name;
  KeyType type;
  bool multivalued;
};

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

// YYYY-MM-DD with a month and a day that can be.
bool IsDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
    if (!IsAsciiDigit(text[i])) return false;
  }
  const std::string_view month = text.substr(5, 2);
  const std::string_view day = text.substr(8, 2);
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

// Reads both texts. Every function that returns bool returns false after it has set the error.
class CatalogueParser {
 public:
  Result<Draft> Parse(std::string_view text, std::string_view file_name, std::string_view global_keys) {
    if (ParseFile(global_keys, "global-keys.txt", &CatalogueParser::ParseGlobalLine) &&
        ParseFile(text, file_name, &CatalogueParser::ParseLine) && CheckComplete()) {
      return std::move(draft_);
    }
    return std::move(error_);
  }

 private:
  using LineParser = bool (CatalogueParser::*)(std::string_view line);

  bool Fail(std::string message) {
    error_ = Error{std::move(message), file_name_, line_, 0};
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
      if (has_control || FindInvalidUtf8(line) != std::string_view::npos)
        return Fail("the line is not plain UTF-8 text");
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
    if (draft_.keys.size() == kMaxIds) {
      Fail("there are more than " + std::to_string(kMaxIds) + " condition keys");
      return nullptr;
    }
    draft_.keys.push_back(std::move(key));
    return &draft_.keys.back();
  }

  bool CheckKeyName(std::string_view name) {
    const bool has_space_or_unicode =
        std::any_of(name.begin(), name.end(), [](char c) { return c <= ' ' || c > '~'; });
    if (name.empty() || name.size() > kMaxNameBytes || has_space_or_unicode) {
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
    if (draft_.services.size() == kMaxIds) {
      return Fail("there are more than " + std::to_string(kMaxIds) + " services");
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
    if (plain && !name.empty() && name.size() <= kMaxNameBytes) return true;
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
    if (draft_.types.size() == kMaxIds) {
      return Fail("there are more than " + std::to_string(kMaxIds) + " resource types");
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
    if (templates.size() == kMaxIds) return Fail("the resource type has too many ARN templates");
    return ParsePhrase(text, &templates.emplace_back());
  }

  bool ParseAction(std::string_view name, AccessLevel access_level) {
    if (subject_ == Subject::kNone) return Fail("an action has to follow a `service` line");
    if (!CheckPlainName(name)) return false;
    if (draft_.actions.size() == kMaxActions) {
      return Fail("there are more than " + std::to_string(kMaxActions) + " actions");
    }
    ActionDraft action;
    action.service = CurrentService();
    action.access_level = access_level;
    action.name.append(draft_.services.back().name).append(":").append(name);
    if (action.name.size() > kMaxNameBytes) return Fail("the name of the action is too long");
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
  Draft draft_;
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

// Lays out a draft. Sorted order gives the ids; `*_ids_` map a draft's indices to them.
class BlobWriter {
 public:
  explicit BlobWriter(const Draft& draft) : draft_(draft) {}

  // Nothing if too many names have the same hash.
  std::optional<std::string> Write() {
    InternIds({});  // the empty list lies at 0
    NumberServicesAndKeys();
    WriteTypes();
    WriteActions();
    WriteServices();
    WriteKeys();
    WritePatterns();
    header_.magic = format::kMagic;
    header_.version = format::kVersion;
    header_.date = AddText(draft_.date);
    header_.source = AddText(draft_.source);
    header_.licence = AddText(draft_.licence);
    if (has_collisions_) return std::nullopt;
    return Assemble();
  }

 private:
  // The indices 0 to size-1, sorted by `less`.
  template <typename Less>
  static std::vector<uint32_t> SortedIndices(size_t size, Less less) {
    std::vector<uint32_t> order(size);
    for (size_t i = 0; i < size; ++i) order[i] = static_cast<uint32_t>(i);
    std::sort(order.begin(), order.end(), less);
    return order;
  }

  static std::vector<uint16_t> Inverse(const std::vector<uint32_t>& order) {
    std::vector<uint16_t> ids(order.size());
    for (size_t id = 0; id < order.size(); ++id) ids[order[id]] = static_cast<uint16_t>(id);
    return ids;
  }

  void NumberServicesAndKeys() {
    // With the colon, so that the order of full action names is that of their services: `s3-outposts:` goes
    // before `s3:`.
    service_order_ = SortedIndices(draft_.services.size(), [this](uint32_t a, uint32_t b) {
      return draft_.services[a].lower + ":" < draft_.services[b].lower + ":";
    });
    key_order_ = SortedIndices(draft_.keys.size(), [this](uint32_t a, uint32_t b) {
      return draft_.keys[a].lower < draft_.keys[b].lower;
    });
    service_ids_ = Inverse(service_order_);
    key_ids_ = Inverse(key_order_);
    key_is_listed_.resize(draft_.keys.size());
  }

  void WriteTypes() {
    for (const TypeDraft& type : draft_.types) {
      types_.push_back({.name = AddText(type.name),
                        .keys = AddKeyList(type.keys),
                        .first_template = static_cast<uint32_t>(templates_.size()),
                        .template_count = static_cast<uint16_t>(type.templates.size()),
                        .service = service_ids_[type.service]});
      for (const std::string_view text : type.templates) templates_.push_back(AddText(text));
    }
  }

  void WriteActions() {
    const std::vector<uint32_t> order = SortedIndices(draft_.actions.size(), [this](uint32_t a, uint32_t b) {
      return draft_.actions[a].lower < draft_.actions[b].lower;
    });
    services_.resize(draft_.services.size());
    std::vector<std::string_view> lower_names;
    for (const uint32_t index : order) {
      const ActionDraft& action = draft_.actions[index];
      const uint16_t service = service_ids_[action.service];
      if (services_[service].action_count++ == 0) {
        services_[service].first_action = static_cast<uint32_t>(actions_.size());
      }
      actions_.push_back({.name = AddName(action.name, action.lower),
                          .first_row = static_cast<uint32_t>(rows_.size()),
                          .keys = AddKeyList(action.keys),
                          .service = service,
                          .row_count = static_cast<uint16_t>(action.rows.size()),
                          .name_size = static_cast<uint8_t>(action.name.size()),
                          .service_size = static_cast<uint8_t>(draft_.services[action.service].name.size()),
                          .access_level = static_cast<uint8_t>(action.access_level),
                          .reserved = 0});
      for (const RowDraft& row : action.rows) {
        rows_.push_back({.keys = AddKeyList(row.keys),
                         .type = row.type,
                         .required = static_cast<uint8_t>(row.required),
                         .reserved = 0});
      }
      lower_names.push_back(action.lower);
    }
    action_slots_ = MakeSlots(lower_names);
  }

  void WriteServices() {
    std::vector<std::string_view> lower_names;
    for (size_t id = 0; id < service_order_.size(); ++id) {
      const ServiceDraft& service = draft_.services[service_order_[id]];
      services_[id].name = AddName(service.name, service.lower);
      services_[id].name_size = static_cast<uint16_t>(service.name.size());
      services_[id].title = AddText(service.title);
      lower_names.push_back(service.lower);
    }
    service_slots_ = MakeSlots(lower_names);
  }

  void WriteKeys() {
    std::vector<std::string_view> lower_names;
    for (const uint32_t index : key_order_) {
      const KeyDraft& key = draft_.keys[index];
      std::vector<uint16_t> services;
      for (const uint16_t service : key.services) services.push_back(service_ids_[service]);
      const int flags = (key.multivalued ? format::kKeyIsMultivalued : 0) |
                        (key.global ? format::kKeyIsGlobal : 0) |
                        (key_is_listed_[index] ? format::kKeyIsListed : 0) |
                        (FindVariable(key.name) ? format::kKeyIsPattern : 0);
      keys_.push_back({.name = AddName(key.name, key.lower),
                       .services = InternIds(std::move(services)),
                       .name_size = static_cast<uint8_t>(key.name.size()),
                       .type = static_cast<uint8_t>(key.type),
                       .presence = static_cast<uint8_t>(key.presence),
                       .flags = static_cast<uint8_t>(flags)});
      lower_names.push_back(key.lower);
    }
    key_slots_ = MakeSlots(lower_names);
  }

  void WritePatterns() {
    struct Pattern {
      std::string_view prefix;
      size_t suffix_size;
      format::PatternRecord record;
    };
    std::vector<Pattern> patterns;
    for (size_t id = 0; id < key_order_.size(); ++id) {
      const std::string_view lower = draft_.keys[key_order_[id]].lower;
      const std::optional<Variable> variable = FindVariable(lower);
      if (!variable) continue;
      patterns.push_back({lower.substr(0, variable->begin),
                          lower.size() - variable->end,
                          {.key = static_cast<uint16_t>(id),
                           .prefix_size = static_cast<uint8_t>(variable->begin),
                           .suffix_offset = static_cast<uint8_t>(variable->end)}});
    }
    // Stable, so that patterns that differ in the variable's name alone stay in the order of their keys.
    std::stable_sort(patterns.begin(), patterns.end(), [](const Pattern& a, const Pattern& b) {
      return a.prefix != b.prefix ? a.prefix < b.prefix : a.suffix_size > b.suffix_size;
    });
    std::vector<std::string_view> prefixes;
    std::string_view last_prefix;
    for (const Pattern& pattern : patterns) {
      // One slot for each prefix, which leads to its first pattern.
      prefixes.push_back(pattern.prefix == last_prefix ? std::string_view() : pattern.prefix);
      last_prefix = pattern.prefix;
      patterns_.push_back(pattern.record);
      header_.longest_pattern_prefix =
          std::max<uint32_t>(header_.longest_pattern_prefix, pattern.record.prefix_size);
    }
    pattern_slots_ = MakeSlots(prefixes);
  }

  // --- Pools and tables.

  format::Text AddText(std::string_view text) {
    const auto offset = static_cast<uint32_t>(texts_.size());
    texts_.append(text);
    return {offset, static_cast<uint32_t>(text.size())};
  }

  uint32_t AddName(std::string_view name, std::string_view lower) {
    const auto offset = static_cast<uint32_t>(names_.size());
    names_.append(name);
    lower_names_.append(lower);
    return offset;
  }

  uint32_t AddKeyList(const std::vector<uint16_t>& indices) {
    std::vector<uint16_t> ids;
    for (const uint16_t index : indices) {
      ids.push_back(key_ids_[index]);
      key_is_listed_[index] = true;
    }
    return InternIds(std::move(ids));
  }

  // Where in id_lists the list lies, sorted and without repetitions.
  uint32_t InternIds(std::vector<uint16_t> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const auto [known, added] = interned_.try_emplace(ids, static_cast<uint32_t>(id_lists_.size()));
    if (added) {
      id_lists_.push_back(static_cast<uint16_t>(ids.size()));
      id_lists_.insert(id_lists_.end(), ids.begin(), ids.end());
    }
    return known->second;
  }

  // The hash table of lower-case names, by their index; empty names are left out.
  std::vector<format::Slot> MakeSlots(const std::vector<std::string_view>& lower_names) {
    // At most half full, so that a search soon meets an empty slot.
    std::vector<format::Slot> slots(std::bit_ceil(2 * lower_names.size() + 2));
    for (size_t index = 0; index < lower_names.size(); ++index) {
      if (lower_names[index].empty()) continue;
      const uint64_t hash = FoldedHash(lower_names[index]);
      size_t slot = hash & (slots.size() - 1);
      for (size_t probes = 0; slots[slot] != 0; ++probes) {
        if (probes == kMaxProbes) {
          has_collisions_ = true;
          return slots;
        }
        slot = (slot + 1) & (slots.size() - 1);
      }
      slots[slot] = format::MakeSlot(hash, static_cast<uint32_t>(index));
    }
    return slots;
  }

  template <typename Container>
  format::Section AppendSection(const Container& records, std::string* blob) {
    constexpr size_t kCacheLine = 64;
    blob->resize((blob->size() + kCacheLine - 1) / kCacheLine * kCacheLine);
    const format::Section section = {static_cast<uint32_t>(blob->size()),
                                     static_cast<uint32_t>(records.size())};
    if (!records.empty()) {
      blob->append(reinterpret_cast<const char*>(records.data()),
                   records.size() * sizeof(typename Container::value_type));
    }
    return section;
  }

  std::string Assemble() {
    std::string blob(sizeof(format::BlobHeader), '\0');
    header_.services = AppendSection(services_, &blob);
    header_.service_slots = AppendSection(service_slots_, &blob);
    header_.key_slots = AppendSection(key_slots_, &blob);
    header_.keys = AppendSection(keys_, &blob);
    header_.pattern_slots = AppendSection(pattern_slots_, &blob);
    header_.patterns = AppendSection(patterns_, &blob);
    header_.id_lists = AppendSection(id_lists_, &blob);
    header_.types = AppendSection(types_, &blob);
    header_.templates = AppendSection(templates_, &blob);
    header_.action_slots = AppendSection(action_slots_, &blob);
    header_.actions = AppendSection(actions_, &blob);
    header_.rows = AppendSection(rows_, &blob);
    header_.lower_names = AppendSection(lower_names_, &blob);
    header_.names = AppendSection(names_, &blob);
    header_.texts = AppendSection(texts_, &blob);
    std::memcpy(blob.data(), &header_, sizeof(header_));
    return blob;
  }

  const Draft& draft_;
  std::vector<uint32_t> service_order_;  // the draft's indices, by id
  std::vector<uint32_t> key_order_;
  std::vector<uint16_t> service_ids_;  // the ids, by the draft's index
  std::vector<uint16_t> key_ids_;
  std::vector<bool> key_is_listed_;  // by the draft's index
  bool has_collisions_ = false;

  format::BlobHeader header_ = {};
  std::vector<format::ServiceRecord> services_;
  std::vector<format::ActionRecord> actions_;
  std::vector<format::RowRecord> rows_;
  std::vector<format::TypeRecord> types_;
  std::vector<format::Text> templates_;
  std::vector<format::KeyRecord> keys_;
  std::vector<format::PatternRecord> patterns_;
  std::vector<uint16_t> id_lists_;
  std::map<std::vector<uint16_t>, uint32_t> interned_;
  std::vector<format::Slot> service_slots_;
  std::vector<format::Slot> action_slots_;
  std::vector<format::Slot> key_slots_;
  std::vector<format::Slot> pattern_slots_;
  std::string names_;
  std::string lower_names_;
  std::string texts_;
};

}  // namespace

Result<std::string> BuildCatalogue(std::string_view text, std::string_view global_keys,
                                   std::string_view file_name) {
  Result<Draft> draft = CatalogueParser().Parse(text, file_name, global_keys);
  if (!draft.ok()) return draft.error();
  std::optional<std::string> blob = BlobWriter(*draft).Write();
  if (!blob) {
    return Error{"too many names have the same hash", std::string(file_name), 0, 0};
  }
  return *std::move(blob);
}

}  // namespace scpcheck
