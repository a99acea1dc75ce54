// What is known of AWS's actions, resource types and condition keys (docs/catalogue.md).
//
// A Catalogue is a cheap view of a compiled blob (catalogue_format.h). Copies share the blob; every
// string_view, range and list that it returns looks into the blob, and lives as long as any copy (for the
// embedded catalogue: for ever). All functions are const, allocate nothing and may be called from any thread.
//
// Names are looked up in any ASCII case (C-19a). Ids are dense, from 0, and belong to one catalogue.

#ifndef SCPCHECK_CATALOG_CATALOGUE_H_
#define SCPCHECK_CATALOG_CATALOGUE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalogue_format.h"
#include "scpcheck/result.h"

namespace scpcheck {

enum class ServiceId : uint32_t {};
// Ascending in the lower-case full names, so that a service's actions are contiguous.
enum class ActionId : uint32_t {};
// One resource type of one action.
enum class ActionRowId : uint32_t {};
enum class ResourceTypeId : uint32_t {};
// A condition key, or a pattern of keys such as `aws:ResourceTag/${TagKey}`. Ascending in the lower-case
// names.
enum class CatalogueKeyId : uint32_t {};

enum class AccessLevel : uint8_t { kList, kRead, kWrite, kPermissionsManagement, kTagging };

// AWS's own name: `Permissions management`.
std::string_view AccessLevelName(AccessLevel level);

// The type of a key's value, or of each of its values.
enum class KeyType : uint8_t {
  kString,
  kArn,
  kBool,
  kNumeric,
  kDate,
  kDateOrNumeric,  // aws:EpochTime: the date operators take it, and the numeric ones
  kIpAddress,
};

// Whether a request that SCPs reach, one signed by a principal of the organization, carries the key.
enum class KeyPresence : uint8_t { kMayBeAbsent, kAlways, kNever };

struct KeyInfo {
  std::string_view name;  // as AWS spells it; of a pattern, with `${...}` for its variable part
  KeyType type = KeyType::kString;
  bool multivalued = false;
  KeyPresence presence = KeyPresence::kMayBeAbsent;
  bool global = false;   // any service's request may carry it (semantics.md section 7)
  bool listed = false;   // some action or resource type of the catalogue lists it
  bool pattern = false;  // has a variable part
};

// The ids from `first` up to but not including `last`.
template <typename Id>
class IdRange {
 public:
  class Iterator {
   public:
    explicit Iterator(uint32_t index) : index_(index) {}
    Id operator*() const { return Id{index_}; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    uint32_t index_;
  };

  IdRange(uint32_t first, uint32_t last) : first_(first), last_(last) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(last_); }
  size_t size() const { return last_ - first_; }
  bool empty() const { return first_ == last_; }
  Id operator[](size_t i) const { return Id{first_ + static_cast<uint32_t>(i)}; }

 private:
  uint32_t first_;
  uint32_t last_;
};
using ActionRange = IdRange<ActionId>;
using ActionRowRange = IdRange<ActionRowId>;

// An ascending list of ids, stored in the blob.
template <typename Id>
class IdList {
 public:
  class Iterator {
   public:
    explicit Iterator(const char* position) : position_(position) {}
    Id operator*() const {
      uint16_t id;
      std::memcpy(&id, position_, sizeof(id));
      return Id{id};
    }
    Iterator& operator++() {
      position_ += sizeof(uint16_t);
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const char* position_;  // in the catalogue's blob
  };

  IdList(const char* ids, size_t size) : ids_(ids), size_(size) {}
  Iterator begin() const { return Iterator(ids_); }
  Iterator end() const { return Iterator(ids_ + size_ * sizeof(uint16_t)); }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  // Linear: the longest list of AWS's has about a hundred ids, most have none or three.
  bool Contains(Id id) const {
    for (const Id member : *this) {
      if (member == id) return true;
    }
    return false;
  }

 private:
  const char* ids_;  // in the catalogue's blob
  size_t size_;
};
using KeyList = IdList<CatalogueKeyId>;
using ServiceList = IdList<ServiceId>;

class Catalogue {
 public:
  // The catalogue that the program was built with.
  static const Catalogue& Embedded();

  // The catalogue of a file in the format of docs/catalogue.md, together with the built-in global keys.
  // Errors carry `file_name` and a line.
  static Result<Catalogue> FromText(std::string_view text, std::string_view file_name);

  // Precondition: BuildCatalogue made `blob`. It is not checked again.
  static Catalogue FromBlob(std::string blob);

  std::string_view date() const;     // YYYY-MM-DD
  std::string_view source() const;   // the package or document that it was made from, with its version
  std::string_view licence() const;  // of that source

  size_t service_count() const { return header_.services.count; }
  size_t action_count() const { return header_.actions.count; }
  size_t resource_type_count() const { return header_.types.count; }
  size_t key_count() const { return header_.keys.count; }

  // --- Services, by prefix: `s3`.
  IdRange<ServiceId> Services() const { return {0, header_.services.count}; }
  std::optional<ServiceId> FindService(std::string_view prefix) const;
  std::string_view ServiceName(ServiceId service) const;
  std::string_view LowerServiceName(ServiceId service) const;
  std::string_view ServiceTitle(ServiceId service) const;  // `Amazon S3`
  ActionRange ServiceActions(ServiceId service) const;

  // --- Actions, by full name: `s3:GetObject`.
  ActionRange Actions() const { return {0, header_.actions.count}; }
  std::optional<ActionId> FindAction(std::string_view name) const;
  // The actions whose lower-case full name begins with `lower_prefix`.
  ActionRange ActionsWithPrefix(std::string_view lower_prefix) const;
  std::string_view ActionName(ActionId action) const;           // `s3:GetObject`
  std::string_view LowerActionName(ActionId action) const;      // `s3:getobject`
  std::string_view ActionBareName(ActionId action) const;       // `GetObject`
  std::string_view LowerActionBareName(ActionId action) const;  // `getobject`
  ServiceId ActionService(ActionId action) const;
  AccessLevel ActionAccessLevel(ActionId action) const;
  KeyList ActionKeys(ActionId action) const;
  bool HasResourceTypes(ActionId action) const;
  ActionRowRange ActionRows(ActionId action) const;

  // --- The resource types of an action.
  ResourceTypeId RowType(ActionRowId row) const;
  // Alternatives are marked as required too, so this does not say that every call touches such a resource.
  bool RowRequired(ActionRowId row) const;
  KeyList RowKeys(ActionRowId row) const;  // those that the action has for this type only

  // --- Resource types.
  std::string_view TypeName(ResourceTypeId type) const;  // `bucket`
  ServiceId TypeService(ResourceTypeId type) const;
  KeyList TypeKeys(ResourceTypeId type) const;
  // Most types have one ARN template, `arn:${Partition}:s3:::${BucketName}`, some have more. Precondition of
  // TypeTemplate: index < TypeTemplateCount(type).
  size_t TypeTemplateCount(ResourceTypeId type) const;
  std::string_view TypeTemplate(ResourceTypeId type, size_t index) const;

  // --- Condition keys.
  // Finds `aws:ResourceTag/${TagKey}` for `aws:ResourceTag/team`. The variable part takes one or more
  // characters, whatever they are. A key of that very name goes before any pattern; among patterns the one
  // with the longest part before the variable wins, then the one with the longest part behind it.
  std::optional<CatalogueKeyId> FindKey(std::string_view key) const;
  KeyInfo Key(CatalogueKeyId key) const;
  ServiceList KeyServices(CatalogueKeyId key) const;  // the services whose pages describe the key

 private:
  Catalogue(const char* blob, std::shared_ptr<const std::string> storage);

  template <typename Record>
  Record Load(catalogue_format::Section section, uint32_t index) const {
    Record record;
    std::memcpy(&record, blob_ + section.offset + size_t{index} * sizeof(Record), sizeof(Record));
    return record;
  }
  catalogue_format::ServiceRecord Record(ServiceId id) const;
  catalogue_format::ActionRecord Record(ActionId id) const;
  catalogue_format::RowRecord Record(ActionRowId id) const;
  catalogue_format::TypeRecord Record(ResourceTypeId id) const;
  catalogue_format::KeyRecord Record(CatalogueKeyId id) const;

  std::string_view Name(uint32_t offset, size_t size) const;
  std::string_view LowerName(uint32_t offset, size_t size) const;
  std::string_view Text(catalogue_format::Text text) const;
  template <typename Id>
  IdList<Id> List(uint32_t position) const;
  template <typename LowerNameOf>
  std::optional<uint32_t> FindSlot(catalogue_format::Section slots, std::string_view name,
                                   LowerNameOf lower_name_of) const;
  std::optional<CatalogueKeyId> FindKeyPattern(std::string_view key) const;

  const char* blob_;                            // the embedded one, or that of storage_
  std::shared_ptr<const std::string> storage_;  // null for the embedded one
  catalogue_format::BlobHeader header_;         // a copy of the blob's own
};

}  // namespace scpcheck

#endif  // SCPCHECK_CATALOG_CATALOGUE_H_
