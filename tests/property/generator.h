// Random organizations and requests for comparing the engine with the reference evaluator. Few keys, few
// values and few actions, so that statements, levels and requests meet; much of it odd: values of the wrong
// type, misspelt operators, wildcards and variables where nobody would put them. All organizations load
// (G-04a), and all requests are valid (C-31a). A seed gives the same results with every compiler.
#ifndef SCPCHECK_TESTS_PROPERTY_GENERATOR_H_
#define SCPCHECK_TESTS_PROPERTY_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace scpcheck::property {

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  // An organization in the form of the organization file, with its policies as `document`.
  nlohmann::json Organization();
  // A request about an account of `organization`, which is one of the above.
  nlohmann::json Request(const nlohmann::json& organization);
  // One of the requests that `request`, which is one of the above, stands for: its resource and principal
  // named, every key of the vocabulary given or absent. What follows from the principal or the organization
  // stays so. The principal must not be one that SCPs don't reach.
  nlohmann::json Completed(const nlohmann::json& organization, const nlohmann::json& request);

 private:
  // The type that a key's values mostly have.
  enum class Type { kString, kArn, kNumber, kDate, kBool, kAddress, kBinary };
  struct Key {
    std::string name;
    Type type;
    bool multivalued;
    bool known;  // to the tables or the catalogue; of others the value given decides the arity
  };
  static const std::vector<Key>& Keys();

  size_t Below(size_t bound);  // 0 ... bound - 1
  bool Chance(unsigned percent);
  template <typename T>
  const T& Pick(const std::vector<T>& values) {
    return values[Below(values.size())];
  }
  std::string OddCase(std::string text);
  // One value or a list; a list of one and an empty list are among them.
  nlohmann::json OneOrList(const std::vector<nlohmann::json>& values);

  nlohmann::json Policy();
  nlohmann::json Statement();
  std::string ActionPattern();
  std::string ResourcePattern();
  nlohmann::json Conditions();
  std::string Operator(Type type);
  nlohmann::json PolicyValue(Type type);
  nlohmann::json RequestValue(Type type);
  nlohmann::json ContextValue(const Key& key);
  // Replaces a part of `text` by a wildcard, a variable or something else.
  std::string Bend(std::string text);
  nlohmann::json Attachments(const std::vector<std::string>& policies);
  nlohmann::json Unit(const std::string& id, const std::vector<std::string>& policies, int depth);
  std::string Principal(const std::string& account);
  std::string ConcretePrincipal(const std::string& pattern, const std::string& account);
  std::string ConcreteResource(const std::string& pattern);
  // `pattern` with something for each wildcard.
  std::string FillWildcards(const std::string& pattern);

  std::mt19937_64 random_;
  int next_unit_ = 0;     // of the organization that is being made
  int next_account_ = 0;  // of the organization that is being made
};

}  // namespace scpcheck::property

#endif  // SCPCHECK_TESTS_PROPERTY_GENERATOR_H_
