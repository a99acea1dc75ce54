// How fast simdjson's on-demand parser reads requests: it parses each line and takes out what a decision
// needs, as views, and does nothing with it. `batch` is measured as a share of this rate.
//
//   simdjson_extract [--jobs N] [--window BYTES] [--mode many|line|index|read] FILE
//
// many: one document stream a window; line: one document a line; index: only the structural index and the
// check of UTF-8 (simdjson's stage 1); read: nothing but reading the file.

#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "windows.h"

namespace {

using scpcheck::bench::SplitLines;
using scpcheck::bench::Windows;
using simdjson::ondemand::json_type;

enum class Mode { kMany, kLine, kIndex, kRead };

struct Request {
  std::string_view account;
  std::string_view action;
  std::string_view resource;
  std::string_view principal;
  std::string_view id;
  bool complete_context = false;
  std::vector<std::pair<std::string_view, std::string_view>> context;  // a pair for each value of a list
};

struct Totals {
  uint64_t lines = 0;
  uint64_t checksum = 0;
  bool failed = false;

  // Looks at every view, so that none of the work can be left out.
  void Add(const Request& request) {
    ++lines;
    const auto add = [&](std::string_view text) {
      checksum += text.size() + (text.empty() ? 0 : static_cast<unsigned char>(text.back()));
    };
    add(request.account);
    add(request.action);
    add(request.resource);
    add(request.principal);
    add(request.id);
    for (const auto& [key, value] : request.context) {
      add(key);
      add(value);
    }
    checksum += request.complete_context ? 1 : 0;
  }
};

// Throws simdjson_error on what is not JSON or not a request. Adds one pair, or none for an empty list.
void ExtractValue(std::string_view key, simdjson::ondemand::value value, Request& request) {
  switch (value.type()) {
    case json_type::string:
      request.context.emplace_back(key, value.get_string());
      break;
    case json_type::boolean:
      request.context.emplace_back(key, value.get_bool() ? "true" : "false");
      break;
    case json_type::number: {
      const std::string_view text = value.raw_json_token();
      if (value.get_double().error() != simdjson::SUCCESS)
        throw simdjson::simdjson_error(simdjson::NUMBER_ERROR);
      request.context.emplace_back(key, text);
      break;
    }
    case json_type::null:
      if (!value.is_null()) throw simdjson::simdjson_error(simdjson::N_ATOM_ERROR);
      request.context.emplace_back(key, std::string_view());
      break;
    case json_type::array:
      for (simdjson::ondemand::value item : value.get_array()) {
        request.context.emplace_back(key, item.get_string());
      }
      break;
    case json_type::object:
      throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  }
}

template <typename Document>
void Extract(Document& document, Request& request) {
  request.account = request.action = request.resource = request.principal = request.id = {};
  request.complete_context = false;
  request.context.clear();
  for (auto field : document.get_object()) {
    const std::string_view key = field.unescaped_key();
    if (key == "account") {
      request.account = field.value().get_string();
    } else if (key == "action") {
      request.action = field.value().get_string();
    } else if (key == "resource") {
      request.resource = field.value().get_string();
    } else if (key == "principal") {
      request.principal = field.value().get_string();
    } else if (key == "id") {
      request.id = field.value().get_string();
    } else if (key == "completeContext") {
      request.complete_context = field.value().get_bool();
    } else if (key == "context") {
      for (auto entry : field.value().get_object()) {
        const std::string_view name = entry.unescaped_key();
        ExtractValue(name, entry.value(), request);
      }
    }
  }
}

void ExtractMany(std::string_view lines, size_t window, simdjson::ondemand::parser& parser, Request& request,
                 Totals& totals) {
  // The same batch size each time: the parser would allocate its buffers anew for another one.
  simdjson::ondemand::document_stream stream = parser.iterate_many(lines.data(), lines.size(), window);
  for (auto document : stream) {
    Extract(document, request);
    totals.Add(request);
  }
}

void ExtractLines(std::string_view lines, simdjson::ondemand::parser& parser, Request& request,
                  Totals& totals) {
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    simdjson::ondemand::document document =
        parser.iterate(lines.data(), end, lines.size() + Windows::kPadding);
    Extract(document, request);
    totals.Add(request);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

Totals Run(int file, std::pair<uint64_t, uint64_t> range, size_t window, Mode mode) {
  Totals totals;
  Windows windows(file, range.first, range.second, window);
  simdjson::ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false;  // the threads are those that were asked for
#endif
  Request request;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> index;
  std::string_view lines;
  try {
    while (windows.Next(lines)) {
      switch (mode) {
        case Mode::kMany:
          ExtractMany(lines, window, parser, request, totals);
          break;
        case Mode::kLine:
          ExtractLines(lines, parser, request, totals);
          break;
        case Mode::kIndex:
          if (!index && simdjson::get_active_implementation()->create_dom_parser_implementation(
                            window, simdjson::DEFAULT_MAX_DEPTH, index) != simdjson::SUCCESS) {
            throw simdjson::simdjson_error(simdjson::MEMALLOC);
          }
          if (index->stage1(reinterpret_cast<const uint8_t*>(lines.data()), lines.size(),
                            simdjson::stage1_mode::regular) != simdjson::SUCCESS) {
            throw simdjson::simdjson_error(simdjson::UTF8_ERROR);
          }
          totals.checksum += index->n_structural_indexes;
          break;
        case Mode::kRead:
          totals.checksum += lines.size();
          break;
      }
    }
  } catch (const simdjson::simdjson_error& error) {
    std::fprintf(stderr, "after line %llu: %s\n", static_cast<unsigned long long>(totals.lines),
                 error.what());
    totals.failed = true;
  }
  totals.failed = totals.failed || windows.failed();
  return totals;
}

}  // namespace

int main(int argc, char** argv) {
  size_t jobs = 1;
  size_t window = 128 * 1024;  // more is no faster
  Mode mode = Mode::kMany;
  const char* path = nullptr;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--jobs" && i + 1 < argc) {
      jobs = std::max<size_t>(1, std::strtoul(argv[++i], nullptr, 10));
    } else if (argument == "--window" && i + 1 < argc) {
      window = std::max<size_t>(4096, std::strtoul(argv[++i], nullptr, 10));
    } else if (argument == "--mode" && i + 1 < argc) {
      const std::string_view name = argv[++i];
      mode = name == "line"    ? Mode::kLine
             : name == "index" ? Mode::kIndex
             : name == "read"  ? Mode::kRead
                               : Mode::kMany;
    } else {
      path = argv[i];
    }
  }
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    std::fprintf(stderr,
                 "usage: simdjson_extract [--jobs N] [--window BYTES] [--mode many|line|index|read] FILE\n");
    return 2;
  }
  const std::vector<std::pair<uint64_t, uint64_t>> ranges = SplitLines(file, jobs);
  std::vector<Totals> totals(ranges.size());
  std::vector<std::thread> threads;
  for (size_t i = 1; i < ranges.size(); ++i) {
    threads.emplace_back([&, i] { totals[i] = Run(file, ranges[i], window, mode); });
  }
  if (!ranges.empty()) totals[0] = Run(file, ranges[0], window, mode);
  for (std::thread& thread : threads) thread.join();
  Totals sum;
  for (const Totals& part : totals) {
    sum.lines += part.lines;
    sum.checksum += part.checksum;
    sum.failed = sum.failed || part.failed;
  }
  std::printf("%llu lines, checksum %llu\n", static_cast<unsigned long long>(sum.lines),
              static_cast<unsigned long long>(sum.checksum));
  return sum.failed ? 1 : 0;
}
