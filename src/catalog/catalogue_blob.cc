#include "catalog/catalogue_blob.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "base/folded_name.h"
#include "catalog/catalogue_format.h"
#include "catalog/catalogue_words.h"

namespace scpcheck {

namespace {

namespace format = catalogue_format;

using catalogue_words::FindVariable;
using catalogue_words::Variable;

constexpr size_t kMaxProbes = 256;

static_assert(kMaxCatalogueIds < format::kSlotIndexMask);

// Sorted order gives the ids; `*_ids_` map a draft's indices to them.
class BlobWriter {
 public:
  explicit BlobWriter(const CatalogueDraft& draft) : draft_(draft) {}

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

  const CatalogueDraft& draft_;
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

std::optional<std::string> WriteCatalogueBlob(const CatalogueDraft& draft) {
  return BlobWriter(draft).Write();
}

}  // namespace scpcheck
