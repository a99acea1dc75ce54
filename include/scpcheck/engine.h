// The compiled form of an organization, and decisions on it.
//
//   Result<Engine> engine = Engine::Compile(std::move(organization));
//   Evaluator evaluator(*engine);                    // one per thread
//   Result<Decision> decision = evaluator.Decide(request);
//
// An Engine is immutable and may be used from any number of threads at once; an Evaluator holds the scratch
// space of one thread.

#ifndef SCPCHECK_ENGINE_H_
#define SCPCHECK_ENGINE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scpcheck/decision.h"
#include "scpcheck/organization.h"
#include "scpcheck/request.h"
#include "scpcheck/result.h"

namespace scpcheck {

class Catalogue;
class EvaluatorState;
struct CompiledOrganization;

// The catalogue of AWS's actions that the library was built with.
std::shared_ptr<const Catalogue> BuiltInCatalogue();
// One from a file (docs/catalogue.md), for actions that are newer than this library.
Result<std::shared_ptr<const Catalogue>> LoadCatalogue(const std::string& path, const Files& files);

struct CompileOptions {
  std::shared_ptr<const Catalogue> catalogue;  // null: the built-in one
  // Only these accounts can be asked about. Compiling a few takes a fraction of the time, and each question
  // somewhat longer.
  std::optional<std::vector<AccountIndex>> accounts;
};

class Engine {
 public:
  static Engine Compile(Organization organization, const CompileOptions& options = {});

  const Organization& organization() const;
  const Catalogue& catalogue() const;

  // For the library's own parts.
  const std::shared_ptr<const CompiledOrganization>& shared_compiled() const { return compiled_; }

 private:
  explicit Engine(std::shared_ptr<const CompiledOrganization> compiled) : compiled_(std::move(compiled)) {}

  std::shared_ptr<const CompiledOrganization> compiled_;
};

class Evaluator {
 public:
  explicit Evaluator(const Engine& engine);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;

  // The error says what is wrong with the request: an unknown account, a malformed action, a principal of
  // another account, several values for a key that has one (C-31a).
  Result<Decision> Decide(const Request& request);

  // How each statement on the way from the root to the account was judged.
  Result<Explanation> Explain(const Request& request);

  // For the library's own parts.
  EvaluatorState& state() { return *state_; }

 private:
  std::unique_ptr<EvaluatorState> state_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_H_
