#include "catalog/catalogue.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/check.h"
#include "base/folded_name.h"
#include "catalog/catalogue_builder.h"
#include "catalog/catalogue_format.h"

// Both are defined by embedded_catalogue.S; the text ends with a zero byte.
extern "C" {
extern const char scpcheck_catalogue_blob[];
extern const char scpcheck_global_keys[];
}

namespace scpcheck {
namespace {

namespace format = catalogue_format;

}  // namespace

std::string_view AccessLevelName(AccessLevel level) {
  switch (level) {
    case AccessLevel::kList:
      return "List";
    case AccessLevel::kRead:
      return "Read";
    case AccessLevel::kWrite:
      return "Write";
    case AccessLevel::kPermissionsManagement:
      return "Permissions management";
    case AccessLevel::kTagging:
      return "Tagging";
  }
  SCPCHECK_CHECK(false && "an AccessLevel");
  return {};
}

Catalogue::Catalogue(const char* blob, std::shared_ptr<const std::string> storage)
    : blob_(blob), storage_(std::move(storage)) {
  std::memcpy(&header_, blob_, sizeof(header_));
  SCPCHECK_CHECK(header_.magic == format::kMagic && header_.version == format::kVersion);
}

const Catalogue& Catalogue::Embedded() {
  static const Catalogue embedded(scpcheck_catalogue_blob, nullptr);
  return embedded;
}

Result<Catalogue> Catalogue::FromText(std::string_view text, std::string_view file_name) {
  Result<std::string> blob = BuildCatalogue(text, scpcheck_global_keys, file_name);
  if (!blob.ok()) return blob.error();
  return FromBlob(*std::move(blob));
}

Catalogue Catalogue::FromBlob(std::string blob) {
  auto storage = std::make_shared<const std::string>(std::move(blob));
  const char* data = storage->data();
  return Catalogue(data, std::move(storage));
}

std::string_view Catalogue::date() const {
  return Text(header_.date);
}
std::string_view Catalogue::source() const {
  return Text(header_.source);
}
std::string_view Catalogue::licence() const {
  return Text(header_.licence);
}

// --- Reading the blob.

format::ServiceRecord Catalogue::Record(ServiceId id) const {
  return Load<format::ServiceRecord>(header_.services, static_cast<uint32_t>(id));
}
format::ActionRecord Catalogue::Record(ActionId id) const {
  return Load<format::ActionRecord>(header_.actions, static_cast<uint32_t>(id));
}
format::RowRecord Catalogue::Record(ActionRowId id) const {
  return Load<format::RowRecord>(header_.rows, static_cast<uint32_t>(id));
}
format::TypeRecord Catalogue::Record(ResourceTypeId id) const {
  return Load<format::TypeRecord>(header_.types, static_cast<uint32_t>(id));
}
format::KeyRecord Catalogue::Record(CatalogueKeyId id) const {
  return Load<format::KeyRecord>(header_.keys, static_cast<uint32_t>(id));
}

std::string_view Catalogue::Name(uint32_t offset, size_t size) const {
  return {blob_ + header_.names.offset + offset, size};
}
std::string_view Catalogue::LowerName(uint32_t offset, size_t size) const {
  return {blob_ + header_.lower_names.offset + offset, size};
}
std::string_view Catalogue::Text(format::Text text) const {
  return {blob_ + header_.texts.offset + text.offset, text.size};
}

template <typename Id>
IdList<Id> Catalogue::List(uint32_t position) const {
  const auto size = Load<uint16_t>(header_.id_lists, position);
  const char* ids = blob_ + header_.id_lists.offset + (size_t{position} + 1) * sizeof(uint16_t);
  return IdList<Id>(ids, size);
}

// The index of the record to which `name` leads in a hash table. `name_of` gives a record's name.
template <typename NameOf>
std::optional<uint32_t> Catalogue::FindSlot(format::Section slots, std::string_view name,
                                            NameOf name_of) const {
  const uint64_t hash = FoldedHash(name);
  // There is an empty slot to end the search: tables are at most half full.
  for (uint32_t probe = static_cast<uint32_t>(hash);; ++probe) {
    const auto slot = Load<format::Slot>(slots, probe & (slots.count - 1));
    if (slot == 0) return std::nullopt;
    const uint32_t index = (slot & format::kSlotIndexMask) - 1;
    if (slot == format::MakeSlot(hash, index) && EqualsFolded(name, name_of(index))) return index;
  }
}

// --- Services.

std::optional<ServiceId> Catalogue::FindService(std::string_view prefix) const {
  const std::optional<uint32_t> index =
      FindSlot(header_.service_slots, prefix, [this](uint32_t i) { return LowerServiceName(ServiceId{i}); });
  if (!index) return std::nullopt;
  return ServiceId{*index};
}

std::string_view Catalogue::ServiceName(ServiceId service) const {
  const format::ServiceRecord record = Record(service);
  return Name(record.name, record.name_size);
}

std::string_view Catalogue::LowerServiceName(ServiceId service) const {
  const format::ServiceRecord record = Record(service);
  return LowerName(record.name, record.name_size);
}

std::string_view Catalogue::ServiceTitle(ServiceId service) const {
  return Text(Record(service).title);
}

ActionRange Catalogue::ServiceActions(ServiceId service) const {
  const format::ServiceRecord record = Record(service);
  return ActionRange(record.first_action, record.first_action + record.action_count);
}

// --- Actions.

std::optional<ActionId> Catalogue::FindAction(std::string_view name) const {
  const std::optional<uint32_t> index =
      FindSlot(header_.action_slots, name, [this](uint32_t i) { return ActionName(ActionId{i}); });
  if (!index) return std::nullopt;
  return ActionId{*index};
}

ActionRange Catalogue::ActionsWithPrefix(std::string_view lower_prefix) const {
  // Where names first compare, by their first bytes alone, as at least or as more than the prefix.
  const auto boundary = [&](auto is_before) {
    uint32_t first = 0;
    uint32_t count = header_.actions.count;
    while (count > 0) {
      const uint32_t half = count / 2;
      if (is_before(LowerActionName(ActionId{first + half}).substr(0, lower_prefix.size()))) {
        first += half + 1;
        count -= half + 1;
      } else {
        count = half;
      }
    }
    return first;
  };
  return ActionRange(boundary([&](std::string_view start) { return start < lower_prefix; }),
                     boundary([&](std::string_view start) { return start <= lower_prefix; }));
}

std::string_view Catalogue::ActionName(ActionId action) const {
  const format::ActionRecord record = Record(action);
  return Name(record.name, record.name_size);
}

std::string_view Catalogue::LowerActionName(ActionId action) const {
  const format::ActionRecord record = Record(action);
  return LowerName(record.name, record.name_size);
}

std::string_view Catalogue::ActionBareName(ActionId action) const {
  const format::ActionRecord record = Record(action);
  return Name(record.name, record.name_size).substr(record.service_size + size_t{1});
}

std::string_view Catalogue::LowerActionBareName(ActionId action) const {
  const format::ActionRecord record = Record(action);
  return LowerName(record.name, record.name_size).substr(record.service_size + size_t{1});
}

ServiceId Catalogue::ActionService(ActionId action) const {
  return ServiceId{Record(action).service};
}

AccessLevel Catalogue::ActionAccessLevel(ActionId action) const {
  return static_cast<AccessLevel>(Record(action).access_level);
}

KeyList Catalogue::ActionKeys(ActionId action) const {
  return List<CatalogueKeyId>(Record(action).keys);
}

bool Catalogue::HasResourceTypes(ActionId action) const {
  return Record(action).row_count != 0;
}

ActionRowRange Catalogue::ActionRows(ActionId action) const {
  const format::ActionRecord record = Record(action);
  return ActionRowRange(record.first_row, record.first_row + record.row_count);
}

// --- The resource types of an action, and resource types.

ResourceTypeId Catalogue::RowType(ActionRowId row) const {
  return ResourceTypeId{Record(row).type};
}

bool Catalogue::RowRequired(ActionRowId row) const {
  return Record(row).required != 0;
}

KeyList Catalogue::RowKeys(ActionRowId row) const {
  return List<CatalogueKeyId>(Record(row).keys);
}

std::string_view Catalogue::TypeName(ResourceTypeId type) const {
  return Text(Record(type).name);
}

ServiceId Catalogue::TypeService(ResourceTypeId type) const {
  return ServiceId{Record(type).service};
}

KeyList Catalogue::TypeKeys(ResourceTypeId type) const {
  return List<CatalogueKeyId>(Record(type).keys);
}

size_t Catalogue::TypeTemplateCount(ResourceTypeId type) const {
  return Record(type).template_count;
}

std::string_view Catalogue::TypeTemplate(ResourceTypeId type, size_t index) const {
  const uint32_t first = Record(type).first_template;
  return Text(Load<format::Text>(header_.templates, first + static_cast<uint32_t>(index)));
}

// --- Condition keys.

std::optional<CatalogueKeyId> Catalogue::FindKey(std::string_view key) const {
  const std::optional<uint32_t> index = FindSlot(header_.key_slots, key, [this](uint32_t i) {
    const format::KeyRecord record = Record(CatalogueKeyId{i});
    return LowerName(record.name, record.name_size);
  });
  if (index) return CatalogueKeyId{*index};
  return FindKeyPattern(key);
}

std::optional<CatalogueKeyId> Catalogue::FindKeyPattern(std::string_view key) const {
  const auto lower_name = [this](const format::PatternRecord& pattern) {
    const format::KeyRecord record = Record(CatalogueKeyId{pattern.key});
    return LowerName(record.name, record.name_size);
  };
  const auto lower_prefix = [&](uint32_t i) {
    const auto pattern = Load<format::PatternRecord>(header_.patterns, i);
    return lower_name(pattern).substr(0, pattern.prefix_size);
  };
  if (key.empty()) return std::nullopt;
  // The longest prefix first. It ends in punctuation, and leaves at least one character for the variable
  // part.
  for (size_t size = std::min<size_t>(header_.longest_pattern_prefix, key.size() - 1); size > 0; --size) {
    if (IsAsciiAlnum(key[size - 1])) continue;
    const std::string_view prefix = key.substr(0, size);
    const std::optional<uint32_t> first = FindSlot(header_.pattern_slots, prefix, lower_prefix);
    if (!first) continue;
    for (uint32_t i = *first; i < header_.patterns.count && EqualsFolded(prefix, lower_prefix(i)); ++i) {
      const auto pattern = Load<format::PatternRecord>(header_.patterns, i);
      const std::string_view suffix = lower_name(pattern).substr(pattern.suffix_offset);
      if (suffix.size() < key.size() - size && EqualsFolded(key.substr(key.size() - suffix.size()), suffix)) {
        return CatalogueKeyId{pattern.key};
      }
    }
  }
  return std::nullopt;
}

KeyInfo Catalogue::Key(CatalogueKeyId key) const {
  const format::KeyRecord record = Record(key);
  return {.name = Name(record.name, record.name_size),
          .type = static_cast<KeyType>(record.type),
          .multivalued = (record.flags & format::kKeyIsMultivalued) != 0,
          .presence = static_cast<KeyPresence>(record.presence),
          .global = (record.flags & format::kKeyIsGlobal) != 0,
          .listed = (record.flags & format::kKeyIsListed) != 0,
          .pattern = (record.flags & format::kKeyIsPattern) != 0};
}

ServiceList Catalogue::KeyServices(CatalogueKeyId key) const {
  return List<ServiceId>(Record(key).services);
}

}  // namespace scpcheck
