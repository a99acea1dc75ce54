// Edits of a policy's text that touch only what they must and keep its layout.

#ifndef SCPCHECK_LINT_EDITS_H_
#define SCPCHECK_LINT_EDITS_H_

#include <string>
#include <string_view>
#include <vector>

#include "json/tree.h"
#include "scpcheck/lint.h"

namespace scpcheck {

// `text` as a JSON string, in quotes.
std::string JsonQuoted(std::string_view text);

// Writes another string in the place of a key or a value.
std::vector<TextEdit> ReplaceString(json::Value string, std::string_view text);

// Takes an element out of its array, with one comma and the line it stands on alone.
std::vector<TextEdit> RemoveElement(json::Value array, json::Value element);
// The same for several; not all of them. In document order.
std::vector<TextEdit> RemoveElements(json::Value array, const std::vector<json::Value>& elements);

// Takes a member out of its object.
std::vector<TextEdit> RemoveMember(json::Value object, json::Member member);

// Puts a value, given as JSON, behind the last one of `list`, in its layout. A string becomes a list.
std::vector<TextEdit> AppendValue(json::Value list, std::string_view json);

// Puts a member, given as JSON (`"Resource": "*"`), behind the last one of an object that has one, in its
// layout.
std::vector<TextEdit> AppendMember(json::Value object, std::string_view json);

// Puts a member in front of the first one of an object that has one, in its layout.
std::vector<TextEdit> PrependMember(json::Value object, std::string_view json);

// The text after the edits. Precondition: they do not overlap.
std::string ApplyEdits(std::string_view text, std::vector<TextEdit> edits);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_EDITS_H_
