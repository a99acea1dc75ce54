#include "cli/environment.h"

#include "base/printable.h"
#include "cli/exit_code.h"

namespace scpcheck::cli {

void Complain(Sink& err, std::string_view message) {
  // If nobody listens on standard error there is nothing more to do.
  static_cast<void>(err.Write("scpcheck: " + Printable(message) + "\n"));
}

void Complain(Sink& err, const Error& error) {
  if (error.file.empty()) return Complain(err, error.message);
  static_cast<void>(err.Write(error.ToString() + "\n"));
}

int ExitCodeOf(Environment& environment, Sink::Status status, int exit_code) {
  if (status != Sink::Status::kFailed) return exit_code;
  Complain(environment.err, environment.out.error());
  return kExitUsage;
}

int Emit(Environment& environment, std::string_view text, int exit_code) {
  Sink::Status status = environment.out.Write(text);
  if (status == Sink::Status::kOk) status = environment.out.Finish();
  return ExitCodeOf(environment, status, exit_code);
}

}  // namespace scpcheck::cli
