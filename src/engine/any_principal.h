// What aws:PrincipalArn may be if nothing is known of the principal (U-01).

#ifndef SCPCHECK_ENGINE_ANY_PRINCIPAL_H_
#define SCPCHECK_ENGINE_ANY_PRINCIPAL_H_

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "match/pattern.h"

namespace scpcheck {

// The code of a pattern whose wildcards cross everything, such as those of requests.
inline void AppendPatternCode(std::string_view text, std::string& code) {
  for (const char c : text) {
    if (c == '*') {
      code.push_back(static_cast<char>(kRun));
    } else if (c == '?') {
      code.push_back(static_cast<char>(kOne));
    } else {
      code.push_back(c);
    }
  }
}

class AnyPrincipal {
 public:
  AnyPrincipal() = default;
  AnyPrincipal(std::string_view partition, std::string_view account) { Set(partition, account); }

  void Set(std::string_view partition, std::string_view account) {
    // The root user, users, roles and federated users.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kKinds = {
        {{":iam::", ":root"}, {":iam::", ":user/*"}, {":iam::", ":role/*"}, {":sts::", ":federated-user/*"}}};
    for (size_t i = 0; i < kKinds.size(); ++i) {
      codes_[i].clear();
      for (const std::string_view part :
           {std::string_view("arn:"), partition, kKinds[i].first, account, kKinds[i].second}) {
        AppendPatternCode(part, codes_[i]);
      }
      views_[i] = codes_[i];
    }
  }
  // Views into this object.
  std::span<const std::string_view> codes() const { return views_; }

 private:
  std::array<std::string, 4> codes_;
  std::array<std::string_view, 4> views_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_ANY_PRINCIPAL_H_
