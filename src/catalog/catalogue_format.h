// The layout of a compiled catalogue: what catalogue_blob.cc writes and catalogue.cc reads.
//
// A blob is a BlobHeader, then one array per kind of record, then the names. Everything is found by offset
// from the blob's start, so a blob works wherever it is mapped, and the embedded one needs neither parsing
// nor relocation at start-up. Records are fixed-width little-endian, and read by copy, so alignment is a
// matter of speed only. The arrays are dense and in name order: what one question touches lies on a few
// pages.
//
// Names of services, actions and keys exist twice, as spelled and in lower case, at the same offset of two
// pools. An action's name is its full one, `s3:GetObject`, which has both parts as substrings.

#ifndef SCPCHECK_CATALOG_CATALOGUE_FORMAT_H_
#define SCPCHECK_CATALOG_CATALOGUE_FORMAT_H_

#include <cstdint>
#include <type_traits>

namespace scpcheck::catalogue_format {

inline constexpr uint32_t kMagic = 0x43504353;  // "SCPC"
inline constexpr uint32_t kVersion = 1;

// An array of `count` records, or a pool of `count` bytes, at `offset` from the blob's start.
struct Section {
  uint32_t offset;
  uint32_t count;
};

// Text in the pool `texts`.
struct Text {
  uint32_t offset;
  uint32_t size;
};

struct BlobHeader {
  uint32_t magic;
  uint32_t version;
  Text date;
  Text source;
  Text licence;
  Section services;       // ServiceRecord, sorted by lower-case name and colon
  Section actions;        // ActionRecord, sorted by lower-case full name
  Section rows;           // RowRecord, by action
  Section types;          // TypeRecord, by service
  Section templates;      // Text, by type
  Section keys;           // KeyRecord, sorted by lower-case name
  Section patterns;       // PatternRecord, sorted by prefix, then with the longer suffix first
  Section id_lists;       // uint16_t: lists of key or service ids, each behind its length
  Section service_slots;  // hash tables, see Slot
  Section action_slots;
  Section key_slots;
  Section pattern_slots;
  Section names;
  Section lower_names;
  Section texts;
  uint32_t longest_pattern_prefix;
  uint32_t reserved;
};

struct ServiceRecord {
  uint32_t name;
  Text title;
  uint32_t first_action;
  uint32_t action_count;
  uint16_t name_size;
  uint16_t reserved;
};

struct ActionRecord {
  uint32_t name;
  uint32_t first_row;
  uint32_t keys;  // where in id_lists
  uint16_t service;
  uint16_t row_count;
  uint8_t name_size;
  uint8_t service_size;
  uint8_t access_level;
  uint8_t reserved;
};

// A resource type of an action.
struct RowRecord {
  uint32_t keys;
  uint16_t type;
  uint8_t required;
  uint8_t reserved;
};

struct TypeRecord {
  Text name;
  uint32_t keys;
  uint32_t first_template;
  uint16_t template_count;
  uint16_t service;
};

struct KeyRecord {
  uint32_t name;
  uint32_t services;
  uint8_t name_size;
  uint8_t type;
  uint8_t presence;
  uint8_t flags;
};

inline constexpr uint8_t kKeyIsMultivalued = 1;
inline constexpr uint8_t kKeyIsGlobal = 2;
inline constexpr uint8_t kKeyIsListed = 4;
inline constexpr uint8_t kKeyIsPattern = 8;

// A key with a variable part: the name up to `${` and the name from `}` on.
struct PatternRecord {
  uint16_t key;
  uint8_t prefix_size;
  uint8_t suffix_offset;
};

// A slot of an open hash table: zero if empty, else the index plus one of the record that has the name, below
// eight bits of the name's hash, which spare most misses a look at the record. The table's size is a power of
// two; a name's first slot is given by the lowest bits of its hash, and the following ones are tried in turn.
using Slot = uint32_t;
inline constexpr uint32_t kSlotIndexBits = 24;
inline constexpr uint32_t kSlotIndexMask = (1u << kSlotIndexBits) - 1;

constexpr Slot MakeSlot(uint64_t hash, uint32_t index) {
  return (static_cast<uint32_t>(hash >> 56) << kSlotIndexBits) | (index + 1);
}

static_assert(sizeof(BlobHeader) == 160 && std::is_trivially_copyable_v<BlobHeader>);
static_assert(sizeof(ServiceRecord) == 24 && std::is_trivially_copyable_v<ServiceRecord>);
static_assert(sizeof(ActionRecord) == 20 && std::is_trivially_copyable_v<ActionRecord>);
static_assert(sizeof(RowRecord) == 8 && std::is_trivially_copyable_v<RowRecord>);
static_assert(sizeof(TypeRecord) == 20 && std::is_trivially_copyable_v<TypeRecord>);
static_assert(sizeof(KeyRecord) == 12 && std::is_trivially_copyable_v<KeyRecord>);
static_assert(sizeof(PatternRecord) == 4 && std::is_trivially_copyable_v<PatternRecord>);

}  // namespace scpcheck::catalogue_format

#endif  // SCPCHECK_CATALOG_CATALOGUE_FORMAT_H_
