#include "cli/cmd_explain.h"

#include "catalog/catalogue.h"
#include "cli/exit_code.h"
#include "config/configuration.h"
#include "output/lint.h"

namespace scpcheck::cli {

int RunExplain(const ExplainOptions& options, Environment& environment) {
  const OutputContext context{.version = environment.version,
                              .catalogue_date = std::string(Catalogue::Embedded().date())};
  std::string text;
  if (options.all) {
    text = options.format == "json"       ? RulesJson(context)
           : options.format == "markdown" ? RulesMarkdown()
                                          : RulesText();
    return Emit(environment, text, kExitOk);
  }
  const RuleInfo* rule = FindRule(options.rule);
  if (rule == nullptr) {
    const Result<std::vector<const RuleInfo*>> named = RulesNamed(options.rule);
    Complain(environment.err, named ? "`" + options.rule + "` means several rules: name one, or use --all"
                                    : named.error().message);
    return kExitUsage;
  }
  text = options.format == "json"       ? RuleJson(*rule, context)
         : options.format == "markdown" ? RuleMarkdown(*rule)
                                        : RuleText(*rule, environment.color);
  return Emit(environment, text, kExitOk);
}

}  // namespace scpcheck::cli
