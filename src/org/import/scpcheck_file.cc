// The organization file of scpcheck (docs/formats.md), JSON or YAML: one tree of nodes with what is attached
// to them, and the policies.

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/quote.h"
#include "json/parse.h"
#include "org/import/importer.h"
#include "org/known_names.h"
#include "policy/load.h"

namespace scpcheck {

namespace {

using json::Kind;
using json::Member;
using json::Value;

constexpr std::string_view kTopMembers[] = {"id",          "partition", "managementAccount",
                                            "policyTypes", "policies",  "root"};
constexpr std::string_view kPolicyMembers[] = {"name", "awsManaged", "type", "document", "file"};
constexpr std::string_view kNodeMembers[] = {"id", "name", "policies", "accounts", "organizationalUnits"};
constexpr std::string_view kAccountMembers[] = {"id", "name", "state", "policies"};

class Reader {
 public:
  Reader(ImportInput& input, OrganizationBuilder& builder) : input_(input), builder_(builder) {}

  void Read() {
    const Value top = input_.tree->root();
    Organization& organization = builder_.organization();
    organization.source = input_.source;
    std::optional<Value> root;
    for (const Member member : top.members()) {
      const std::string_view name = member.key.text();
      if (name == "id") {
        ReadText(member, organization.id);
      } else if (name == "partition") {
        ReadName(member, kPartitionNames, "partition of AWS", organization.partition);
      } else if (name == "managementAccount") {
        if (const auto id = AccountId(member)) builder_.SetManagementAccount(*id, At(member.value));
      } else if (name == "policyTypes") {
        ReadPolicyTypes(member);
      } else if (name == "policies") {
        ReadPolicies(member);
      } else if (name == "root") {
        root = member.value;
      } else {
        UnknownMember(member.key, kTopMembers);
      }
    }
    if (!root) {
      Report("missing-root", "the organization has no `root`", {top.range().begin, top.range().begin + 1});
    } else {
      // What claims to be accounts need not be; most real ones take more bytes than that.
      constexpr size_t kMinBytes = 64;
      builder_.ReserveAccounts(std::min(CountAccounts(*root), input_.source->text().size() / kMinBytes));
      ReadNode(*root, std::nullopt);
    }
    ReportDuplicateKeys();
  }

 private:
  void ReadPolicyTypes(Member member) {
    if (!Expect(member, Kind::kArray)) return;
    bool enabled = false;
    for (const Value type : member.value.elements()) {
      if (!type.is_string()) {
        WrongType(member.key, "an array of strings", type);
      } else if (CheckName(type, kPolicyTypes, "type of policy")) {
        enabled |= type.text() == kServiceControlPolicy;
      }
    }
    builder_.organization().scps_enabled = enabled;
  }

  void ReadPolicies(Member member) {
    if (!Expect(member, Kind::kObject)) return;
    for (const Member policy : member.value.members()) {
      if (Expect(policy, Kind::kObject)) ReadPolicy(policy);
    }
  }

  void ReadPolicy(Member entry) {
    OrganizationPolicy policy;
    policy.id = entry.key.text();
    policy.name = policy.id;
    policy.range = entry.value.range();
    if (!policy.id.starts_with("p-")) {
      Report("policy-id", "a policy id starts with `p-`, this is " + Quoted(policy.id), entry.key.range());
    }
    std::optional<Value> document;
    std::optional<Value> file;
    for (const Member member : entry.value.members()) {
      const std::string_view name = member.key.text();
      if (name == "name") {
        ReadText(member, policy.name);
      } else if (name == "type") {
        ReadName(member, kPolicyTypes, "type of policy", policy.type);
      } else if (name == "awsManaged") {
        if (Expect(member, Kind::kBoolean)) policy.aws_managed = member.value.truth();
      } else if (name == "document") {
        document = member.value;
      } else if (name == "file") {
        if (Expect(member, Kind::kString)) file = member.value;
      } else {
        UnknownMember(member.key, kPolicyMembers);
      }
    }
    if (document && file) {
      Report("policy-text", "a policy has either `document` or `file`, not both", entry.key.range());
    } else if (document) {
      ReadInlineDocument(*document, policy);
    } else if (file) {
      if (policy_bytes_ > kMaxPolicyFilesSize) {
        Report("policy-text",
               "the policies' files have more than " + std::to_string(kMaxPolicyFilesSize >> 20) +
                   " MiB together, this one and those after it are not read",
               file->range());
        return;
      }
      ReadPolicyFile(input_.files, ResolveBeside(input_.path, std::string(file->text())), At(*file), policy);
      policy_bytes_ += policy.stored_bytes;
    } else if (policy.id == kFullAwsAccessId) {
      // What AWS manages has known content.
      OrganizationPolicy full_access = FullAwsAccess();
      full_access.range = policy.range;
      policy = std::move(full_access);
    } else {
      Report("policy-text", "the policy " + Quoted(policy.id) + " has neither `document` nor `file`",
             entry.key.range());
    }
    builder_.AddPolicy(std::move(policy), At(entry.key));
  }

  void ReadInlineDocument(Value document, OrganizationPolicy& policy) {
    const json::TextSize size = json::CompactSize(document);
    policy.stored_bytes = static_cast<uint32_t>(size.bytes);
    policy.stored_characters = static_cast<uint32_t>(size.characters);
    documents_.push_back(document.range());
    if (!policy.is_scp()) return;
    policy.document = LoadPolicy(document);
    // Equal keys inside a document make that policy unreadable, not the organization (G-02, G-04a). They are
    // looked for again, since a YAML alias may repeat them in several documents.
    if (!input_.duplicate_keys.empty()) {
      Diagnostics duplicates;
      CheckDuplicateKeysBelow(document, duplicates);
      if (duplicates.has_errors()) policy.document.decidable = false;
      policy.document.diagnostics.Append(duplicates);
    }
  }

  static void CheckDuplicateKeysBelow(Value value, Diagnostics& diagnostics) {
    if (value.is_array()) {
      for (const Value element : value.elements()) CheckDuplicateKeysBelow(element, diagnostics);
    } else if (value.is_object()) {
      json::CheckDuplicateKeys(value, diagnostics);
      for (const Member member : value.members()) CheckDuplicateKeysBelow(member.value, diagnostics);
    }
  }

  // Equal keys outside of the policies' documents are errors of the organization.
  void ReportDuplicateKeys() {
    for (Diagnostic& duplicate : input_.duplicate_keys) {
      const SourceRange at = duplicate.range;
      const bool in_document = std::any_of(
          documents_.begin(), documents_.end(),
          [&](const SourceRange& document) { return at.begin >= document.begin && at.end <= document.end; });
      if (!in_document) input_.diagnostics.Add(std::move(duplicate));
    }
  }

  // Of a node and those below it, as far as they are well formed.
  static size_t CountAccounts(Value node) {
    if (!node.is_object()) return 0;
    size_t count = 0;
    for (const Member member : node.members()) {
      if (!member.value.is_array()) continue;
      if (member.key.text() == "accounts") {
        count += member.value.size();
      } else if (member.key.text() == "organizationalUnits") {
        for (const Value unit : member.value.elements()) count += CountAccounts(unit);
      }
    }
    return count;
  }

  // Depth is bounded by the tree's own.
  void ReadNode(Value object, std::optional<NodeIndex> parent) {
    const std::string_view kind = parent ? "an organizational unit" : "the root";
    if (!object.is_object()) {
      Report("wrong-type",
             std::string(kind) + " is an object, this is " + std::string(KindName(object.kind())),
             object.range());
      return;
    }
    OrganizationNode node;
    node.parent = parent;
    node.range = object.range();
    std::optional<Member> id;
    std::optional<Member> policies;
    std::optional<Member> accounts;
    std::optional<Member> units;
    for (const Member member : object.members()) {
      const std::string_view name = member.key.text();
      if (name == "id") {
        if (ReadText(member, node.id)) id = member;
      } else if (name == "name") {
        ReadText(member, node.name);
      } else if (name == "policies") {
        policies = member;
      } else if (name == "accounts") {
        accounts = member;
      } else if (name == "organizationalUnits") {
        units = member;
      } else {
        UnknownMember(member.key, kNodeMembers);
      }
    }
    const std::string_view prefix = parent ? "ou-" : "r-";
    if (!id) {
      Report("missing-id", std::string(kind) + " needs an `id`",
             {object.range().begin, object.range().begin + 1});
    } else if (!node.id.starts_with(prefix)) {
      Report("node-id",
             "the id of " + std::string(kind) + " starts with " + Quoted(prefix) + ", this is " +
                 Quoted(node.id),
             id->value.range());
    }
    if (node.name.empty()) node.name = parent ? node.id : "Root";
    const NodeIndex index = builder_.AddNode(std::move(node), At(id ? id->value : object));
    ReadAttachments(policies, object, [&](std::string_view policy, const Place& place) {
      builder_.AttachToNode(index, policy, place);
    });
    if (accounts && Expect(*accounts, Kind::kArray)) {
      for (const Value account : accounts->value.elements()) ReadAccount(account, index);
    }
    if (units && Expect(*units, Kind::kArray)) {
      for (const Value unit : units->value.elements()) ReadNode(unit, index);
    }
  }

  void ReadAccount(Value object, NodeIndex parent) {
    if (!object.is_object()) {
      Report("wrong-type", "an account is an object, this is " + std::string(KindName(object.kind())),
             object.range());
      return;
    }
    Account account;
    account.parent = parent;
    account.range = object.range();
    std::optional<Member> id;
    bool has_text = true;
    std::optional<Member> policies;
    for (const Member member : object.members()) {
      const std::string_view name = member.key.text();
      if (name == "id") {
        id = member;
        const auto text = AccountId(member);
        has_text = text.has_value();
        account.id = text.value_or("");
      } else if (name == "name") {
        ReadText(member, account.name);
      } else if (name == "state") {
        ReadText(member, account.state);
      } else if (name == "policies") {
        policies = member;
      } else {
        UnknownMember(member.key, kAccountMembers);
      }
    }
    if (!id) {
      Report("missing-id", "an account needs an `id`", {object.range().begin, object.range().begin + 1});
      return;
    }
    if (!has_text) return;  // reported
    builder_.AddAccount(std::move(account), At(id->value));
    ReadAttachments(policies, object, [&](std::string_view policy, const Place& place) {
      builder_.AttachToLastAccount(policy, place);
    });
  }

  // A node without `policies` has FullAWSAccess.
  template <typename Attach>
  void ReadAttachments(const std::optional<Member>& policies, Value object, Attach attach) {
    if (!policies) {
      attach(kFullAwsAccessId, At(object));
      return;
    }
    if (!Expect(*policies, Kind::kArray)) return;
    for (const Value policy : policies->value.elements()) {
      if (IsText(policy)) {
        attach(policy.text(), At(policy));
      } else {
        WrongType(policies->key, "an array of policy ids or names", policy);
      }
    }
  }

  // In YAML a name may look like a number or a boolean.
  bool IsText(Value value) const {
    return value.is_string() || (input_.is_yaml && (value.is_number() || value.is_boolean()));
  }

  bool ReadText(Member member, std::string& text) {
    if (!IsText(member.value)) {
      WrongType(member.key, "a string", member.value);
      return false;
    }
    text = member.value.text();
    return true;
  }

  // A text that must be one of the names that AWS has for it.
  void ReadName(Member member, std::span<const std::string_view> known, std::string_view what,
                std::string& name) {
    if (ReadText(member, name)) CheckName(member.value, known, what);
  }

  bool CheckName(Value value, std::span<const std::string_view> known, std::string_view what) {
    const std::string_view name = value.text();
    if (IsKnownName(name, known)) return true;
    Report("unknown-name", Quoted(name) + " is no " + std::string(what) + KnownNamesHint(name, known),
           value.range());
    return false;
  }

  std::optional<std::string_view> AccountId(Member member) {
    if (IsText(member.value)) return member.value.text();
    if (member.value.is_number()) {
      Report("account-id",
             "an account id is a string, since it may start with zeros: write \"" +
                 std::string(member.value.text()) + "\"",
             member.value.range());
    } else {
      WrongType(member.key, "a string of 12 digits", member.value);
    }
    return std::nullopt;
  }

  bool Expect(Member member, Kind kind) {
    if (member.value.kind() == kind) return true;
    // Some YAML tools take `yes` and `on` for booleans.
    WrongType(member.key, kind == Kind::kBoolean ? "`true` or `false`" : KindName(kind), member.value);
    return false;
  }

  void WrongType(Value key, std::string_view expected, Value value) {
    Report("wrong-type",
           Quoted(key.text()) + " must be " + std::string(expected) + ", this is " +
               std::string(KindName(value.kind())),
           value.range());
  }

  template <size_t N>
  void UnknownMember(Value key, const std::string_view (&known)[N]) {
    Report("unknown-member", Quoted(key.text()) + " is not known here" + KnownNamesHint(key.text(), known),
           key.range());
  }

  Place At(Value value) const { return {input_.source, value.range()}; }

  void Report(std::string code, std::string message, SourceRange range) {
    builder_.Report(std::move(code), std::move(message), {input_.source, range});
  }

  ImportInput& input_;
  OrganizationBuilder& builder_;
  std::vector<SourceRange> documents_;  // of policies, inline
  size_t policy_bytes_ = 0;             // read from policies' files
};

bool Recognises(const ImportInput& input) {
  if (!input.tree || !input.tree->root().is_object()) return false;
  const Value top = input.tree->root();
  const std::optional<Value> root = top.Find("root");
  if (!root) return top.Find("policies") && !top.Find("Statement");
  // Terraform and others have a `root` of their own kind; a misspelt file of ours should still be read as
  // such.
  return root->is_object() || top.Find("policies").has_value() || top.Find("managementAccount").has_value();
}

void ReadFile(ImportInput& input, OrganizationBuilder& builder) {
  Reader(input, builder).Read();
}

}  // namespace

const Importer kScpcheckFile = {"an organization file: an object with `root`", Recognises, ReadFile};

}  // namespace scpcheck
