#include "keys.h"

#include <functional>
#include <set>
#include <utility>

namespace scpcheck::reference {
namespace {

// Semantics section 7. A name that ends in `/` stands for the keys with any tail.
const std::set<std::string, std::less<>>& MultivaluedGlobals() {
  static const std::set<std::string, std::less<>> keys = {"aws:principalorgpaths",
                                                          "aws:principalservicenameslist",
                                                          "aws:resourceorgpaths",
                                                          "aws:sourceorgpaths",
                                                          "aws:vpceorgpaths",
                                                          "aws:calledvia",
                                                          "aws:tagkeys"};
  return keys;
}

const std::set<std::string, std::less<>>& SingleValuedGlobals() {
  static const std::set<std::string, std::less<>> keys = {"aws:principalarn",
                                                          "aws:principalaccount",
                                                          "aws:principalorgid",
                                                          "aws:principaltag/",
                                                          "aws:principalisawsservice",
                                                          "aws:principalservicename",
                                                          "aws:principaltype",
                                                          "aws:userid",
                                                          "aws:username",
                                                          "aws:assumedroot",
                                                          "aws:federatedprovider",
                                                          "aws:tokenissuetime",
                                                          "aws:signinsessionarn",
                                                          "aws:multifactorauthage",
                                                          "aws:multifactorauthpresent",
                                                          "aws:chatbotsourcearn",
                                                          "aws:ec2instancesourcevpc",
                                                          "aws:ec2instancesourceprivateipv4",
                                                          "aws:sourceidentity",
                                                          "ec2:roledelivery",
                                                          "ec2:sourceinstancearn",
                                                          "glue:roleassumedby",
                                                          "glue:credentialissuingservice",
                                                          "codebuild:buildarn",
                                                          "codebuild:projectarn",
                                                          "lambda:sourcefunctionarn",
                                                          "ssm:sourceinstancearn",
                                                          "identitystore:userid",
                                                          "aws:sourceip",
                                                          "aws:sourcevpc",
                                                          "aws:sourcevpce",
                                                          "aws:sourcevpcarn",
                                                          "aws:vpceaccount",
                                                          "aws:vpceorgid",
                                                          "aws:vpcsourceip",
                                                          "aws:resourceaccount",
                                                          "aws:resourceorgid",
                                                          "aws:resourcetag/",
                                                          "aws:calledviafirst",
                                                          "aws:calledvialast",
                                                          "aws:calledviaawsmcp",
                                                          "aws:viaawsservice",
                                                          "aws:viaawsmcpservice",
                                                          "aws:ismcpserviceaction",
                                                          "aws:currenttime",
                                                          "aws:epochtime",
                                                          "aws:requestedregion",
                                                          "aws:securetransport",
                                                          "aws:useragent",
                                                          "aws:referer",
                                                          "aws:requesttag/",
                                                          "aws:sourceaccount",
                                                          "aws:sourceorgid",
                                                          "aws:sourcearn"};
  return keys;
}

}  // namespace

std::optional<Arity> KnownArity(std::string_view key, const KeyArity& key_arity) {
  if (MultivaluedGlobals().count(key) > 0) return Arity::kMulti;
  const size_t slash = key.find('/');
  const std::string_view name = slash == std::string_view::npos ? key : key.substr(0, slash + 1);
  if (SingleValuedGlobals().count(name) > 0) return Arity::kSingle;
  return key_arity ? key_arity(key) : std::nullopt;
}

KeyState Present(std::vector<std::string> values, bool multivalued) {
  return {KeyState::Presence::kPresent, std::move(values), multivalued};
}
KeyState Absent() {
  return {KeyState::Presence::kAbsent, {}, false};
}

}  // namespace scpcheck::reference
