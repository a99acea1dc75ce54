// Which actions can carry a condition key, as far as the catalogue tells (U-06), and what becomes of a test
// where the key can't be.

#ifndef SCPCHECK_LINT_RULES_CONDITIONS_KEY_SUPPORT_H_
#define SCPCHECK_LINT_RULES_CONDITIONS_KEY_SUPPORT_H_

#include <functional>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "lint/policy_view.h"

namespace scpcheck {

// Whether AWS describes the key with one value here and uses it as a list there (data/uncertain-arity.tsv).
bool HasUncertainArity(std::string_view key);

class KeySupport {
 public:
  // The catalogue must outlive it.
  KeySupport(const Catalogue& catalogue, std::string_view key);

  // Whether the catalogue can rule the key out for an action at all: some action or resource type lists it,
  // and it is none of the keys that any request may carry. `aws:ResourceTag/...`, `aws:RequestTag/...` and
  // `aws:TagKeys` are global in name only.
  bool can_be_ruled_out() const { return can_be_ruled_out_; }

  // Whether the action, its rows or their resource types list the key.
  bool Has(ActionId action) const;
  // Whether a request for the action carries the key where it touches a resource of the row's type. A type
  // lists the keys of tags in the request because it can be tagged, not because this call tags it.
  bool RowHas(ActionId action, ActionRowId row) const;

 private:
  bool Lists(KeyList list) const;

  const Catalogue* catalogue_;
  std::vector<CatalogueKeyId> ids_;  // what AWS calls the key: most have one name
  bool can_be_ruled_out_ = false;
  bool is_request_tag_ = false;
};

// The support of each key that a statement tests.
class KeysOfStatement {
 public:
  // The view must outlive it.
  explicit KeysOfStatement(const StatementView& view);
  // Precondition: `clause` is one of the statement's.
  const KeySupport& Of(const ConditionClause& clause) const {
    return supports_[static_cast<size_t>(&clause - first_)];
  }

 private:
  const ConditionClause* first_;
  std::vector<KeySupport> supports_;
};

// The tests of a statement, divided by whether some requests can carry their keys.
struct DividedTests {
  bool one_fails = false;            // a test that fails without its key: the statement never applies
  bool one_is_left = false;          // a test whose key the requests can carry
  bool one_is_no_exemption = false;  // one of those that is not about the principal alone
};

// `lacks_key` says of each test of the statement whether the requests can't carry its key.
DividedTests DivideTests(const StatementView& view,
                         const std::function<bool(const ConditionClause&)>& lacks_key);

enum class WithoutKey : uint8_t {
  kFine,         // nothing to complain of
  kNeverHolds,   // the test fails, and with it the statement
  kAlwaysHolds,  // the test holds, and says nothing
};

// What becomes of a test of the statement for requests that can't carry its key.
//
// A test that always holds is fine where it exempts (`unless the resource is tagged`): there is nothing to
// exempt, and what remains is meant. It is not where nothing else is tested, nor where it asks under `Null`
// for a key, nor where the other tests only exempt principals.
WithoutKey FateWithoutKey(const StatementView& view, const ConditionClause& clause,
                          const DividedTests& tests);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_CONDITIONS_KEY_SUPPORT_H_
