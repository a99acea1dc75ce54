#include "scpcheck/organization.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "base/quote.h"

namespace scpcheck {

namespace {

void AppendPathPart(std::string_view name, std::string& path) {
  path.push_back('/');
  for (const char c : name) {
    if (c == '/') path.push_back('\\');
    path.push_back(c);
  }
}

// A name as a part of a path has it.
bool IsWrittenInPath(std::string_view name, std::string_view text) {
  if (name.find('/') == std::string_view::npos) return false;
  std::string path;
  AppendPathPart(name, path);
  return std::string_view(path).substr(1) == text;
}

Error Complaint(std::string message) {
  return Error{.message = std::move(message)};
}

// `id name` of an account for messages.
std::string Describe(const Account& account) {
  return account.name.empty() ? account.id : account.id + " (" + account.name + ")";
}

}  // namespace

std::vector<NodeIndex> Organization::PathTo(NodeIndex node_index) const {
  std::vector<NodeIndex> path;
  for (std::optional<NodeIndex> at = node_index; at; at = node(*at).parent) path.push_back(*at);
  std::reverse(path.begin(), path.end());
  return path;
}

std::string Organization::PathOf(NodeIndex node_index) const {
  const std::vector<NodeIndex> path = PathTo(node_index);
  if (path.size() == 1) return "/";
  std::string text;
  for (size_t i = 1; i < path.size(); ++i) AppendPathPart(node(path[i]).name, text);
  return text;
}

std::string Organization::PathOf(AccountIndex account_index) const {
  const Account& entry = account(account_index);
  std::string text;
  if (node(entry.parent).parent) text = PathOf(entry.parent);
  AppendPathPart(entry.name.empty() ? entry.id : entry.name, text);
  return text;
}

Result<AccountIndex> Organization::FindAccount(std::string_view text) const {
  // Accounts without a name are not what an empty one means.
  if (text.empty()) return Complaint("an account is needed: its id, its name or its path");
  for (size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].id == text) return static_cast<AccountIndex>(i);
  }
  std::optional<AccountIndex> found;
  for (size_t i = 0; i < accounts.size(); ++i) {
    const auto index = static_cast<AccountIndex>(i);
    const Account& candidate = accounts[i];
    const bool matches = text.starts_with('/')
                             ? PathOf(index) == text
                             : candidate.name == text || IsWrittenInPath(candidate.name, text);
    if (!matches) continue;
    if (found) {
      return Complaint("several accounts are called " + Quoted(text) + ": " +
                       accounts[static_cast<uint32_t>(*found)].id + " and " + candidate.id + "; use the id");
    }
    found = index;
  }
  if (found) return *found;
  for (size_t i = 0; i < nodes.size(); ++i) {
    const auto index = static_cast<NodeIndex>(i);
    if (nodes[i].id != text && PathOf(index) != text) continue;
    const std::string place = i == 0 && text == "/" ? "" : std::string(text);
    return Complaint(Quoted(text) + " is no account but holds some: " + Quoted(place + "/**") +
                     " means all below it, " + Quoted(place + "/*") + " those directly in it");
  }
  std::string message = "there is no account " + Quoted(text);
  const std::string folded = AsciiLower(text);
  for (size_t i = 0; i < accounts.size(); ++i) {
    const Account& candidate = accounts[i];
    if (EditDistance(candidate.id, text, 1) <= 1 ||
        (text.size() > 2 && EditDistance(AsciiLower(candidate.name), folded, 2) <= 2) ||
        (text.starts_with('/') && IsMistypedName(folded, AsciiLower(PathOf(static_cast<AccountIndex>(i)))))) {
      message += ": did you mean " + Describe(candidate) + "?";
      break;
    }
  }
  return Complaint(std::move(message));
}

Result<std::vector<AccountIndex>> Organization::SelectAccounts(std::string_view selector) const {
  std::string_view place = selector;
  bool below = false;
  if (place.ends_with("/**")) {
    below = true;
    place.remove_suffix(3);
  } else if (place.ends_with("/*")) {
    place.remove_suffix(2);
  } else {
    const Result<AccountIndex> account = FindAccount(selector);
    if (!account) return account.error();
    return std::vector<AccountIndex>{*account};
  }
  // Which nodes are selected; parents come before children.
  std::vector<bool> selected(nodes.size(), false);
  bool known = false;
  for (size_t i = 0; i < nodes.size(); ++i) {
    const auto index = static_cast<NodeIndex>(i);
    const bool here =
        nodes[i].id == place || (i == 0 ? place.empty() || place == "/" : PathOf(index) == place);
    known |= here;
    const auto& parent = nodes[i].parent;
    selected[i] = here || (below && parent && selected[static_cast<uint32_t>(*parent)]);
  }
  if (!known) {
    std::string message = "there is no organizational unit " + Quoted(place);
    for (size_t i = 1; i < nodes.size(); ++i) {
      const std::string path = PathOf(static_cast<NodeIndex>(i));
      if (EditDistance(AsciiLower(path), AsciiLower(place), 2) <= 2) {
        message += ": did you mean " + Quoted(path) + "?";
        break;
      }
    }
    return Complaint(std::move(message));
  }
  std::vector<AccountIndex> chosen;
  for (size_t i = 0; i < accounts.size(); ++i) {
    if (selected[static_cast<uint32_t>(accounts[i].parent)]) chosen.push_back(static_cast<AccountIndex>(i));
  }
  if (chosen.empty()) return Complaint("no account lies in " + Quoted(selector));
  return chosen;
}

}  // namespace scpcheck
