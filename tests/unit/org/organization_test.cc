// Finding accounts, selecting them, and the paths that name them.

#include "scpcheck/organization.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "loading.h"

namespace scpcheck {
namespace {

const Organization& Example() {
  static const Organization organization = *LoadText(R"({"root": {"id": "r-abcd",
  "accounts": [{"id": "999999999999", "name": "Management"}, {"id": "000000000009"}],
  "organizationalUnits": [
    {"id": "ou-stages", "name": "Stages",
     "accounts": [{"id": "111111111111", "name": "Dev"}, {"id": "222222222222", "name": "Shared"}],
     "organizationalUnits": [
       {"id": "ou-prod", "name": "Prod/Live",
        "accounts": [{"id": "333333333333", "name": "Shop"}, {"id": "444444444444", "name": "A/B"}]},
       {"id": "ou-empty", "name": "Empty"}]},
    {"id": "ou-other", "name": "Other", "accounts": [{"id": "555555555555", "name": "Shared"}]}]}})")
                                                .organization;
  return organization;
}

TEST(Organization, Paths) {
  const Organization& organization = Example();
  std::string nodes;
  for (size_t i = 0; i < organization.nodes.size(); ++i) {
    nodes += organization.PathOf(static_cast<NodeIndex>(i)) + ' ';
  }
  EXPECT_EQ(nodes, "/ /Stages /Stages/Prod\\/Live /Stages/Empty /Other ");
  std::string accounts;
  for (size_t i = 0; i < organization.accounts.size(); ++i) {
    accounts += organization.PathOf(static_cast<AccountIndex>(i)) + ' ';
  }
  EXPECT_EQ(accounts,
            "/Management /000000000009 /Stages/Dev /Stages/Shared /Stages/Prod\\/Live/Shop "
            "/Stages/Prod\\/Live/A\\/B /Other/Shared ");
  std::string down;
  for (const NodeIndex node : organization.PathTo(organization.accounts[4].parent)) {
    down += organization.node(node).id + ' ';
  }
  EXPECT_EQ(down, "r-abcd ou-stages ou-prod ");
}

TEST(Organization, FindAccount) {
  struct Case {
    std::string_view text;
    std::string_view id_or_error;
  };
  constexpr Case kCases[] = {
      {"111111111111", "111111111111"},
      {"000000000009", "000000000009"},
      {"/000000000009", "000000000009"},
      {"Dev", "111111111111"},
      {"/Stages/Dev", "111111111111"},
      {"/Management", "999999999999"},
      {"A/B", "444444444444"},
      {"A\\/B", "444444444444"},
      {"/Stages/Prod\\/Live/A\\/B", "444444444444"},
      {"/Other/Shared", "555555555555"},
      {"Shared", "several accounts are called `Shared`: 222222222222 and 555555555555; use the id"},
      {"dev", "there is no account `dev`: did you mean 111111111111 (Dev)?"},
      {"Managment", "there is no account `Managment`: did you mean 999999999999 (Management)?"},
      {"111111111112", "there is no account `111111111112`: did you mean 111111111111 (Dev)?"},
      {"11111111111", "there is no account `11111111111`: did you mean 111111111111 (Dev)?"},
      {"000000000008", "there is no account `000000000008`: did you mean 000000000009?"},
      {"/Dev", "there is no account `/Dev`: did you mean 111111111111 (Dev)?"},
      {"/Stages/Prod/Live/Shop",
       "there is no account `/Stages/Prod/Live/Shop`: did you mean 333333333333 (Shop)?"},
      {"/stages/Dev", "there is no account `/stages/Dev`: did you mean 111111111111 (Dev)?"},
      {"ou-stages",
       "`ou-stages` is no account but holds some: `ou-stages/**` means all below it, "
       "`ou-stages/*` those directly in it"},
      {"/", "`/` is no account but holds some: `/**` means all below it, `/*` those directly in it"},
      {"nothing like it", "there is no account `nothing like it`"},
      {"x", "there is no account `x`"},
      {"", "an account is needed: its id, its name or its path"},
  };
  for (const Case& c : kCases) {
    const Result<AccountIndex> found = Example().FindAccount(c.text);
    EXPECT_EQ(found ? Example().account(*found).id : found.error().ToString(), c.id_or_error) << c.text;
  }
}

TEST(Organization, AnIdWinsOverNames) {
  const Organization organization = *LoadText(R"({"root": {"id": "r-1", "accounts": [
    {"id": "111111111111", "name": "222222222222"}, {"id": "333333333333", "name": "222222222222"},
    {"id": "222222222222", "name": "x"}]}})")
                                         .organization;
  EXPECT_EQ(organization.account(*organization.FindAccount("222222222222")).name, "x");
}

TEST(Organization, SelectAccounts) {
  struct Case {
    std::string_view selector;
    std::string_view ids_or_error;
  };
  constexpr Case kCases[] = {
      {"Dev", "111111111111"},
      {"/Stages/Dev", "111111111111"},
      {"/**", "999999999999 000000000009 111111111111 222222222222 333333333333 444444444444 555555555555"},
      {"/*", "999999999999 000000000009"},
      {"r-abcd/*", "999999999999 000000000009"},
      {"r-abcd/**",
       "999999999999 000000000009 111111111111 222222222222 333333333333 444444444444 555555555555"},
      {"/Stages/*", "111111111111 222222222222"},
      {"/Stages/**", "111111111111 222222222222 333333333333 444444444444"},
      {"ou-stages/**", "111111111111 222222222222 333333333333 444444444444"},
      {"/Stages/Prod\\/Live/*", "333333333333 444444444444"},
      {"ou-prod/*", "333333333333 444444444444"},
      {"/Stages/Empty/*", "no account lies in `/Stages/Empty/*`"},
      {"/Stages/Empty/**", "no account lies in `/Stages/Empty/**`"},
      {"/Stage/**", "there is no organizational unit `/Stage`: did you mean `/Stages`?"},
      {"/stages/*", "there is no organizational unit `/stages`: did you mean `/Stages`?"},
      {"/Stages/Prod/Live/*",
       "there is no organizational unit `/Stages/Prod/Live`: did you mean `/Stages/Prod\\/Live`?"},
      {"ou-none/*", "there is no organizational unit `ou-none`"},
      {"Stages/*", "there is no organizational unit `Stages`: did you mean `/Stages`?"},
      {"/Stages",
       "`/Stages` is no account but holds some: `/Stages/**` means all below it, `/Stages/*` those "
       "directly in it"},
      {"", "an account is needed: its id, its name or its path"},
  };
  for (const Case& c : kCases) {
    const Result<std::vector<AccountIndex>> selected = Example().SelectAccounts(c.selector);
    std::string shown;
    if (selected) {
      for (const AccountIndex account : *selected) {
        shown += (shown.empty() ? "" : " ") + Example().account(account).id;
      }
    } else {
      shown = selected.error().ToString();
    }
    EXPECT_EQ(shown, c.ids_or_error) << c.selector;
  }
}

}  // namespace
}  // namespace scpcheck
