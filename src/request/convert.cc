#include "request/convert.h"

#include <utility>

#include "base/folded_name.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "request/json_reader.h"

namespace scpcheck {

std::optional<std::string> CheckValueText(std::string_view text) {
  if (text.size() > kMaxValueBytes) {
    return "a text of " + std::to_string(text.size()) + " bytes: no value of a request has more than " +
           std::to_string(kMaxValueBytes);
  }
  if (const size_t at = FindInvalidUtf8(text); at != std::string_view::npos) {
    return "a text is not valid UTF-8 after " + Quoted(text.substr(0, at));
  }
  return std::nullopt;
}

std::optional<Error> ConvertRequest(const Request& request, RequestView& view) {
  view.Clear();
  view.account = request.account;
  view.action = request.action;
  std::optional<std::string> problem;
  const auto check = [&](std::string_view text) {
    if (!problem) problem = CheckValueText(text);
  };
  check(view.account);
  check(view.action);
  if (request.resource) check(view.resource.emplace(*request.resource));
  if (request.principal) check(view.principal.emplace(*request.principal));
  view.complete_context = request.complete_context;
  if (request.context.size() > kMaxContextKeys) {
    return Error{.message = "the context has more than " + std::to_string(kMaxContextKeys) + " keys"};
  }
  for (const auto& [key, value] : request.context) {
    check(key);
    view.context.push_back({.key = key,
                            .hash = FoldedHash(key),
                            .first_value = static_cast<uint32_t>(view.values.size()),
                            .value_count = static_cast<uint32_t>(value.values.size()),
                            .is_list = value.is_list,
                            .is_absent = value.is_absent});
    for (const std::string& text : value.values) check(view.values.emplace_back(text));
    if (value.is_absent ? !value.values.empty() : !value.is_list && value.values.size() != 1) {
      return Error{.message = "the context key `" + key + "` must be absent, have one value, or a list"};
    }
  }
  if (problem) return Error{.message = *std::move(problem)};
  return std::nullopt;
}

namespace {

Error ErrorOf(const RequestReader& reader, std::string_view text) {
  return {.message = reader.error(),
          .line = 0,
          .column = static_cast<uint32_t>(CountCodePoints(text.substr(0, reader.error_offset()))) + 1};
}

Request OwnedCopy(const RequestView& view) {
  Request request;
  request.account = view.account;
  request.action = view.action;
  if (view.resource) request.resource = std::string(*view.resource);
  if (view.principal) request.principal = std::string(*view.principal);
  request.complete_context = view.complete_context;
  for (const ContextEntry& entry : view.context) {
    ContextValue value;
    value.is_list = entry.is_list;
    value.is_absent = entry.is_absent;
    for (uint32_t i = 0; i < entry.value_count; ++i)
      value.values.emplace_back(view.values[entry.first_value + i]);
    request.context.emplace_back(std::string(entry.key), std::move(value));
  }
  request.id = view.id;
  for (const EchoMember& member : view.echo) request.echo.emplace_back(member.name, member.value);
  return request;
}

}  // namespace

Result<Request> ParseRequest(std::string_view text) {
  RequestReader reader;
  RequestView view;
  if (!reader.Read(text, view)) return ErrorOf(reader, text);
  return OwnedCopy(view);
}

Result<Request> ParseContext(std::string_view text) {
  RequestReader reader;
  RequestView view;
  if (!reader.ReadContextAlone(text, view)) return ErrorOf(reader, text);
  return OwnedCopy(view);
}

}  // namespace scpcheck
