// The words of a catalogue's lines, and what they stand for.

#ifndef SCPCHECK_CATALOG_CATALOGUE_WORDS_H_
#define SCPCHECK_CATALOG_CATALOGUE_WORDS_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "catalog/catalogue.h"

namespace scpcheck::catalogue_words {

// Takes the first word off `rest`. Words are separated by one space.
std::string_view TakeWord(std::string_view& rest);

struct NamedKeyType {
  std::string_view name;
  KeyType type;
  bool multivalued;
};

// Nothing for a word that is none of the kind.
std::optional<NamedKeyType> ParseKeyType(std::string_view word);
std::optional<KeyPresence> ParsePresence(std::string_view word);
std::optional<AccessLevel> ParseAccessLevel(std::string_view word);

// Where the variable part `${...}` of a key's name lies.
struct Variable {
  size_t begin;  // of `${`
  size_t end;    // behind `}`
};

std::optional<Variable> FindVariable(std::string_view name);

// YYYY-MM-DD with a month and a day that can be.
bool IsDate(std::string_view text);

}  // namespace scpcheck::catalogue_words

#endif  // SCPCHECK_CATALOG_CATALOGUE_WORDS_H_
