#include "lint/calendar.h"
#include "lint/rules/hygiene/rules.h"

namespace scpcheck {

void CheckStaleCatalogue(const ConfigurationView& view, Reporter& report) {
  const std::optional<Day> made = ParseDay(view.catalogue.date());
  if (!made || view.settings.today - *made <= view.settings.max_catalogue_age) return;
  report.Add(
      view.catalogue_age_range,
      "the action catalogue is of " + std::string(view.catalogue.date()) + ", " +
          std::to_string(view.settings.today - *made) +
          " days old: names that are newer look unknown; update scpcheck, or give a newer `--catalogue`");
}

}  // namespace scpcheck
