#include "scpcheck/engine.h"

#include <utility>

#include "engine/compile.h"
#include "engine/evaluator.h"
#include "request/convert.h"

namespace scpcheck {

namespace {

constexpr size_t kMaxCatalogueFileSize = size_t{64} << 20;

}  // namespace

std::shared_ptr<const Catalogue> BuiltInCatalogue() {
  // It lives as long as the program, so nobody owns it.
  return std::shared_ptr<const Catalogue>(std::shared_ptr<const Catalogue>(), &Catalogue::Embedded());
}

Result<std::shared_ptr<const Catalogue>> LoadCatalogue(const std::string& path, const Files& files) {
  const Result<std::string> text = files.Read(path, kMaxCatalogueFileSize);
  if (!text) return text.error();
  Result<Catalogue> catalogue = Catalogue::FromText(*text, path);
  if (!catalogue) return catalogue.error();
  return std::shared_ptr<const Catalogue>(std::make_shared<Catalogue>(std::move(catalogue).value()));
}

Engine Engine::Compile(Organization organization, const CompileOptions& options) {
  return Engine(CompileOrganization(std::move(organization), options));
}

const Organization& Engine::organization() const {
  return compiled_->organization;
}
const Catalogue& Engine::catalogue() const {
  return *compiled_->catalogue;
}

Evaluator::Evaluator(const Engine& engine)
    : state_(std::make_unique<EvaluatorState>(engine.shared_compiled())) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

Result<Decision> Evaluator::Decide(const Request& request) {
  RequestView view;
  if (const std::optional<Error> error = ConvertRequest(request, view)) return *error;
  Decision decision;
  if (!state_->Decide(view, decision)) return Error{.message = state_->error()};
  decision.account = state_->AccountId();
  return decision;
}

Result<Explanation> Evaluator::Explain(const Request& request) {
  RequestView view;
  if (const std::optional<Error> error = ConvertRequest(request, view)) return *error;
  Decision decision;
  if (!state_->Decide(view, decision)) return Error{.message = state_->error()};
  return state_->Explain();
}

std::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAllowed:
      return "allowed";
    case Verdict::kDenied:
      return "denied";
    case Verdict::kUndecided:
      return "undecided";
  }
  return "";
}

std::string_view ReasonName(Reason reason) {
  switch (reason) {
    case Reason::kScpNotEnabled:
      return "scpNotEnabled";
    case Reason::kManagementAccount:
      return "managementAccount";
    case Reason::kServiceLinkedRole:
      return "serviceLinkedRole";
    case Reason::kServicePrincipal:
      return "servicePrincipal";
    case Reason::kNoPermissionRequired:
      return "noPermissionRequired";
    case Reason::kAllowedAtEveryLevel:
      return "allowedAtEveryLevel";
    case Reason::kExplicitDeny:
      return "explicitDeny";
    case Reason::kImplicitDeny:
      return "implicitDeny";
  }
  return "";
}

}  // namespace scpcheck
