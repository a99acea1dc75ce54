#include "cli/cmd_can.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/glob.h"
#include "catalog/catalogue.h"
#include "catalog/search.h"
#include "cli/exit_code.h"
#include "output/json.h"
#include "output/jsonl.h"
#include "output/text.h"

namespace scpcheck::cli {

namespace {

constexpr size_t kMaxRequestFileSize = size_t{1} << 20;
// Every account by every action is for `matrix`; here people read the answer.
constexpr size_t kMaxQuestions = 1'000'000;

Error UsageError(std::string message) {
  return Error{.message = "scpcheck: " + std::move(message), .file = {}};
}

// Where a request's error is, in the file that holds it.
Error InFile(Error error, const std::string& path, std::string_view text) {
  // ParseRequest counts characters of one line; a file may have more.
  size_t offset = 0;
  for (uint32_t column = 1; column < error.column && offset < text.size(); ++offset) {
    if (offset + 1 == text.size() || (static_cast<unsigned char>(text[offset + 1]) & 0xc0) != 0x80) ++column;
  }
  const std::shared_ptr<const Source> source =
      Source::FromText(path == "-" ? "<stdin>" : path, std::string(text));
  const SourcePosition place = source->Locate(static_cast<uint32_t>(offset));
  error.file = place.file;
  error.line = place.line;
  error.column = place.column;
  return error;
}

Result<Request> ReadRequest(const CanOptions& options, const Environment& environment) {
  Request request;
  if (options.request) {
    const Result<std::string> text = environment.files.Read(*options.request, kMaxRequestFileSize);
    if (!text) return text.error();
    Result<Request> read = ParseRequest(*text);
    if (!read) return InFile(read.error(), *options.request, *text);
    request = std::move(read).value();
  }
  if (options.context_file) {
    const Result<std::string> text = environment.files.Read(*options.context_file, kMaxRequestFileSize);
    if (!text) return text.error();
    constexpr std::string_view kPrefix = R"({"context":)";
    Result<Request> read = ParseRequest(std::string(kPrefix) + *text + "}");
    if (!read) {
      Error error = read.error();
      error.column -= std::min(error.column, static_cast<uint32_t>(kPrefix.size()));
      return InFile(std::move(error), *options.context_file, *text);
    }
    for (auto& entry : read->context) request.context.push_back(std::move(entry));
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
    for (const auto& entry : flags) {
      if (AsciiEqualsIgnoreCase(entry.first, key)) {
        return UsageError("`" + key + "` can't have a value (--context) and be absent (--absent)");
      }
    }
    flags.emplace_back(key, ContextValue::Absent());
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

Result<std::vector<std::string>> ActionsOf(const CanOptions& options, const Request& request,
                                           const Catalogue& catalogue) {
  std::vector<std::string> patterns = options.actions;
  if (patterns.empty() && !request.action.empty()) patterns.push_back(request.action);
  if (patterns.empty()) return UsageError("no action: give --action, such as s3:GetObject");
  std::vector<std::string> actions;
  for (const std::string& pattern : patterns) {
    if (!HasWildcard(pattern)) {
      actions.push_back(pattern);
      continue;
    }
    const Result<std::vector<ActionId>> found = SearchActions(catalogue, {pattern});
    if (!found) return found.error();
    if (found->empty()) {
      return UsageError("no action of the catalogue of " + std::string(catalogue.date()) + " matches `" +
                        pattern + "`");
    }
    for (const ActionId action : *found) actions.emplace_back(catalogue.ActionName(action));
  }
  return actions;
}

// The accounts asked about. Empty: the request's own, whatever it names.
Result<std::vector<AccountIndex>> AccountsOf(const CanOptions& options, const Organization& organization) {
  std::vector<AccountIndex> accounts;
  for (const std::string& selector : options.accounts) {
    if (organization.management_account == selector) continue;
    const Result<std::vector<AccountIndex>> selected = organization.SelectAccounts(selector);
    if (!selected) return UsageError("--account: " + selected.error().message);
    accounts.insert(accounts.end(), selected->begin(), selected->end());
  }
  return accounts;
}

void WarnAboutUnknownAction(const std::string& action, const Catalogue& catalogue, Environment& environment) {
  if (catalogue.FindAction(action)) return;
  std::string message =
      "warning: the catalogue of " + std::string(catalogue.date()) + " has no action `" + action + "`";
  if (const std::optional<ActionId> near = SuggestAction(catalogue, action)) {
    message += ": did you mean `" + std::string(catalogue.ActionName(*near)) + "`?";
  }
  Complain(environment, message);
}

int ExitCodeFor(const std::vector<Answer>& answers, const std::optional<std::string>& expect) {
  const auto all = [&](Verdict verdict) {
    return std::all_of(answers.begin(), answers.end(),
                       [&](const Answer& answer) { return answer.verdict == verdict; });
  };
  if (expect) return all(*expect == "allowed" ? Verdict::kAllowed : Verdict::kDenied) ? kExitOk : kExitNo;
  if (all(Verdict::kAllowed)) return kExitOk;
  return all(Verdict::kDenied) ? kExitNo : kExitConditional;
}

}  // namespace

int RunCan(const CanOptions& options, Environment& environment) {
  const auto fail = [&](const Error& error) {
    Complain(environment, error.ToString());
    return kExitUsage;
  };
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.catalogue, environment);
  if (!catalogue) return kExitUsage;
  Result<Request> request = ReadRequest(options, environment);
  if (!request) return fail(request.error());
  const Result<std::vector<std::string>> actions = ActionsOf(options, *request, *catalogue);
  if (!actions) return fail(actions.error());
  std::optional<Organization> organization = LoadForCommand(options.organization, environment);
  if (!organization) return kExitUsage;

  // What to ask for, and the accounts that have to be compiled for it.
  std::vector<std::string> account_names;
  CompileOptions compile{.catalogue = catalogue, .accounts = std::nullopt};
  if (options.accounts.empty()) {
    account_names.push_back(request->account);
    if (const Result<AccountIndex> account = organization->FindAccount(request->account)) {
      compile.accounts = {*account};
    }
  } else {
    const Result<std::vector<AccountIndex>> accounts = AccountsOf(options, *organization);
    if (!accounts) return fail(accounts.error());
    for (const AccountIndex account : *accounts) account_names.push_back(organization->account(account).id);
    for (const std::string& selector : options.accounts) {
      if (organization->management_account == selector) account_names.push_back(selector);
    }
    compile.accounts = *accounts;
  }
  if (account_names.size() > kMaxQuestions / actions->size()) {
    return fail(UsageError(std::to_string(account_names.size()) + " accounts by " +
                           std::to_string(actions->size()) +
                           " actions are too many questions for `can`: narrow them down, or use `batch`"));
  }
  const bool is_single = account_names.size() == 1 && actions->size() == 1;
  if (is_single) WarnAboutUnknownAction(actions->front(), *catalogue, environment);

  const Engine engine = Engine::Compile(std::move(*organization), compile);
  Evaluator evaluator(engine);
  std::vector<Answer> answers;
  for (const std::string& account : account_names) {
    request->account = account;
    for (const std::string& action : *actions) {
      request->action = action;
      const Result<Decision> decision = evaluator.Decide(*request);
      if (!decision) return fail(UsageError(decision.error().message));
      answers.push_back(MakeAnswer(*decision, action, engine.organization()));
    }
  }
  if (is_single && (options.json || options.explain)) {
    Result<Explanation> explanation = evaluator.Explain(*request);
    if (!explanation) return fail(UsageError(explanation.error().message));
    answers.front().explanation = std::move(explanation).value();
  }

  const OutputContext context{.version = environment.version,
                              .catalogue_date = std::string(catalogue->date()),
                              .color = environment.color,
                              .explain = options.explain};
  const auto undecided = std::find_if(answers.begin(), answers.end(), [](const Answer& answer) {
    return answer.verdict == Verdict::kUndecided;
  });
  if (is_single) {
    const Answer& answer = answers.front();
    // An undecided question has no answer to print, but how far each statement got helps to ask a better one.
    if (undecided == answers.end() || options.explain) {
      const std::string text = options.json ? AnswerJson(answer, engine.organization(), context)
                                            : AnswerText(answer, engine.organization(), context);
      const int written = Emit(environment, text, kExitOk);
      if (written != kExitOk) return written;
    }
    if (undecided != answers.end()) {
      std::string names;
      for (const std::string& name : answer.depends_on) names += (names.empty() ? "" : ", ") + name;
      return fail(
          UsageError("undecided: depends on " + names +
                     "; say what they are with --context KEY=VALUE, --absent KEY, --resource, --principal or "
                     "--complete-context"));
    }
    return ExitCodeFor(answers, options.expect);
  }
  const std::string text =
      options.json ? AnswersJson(answers, context) : AnswersText(answers, engine.organization(), context);
  const int written = Emit(environment, text, kExitOk);
  if (written != kExitOk) return written;
  if (undecided != answers.end()) {
    const auto count = std::count_if(answers.begin(), answers.end(), [](const Answer& answer) {
      return answer.verdict == Verdict::kUndecided;
    });
    return fail(UsageError(std::to_string(count) + " of " + std::to_string(answers.size()) +
                           " questions are undecided"));
  }
  return ExitCodeFor(answers, options.expect);
}

}  // namespace scpcheck::cli
