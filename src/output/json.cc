#include "output/json.h"

#include <nlohmann/json.hpp>

namespace scpcheck {

namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& value) {
  // Texts of policies may come from public API callers; a document is made in any case.
  return value.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string Finish(const Json& document) {
  return Dump(document) + "\n";
}

Json Head(const OutputContext& context) {
  return {{"schema", 1}, {"version", context.version}, {"catalogueDate", context.catalogue_date}};
}

// The lines of an object's members, each after `indent`, without the braces around them. The object has some.
std::string Members(const Json& object, std::string_view indent) {
  const std::string text = Dump(object);
  std::string lines;
  for (size_t begin = text.find('\n'), end = 0; (end = text.find('\n', begin + 1)) != std::string::npos;
       begin = end) {
    if (!lines.empty()) lines += '\n';
    // Dump indents by two; a line break is one between lines, since those in strings are escaped.
    lines.append(indent).append(text, begin + 3, end - begin - 3);
  }
  return lines;
}

std::string_view TruthName(Truth truth) {
  switch (truth) {
    case Truth::kFalse:
      return "no";
    case Truth::kUnknown:
      return "unknown";
    case Truth::kTrue:
      return "yes";
  }
  return "";
}

Json BlockersJson(const std::vector<Blocker>& blockers) {
  Json list = Json::array();
  for (const Blocker& blocker : blockers) {
    Json entry = {{"node", blocker.node}};
    if (blocker.policy != nullptr) {
      entry["policy"] = blocker.policy->id;
      entry["statement"] = blocker.statement;
      if (!blocker.sid.empty()) entry["sid"] = blocker.sid;
      entry["file"] = blocker.file;
      entry["line"] = blocker.line;
    }
    list.push_back(std::move(entry));
  }
  return list;
}

void AddDecision(const Answer& answer, Json& object) {
  object["account"] = answer.account;
  object["action"] = answer.action;
  if (answer.verdict == Verdict::kUndecided) {
    std::string error = "undecided: depends on ";
    for (const std::string& name : answer.depends_on)
      error += (&name == answer.depends_on.data() ? "" : ", ") + name;
    object["error"] = std::move(error);
    object["dependsOn"] = answer.depends_on;
    return;
  }
  object["decision"] = VerdictName(answer.verdict);
  object["reason"] = ReasonName(answer.reason);
  if (!answer.node.empty()) object["node"] = answer.node;
  if (!answer.policy.empty()) object["policy"] = answer.policy;
  if (answer.statement) object["statement"] = *answer.statement;
  if (!answer.sid.empty()) object["sid"] = answer.sid;
  object["dependsOn"] = Json::array();
}

Json LevelsJson(const Explanation& explanation, const Organization& organization) {
  Json levels = Json::array();
  for (const LevelExplanation& level : explanation.levels) {
    Json statements = Json::array();
    for (const StatementExplanation& statement : level.statements) {
      const Policy& document = organization.policy(statement.policy).document;
      const Statement& source = document.statements[statement.statement];
      const SourcePosition place = document.source->Locate(statement.range.begin);
      Json entry = {{"policy", organization.policy(statement.policy).id}, {"statement", statement.statement}};
      if (source.sid && !source.sid->text.empty()) entry["sid"] = source.sid->text;
      entry["effect"] = source.effect == Effect::kAllow ? "Allow" : "Deny";
      entry["matches"] = TruthName(statement.matches);
      if (!statement.because.empty()) entry["because"] = statement.because;
      if (!statement.saw.empty()) entry["saw"] = statement.saw;
      entry["file"] = place.file;
      entry["line"] = place.line;
      entry["column"] = place.column;
      statements.push_back(std::move(entry));
    }
    levels.push_back({{"node", level.node},
                      {"name", level.name},
                      {"allows", TruthName(level.allows)},
                      {"denies", TruthName(level.denies)},
                      {"statements", std::move(statements)}});
  }
  return levels;
}

// The lines of an answer's members, each after `indent`. What comes back from the request is text of the
// request: reading it into a Json would change numbers.
std::string AnswerMembers(const Answer& answer, const Organization& organization, bool explain,
                          std::string_view indent) {
  Json object;
  AddDecision(answer, object);
  if (answer.explanation) {
    if (answer.verdict != Verdict::kAllowed) {
      object["blockers"] = BlockersJson(BlockersOf(*answer.explanation, organization));
    }
    if (explain) object["levels"] = LevelsJson(*answer.explanation, organization);
  }
  std::string lines;
  if (!answer.id.empty()) lines.append(indent).append("\"id\": ").append(answer.id).append(",\n");
  lines += Members(object, indent);
  for (const auto& [name, value] : answer.echo) {
    lines.append(",\n").append(indent).append(Dump(name)).append(": ").append(value);
  }
  return lines;
}

Json AttachmentsJson(const std::vector<Attachment>& attachments, const Organization& organization) {
  Json list = Json::array();
  for (const Attachment& attachment : attachments) list.push_back(organization.policy(attachment.policy).id);
  return list;
}

}  // namespace

std::string BlockersMember(const std::vector<Blocker>& blockers) {
  return "\"blockers\":" + BlockersJson(blockers).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string AnswerJson(const Answer& answer, const Organization& organization, const OutputContext& context) {
  return "{\n" + Members(Head(context), "  ") + ",\n" +
         AnswerMembers(answer, organization, context.explain, "  ") + "\n}\n";
}

AnswersDocument::AnswersDocument(const OutputContext& context)
    : explain_(context.explain), text_("{\n" + Members(Head(context), "  ") + ",\n  \"decisions\": [") {}

void AnswersDocument::Add(const Answer& answer, const Organization& organization) {
  text_ += is_empty_ ? "\n    {\n" : ",\n    {\n";
  text_ += AnswerMembers(answer, organization, explain_, "      ");
  text_ += "\n    }";
  is_empty_ = false;
}

std::string AnswersDocument::Take() && {
  text_ += is_empty_ ? "]\n}\n" : "\n  ]\n}\n";
  return std::move(text_);
}

bool IsDocumentMember(std::string_view name) {
  return name == "levels" || Head({}).contains(name);
}

std::string TreeJson(const Organization& organization, const OutputContext& context) {
  Json document = Head(context);
  if (!organization.id.empty()) document["id"] = organization.id;
  document["partition"] = organization.partition;
  if (organization.management_account) document["managementAccount"] = *organization.management_account;
  document["scpEnabled"] = organization.scps_enabled;
  Json& policies = document["policies"] = Json::array();
  for (const OrganizationPolicy& policy : organization.policies) {
    Json entry = {
        {"id", policy.id}, {"name", policy.name}, {"type", policy.type}, {"awsManaged", policy.aws_managed}};
    entry["evaluated"] = policy.is_scp();
    entry["characters"] = policy.stored_characters;
    if (policy.is_scp()) {
      entry["maxCharacters"] = kMaxPolicyCharacters;
      entry["statements"] = policy.document.statements.size();
    }
    policies.push_back(std::move(entry));
  }
  // Flat lists with parents: a recursion over the tree would be one more way to run out of stack.
  Json& nodes = document["nodes"] = Json::array();
  const auto scp_count = [&](const std::vector<Attachment>& attachments) {
    uint32_t count = 0;
    for (const Attachment& attachment : attachments)
      count += organization.policy(attachment.policy).is_scp() ? 1 : 0;
    return count;
  };
  for (uint32_t i = 0; i < organization.nodes.size(); ++i) {
    const OrganizationNode& node = organization.nodes[i];
    Json entry = {
        {"id", node.id}, {"name", node.name}, {"path", organization.PathOf(static_cast<NodeIndex>(i))}};
    if (node.parent) entry["parent"] = organization.node(*node.parent).id;
    entry["policies"] = AttachmentsJson(node.attachments, organization);
    entry["freeSlots"] = static_cast<int64_t>(kMaxPoliciesPerTarget) - scp_count(node.attachments);
    nodes.push_back(std::move(entry));
  }
  Json& accounts = document["accounts"] = Json::array();
  for (uint32_t i = 0; i < organization.accounts.size(); ++i) {
    const Account& account = organization.accounts[i];
    Json entry = {{"id", account.id},
                  {"name", account.name},
                  {"path", organization.PathOf(static_cast<AccountIndex>(i))},
                  {"parent", organization.node(account.parent).id}};
    if (!account.state.empty()) entry["state"] = account.state;
    entry["policies"] = AttachmentsJson(account.attachments, organization);
    entry["freeSlots"] = static_cast<int64_t>(kMaxPoliciesPerTarget) - scp_count(account.attachments);
    accounts.push_back(std::move(entry));
  }
  return Finish(document);
}

std::string ActionsJson(const Catalogue& catalogue, const std::vector<ActionId>& actions,
                        const OutputContext& context) {
  Json document = Head(context);
  document["catalogueSource"] = catalogue.source();
  const auto keys = [&](const KeyList& list) {
    Json names = Json::array();
    for (const CatalogueKeyId key : list) names.push_back(catalogue.Key(key).name);
    return names;
  };
  Json& list = document["actions"] = Json::array();
  for (const ActionId action : actions) {
    Json types = Json::array();
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      const ResourceTypeId type = catalogue.RowType(row);
      Json templates = Json::array();
      for (size_t i = 0; i < catalogue.TypeTemplateCount(type); ++i)
        templates.push_back(catalogue.TypeTemplate(type, i));
      types.push_back({{"name", catalogue.TypeName(type)},
                       {"required", catalogue.RowRequired(row)},
                       {"arns", std::move(templates)},
                       {"conditionKeys", keys(catalogue.RowKeys(row))}});
    }
    list.push_back({{"action", catalogue.ActionName(action)},
                    {"accessLevel", AccessLevelName(catalogue.ActionAccessLevel(action))},
                    {"resourceTypes", std::move(types)},
                    {"conditionKeys", keys(catalogue.ActionKeys(action))}});
  }
  return Finish(document);
}

}  // namespace scpcheck
