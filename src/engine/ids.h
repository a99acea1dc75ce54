// Indices into the vectors of CompiledOrganization.

#ifndef SCPCHECK_ENGINE_IDS_H_
#define SCPCHECK_ENGINE_IDS_H_

#include <cstdint>

namespace scpcheck {

enum class KeyId : uint32_t {};
enum class ClauseId : uint32_t {};
enum class ResourceSetId : uint32_t {};
enum class ActionSetId : uint32_t {};
enum class StatementId : uint32_t {};
enum class ProgramId : uint32_t {};
enum class ChainId : uint32_t {};

// Slots of statements are grouped by words, of a bit each.
constexpr uint32_t kSlotsPerWord = 64;

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_IDS_H_
