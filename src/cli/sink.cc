#include "cli/sink.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/system_message.h"

namespace scpcheck::cli {

namespace {

Error CantWrite(const std::string& name, int code) {
  return {.message = "can't write: " + SystemMessage(code), .file = name};
}

// Whether a file is gzip, which reading hides.
bool IsCompressed(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return file.get() == 0x1f && file.get() == 0x8b;
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

// The names of the unfinished files, for the signal handler: a run has one `-o`, and one more file that it
// mends or reports to meanwhile.
constexpr size_t kMaxPath = 4096;
constexpr size_t kMaxUnfinished = 4;
char g_unfinished_files[kMaxUnfinished][kMaxPath];

void RemoveUnfinishedFiles(int signal_number) {
  for (const auto& name : g_unfinished_files) {
    if (name[0] != '\0') unlink(name);
  }
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

void RememberUnfinished(const std::string& path) {
  if (path.size() >= kMaxPath) return;
  for (auto& name : g_unfinished_files) {
    if (name[0] != '\0') continue;
    std::memcpy(name, path.c_str(), path.size() + 1);
    return;
  }
}

void ForgetUnfinished(const std::string& path) {
  for (auto& name : g_unfinished_files) {
    if (path == name) name[0] = '\0';
  }
}

class FileSink : public Sink {
 public:
  FileSink(int descriptor, std::string path, std::string unfinished)
      : descriptor_(descriptor), path_(std::move(path)), unfinished_(std::move(unfinished)) {}
  ~FileSink() override {
    close(descriptor_);
    if (!finished_) unlink(unfinished_.c_str());
    ForgetUnfinished(unfinished_);
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
  if (descriptor >= 0) {
    RememberUnfinished(unfinished);
    for (const int signal_number : kSignals) {
      // What is ignored, as under nohup, stays so.
      if (std::signal(signal_number, RemoveUnfinishedFiles) == SIG_IGN) std::signal(signal_number, SIG_IGN);
    }
  }
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  if (descriptor < 0) return CantWrite(path, open_error);
  // mkstemp makes files private; the result gets the rights of the file that it replaces, or those that any
  // new file gets. What root replaces stays its owner's.
  const mode_t mask = umask(0);
  umask(mask);
  if (exists && geteuid() == 0) {
    [[maybe_unused]] const int owner = fchown(descriptor, status.st_uid, status.st_gid);
  }
  fchmod(descriptor, exists ? status.st_mode & 0777 : 0666 & ~mask);
  return std::unique_ptr<Sink>(std::make_unique<FileSink>(descriptor, path, std::move(unfinished)));
}

std::optional<Error> WriteFile(const std::string& path, std::string_view text) {
  Result<std::unique_ptr<Sink>> file = OpenFileSink(path);
  if (!file) return file.error();
  Sink::Status status = (*file)->Write(text);
  if (status == Sink::Status::kOk) status = (*file)->Finish();
  return status == Sink::Status::kFailed ? std::optional((*file)->error()) : std::nullopt;
}

std::optional<Error> ReplaceFile(const std::string& path, std::string_view text) {
  std::error_code failure;
  const std::string target = std::filesystem::canonical(path, failure).string();
  if (failure) return CantWrite(path, failure.value());
  if (IsCompressed(target)) {
    return Error{.message = "a compressed file is not written to: unpack it first", .file = path};
  }
  // The folder's rights would be enough to replace the file.
  if (access(target.c_str(), W_OK) != 0) return CantWrite(path, errno);
  std::optional<Error> error = WriteFile(target, text);
  if (error) error->file = path;
  return error;
}

}  // namespace scpcheck::cli
