// What the text of a catalogue says, in the order of its lines: the step between the text and the blob. The
// string_views look into the texts.

#ifndef SCPCHECK_CATALOG_CATALOGUE_DRAFT_H_
#define SCPCHECK_CATALOG_CATALOGUE_DRAFT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"

namespace scpcheck {

// What the records of a blob have room for, and a draft stays within: sizes of names are stored in a byte,
// and the numbers of actions, services, keys, types and an action's rows in two.
inline constexpr size_t kMaxCatalogueName = 255;  // a service, an action with its service, a key
inline constexpr size_t kMaxCatalogueIds = 65'535;

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

struct CatalogueDraft {
  std::string_view source;
  std::string_view date;
  std::string_view licence;
  std::vector<KeyDraft> keys;
  std::vector<ServiceDraft> services;
  std::vector<TypeDraft> types;
  std::vector<ActionDraft> actions;
};

}  // namespace scpcheck

#endif  // SCPCHECK_CATALOG_CATALOGUE_DRAFT_H_
