#include "varne/serve/access_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "varne/core/text.h"
#include "varne/room/authority.h"
#include "varne/serve/routes.h"

namespace varne {
namespace {

struct Row {
  Act act = Act::open;
  std::array<bool, roles> by_role{};
  bool scope = false;  ///< a token may be given it
  bool feed = false;
  bool partner = false;
  std::string_view says;
};

constexpr bool o = true;
constexpr bool x = false;
// clang-format off
//                  viewer, watch officer, coordinator, commander, captain, partner, auditor, administrator;
//                                             scope, feed's and partner's certificate
constexpr std::array<Row, acts> table{{
    {Act::open,      {o, o, o, o, o, o, o, o}, x, o, o, "the page itself, and signing in; nobody has to be known for it"},
    {Act::self,      {o, o, o, o, o, o, o, o}, x, x, x, "who one is, one's own password, and signing out"},
    {Act::read,      {o, o, o, o, o, o, o, o}, o, x, o, "the picture, the record, the socket"},
    {Act::report,    {x, o, o, o, o, o, x, x}, o, o, o, "what was seen or heard, somebody's no, and what others ask for"},
    {Act::order,     {x, x, o, o, o, x, x, x}, x, x, x, "an order: of the account's centre, to units of it, or to the captain's own"},
    {Act::consent,   {x, x, x, o, o, x, x, x}, x, x, x, "an agreement of one's own, for one encounter"},
    {Act::overrule,  {x, x, x, o, o, x, x, x}, x, x, x, "acting against a verdict, by name"},
    {Act::parameter, {x, x, o, o, o, x, x, x}, x, x, x, "a number that a doctrine leaves open"},
    {Act::play,      {x, o, o, o, o, x, x, x}, x, x, x, "steering a replay"},
    {Act::audit,     {x, x, x, x, x, x, o, o}, o, x, x, "who has an account"},
    {Act::accounts,  {x, x, x, x, x, x, x, o}, x, x, x, "keeping the accounts"},
}};
// clang-format on

template <class Holds>
Acts those(Holds&& holds) {
  Acts out;
  for (const Row& row : table)
    if (holds(row)) out.set(static_cast<std::size_t>(row.act));
  return out;
}

constexpr const char* yes_cell = "✓";

/// "watch officer" of "watch_officer".
std::string in_words(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '_', ' ');
  return out;
}

/// "| a | b |" of everybody in the order of the table's columns.
std::string cells(Act act) {
  std::string out;
  const auto cell = [&](const Acts& may) { out += fmt::format(" {} |", holds(may, act) ? yes_cell : ""); };
  cell(acts_of_nobody());
  for (const auto& [role, name] : EnumNames<Role>::values) cell(acts_of(role));
  for (const auto& scope : known_scopes()) cell(acts_of(std::vector{scope}));
  for (const auto& [holder, name] : EnumNames<Holder>::values) cell(acts_of(holder));
  return out;
}

std::string head(std::string_view first) {
  std::string names = fmt::format("| {} | nobody |", first);
  std::string rule = "| --- | --- |";
  const auto column = [&](const std::string& name) {
    names += " " + name + " |";
    rule += " --- |";
  };
  for (const auto& [role, name] : EnumNames<Role>::values) column(in_words(name));
  for (const auto& scope : known_scopes()) column("token `" + scope + "`");
  for (const auto& [holder, name] : EnumNames<Holder>::values) column(fmt::format("{}'s certificate", name));
  return names + "\n" + rule + "\n";
}

}  // namespace

Acts acts_of_nobody() {
  return those([](const Row& row) { return row.act == Act::open; });
}

Acts acts_of(Role role) {
  return those([&](const Row& row) { return row.by_role[static_cast<std::size_t>(role)]; });
}

Acts acts_of(Holder holder) {
  return those([&](const Row& row) { return holder == Holder::feed ? row.feed : row.partner; });
}

Acts acts_of(const std::vector<std::string>& scopes) {
  return acts_of_nobody() | those([&](const Row& row) {
           return row.scope && std::ranges::find(scopes, enum_name(row.act)) != scopes.end();
         });
}

Acts acts_without_accounts() {
  return those([](const Row& row) { return row.act != Act::audit && row.act != Act::accounts; });
}

std::vector<std::string> known_scopes() {
  std::vector<std::string> out;
  for (const Row& row : table)
    if (row.scope) out.emplace_back(enum_name(row.act));
  return out;
}

Done check_scopes(const std::vector<std::string>& scopes) {
  const auto known = known_scopes();
  if (scopes.empty()) return fail("scope", fmt::format("is missing; there are {}", fmt::join(known, ", ")));
  for (const auto& scope : scopes)
    if (std::ranges::find(known, scope) == known.end())
      return fail("scope", fmt::format("\"{}\" is none; there are {}", shown(scope), fmt::join(known, ", ")));
  return {};
}

Act act_of(const Report& report) {
  return std::visit(
      Overloaded{[](const reports::Order& r) { return authority::is_request(r) ? Act::report : Act::order; },
                 [](const reports::Consent& r) { return r.given ? Act::consent : Act::report; },
                 [](const reports::Override& /*r*/) { return Act::overrule; },
                 [](const reports::Parameter& /*r*/) { return Act::parameter; },
                 [](const ReportHead& /*r*/) { return Act::report; }},
      report);
}

bool speaks_for(const World& world, Role role, const std::string& unit) {
  return role == Role::captain ? authority::is_unit(world, unit) : authority::is_centre(world, unit);
}

std::string acts_table() {
  std::string out = head("act");
  for (const Row& row : table)
    out += fmt::format("| `{}`: {} |{}\n", enum_name(row.act), row.says, cells(row.act));
  return out;
}

std::string requests_table() {
  std::string out = head("request");
  for (const Route& route : routes()) {
    if (route.answer == nullptr) continue;
    const auto method = boost::beast::http::to_string(route.method);
    out += fmt::format("| `{} {}` |{}\n", std::string_view(method.data(), method.size()), route.path,
                       cells(route.act));
  }
  return out;
}

}  // namespace varne
