#include "cli/sink.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "base/system_message.h"

namespace scpcheck::cli {

namespace {

Error CantWrite(const std::string& name, int code) {
  return {.message = "can't write: " + SystemMessage(code), .file = name};
}

Sink::Status WriteAll(int descriptor, std::string_view text, const std::string& name, Error& error) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      return Sink::Status::kClosed;
    } else if (errno != EINTR) {
      error = CantWrite(name, errno);
      return Sink::Status::kFailed;
    }
  }
  return Sink::Status::kOk;
}

// The name of the unfinished file, for the signal handler. One at a time is enough: a run has one `-o`.
constexpr size_t kMaxPath = 4096;
char g_unfinished_file[kMaxPath];

void RemoveUnfinishedFile(int signal_number) {
  if (g_unfinished_file[0] != '\0') unlink(g_unfinished_file);
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

class FileSink : public Sink {
 public:
  FileSink(int descriptor, std::string path, std::string unfinished)
      : descriptor_(descriptor), path_(std::move(path)), unfinished_(std::move(unfinished)) {}
  ~FileSink() override {
    close(descriptor_);
    if (!finished_) unlink(unfinished_.c_str());
    g_unfinished_file[0] = '\0';
  }

  Status Write(std::string_view text) override { return WriteAll(descriptor_, text, path_, error_); }

  Status Finish() override {
    if (rename(unfinished_.c_str(), path_.c_str()) != 0) {
      error_ = CantWrite(path_, errno);
      return Status::kFailed;
    }
    finished_ = true;
    return Status::kOk;
  }

 private:
  int descriptor_;
  std::string path_;
  std::string unfinished_;
  bool finished_ = false;
};

}  // namespace

Sink::Status DescriptorSink::Write(std::string_view text) {
  return WriteAll(descriptor_, text, name_, error_);
}

Result<std::unique_ptr<Sink>> OpenFileSink(const std::string& path) {
  struct stat status = {};
  const bool exists = stat(path.c_str(), &status) == 0;
  // Devices and pipes can't be replaced; they are written to as they are.
  if (exists && !S_ISREG(status.st_mode)) {
    const int device = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (device < 0) return CantWrite(path, errno);
    return std::unique_ptr<Sink>(std::make_unique<DescriptorSink>(device, path));
  }
  // A signal between making the file and knowing its name would leave the file behind.
  constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};
  sigset_t blocked;
  sigset_t previous;
  sigemptyset(&blocked);
  for (const int signal_number : kSignals) sigaddset(&blocked, signal_number);
  pthread_sigmask(SIG_BLOCK, &blocked, &previous);
  std::string unfinished = path + ".XXXXXX";
  const int descriptor = mkstemp(unfinished.data());
  const int open_error = errno;
  if (descriptor >= 0 && unfinished.size() < kMaxPath) {
    std::memcpy(g_unfinished_file, unfinished.c_str(), unfinished.size() + 1);
    for (const int signal_number : kSignals) std::signal(signal_number, RemoveUnfinishedFile);
  }
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  if (descriptor < 0) return CantWrite(path, open_error);
  // mkstemp makes files private; the result gets the rights of the file that it replaces, or those that any new
  // file gets.
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor, exists ? status.st_mode & 0777 : 0666 & ~mask);
  return std::unique_ptr<Sink>(std::make_unique<FileSink>(descriptor, path, std::move(unfinished)));
}

}  // namespace scpcheck::cli
