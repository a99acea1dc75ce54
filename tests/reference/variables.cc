#include "variables.h"

#include <optional>

#include "keys.h"

namespace scpcheck::reference {

Replaced ReplaceVariables(const Pattern& pattern, const Request& request, const KeyArity& key_arity,
                          Pattern& replaced) {
  bool unknown = false;
  for (const Piece& piece : pattern) {
    if (piece.kind == Piece::Kind::kText) {
      AppendText(replaced, piece.text);
      continue;
    }
    if (piece.kind != Piece::Kind::kVariable) {
      replaced.push_back(piece);
      continue;
    }
    // V-03a: a multivalued key never resolves.
    if (KnownArity(piece.text, key_arity) == Arity::kMulti) return Replaced::kUnresolved;
    const KeyState state = request.Lookup(piece.text);
    switch (state.presence) {
      case KeyState::Presence::kUnknown:
        unknown = true;
        break;
      case KeyState::Presence::kAbsent:
        if (!piece.fallback) return Replaced::kUnresolved;  // V-06
        AppendText(replaced, *piece.fallback);
        break;
      case KeyState::Presence::kPresent:
        if (state.multivalued) return Replaced::kUnresolved;  // V-03a
        AppendText(replaced, state.values[0]);
        break;
    }
  }
  return unknown ? Replaced::kUnknown : Replaced::kAll;
}

}  // namespace scpcheck::reference
