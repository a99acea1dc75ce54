#include "cli/cmd_can.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "base/ascii.h"
#include "base/glob.h"
#include "base/utf8.h"
#include "catalog/catalogue.h"
#include "catalog/search.h"
#include "cli/exit_code.h"
#include "cli/progress.h"
#include "lint/rules/names/keys.h"
#include "output/json.h"
#include "output/text.h"

namespace scpcheck::cli {

namespace {

constexpr size_t kMaxRequestFileSize = size_t{1} << 20;
// Every account by every action is for `matrix`; here people read the answer.
constexpr size_t kMaxQuestions = 1'000'000;

Error UsageError(std::string message) {
  return Error{.message = std::move(message)};
}

// A file of JSON, without the byte order mark that it may start with.
Result<std::string> ReadJsonFile(const std::string& path, const Environment& environment) {
  Result<std::string> text = environment.files.Read(path, kMaxRequestFileSize);
  if (text && text->starts_with(kUtf8Bom)) text->erase(0, kUtf8Bom.size());
  return text;
}

// An error about the whole of what --request holds.
Error InRequest(Error error, const CanOptions& options) {
  if (options.request && error.file.empty()) {
    error.file = *options.request == "-" ? "<stdin>" : *options.request;
    error.line = error.column = 1;
  }
  return error;
}

// Where the error of a request or context is, in the file that holds it.
Error InFile(Error error, const std::string& path, std::string_view text) {
  // Its column counts the characters of one line; a file may have more.
  size_t offset = 0;
  for (uint32_t column = 1; column < error.column && offset < text.size(); ++offset) {
    if (offset + 1 == text.size() || !IsUtf8Continuation(text[offset + 1])) ++column;
  }
  const std::shared_ptr<const Source> source =
      Source::FromText(path == "-" ? "<stdin>" : path, std::string(text));
  const SourcePosition place = source->Locate(static_cast<uint32_t>(offset));
  error.file = place.file;
  error.line = place.line;
  error.column = place.column;
  return error;
}

bool HasKey(const std::vector<std::pair<std::string, ContextValue>>& context, std::string_view key) {
  return std::any_of(context.begin(), context.end(),
                     [&](const auto& entry) { return AsciiEqualsIgnoreCase(entry.first, key); });
}

Result<Request> ReadRequest(const CanOptions& options, const Environment& environment) {
  Request request;
  if (options.request) {
    const Result<std::string> text = ReadJsonFile(*options.request, environment);
    if (!text) return text.error();
    Result<Request> read = ParseRequest(*text);
    if (!read) return InFile(read.error(), *options.request, *text);
    request = std::move(read).value();
  }
  if (options.context_file) {
    const Result<std::string> text = ReadJsonFile(*options.context_file, environment);
    if (!text) return text.error();
    Result<Request> read = ParseContext(*text);
    if (!read) return InFile(read.error(), *options.context_file, *text);
    for (auto& entry : read->context) {
      if (HasKey(request.context, entry.first)) {
        return InFile(Error{.message = "the context has the key `" + entry.first + "` twice"},
                      *options.context_file, *text);
      }
      request.context.push_back(std::move(entry));
    }
  }
  if (options.resource) request.resource = options.resource;
  if (options.principal) request.principal = options.principal;
  request.complete_context |= options.complete_context;

  // Flags win over files; among themselves they add up to a list.
  const size_t from_files = request.context.size();
  const auto find = [&](std::string_view key, size_t first, size_t last) -> ContextValue* {
    for (size_t i = first; i < last; ++i) {
      if (AsciiEqualsIgnoreCase(request.context[i].first, key)) return &request.context[i].second;
    }
    return nullptr;
  };
  std::vector<std::pair<std::string, ContextValue>> flags;
  for (const std::string& text : options.context) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return UsageError("--context takes KEY=VALUE, this is `" + text +
                        "`; for a key that is absent use --absent KEY");
    }
    const std::string key = text.substr(0, equals);
    const auto same = std::find_if(flags.begin(), flags.end(), [&](const auto& entry) {
      return AsciiEqualsIgnoreCase(entry.first, key);
    });
    if (same == flags.end()) {
      flags.emplace_back(key, ContextValue::Of(text.substr(equals + 1)));
    } else {
      same->second.values.push_back(text.substr(equals + 1));
      same->second.is_list = true;
    }
  }
  for (const std::string& key : options.absent) {
    const auto same = std::find_if(flags.begin(), flags.end(), [&](const auto& entry) {
      return AsciiEqualsIgnoreCase(entry.first, key);
    });
    if (same == flags.end()) {
      flags.emplace_back(key, ContextValue::Absent());
    } else if (!same->second.is_absent) {
      return UsageError("`" + key + "` can't have a value (--context) and be absent (--absent)");
    }
  }
  for (auto& [key, value] : flags) {
    if (ContextValue* given = find(key, 0, from_files)) {
      *given = std::move(value);
    } else {
      request.context.emplace_back(key, std::move(value));
    }
  }
  return request;
}

// The actions asked about, each once, in the order in which they are named first.
Result<std::vector<std::string>> ActionsOf(const CanOptions& options, const Request& request,
                                           const Catalogue& catalogue) {
  std::vector<std::string> patterns = options.actions;
  if (patterns.empty() && !request.action.empty()) patterns.push_back(request.action);
  if (patterns.empty()) return UsageError("no action: give --action, such as s3:GetObject");
  std::vector<std::string> actions;
  std::unordered_set<std::string> known;
  const auto add = [&](std::string_view action) {
    if (known.insert(AsciiLower(action)).second) actions.emplace_back(action);
  };
  for (const std::string& pattern : patterns) {
    if (!HasWildcard(pattern)) {
      add(pattern);
      continue;
    }
    const Result<std::vector<ActionId>> found = SearchActions(catalogue, {pattern});
    if (!found) return found.error();
    if (found->empty()) {
      return UsageError("no action of the catalogue of " + std::string(catalogue.date()) + " matches `" +
                        pattern + "`");
    }
    for (const ActionId action : *found) add(catalogue.ActionName(action));
  }
  return actions;
}

// The accounts asked about, each once, in the order in which they are named first.
struct AskedAccount {
  std::string text;                   // its id, or what the request says
  std::optional<AccountIndex> index;  // if it is known to be in the tree
};
struct AccountSelection {
  std::vector<AskedAccount> accounts;
  // Those of the tree, which have to be compiled; the management account need not be among them. Nothing if
  // only a decision can tell.
  std::optional<std::vector<AccountIndex>> compiled;
  bool has_selector = false;  // asked about as several, however many there are
};

// The account that was decided on; null if it is not in the tree.
const Account* DecidedAccount(const AskedAccount& asked, const Decision& decision,
                              const Organization& organization) {
  if (asked.index) return &organization.account(*asked.index);
  const Result<AccountIndex> found = organization.FindAccount(decision.account);
  return found ? &organization.account(*found) : nullptr;
}

// E-23.
bool CanAct(const Account& account) {
  return account.state != "SUSPENDED" && account.state != "CLOSED" && account.state != "PENDING_ACTIVATION";
}

void WarnAboutIdleAccounts(const std::vector<const Account*>& idle, Environment& environment) {
  if (idle.empty()) return;
  std::string which = "the account " + idle[0]->id + " is " + idle[0]->state;
  if (idle.size() > 1) which += ", and " + std::to_string(idle.size() - 1) + " more are in such a state";
  Complain(environment.err, "warning: " + which + ": whatever SCPs allow, nobody can act there");
}

Result<AccountSelection> AccountsOf(const CanOptions& options, const Request& request,
                                    const Organization& organization) {
  AccountSelection selection;
  if (options.accounts.empty()) {
    selection.accounts.push_back({request.account, std::nullopt});
    if (const Result<AccountIndex> account = organization.FindAccount(request.account)) {
      selection.compiled = {*account};
    }
    return selection;
  }
  selection.compiled.emplace();
  std::unordered_set<std::string> known;
  for (const std::string& selector : options.accounts) {
    if (organization.management_account == selector) {
      if (known.insert(selector).second) selection.accounts.push_back({selector, std::nullopt});
      continue;
    }
    selection.has_selector |= Organization::IsSelector(selector);
    const Result<std::vector<AccountIndex>> selected = organization.SelectAccounts(selector);
    if (!selected) return UsageError("--account: " + selected.error().message);
    for (const AccountIndex account : *selected) {
      const std::string& id = organization.account(account).id;
      if (!known.insert(id).second) continue;
      selection.accounts.push_back({id, account});
      selection.compiled->push_back(account);
    }
  }
  return selection;
}

// A member of `echo` that would stand twice in a document: beside its decision this has members that a line
// of `batch` does not have.
std::optional<Error> CheckEcho(const Request& request) {
  for (const auto& [name, value] : request.echo) {
    if (IsDocumentMember(name)) {
      return UsageError("the document has a member `" + name + "` itself: name that of `echo` otherwise");
    }
  }
  return std::nullopt;
}

void WarnAboutUnknownAction(const std::string& action, const Catalogue& catalogue, Environment& environment) {
  if (catalogue.FindAction(action)) return;
  std::string message =
      "warning: the catalogue of " + std::string(catalogue.date()) + " has no action `" + action + "`";
  if (const std::optional<ActionId> near = SuggestAction(catalogue, action)) {
    message += ": did you mean `" + std::string(catalogue.ActionName(*near)) + "`?";
  }
  Complain(environment.err, message);
}

// A mistyped key leaves the one that is meant open, or absent.
void WarnAboutUnknownKeys(const Request& request, const Catalogue& catalogue, Environment& environment) {
  for (const auto& [key, value] : request.context) {
    if (catalogue.FindKey(key)) continue;
    if (const std::optional<std::string> near = SuggestKey(catalogue, key)) {
      Complain(environment.err, "warning: the catalogue of " + std::string(catalogue.date()) +
                                    " has no condition key `" + key + "`: did you mean `" + *near + "`?");
    }
  }
}

// How many answers have each verdict.
class Verdicts {
 public:
  void Count(Verdict verdict) {
    ++counts_[static_cast<size_t>(verdict)];
    ++total_;
  }
  size_t Number(Verdict verdict) const { return counts_[static_cast<size_t>(verdict)]; }
  size_t total() const { return total_; }
  bool All(Verdict verdict) const { return Number(verdict) == total_; }

 private:
  std::array<size_t, 3> counts_{};
  size_t total_ = 0;
};

int ExitCodeFor(const Verdicts& verdicts, const std::optional<std::string>& expect) {
  if (expect) {
    return verdicts.All(*expect == "allowed" ? Verdict::kAllowed : Verdict::kDenied) ? kExitOk : kExitNo;
  }
  if (verdicts.All(Verdict::kAllowed)) return kExitOk;
  return verdicts.All(Verdict::kDenied) ? kExitNo : kExitConditional;
}

}  // namespace

int RunCan(const CanOptions& options, Environment& environment) {
  const auto fail = [&](const Error& error) {
    Complain(environment.err, error);
    return kExitUsage;
  };
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.catalogue, environment);
  if (!catalogue) return kExitUsage;
  Result<Request> request = ReadRequest(options, environment);
  if (!request) return fail(request.error());
  WarnAboutUnknownKeys(*request, *catalogue, environment);
  if (options.json) {
    if (const std::optional<Error> error = CheckEcho(*request)) return fail(*error);
  }
  const Result<std::vector<std::string>> actions = ActionsOf(options, *request, *catalogue);
  if (!actions) return fail(actions.error());
  std::optional<Organization> organization = LoadForCommand(options.organization, environment);
  if (!organization) return kExitUsage;
  const Result<AccountSelection> accounts = AccountsOf(options, *request, *organization);
  if (!accounts) return fail(accounts.error());
  const size_t questions = accounts->accounts.size() * actions->size();
  if (questions > kMaxQuestions) {
    return fail(UsageError(std::to_string(accounts->accounts.size()) + " accounts by " +
                           std::to_string(actions->size()) +
                           " actions are too many questions for `can`: narrow them down, or use `batch`"));
  }
  // What is asked, not what is found, gives an answer its form.
  const bool has_pattern = std::any_of(options.actions.begin(), options.actions.end(), HasWildcard);
  const bool is_single = questions == 1 && !accounts->has_selector && !has_pattern;
  if (!is_single && options.explain && !options.json) {
    return fail(
        UsageError("--explain tells of one question: name one account and one action, or add --format json"));
  }

  const Engine engine =
      Engine::Compile(std::move(*organization), {.catalogue = catalogue, .accounts = accounts->compiled});
  Evaluator evaluator(engine);
  const OutputContext context{.version = environment.version,
                              .catalogue_date = std::string(catalogue->date()),
                              .color = environment.color,
                              .explain = options.explain};
  Verdicts verdicts;
  std::vector<Answer> answers;  // of one question, or for a table
  AnswersDocument document(context);
  std::vector<const Account*> idle;
  Progress progress(environment, questions, "questions");
  for (const AskedAccount& account : accounts->accounts) {
    request->account = account.text;
    std::optional<const Account*> decided;  // not known before the first decision
    for (const std::string& action : *actions) {
      request->action = action;
      const Result<Decision> decision = evaluator.Decide(*request);
      if (!decision) return fail(InRequest(decision.error(), options));
      verdicts.Count(decision->verdict);
      progress.Show(verdicts.total());
      if (!decided) decided = DecidedAccount(account, *decision, engine.organization());
      const Account* const target = *decided;
      if (decision->verdict == Verdict::kAllowed && target != nullptr && !CanAct(*target) &&
          (idle.empty() || idle.back() != target)) {
        idle.push_back(target);
      }
      Answer answer = MakeAnswer(*decision, *request, target != nullptr ? target->name : "");
      if (options.explain || (options.json && answer.verdict != Verdict::kAllowed)) {
        Result<Explanation> explanation = evaluator.Explain(*request);
        if (!explanation) return fail(explanation.error());
        answer.explanation = std::move(explanation).value();
      }
      if (options.json && !is_single) {
        document.Add(answer, engine.organization());
      } else {
        answers.push_back(std::move(answer));
      }
    }
  }
  progress.End();
  WarnAboutIdleAccounts(idle, environment);
  const size_t undecided = verdicts.Number(Verdict::kUndecided);
  if (is_single) {
    const Answer& answer = answers.front();
    WarnAboutUnknownAction(answer.action, *catalogue, environment);
    // An undecided question has no answer to print, but how far each statement got helps to ask a better one.
    if (undecided == 0 || options.explain) {
      const std::string text = options.json ? AnswerJson(answer, engine.organization(), context)
                                            : AnswerText(answer, engine.organization(), context);
      const int written = Emit(environment, text, kExitOk);
      if (written != kExitOk) return written;
    }
    if (undecided > 0) {
      std::string names;
      for (const std::string& name : answer.depends_on) names += (names.empty() ? "" : ", ") + name;
      return fail(
          UsageError("undecided: depends on " + names +
                     "; say what they are with --context KEY=VALUE, --absent KEY, --resource, --principal or "
                     "--complete-context"));
    }
    return ExitCodeFor(verdicts, options.expect);
  }
  const std::string text =
      options.json ? std::move(document).Take() : AnswersText(answers, engine.organization(), context);
  const int written = Emit(environment, text, kExitOk);
  if (written != kExitOk) return written;
  if (undecided > 0) {
    return fail(UsageError(std::to_string(undecided) + " of " + std::to_string(verdicts.total()) +
                           " questions are undecided"));
  }
  return ExitCodeFor(verdicts, options.expect);
}

}  // namespace scpcheck::cli
