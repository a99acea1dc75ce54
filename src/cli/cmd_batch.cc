#include "cli/cmd_batch.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "base/system_message.h"
#include "base/text_buffer.h"
#include "base/utf8.h"
#include "cli/exit_code.h"
#include "cli/limits.h"
#include "cli/line_blocks.h"
#include "cli/progress.h"
#include "cli/threads.h"
#include "engine/evaluator.h"
#include "output/json.h"
#include "output/jsonl.h"
#include "request/json_reader.h"
#include "source/descriptor.h"

namespace scpcheck::cli {

namespace {

// How many blocks may be under way per thread: enough that none waits, few enough to bound memory.
constexpr size_t kBlocksPerJob = 3;
constexpr size_t kOutputBytes = size_t{256} << 10;

// Turns lines into decisions. One per thread.
class LineDecider {
 public:
  LineDecider(const Engine& engine, bool detail)
      : engine_(engine), evaluator_(engine.shared_compiled()), detail_(detail) {}

  // Appends a line of output for each line of `block`. Returns how many got an error.
  uint64_t DecideBlock(const LineBlock& block, TextBuffer& out) {
    if (block.is_too_long) {
      AppendErrorLine(block.first_line, "", "the line is longer than 1 MiB, which no request needs", out);
      return 1;
    }
    uint64_t bad_lines = 0;
    uint64_t line = block.first_line;
    std::string_view rest = block.text();
    while (!rest.empty()) {
      size_t count = 0;
      for (; count < group_.size() && !rest.empty(); ++line) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view text = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        // An empty line is nothing to decide, and nothing wrong.
        if (IsBlank(text)) continue;
        Slot& slot = group_[count++];
        slot.text = text;
        slot.line = line;
        slot.is_request = slot.reader.Read(text, block.readable_end(), slot.request);
        if (slot.is_request) slot.found = evaluator_.StartToFind(slot.request);
      }
      const std::span<Slot> group(group_.data(), count);
      for (Slot& slot : group) {
        if (slot.is_request) evaluator_.Find(slot.request, slot.found);
      }
      for (Slot& slot : group) {
        if (slot.is_request) evaluator_.FetchLevels(slot.found);
      }
      for (Slot& slot : group) bad_lines += Decide(slot, out) ? 0 : 1;
    }
    return bad_lines;
  }

 private:
  struct Slot {
    std::string_view text;
    uint64_t line = 0;
    bool is_request = false;
    RequestReader reader;  // which the request looks into
    RequestView request;
    EvaluatorState::Found found;
  };

  static bool IsBlank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
  }

  bool Decide(Slot& slot, TextBuffer& out) {
    if (!slot.is_request) {
      const std::string_view before = slot.text.substr(0, slot.reader.error_offset());
      AppendErrorLine(slot.line, slot.request.id,
                      "column " + std::to_string(CountCodePoints(before) + 1) + ": " + slot.reader.error(),
                      out);
      return false;
    }
    Decision decision;
    if (!evaluator_.Decide(slot.request, slot.found, decision)) {
      AppendErrorLine(slot.line, slot.request.id, evaluator_.error(), out);
      return false;
    }
    if (decision.verdict == Verdict::kUndecided) {
      AppendErrorLine(slot.line, slot.request.id, UndecidedMessage(decision), out);
      return false;
    }
    std::string details;
    if (detail_ && decision.verdict != Verdict::kAllowed) {
      details = BlockersMember(BlockersOf(evaluator_.Explain(), engine_.organization()));
    }
    AppendDecisionLine(slot.request, decision, details, out);
    return true;
  }

  const Engine& engine_;
  EvaluatorState evaluator_;
  // Requests that are decided step by step together.
  std::array<Slot, 16> group_;
  bool detail_;
};

struct Outcome {
  uint64_t bad_lines = 0;
  Sink::Status status = Sink::Status::kOk;
};

Outcome RunOnThisThread(const Engine& engine, const BatchOptions& options, LineBlockReader& reader,
                        Sink& sink, Progress& progress) {
  LineDecider decider(engine, options.detail);
  Outcome outcome;
  LineBlock block;
  TextBuffer out;
  while (outcome.status == Sink::Status::kOk && reader.Next(block)) {
    outcome.bad_lines += decider.DecideBlock(block, out);
    // What is decided is shown before waiting for more.
    if (out.size() >= kOutputBytes || !reader.HasInput()) {
      outcome.status = sink.Write(out.text());
      out.Clear();
      progress.Show(block.first_line);
    }
  }
  if (outcome.status == Sink::Status::kOk) outcome.status = sink.Write(out.text());
  return outcome;
}

// Blocks go to the workers in order and are written in order; the queue is bounded.
class Pipeline {
 public:
  Pipeline(const Engine& engine, const BatchOptions& options, unsigned jobs)
      : tasks_(jobs * kBlocksPerJob), workers_(StartThreads(jobs, [this, &engine, &options] {
          try {
            Work(engine, options.detail);
          } catch (...) {
            const std::lock_guard lock(mutex_);
            failure_ = std::current_exception();
            work_done_.notify_one();
          }
        })) {}

  bool has_workers() const { return !workers_.empty(); }

  ~Pipeline() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    work_there_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  Outcome Run(LineBlockReader& reader, Sink& sink, Progress& progress) {
    Outcome outcome;
    bool more = true;
    while (outcome.status == Sink::Status::kOk && (more || written_ < filled_)) {
      const bool has_room = filled_ - written_ < tasks_.size();
      // Nothing to read for now: finish what is under way, so that it is shown.
      if (written_ < filled_ && (!more || !has_room || !reader.HasInput())) {
        Task& oldest = tasks_[written_ % tasks_.size()];
        {
          std::unique_lock lock(mutex_);
          work_done_.wait(lock, [&] { return oldest.done || failure_; });
          if (failure_) std::rethrow_exception(failure_);
          oldest.done = false;
        }
        outcome.bad_lines += oldest.bad_lines;
        outcome.status = sink.Write(oldest.output.text());
        progress.Show(oldest.block.first_line);
        ++written_;
        continue;
      }
      Task& free_task = tasks_[filled_ % tasks_.size()];
      more = reader.Next(free_task.block);
      if (!more) continue;
      {
        const std::lock_guard lock(mutex_);
        ++filled_;
      }
      work_there_.notify_one();
    }
    return outcome;
  }

 private:
  struct Task {
    LineBlock block;
    TextBuffer output;
    uint64_t bad_lines = 0;
    bool done = false;
  };

  void Work(const Engine& engine, bool detail) {
    LineDecider decider(engine, detail);
    for (;;) {
      Task* task = nullptr;
      {
        std::unique_lock lock(mutex_);
        work_there_.wait(lock, [&] { return stopping_ || started_ < filled_; });
        if (stopping_) return;
        task = &tasks_[started_++ % tasks_.size()];
      }
      task->output.Clear();
      task->bad_lines = decider.DecideBlock(task->block, task->output);
      {
        const std::lock_guard lock(mutex_);
        task->done = true;
      }
      work_done_.notify_one();
    }
  }

  std::mutex mutex_;
  std::condition_variable work_there_;
  std::condition_variable work_done_;
  std::vector<Task> tasks_;  // a ring
  // Blocks so far: written to the sink <= started by a worker <= filled by the reader.
  size_t written_ = 0;
  size_t started_ = 0;
  size_t filled_ = 0;
  bool stopping_ = false;
  std::exception_ptr failure_;  // what ended a worker
  std::vector<std::thread> workers_;
};

}  // namespace

int RunBatch(const BatchOptions& options, Environment& environment) {
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.catalogue, environment);
  if (!catalogue) return kExitUsage;
  // Before the organization, which may take a while: a mistyped name shows at once.
  const Descriptor input(options.input == "-" ? STDIN_FILENO
                                              : open(options.input.c_str(), O_RDONLY | O_CLOEXEC));
  const std::string name = options.input == "-" ? "<stdin>" : options.input;
  struct stat status = {};
  if (input.get() < 0 || fstat(input.get(), &status) != 0) {
    Complain(environment.err, Error{.message = "can't open it: " + SystemMessage(errno), .file = name});
    return kExitUsage;
  }
  if (S_ISDIR(status.st_mode)) {
    Complain(environment.err,
             Error{.message = "this is a directory: a file of JSON lines is needed here", .file = name});
    return kExitUsage;
  }
  std::optional<Organization> organization = LoadForCommand(options.organization, environment);
  if (!organization) return kExitUsage;
  // Never freed: the end of the process is faster at that. Static, so that leak checkers find it.
  static const Engine* engine = nullptr;
  engine = new Engine(
      Engine::Compile(std::move(*organization), {.catalogue = catalogue, .accounts = std::nullopt}));

  const unsigned jobs = JobsFor(options.jobs);
  LineBlockReader reader(input.get());
  Progress progress(environment, 0, "lines");
  std::optional<Pipeline> pipeline;
  if (jobs > 1) pipeline.emplace(*engine, options, jobs);
  Outcome outcome = pipeline && pipeline->has_workers()
                        ? pipeline->Run(reader, environment.out, progress)
                        : RunOnThisThread(*engine, options, reader, environment.out, progress);
  progress.End();
  pipeline.reset();
  if (outcome.status == Sink::Status::kOk && reader.error().empty())
    outcome.status = environment.out.Finish();
  const int exit_code = ExitCodeOf(environment, outcome.status, outcome.bad_lines == 0 ? kExitOk : kExitNo);
  if (!reader.error().empty()) {
    Complain(environment.err, Error{.message = reader.error(), .file = name});
    return kExitUsage;
  }
  return exit_code;
}

}  // namespace scpcheck::cli
