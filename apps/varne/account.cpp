/// varne account: who may sign in at a desk.
#include "account.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "ask_password.h"
#include "terminal.h"
#include "varne/access/accounts.h"
#include "varne/access/one_time_code.h"
#include "varne/core/enum_named.h"
#include "varne/core/text.h"
#include "varne/serve/access_table.h"
#include "varne/serve/server.h"

namespace varne::app {
namespace {

struct AccountOptions {
  std::string file;
  std::string name;
  std::string role;
  std::string unit;
  std::vector<std::string> scopes;
  bool off = false;
  bool revoke = false;
};
using Doing = Done (*)(Accounts&, const AccountOptions&);

Result<Role> role_in(const AccountOptions& options) {
  const auto role = enum_named<Role>(options.role);
  if (!role) return fail("--role", fmt::format("\"{}\" is none of {}", shown(options.role), role_names()));
  return *role;
}

Done add(Accounts& accounts, const AccountOptions& options) {
  const auto role = role_in(options);
  if (!role) return std::unexpected(role.error());
  const auto password = ask_password("Password for " + options.name);
  if (!password) return std::unexpected(password.error());
  return accounts.add({.name = options.name, .role = *role, .unit = options.unit, .made = wall_time()},
                      *password);
}

Done change_role(Accounts& accounts, const AccountOptions& options) {
  const auto role = role_in(options);
  if (!role) return std::unexpected(role.error());
  return accounts.set_role(options.name, *role, options.unit);
}

Done lock(Accounts& accounts, const AccountOptions& options) {
  return accounts.set_locked(options.name, true);
}

Done unlock(Accounts& accounts, const AccountOptions& options) {
  return accounts.set_locked(options.name, false);
}

Done change_password(Accounts& accounts, const AccountOptions& options) {
  const auto password = ask_password("New password for " + options.name);
  if (!password) return std::unexpected(password.error());
  return accounts.set_password(options.name, *password);
}

Done change_code(Accounts& accounts, const AccountOptions& options) {
  const std::string secret = options.off ? "" : new_code_secret();
  if (auto done = accounts.set_code(options.name, secret); !done) return done;
  if (!options.off)
    say("Put this into the authenticator; it is shown this once:\n{}\n{}\n", base32(secret),
        code_uri(options.name, secret));
  return {};
}

Done list(Accounts& accounts, const AccountOptions& /*options*/) {
  for (const UserAccount& one : accounts.all())
    say("{:<20} {:<14} {:<24} {}{}\n", one.name, enum_name(one.role), one.unit, one.with_code ? "code " : "",
        one.locked ? "locked" : "");
  for (const Program& one : accounts.programs())
    say("{:<20} {:<14} {}\n", one.name, "program", fmt::join(one.scopes, " "));
  return {};
}

Done token(Accounts& accounts, const AccountOptions& options) {
  if (options.revoke) return accounts.remove_program(options.name);
  if (auto done = check_scopes(options.scopes); !done) return fail("--scope", done.error().what);
  const auto made = accounts.add_program(options.name, options.scopes, wall_time());
  if (!made) return std::unexpected(made.error());
  say("{}\n", *made);
  return {};
}

/// @param create  the file may be made
Done run(Doing doing, const AccountOptions& options, bool create) {
  if (!create && !std::filesystem::exists(options.file))
    return fail("--accounts", fmt::format("there is no {}; varne account add makes it", options.file));
  auto accounts = Accounts::open(options.file);
  if (!accounts) return std::unexpected(accounts.error());
  return doing(**accounts, options);
}

}  // namespace

void add_account(CLI::App& app, int& status) {
  auto* group = app.add_subcommand("account", "Who may sign in at a desk, and which programs have a token");
  group->require_subcommand(1);
  const auto options = std::make_shared<AccountOptions>();
  const auto one = [&](const char* name, const char* says, Doing doing, const char* example,
                       bool named = true) {
    auto* command = group->add_subcommand(name, says);
    command->add_option("--accounts", options->file, "the file that varne serve is given")->required();
    if (named) command->add_option("name", options->name, "a-z, 0-9, '.', '_' and '-'")->required();
    command->footer(std::string("Example:\n  varne account ") + example + " --accounts desk.accounts");
    const bool create = doing == add || doing == token;
    command->callback([=, &status] {
      if (const auto done = run(doing, *options, create); !done) status = failed(done.error());
    });
    return command;
  };
  const auto office = [&](CLI::App* command) {
    command->add_option("--role", options->role, role_names())->required();
    command->add_option(
        "--unit", options->unit,
        "whom they speak for: a captain's unit, another's centre, as the desk's lists name it");
  };
  office(one("add", "A new account; the password is asked for, or read from standard input", add,
             "add anna --role coordinator --unit \"MRCC Dover\""));
  office(one("role", "Another office, or another unit or centre; it ends the account's sessions", change_role,
             "role anna --role viewer"));
  one("lock", "Nobody signs in by it any more, and its sessions end", lock, "lock anna");
  one("unlock", "It may sign in again", unlock, "unlock anna");
  one("password", "A new password, asked for or read from standard input", change_password, "password anna");
  one("code", "One-time codes (RFC 6238): shows a new secret, once", change_code, "code anna")
      ->add_flag("--off", options->off, "none is asked for any more");
  one("list", "All accounts and programs", list, "list", false);
  auto* tokens = one("token", "A token for a program, shown once", token, "token bridge --scope report");
  tokens->add_option("--scope", options->scopes,
                     fmt::format("what it may do, as often as needed: {}", fmt::join(known_scopes(), ", ")));
  tokens->add_flag("--revoke", options->revoke, "the program's token is void from now on");
}

}  // namespace varne::app
