#include "writer.h"

#include <algorithm>

namespace scpcheck::bench {

void JsonWriter::NewLine() {
  if (compact_) return;
  text_ += '\n';
  text_.append(2 * has_members_.size(), ' ');
}

void JsonWriter::BeforeValue() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_members_.empty()) return;
  if (has_members_.back()) text_ += ',';
  has_members_.back() = true;
  NewLine();
}

void JsonWriter::Quoted(std::string_view value) {
  text_ += '"';
  for (char c : value) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += '"';
}

void JsonWriter::Key(std::string_view key) {
  BeforeValue();
  Quoted(key);
  text_ += compact_ ? ":" : ": ";
  after_key_ = true;
}

void JsonWriter::String(std::string_view value) {
  BeforeValue();
  Quoted(value);
}

void JsonWriter::Raw(std::string_view value) {
  BeforeValue();
  text_ += value;
}

void JsonWriter::Begin(char bracket) {
  BeforeValue();
  text_ += bracket;
  has_members_.push_back(false);
}

void JsonWriter::End(char bracket) {
  const bool had_members = has_members_.back();
  has_members_.pop_back();
  if (had_members) NewLine();
  text_ += bracket;
}

namespace {

// A list of one is written without brackets, as people do.
void WriteValues(const std::vector<std::string>& values, JsonWriter& json) {
  if (values.size() == 1) {
    json.String(values.front());
    return;
  }
  json.BeginArray();
  for (const std::string& value : values) json.String(value);
  json.EndArray();
}

void WriteStatement(const Statement& statement, JsonWriter& json) {
  json.BeginObject();
  if (!statement.sid.empty()) {
    json.Key("Sid");
    json.String(statement.sid);
  }
  json.Key("Effect");
  json.String(statement.allow ? "Allow" : "Deny");
  json.Key(statement.not_action ? "NotAction" : "Action");
  WriteValues(statement.actions, json);
  json.Key(statement.not_resource ? "NotResource" : "Resource");
  WriteValues(statement.resources, json);
  if (!statement.conditions.empty()) {
    json.Key("Condition");
    json.BeginObject();
    std::vector<std::string> done;
    for (const Condition& first : statement.conditions) {
      std::string name = OperatorName(first);
      if (std::ranges::find(done, name) != done.end()) continue;
      json.Key(name);
      json.BeginObject();
      for (const Condition& condition : statement.conditions) {
        if (OperatorName(condition) != name) continue;
        json.Key(condition.key);
        WriteValues(condition.values, json);
      }
      json.EndObject();
      done.push_back(std::move(name));
    }
    json.EndObject();
  }
  json.EndObject();
}

class OrganizationWriter {
 public:
  OrganizationWriter(const Organization& organization, JsonWriter& json)
      : organization_(organization),
        json_(json),
        units_of_(organization.units.size() + 1),
        accounts_of_(organization.units.size() + 1) {
    for (size_t i = 0; i < organization.units.size(); ++i)
      units_of_[Slot(organization.units[i].parent)].push_back(i);
    for (size_t i = 0; i < organization.accounts.size(); ++i) {
      accounts_of_[Slot(organization.accounts[i].unit)].push_back(i);
    }
  }

  void WriteRoot() {
    json_.BeginObject();
    WriteHead(organization_.root_id, "Root");
    WriteAttachments(organization_.root_attachments);
    WriteChildren(kRootUnit);
    json_.EndObject();
  }

 private:
  size_t Slot(size_t unit) const { return unit == kRootUnit ? organization_.units.size() : unit; }

  void WriteHead(std::string_view id, std::string_view name) {
    json_.Key("id");
    json_.String(id);
    json_.Key("name");
    json_.String(name);
  }

  void WriteAttachments(const std::vector<size_t>& attachments) {
    json_.Key("policies");
    json_.BeginArray();
    for (size_t policy : attachments) {
      json_.String(policy == kFullAccess ? "p-FullAWSAccess" : organization_.policies[policy].id);
    }
    json_.EndArray();
  }

  // Recursion is at most as deep as units are nested.
  void WriteChildren(size_t unit) {
    json_.Key("accounts");
    json_.BeginArray();
    for (size_t index : accounts_of_[Slot(unit)]) {
      const Account& account = organization_.accounts[index];
      json_.BeginObject();
      WriteHead(account.id, account.name);
      json_.Key("state");
      json_.String("ACTIVE");
      WriteAttachments(account.attachments);
      json_.EndObject();
    }
    json_.EndArray();
    json_.Key("organizationalUnits");
    json_.BeginArray();
    for (size_t index : units_of_[Slot(unit)]) {
      const Unit& child = organization_.units[index];
      json_.BeginObject();
      WriteHead(child.id, child.name);
      WriteAttachments(child.attachments);
      WriteChildren(index);
      json_.EndObject();
    }
    json_.EndArray();
  }

  const Organization& organization_;
  JsonWriter& json_;
  std::vector<std::vector<size_t>> units_of_;
  std::vector<std::vector<size_t>> accounts_of_;
};

}  // namespace

void WritePolicy(const Policy& policy, JsonWriter& json) {
  json.BeginObject();
  json.Key("Version");
  json.String("2012-10-17");
  json.Key("Statement");
  json.BeginArray();
  for (const Statement& statement : policy.statements) WriteStatement(statement, json);
  json.EndArray();
  json.EndObject();
}

std::string PolicyText(const Policy& policy, bool compact) {
  JsonWriter json(compact);
  WritePolicy(policy, json);
  return json.Take();
}

std::string OrganizationText(const Organization& organization, bool compact, bool inline_documents) {
  JsonWriter json(compact);
  json.BeginObject();
  json.Key("id");
  json.String(organization.id);
  json.Key("partition");
  json.String("aws");
  json.Key("managementAccount");
  json.String(organization.accounts.front().id);
  json.Key("policyTypes");
  json.BeginArray();
  json.String("SERVICE_CONTROL_POLICY");
  json.EndArray();
  json.Key("policies");
  json.BeginObject();
  for (const Policy& policy : organization.policies) {
    json.Key(policy.id);
    json.BeginObject();
    json.Key("name");
    json.String(policy.name);
    if (inline_documents) {
      json.Key("document");
      WritePolicy(policy, json);
    } else {
      json.Key("file");
      json.String("policies/" + policy.name + ".json");
    }
    json.EndObject();
  }
  json.EndObject();
  json.Key("root");
  OrganizationWriter(organization, json).WriteRoot();
  json.EndObject();
  std::string text = json.Take();
  text += '\n';
  return text;
}

}  // namespace scpcheck::bench
