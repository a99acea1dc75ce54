// Where a command writes to: standard output, a file, or a test's string.

#ifndef SCPCHECK_CLI_SINK_H_
#define SCPCHECK_CLI_SINK_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "scpcheck/result.h"

namespace scpcheck::cli {

class Sink {
 public:
  enum class Status {
    kOk,
    kClosed,  // nobody reads any more (`| head`): the run ends quietly
    kFailed,  // error() says what and why
  };

  virtual ~Sink() = default;
  // Writes all of `text`, unless the status says otherwise.
  virtual Status Write(std::string_view text) = 0;
  // Makes what was written final. A sink that is destroyed without it leaves no half-written file.
  virtual Status Finish() { return Status::kOk; }
  const Error& error() const { return error_; }

 protected:
  Error error_;
};

class StringSink : public Sink {
 public:
  Status Write(std::string_view text) override {
    text_ += text;
    return Status::kOk;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// A file descriptor of somebody else's, such as standard output.
class DescriptorSink : public Sink {
 public:
  DescriptorSink(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  Status Write(std::string_view text) override;

 private:
  int descriptor_;
  std::string name_;
};

// A file that appears, whole, when Finish is called. Interrupting the program removes what there is of it.
Result<std::unique_ptr<Sink>> OpenFileSink(const std::string& path);

// Writes a whole file, or leaves it as it was.
std::optional<Error> WriteFile(const std::string& path, std::string_view text);
// The same for a file that is there, may be written to, and is not compressed. A link stays a link: what it
// leads to is replaced.
std::optional<Error> ReplaceFile(const std::string& path, std::string_view text);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_SINK_H_
