// A plain, slow evaluator of service control policies, written straight from the semantics note so that the
// product's engine can be compared with it. It goes through every statement of every level, has no index, and
// shares no code with src/. What a request leaves open makes a part of a statement unknown, in Kleene's
// logic; so `allowed` and `denied` hold for every request that fits, and everything else is `undecided`, also
// where a cleverer reasoner knows better.
#ifndef SCPCHECK_TESTS_REFERENCE_REFERENCE_H_
#define SCPCHECK_TESTS_REFERENCE_REFERENCE_H_

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace scpcheck::reference {

enum class Arity { kSingle, kMulti };

// How many values a condition key can have; no value when nobody knows the key. Asked only for keys that the
// table of global keys does not have. Keys come in lower case.
using KeyArity = std::function<std::optional<Arity>(std::string_view key)>;

// Whether an action (`service:name` in lower case) has resource types; no value when the action is not known.
using ActionFacts = std::function<std::optional<bool>(std::string_view action)>;

// An organization in the form of the organization file, its policies given as `document`.
class Organization {
 public:
  // Throws std::runtime_error when the organization or an attached policy can't be read as one.
  static Organization Load(const nlohmann::json& organization, KeyArity key_arity, ActionFacts action_facts);

  struct Model;
  const Model& model() const { return *model_; }

 private:
  std::shared_ptr<const Model> model_;
};

struct Decision {
  std::string decision;  // "allowed", "denied" or "undecided"
  std::string reason;    // as in a decision of the product; empty with "undecided"
  std::string node;
  std::string policy;
  std::string sid;
  std::optional<int> statement;
  // Whether every request that fits the question gets this reason and this place. False when the request is
  // denied anyway, while something unknown may deny it earlier or by a Deny.
  bool place_certain = false;
};

// Throws std::runtime_error for a request that the contract calls an error, and for one with `call`, which
// the reference does not do. `where` and `assume` are accepted and ignored: what holds without them holds
// with them.
Decision Decide(const Organization& organization, const nlohmann::json& request);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_REFERENCE_H_
