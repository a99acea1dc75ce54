// Diagnostics as text, and that a flood of them stays bounded.

#include "scpcheck/diagnostic.h"

#include <gtest/gtest.h>

#include <string>

namespace scpcheck {
namespace {

Diagnostic Make(Severity severity, std::string message) {
  return {.severity = severity, .code = "c", .message = std::move(message), .source = nullptr, .range = {}};
}

TEST(Diagnostic, AsText) {
  Diagnostic diagnostic = Make(Severity::kWarning, "m");
  EXPECT_EQ(diagnostic.ToString(), "warning: m");
  EXPECT_EQ(diagnostic.ToError().ToString(), "m");
  diagnostic.source = Source::FromText("f", "a\nbc");
  diagnostic.range = {3, 4};
  EXPECT_EQ(diagnostic.ToString(), "f:2:2: warning: m");
  EXPECT_EQ(diagnostic.ToError().ToString(), "f:2:2: m");
  diagnostic.message = "`a\nb\x1b`";
  EXPECT_EQ(diagnostic.ToString(), "f:2:2: warning: `a\\nb\\x1b`");
  EXPECT_EQ(diagnostic.ToError().ToString(), "f:2:2: `a\\nb\\x1b`");
  EXPECT_EQ(SeverityName(Severity::kInfo), "info");
  EXPECT_EQ(SeverityName(Severity::kError), "error");
}

TEST(Diagnostics, FirstError) {
  Diagnostics diagnostics;
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.Add(Make(Severity::kWarning, "a"));
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.Add(Make(Severity::kError, "b"));
  diagnostics.Add(Make(Severity::kError, "c"));
  ASSERT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.first_error().message, "b");
  EXPECT_EQ(diagnostics.all().size(), 3U);
}

TEST(Diagnostics, AFloodOfWarningsHidesNoErrors) {
  Diagnostics diagnostics;
  for (size_t i = 0; i < Diagnostics::kMaxCount + 10; ++i) diagnostics.Add(Make(Severity::kWarning, "w"));
  EXPECT_EQ(diagnostics.all().size(), Diagnostics::kMaxCount);
  EXPECT_EQ(diagnostics.dropped(), 10U);
  diagnostics.Add(Make(Severity::kError, "e"));
  diagnostics.Add(Make(Severity::kError, "f"));
  EXPECT_EQ(diagnostics.all().size(), Diagnostics::kMaxCount + 2);
  EXPECT_EQ(diagnostics.first_error().message, "e");
  EXPECT_EQ(diagnostics.dropped(), 10U);

  Diagnostics others;
  others.Append(diagnostics);
  EXPECT_EQ(others.first_error().message, "e");
  EXPECT_EQ(others.dropped(), 10U);
  for (size_t i = 0; i < Diagnostics::kMaxCount; ++i) others.Add(Make(Severity::kError, "g"));
  EXPECT_EQ(others.all().size(), 2 * Diagnostics::kMaxCount);
  EXPECT_EQ(others.dropped(), 12U);
}

}  // namespace
}  // namespace scpcheck
