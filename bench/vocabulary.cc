#include "vocabulary.h"

#include <array>

namespace scpcheck::bench {
namespace {

using std::string_view;

constexpr string_view kPopularActions[] = {
    "s3:GetObject",
    "sts:AssumeRole",
    "s3:PutObject",
    "kms:Decrypt",
    "logs:PutLogEvents",
    "dynamodb:GetItem",
    "s3:ListBucket",
    "kms:GenerateDataKey",
    "ec2:DescribeInstances",
    "lambda:InvokeFunction",
    "dynamodb:Query",
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "ssm:GetParameter",
    "secretsmanager:GetSecretValue",
    "logs:CreateLogStream",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "cloudwatch:PutMetricData",
    "dynamodb:PutItem",
    "sqs:SendMessage",
    "sns:Publish",
    "s3:DeleteObject",
    "ec2:DescribeNetworkInterfaces",
    "iam:PassRole",
    "iam:GetRole",
    "ssm:GetParametersByPath",
    "ecs:DescribeTasks",
    "dynamodb:UpdateItem",
    "kinesis:GetRecords",
    "kinesis:PutRecords",
    "cloudformation:DescribeStacks",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
    "ec2:RunInstances",
    "rds:DescribeDBInstances",
    "eks:DescribeCluster",
    "autoscaling:DescribeAutoScalingGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "cloudwatch:GetMetricData",
    "events:PutEvents",
    "states:StartExecution",
    "athena:GetQueryExecution",
    "glue:GetTable",
    "ec2:CreateTags",
    "iam:ListRoles",
    "s3:GetBucketLocation",
    "s3:ListAllMyBuckets",
    "logs:FilterLogEvents",
    "xray:PutTraceSegments",
    "ecs:UpdateService",
    "lambda:GetFunction",
    "lambda:UpdateFunctionCode",
    "ec2:DescribeVolumes",
    "ec2:StartInstances",
    "ec2:StopInstances",
    "ec2:TerminateInstances",
    "kms:DescribeKey",
    "tag:GetResources",
};

constexpr string_view kGuardedServices[] = {
    "iam",        "ec2",
    "s3",         "organizations",
    "cloudtrail", "config",
    "guardduty",  "kms",
    "cloudwatch", "events",
    "lambda",     "securityhub",
    "logs",       "sns",
    "rds",        "access-analyzer",
    "account",    "macie2",
    "ram",        "route53",
    "sqs",        "secretsmanager",
    "ssm",        "eks",
    "ecs",        "cloudformation",
    "backup",     "dynamodb",
    "sso",        "inspector2",
    "ecr",        "elasticloadbalancing",
};

constexpr string_view kGlobalServices[] = {
    "iam",
    "organizations",
    "account",
    "sts",
    "support",
    "route53",
    "route53domains",
    "cloudfront",
    "globalaccelerator",
    "waf",
    "wafv2",
    "waf-regional",
    "shield",
    "budgets",
    "ce",
    "cur",
    "aws-portal",
    "billing",
    "payments",
    "tax",
    "invoicing",
    "freetier",
    "consolidatedbilling",
    "purchase-orders",
    "health",
    "trustedadvisor",
    "importexport",
    "networkmanager",
    "pricing",
    "chatbot",
    "chime",
    "artifact",
    "access-analyzer",
    "a4b",
    "fms",
    "mobileanalytics",
    "sso",
    "identitystore",
    "sso-directory",
    "aws-marketplace",
    "savingsplans",
    "notifications",
    "tag",
    "resource-explorer-2",
    "license-manager",
    "discovery",
    "route53-recovery-control-config",
    "route53-recovery-readiness",
    "cost-optimization-hub",
    "supportplans",
    "supportapp",
    "bcm-data-exports",
    "customer-verification",
    "mapcredits",
    "sustainability",
    "vendor-insights",
    "wellarchitected",
    "iq",
};

constexpr string_view kCoreRegions[] = {"eu-central-1", "eu-west-1", "us-east-1"};
constexpr string_view kOtherRegions[] = {
    "us-east-2",      "us-west-1",      "us-west-2",      "ca-central-1", "ca-west-1",    "eu-west-2",
    "eu-west-3",      "eu-north-1",     "eu-south-1",     "eu-south-2",   "eu-central-2", "ap-south-1",
    "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "sa-east-1",    "me-south-1",   "af-south-1",
};

constexpr string_view kTagNames[] = {
    "team",       "env",         "cost-center", "owner",           "project",     "data-class",
    "compliance", "application", "managed-by",  "confidentiality", "backup-plan", "exempt-from-guardrails"};
constexpr string_view kTeams[] = {"payments", "search",    "platform", "network",   "data-lake",
                                  "identity", "mobile",    "web",      "analytics", "billing",
                                  "media",    "logistics", "security", "ml",        "retail",
                                  "partner",  "risk",      "crm",      "devices",   "research"};
constexpr string_view kStages[] = {"dev", "test", "staging", "prod", "sandbox"};
constexpr string_view kTagValues[] = {"true",         "false", "internal", "public",
                                      "confidential", "pci",   "daily",    "gold"};

constexpr string_view kExemptRoles[] = {
    "OrganizationAccountAccessRole",
    "AWSControlTowerExecution",
    "aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_AdministratorAccess_4f1c2a9b7d3e6058",
    "stacksets-exec-2f7c1b9e5a",
    "security/incident-response",
    "security/forensics-collector",
    "break-glass/emergency-admin",
    "platform/terraform-deployer",
    "platform/landing-zone-pipeline",
    "network/transit-operator",
};
constexpr string_view kDuties[] = {"deployer", "pipeline", "operator", "auditor", "reader",  "admin",
                                   "backup",   "ingest",   "batch",    "api",     "support", "scanner"};

constexpr string_view kInstanceTypes[] = {"t3.micro",   "t3.small",      "t3.medium", "m5.large",
                                          "m6i.xlarge", "c6i.2xlarge",   "r6i.large", "p4d.24xlarge",
                                          "g5.xlarge",  "x2idn.16xlarge"};
constexpr string_view kInstancePatterns[] = {"t3.*",   "t4g.*",   "m5.*",    "m6i.*",    "c6i.*",   "r6i.*",
                                             "*.nano", "*.micro", "*.small", "*.medium", "*.large", "g5.*"};
constexpr string_view kTokens[] = {"required", "optional"};
constexpr string_view kOwners[] = {"amazon", "self", "aws-marketplace"};
constexpr string_view kEncryption[] = {"aws:kms", "AES256", "aws:kms:dsse"};
constexpr string_view kOwnership[] = {"BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"};
constexpr string_view kAcls[] = {"public-read", "public-read-write", "authenticated-read", "private"};
constexpr string_view kBools[] = {"true", "false"};
constexpr string_view kAuthTypes[] = {"AWS_IAM", "NONE"};
constexpr string_view kSizes[] = {"100", "500", "1000", "2000", "4000"};
constexpr string_view kEngines[] = {"postgres",          "mysql",     "mariadb",
                                    "aurora-postgresql", "oracle-ee", "sqlserver-ee"};
constexpr string_view kBoundaries[] = {"arn:aws:iam::*:policy/boundary/workload",
                                       "arn:aws:iam::*:policy/boundary/pipeline",
                                       "arn:aws:iam::*:policy/core-boundary"};
constexpr string_view kPassedTo[] = {"ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com",
                                     "glue.amazonaws.com", "sagemaker.amazonaws.com"};
constexpr string_view kNetwork[] = {"PublicInternetOnly", "VpcOnly"};
constexpr string_view kViaServices[] = {"s3.eu-central-1.amazonaws.com", "ec2.eu-central-1.amazonaws.com",
                                        "rds.eu-west-1.amazonaws.com",
                                        "secretsmanager.us-east-1.amazonaws.com"};
constexpr string_view kProtocols[] = {"https", "email", "sqs", "lambda"};
constexpr string_view kWindows[] = {"7", "14", "20", "30"};

constexpr ServiceKey kServiceKeys[] = {
    {"ec2", "ec2:InstanceType", ServiceKey::Kind::kGlob, kInstancePatterns},
    {"ec2", "ec2:MetadataHttpTokens", ServiceKey::Kind::kText, kTokens},
    {"ec2", "ec2:Owner", ServiceKey::Kind::kText, kOwners},
    {"ec2", "ec2:Encrypted", ServiceKey::Kind::kBool, kBools},
    {"ec2", "ec2:VolumeSize", ServiceKey::Kind::kNumber, kSizes},
    {"ec2", "ec2:AssociatePublicIpAddress", ServiceKey::Kind::kBool, kBools},
    {"s3", "s3:x-amz-server-side-encryption", ServiceKey::Kind::kText, kEncryption},
    {"s3", "s3:x-amz-object-ownership", ServiceKey::Kind::kText, kOwnership},
    {"s3", "s3:x-amz-acl", ServiceKey::Kind::kText, kAcls},
    {"rds", "rds:StorageEncrypted", ServiceKey::Kind::kBool, kBools},
    {"rds", "rds:DatabaseEngine", ServiceKey::Kind::kText, kEngines},
    {"lambda", "lambda:FunctionUrlAuthType", ServiceKey::Kind::kText, kAuthTypes},
    {"iam", "iam:PermissionsBoundary", ServiceKey::Kind::kGlob, kBoundaries},
    {"iam", "iam:PassedToService", ServiceKey::Kind::kText, kPassedTo},
    {"sagemaker", "sagemaker:AppNetworkAccessType", ServiceKey::Kind::kText, kNetwork},
    {"kms", "kms:ViaService", ServiceKey::Kind::kText, kViaServices},
    {"kms", "kms:ScheduleKeyDeletionPendingWindowInDays", ServiceKey::Kind::kNumber, kWindows},
    {"elasticfilesystem", "elasticfilesystem:Encrypted", ServiceKey::Kind::kBool, kBools},
    {"sns", "sns:Protocol", ServiceKey::Kind::kText, kProtocols},
    {"ram", "ram:RequestedAllowsExternalPrincipals", ServiceKey::Kind::kBool, kBools},
};

// In `form`: {r} Region, {a} account, {n} name. `word` must occur in the action's name; the first that fits
// counts.
struct ResourceShape {
  string_view service;
  string_view word;
  string_view form;
};
constexpr ResourceShape kResourceShapes[] = {
    {"s3", "Object", "arn:aws:s3:::{n}/2026/part-0001"},
    {"s3", "", "arn:aws:s3:::{n}"},
    {"iam", "User", "arn:aws:iam::{a}:user/{n}"},
    {"iam", "Group", "arn:aws:iam::{a}:group/{n}"},
    {"iam", "SAML", "arn:aws:iam::{a}:saml-provider/{n}"},
    {"iam", "OpenID", "arn:aws:iam::{a}:oidc-provider/{n}"},
    {"iam", "Role", "arn:aws:iam::{a}:role/{n}"},
    {"iam", "Policy", "arn:aws:iam::{a}:policy/{n}"},
    {"iam", "", "arn:aws:iam::{a}:role/{n}"},
    {"sts", "", "arn:aws:iam::{a}:role/{n}"},
    {"ec2", "Volume", "arn:aws:ec2:{r}:{a}:volume/vol-{n}"},
    {"ec2", "Snapshot", "arn:aws:ec2:{r}::snapshot/snap-{n}"},
    {"ec2", "SecurityGroup", "arn:aws:ec2:{r}:{a}:security-group/sg-{n}"},
    {"ec2", "Vpc", "arn:aws:ec2:{r}:{a}:vpc/vpc-{n}"},
    {"ec2", "Subnet", "arn:aws:ec2:{r}:{a}:subnet/subnet-{n}"},
    {"ec2", "", "arn:aws:ec2:{r}:{a}:instance/i-{n}"},
    {"kms", "Alias", "arn:aws:kms:{r}:{a}:alias/{n}"},
    {"kms", "", "arn:aws:kms:{r}:{a}:key/{n}"},
    {"lambda", "", "arn:aws:lambda:{r}:{a}:function:{n}"},
    {"dynamodb", "", "arn:aws:dynamodb:{r}:{a}:table/{n}"},
    {"sqs", "", "arn:aws:sqs:{r}:{a}:{n}"},
    {"sns", "", "arn:aws:sns:{r}:{a}:{n}"},
    {"secretsmanager", "", "arn:aws:secretsmanager:{r}:{a}:secret:{n}-a1B2c3"},
    {"ssm", "Document", "arn:aws:ssm:{r}:{a}:document/{n}"},
    {"ssm", "", "arn:aws:ssm:{r}:{a}:parameter/{n}"},
    {"logs", "", "arn:aws:logs:{r}:{a}:log-group:{n}:log-stream:{n}"},
    {"cloudformation", "", "arn:aws:cloudformation:{r}:{a}:stack/{n}/5b1d2f60"},
    {"events", "", "arn:aws:events:{r}:{a}:rule/{n}"},
    {"cloudtrail", "", "arn:aws:cloudtrail:{r}:{a}:trail/{n}"},
    {"config", "", "arn:aws:config:{r}:{a}:config-rule/{n}"},
    {"rds", "", "arn:aws:rds:{r}:{a}:db:{n}"},
    {"ecr", "", "arn:aws:ecr:{r}:{a}:repository/{n}"},
    {"ecs", "", "arn:aws:ecs:{r}:{a}:service/{n}/{n}"},
    {"eks", "", "arn:aws:eks:{r}:{a}:cluster/{n}"},
    {"kinesis", "", "arn:aws:kinesis:{r}:{a}:stream/{n}"},
    {"states", "", "arn:aws:states:{r}:{a}:stateMachine:{n}"},
    {"guardduty", "", "arn:aws:guardduty:{r}:{a}:detector/{n}"},
    {"backup", "", "arn:aws:backup:{r}:{a}:backup-vault:{n}"},
    {"cloudwatch", "", "arn:aws:cloudwatch:{r}:{a}:alarm:{n}"},
    {"glue", "", "arn:aws:glue:{r}:{a}:table/lake/{n}"},
    {"athena", "", "arn:aws:athena:{r}:{a}:workgroup/{n}"},
};
constexpr string_view kAnyShape = "arn:aws:{s}:{r}:{a}:item/{n}";

constexpr string_view kProtectedNames[] = {"landing-zone-", "core-audit-", "org-trail-",  "central-logs-",
                                           "guardrail-",    "security-",   "break-glass-"};

constexpr string_view kAgents[] = {
    "Boto3/1.35.12 md/Botocore#1.35.12 ua/2.0 os/linux lang/python#3.12.4",
    "aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux",
    "aws-cli/2.17.20 md/awscrt#0.21.2 ua/2.0 os/linux#6.1 md/arch#x86_64",
    "APN/1.0 HashiCorp/1.0 Terraform/1.9.2",
    "aws-sdk-java/2.26.22 Linux/5.10 OpenJDK_64-Bit_Server_VM/21.0.4",
    "console.amazonaws.com",
    "aws-sdk-js/3.620.0 ua/2.0 os/linux lang/js md/nodejs#20.16.0",
};

std::string Fill(string_view form, string_view service, string_view region, string_view account,
                 string_view name) {
  std::string text;
  for (size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '{') {
      text += form[i];
      continue;
    }
    const char slot = form[i + 1];
    text += slot == 'r' ? region : slot == 'a' ? account : slot == 's' ? service : name;
    i += 2;
  }
  return text;
}

std::string Joined(std::initializer_list<string_view> parts) {
  std::string text;
  for (string_view part : parts) text += part;
  return text;
}

bool StartsWith(string_view text, string_view start) {
  return text.substr(0, start.size()) == start;
}

std::string TagValue(string_view tag, Random& random) {
  if (tag == "team" || tag == "owner" || tag == "project" || tag == "application") {
    return std::string(random.Pick(kTeams));
  }
  if (tag == "env") return std::string(random.Pick(kStages));
  if (tag == "cost-center") return Joined({"cc-", std::to_string(1000 + random.Below(60))});
  return std::string(random.Pick(kTagValues));
}

}  // namespace

string_view ServiceOf(string_view action) {
  return action.substr(0, action.find(':'));
}
string_view NameOf(string_view action) {
  return action.substr(action.find(':') + 1);
}

std::span<const string_view> PopularActions() {
  return kPopularActions;
}
std::span<const string_view> GuardedServices() {
  return kGuardedServices;
}
std::span<const string_view> GlobalServices() {
  return kGlobalServices;
}
std::span<const string_view> CoreRegions() {
  return kCoreRegions;
}
std::span<const string_view> OtherRegions() {
  return kOtherRegions;
}
std::span<const string_view> TagNames() {
  return kTagNames;
}
std::span<const string_view> Teams() {
  return kTeams;
}
std::span<const string_view> Stages() {
  return kStages;
}
std::span<const ServiceKey> ServiceKeys() {
  return kServiceKeys;
}

std::string RandomVpc(Random& random) {
  constexpr string_view kTails[] = {"0a1", "19c", "2d7", "34e", "4b0", "5f2", "68a", "7c5", "8e9", "9d3"};
  return Joined({"vpc-0c4d2e6f8a1b3", random.Pick(kTails), random.Pick(kBools) == "true" ? "7" : "c"});
}

std::string RandomCidr(Random& random) {
  constexpr string_view kNetworks[] = {"198.51.100.0/24", "203.0.113.0/25", "203.0.113.128/25",
                                       "192.0.2.0/26",    "192.0.2.64/26",  "100.64.0.0/10"};
  if (random.Percent(60)) return std::string(random.Pick(kNetworks));
  return Joined(
      {"18.", std::to_string(random.Below(8)), ".", std::to_string(16 * random.Below(16)), ".0/20"});
}

std::string RandomRole(Random& random) {
  std::string role = random.Percent(15) ? Joined({random.Pick(kTeams), "/"}) : std::string();
  role += Joined({random.Pick(kTeams), "-", random.Pick(kDuties)});
  if (random.Percent(40)) role += Joined({"-", random.Pick(kStages)});
  return role;
}

std::string ExemptRole(Random& random) {
  if (random.Percent(50)) return std::string(random.Pick(kExemptRoles));
  return Joined({random.Pick(kTeams), "-", random.Pick(kDuties)});
}

std::string UserAgent(Random& random) {
  return std::string(random.Pick(kAgents));
}

std::string RandomValue(string_view key, string_view account, string_view organization, Random& random) {
  if (key == "aws:RequestedRegion") {
    return std::string(random.Percent(88) ? random.Pick(kCoreRegions) : random.Pick(kOtherRegions));
  }
  for (string_view prefix : {"aws:PrincipalTag/", "aws:ResourceTag/", "aws:RequestTag/"}) {
    if (StartsWith(key, prefix)) return TagValue(key.substr(prefix.size()), random);
  }
  if (key == "aws:TagKeys") return std::string(random.Pick(kTagNames));
  if (key == "aws:SourceIp") {
    constexpr string_view kOffices[] = {"198.51.100.", "203.0.113.", "192.0.2."};
    const std::string last = std::to_string(1 + random.Below(254));
    if (random.Percent(70)) return Joined({random.Pick(kOffices), last});
    return Joined(
        {"18.", std::to_string(random.Below(8)), ".", std::to_string(random.Below(256)), ".", last});
  }
  if (key == "aws:SourceVpc") return RandomVpc(random);
  if (key == "aws:SourceVpce") return Joined({"vpce-0", random.Text(kHex, 16)});
  if (key == "aws:UserAgent") return UserAgent(random);
  if (key == "aws:userid")
    return Joined({"AROA", random.Text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17), ":session"});
  if (key == "aws:SourceIdentity") return Joined({random.Pick(kTeams), ".", random.Pick(kDuties)});
  if (key == "aws:SecureTransport") return random.Percent(97) ? "true" : "false";
  if (key == "aws:MultiFactorAuthPresent") return random.Percent(60) ? "true" : "false";
  if (key == "aws:ViaAWSService") return random.Percent(10) ? "true" : "false";
  if (key == "aws:MultiFactorAuthAge") return std::to_string(random.Below(7200));
  if (key == "aws:ResourceAccount") return std::string(account);
  if (key == "aws:ResourceOrgID") return std::string(random.Percent(92) ? organization : "o-partner00x1");
  if (key == "aws:CurrentTime") {
    return Joined({"2026-1", std::to_string(random.Below(3)), "-", std::to_string(10 + random.Below(18)),
                   "T0", std::to_string(random.Below(10)), ":", std::to_string(10 + random.Below(50)),
                   ":00Z"});
  }
  if (key == "ec2:InstanceType") return std::string(random.Pick(kInstanceTypes));
  for (const ServiceKey& service_key : kServiceKeys) {
    if (service_key.key != key) continue;
    std::string value(random.Pick(service_key.values));
    if (const size_t star = value.find('*'); star != std::string::npos) value.replace(star, 1, account);
    return value;
  }
  return std::string(random.Pick(kTagValues));
}

std::string ProtectedResource(string_view service, Random& random) {
  std::vector<string_view> forms;
  for (const ResourceShape& shape : kResourceShapes) {
    if (shape.service == service) forms.push_back(shape.form);
  }
  if (forms.empty()) return "*";
  const string_view form = random.Pick(forms);
  const std::string name =
      Joined({random.Pick(kProtectedNames), random.Percent(40) ? random.Pick(kTeams) : "", "*"});
  // What follows the name (an object's key, a stream) is covered by the `*`.
  const size_t end = form.find("{n}") + 3;
  return Fill(form.substr(0, end), service, "*", "*", name);
}

std::string RequestResource(string_view action, string_view region, string_view account, Random& random) {
  const string_view service = ServiceOf(action);
  std::string name = random.Percent(6) ? std::string(random.Pick(kProtectedNames)) : std::string();
  name += Joined({random.Pick(kTeams), "-", random.Text(kHex, 6)});
  for (const ResourceShape& shape : kResourceShapes) {
    if (shape.service == service && NameOf(action).find(shape.word) != string_view::npos) {
      return Fill(shape.form, service, region, account, name);
    }
  }
  return Fill(kAnyShape, service, region, account, name);
}

}  // namespace scpcheck::bench
