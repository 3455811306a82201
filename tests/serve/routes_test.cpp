/// The table of what can be asked is the document's table, and whatever it says holds over the wire.
#include "varne/serve/routes.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support.h"

namespace varne {
namespace {

namespace http = boost::beast::http;

std::string row_of(const Route& route) {
  const auto method = http::to_string(route.method);
  return fmt::format("| `{} {}` | {} | {} | {} |\n", std::string_view(method.data(), method.size()),
                     route.path, enum_name(route.act),
                     route.most_body == 0 ? "" : fmt::format("{} KiB", route.most_body >> 10), route.says);
}

TEST(Routes, stand_in_the_manual_row_by_row) {
  std::string table;
  for (const Route& route : routes()) table += row_of(route);
  const auto manual = test::read_all(std::string(VARNE_ROOT) + "/docs/api.md");
  EXPECT_NE(manual.find("| --- | --- | --- | --- |\n" + table), std::string::npos)
      << "docs/api.md, Requests, is to be:\n"
      << table;
}

TEST(Routes, the_part_between_braces_is_one_part_of_the_path) {
  const auto found = find_route(http::verb::get, "/api/incidents/I7/forecast?x=1");
  ASSERT_NE(found.route, nullptr);
  EXPECT_EQ(found.route->path, "/api/incidents/{id}/forecast");
  EXPECT_EQ(found.part, "I7");
  EXPECT_EQ(find_route(http::verb::get, "/api/incidents/I7").route->path, "/api/incidents/{id}");
  for (const char* none : {"/api/incidents/", "/api/incidents/I7/", "/api/incidents//forecast", "/api/",
                           "/api/tracks/M1/x", "/api/states"}) {
    EXPECT_EQ(find_route(http::verb::get, none).route, nullptr) << none;
    EXPECT_EQ(find_route(http::verb::get, none).allow, "") << none;
  }
}

TEST(Routes, everything_else_is_a_file_of_the_console) {
  for (const char* path : {"/", "/assets/app.js", "/wsx"})
    EXPECT_EQ(find_route(http::verb::head, path).route->path, "/{…*}") << path;
  EXPECT_EQ(find_route(http::verb::post, "/assets/app.js").allow, "GET, HEAD");
}

TEST(Routes, what_changes_something_is_an_act_that_writes_but_for_coming_going_and_ones_own_password) {
  for (const Route& route : routes()) {
    const bool of_oneself =
        route.path == "/api/login" || route.path == "/api/logout" || route.path == "/api/me/password";
    EXPECT_EQ(writes(route.act), route.method != http::verb::get && !of_oneself) << route.path;
  }
}

}  // namespace
}  // namespace varne
