// What a command touches of the world outside. Tests put their own in.

#ifndef SCPCHECK_CLI_ENVIRONMENT_H_
#define SCPCHECK_CLI_ENVIRONMENT_H_

#include <string>
#include <string_view>

#include "cli/sink.h"
#include "scpcheck/files.h"

namespace scpcheck::cli {

struct Environment {
  const Files& files;
  Sink& out;
  Sink& err;
  bool color = false;
  std::string version;
  bool shows_progress = false;  // somebody watches `err`, and results go elsewhere
};

// A line on `err`: `scpcheck: message`, or `file:line:column: message` of an error with a place.
void Complain(Sink& err, std::string_view message);
void Complain(Sink& err, const Error& error);

// Writes a whole result. Returns `exit_code`, or what a failed write makes of it.
int Emit(Environment& environment, std::string_view text, int exit_code);
// The exit code after a write that went `status`.
int ExitCodeOf(Environment& environment, Sink::Status status, int exit_code);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_ENVIRONMENT_H_
