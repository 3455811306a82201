#include "varne/access/accounts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "varne/access/accounts_file.h"
#include "varne/access/one_time_code.h"
#include "varne/access/password.h"
#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::size_t longest_name = 40;
constexpr auto written_every = std::chrono::minutes(1);

std::string unfit_name(const std::string& name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  if (name.empty() || name.size() > longest_name || !std::ranges::all_of(name, fits))
    return fmt::format("\"{}\" is no name for an account: a-z, 0-9, '.', '_' and '-', {} at the most",
                       shown(name), longest_name);
  return "";
}

std::string unfit_unit(Role role, const std::string& unit) {
  if (speaks_for_another(role) && unit.empty())
    return fmt::format("a {} speaks for a unit or a centre; name it", enum_name(role));
  if (unit.size() > 200 || !is_utf8(unit)) return "the unit or centre is no name";
  return "";
}

}  // namespace

std::string role_names() {
  std::string out;
  for (const auto& [role, name] : EnumNames<Role>::values)
    out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

Accounts::Accounts(std::unique_ptr<File> file, SessionLimits limits)
    : file_(std::move(file)), limits_(limits) {}
Accounts::~Accounts() = default;

Result<std::unique_ptr<Accounts>> Accounts::open(const std::string& path, SessionLimits limits) {
  auto file = File::open(path);
  if (!file) return std::unexpected(file.error());
  auto made = std::unique_ptr<Accounts>(new Accounts(std::make_unique<File>(std::move(*file)), limits));
  made->refresh();
  return made;
}

/// Reads all again where another process has changed the file.
void Accounts::refresh() {
  const auto version = file_->version();
  if (!version || *version == seen_version_) return;  // one that cannot be read now stands as it was
  auto accounts = file_->accounts();
  auto programs = file_->programs();
  if (!accounts || !programs) return;
  accounts_ = std::move(*accounts);
  programs_ = std::move(*programs);
  seen_version_ = *version;
}

Done Accounts::add(const UserAccount& account, const std::string& password) {
  if (auto why = unfit_password(password); !why.empty()) return fail("password", why);
  return add_hashed(account, password_hash(password));
}

Done Accounts::add_hashed(const UserAccount& account, const std::string& hash) {
  refresh();
  if (auto why = unfit_name(account.name); !why.empty()) return fail("", why);
  if (auto why = unfit_unit(account.role, account.unit); !why.empty()) return fail("", why);
  if (accounts_.contains(account.name)) return fail("", fmt::format("there is an account {}", account.name));
  auto done = file_->write(
      "INSERT INTO account (name, role, unit, password, made) VALUES (?, ?, ?, ?, ?)",
      {account.name, std::string(enum_name(account.role)), account.unit, hash, millis(account.made)});
  seen_version_ = -1;
  return done;
}

/// Every change of an account ends its sessions: they were begun by the one it was.
Done Accounts::change(const std::string& name, const char* sql, std::vector<Value> values) {
  refresh();
  if (!accounts_.contains(name)) return fail("", fmt::format("there is no account \"{}\"", shown(name)));
  values.emplace_back(name);
  auto done = file_->write(sql, values);
  seen_version_ = -1;
  return done;
}

Done Accounts::set_role(const std::string& name, Role role, const std::string& unit) {
  if (auto why = unfit_unit(role, unit); !why.empty()) return fail("", why);
  return change(name, "UPDATE account SET role = ?, unit = ?, changes = changes + 1 WHERE name = ?",
                {std::string(enum_name(role)), unit});
}

Done Accounts::set_password(const std::string& name, const std::string& password) {
  if (auto why = unfit_password(password); !why.empty()) return fail("password", why);
  return set_password_hash(name, password_hash(password));
}

Done Accounts::set_password_hash(const std::string& name, const std::string& hash) {
  return change(name, "UPDATE account SET password = ?, changes = changes + 1 WHERE name = ?", {hash});
}

Done Accounts::set_locked(const std::string& name, bool locked) {
  return change(name, "UPDATE account SET locked = ?, changes = changes + 1 WHERE name = ?",
                {std::int64_t{locked}});
}

Done Accounts::set_code(const std::string& name, const std::string& secret) {
  return change(name, "UPDATE account SET code = ?, code_used = 0, changes = changes + 1 WHERE name = ?",
                {hex(secret)});
}

Result<std::string> Accounts::add_program(const std::string& name, const std::vector<std::string>& scopes,
                                          Time made) {
  refresh();
  if (auto why = unfit_name(name); !why.empty()) return fail("", why);
  if (program_named(name))
    return fail("", fmt::format("there is a program {}; revoke its token first", name));
  const std::string token = "varne_" + new_secret();
  auto done =
      file_->write("INSERT INTO program VALUES (?, ?, ?, ?)",
                   {name, hex(sha256(token)), fmt::format("{}", fmt::join(scopes, " ")), millis(made)});
  if (!done) return std::unexpected(done.error());
  seen_version_ = -1;
  return token;
}

Done Accounts::remove_program(const std::string& name) {
  if (!program_named(name)) return fail("", fmt::format("there is no program \"{}\"", shown(name)));
  seen_version_ = -1;
  return file_->write("DELETE FROM program WHERE name = ?", {name});
}

std::vector<UserAccount> Accounts::all() {
  refresh();
  std::vector<UserAccount> out;
  for (const auto& [name, kept] : accounts_) out.push_back(kept.account);
  return out;
}

std::vector<Program> Accounts::programs() {
  refresh();
  std::vector<Program> out;
  for (const auto& [hash, program] : programs_) out.push_back(program);
  std::ranges::sort(out, {}, &Program::name);
  return out;
}

std::string Accounts::password_hash_of(const std::string& name) {
  refresh();
  const auto at = accounts_.find(name);
  return at == accounts_.end() || at->second.account.locked ? "" : at->second.password;
}

std::optional<std::string> Accounts::begin_session(const std::string& name, const std::string& hash,
                                                   const std::string& code, Time now) {
  if (password_hash_of(name) != hash || hash.empty()) return std::nullopt;
  KeptAccount& kept = accounts_.at(name);
  if (!kept.code.empty()) {
    const auto step = code_accepted(kept.code, code, now, kept.code_used);
    if (!step) return std::nullopt;
    kept.code_used = *step;
    // On a full disk it is remembered here, and who has to sign in signs in.
    (void)file_->write("UPDATE account SET code_used = ? WHERE name = ?", {*step, name});
  }
  std::erase_if(sessions_, [&](const auto& one) { return is_over(one.second, now); });
  const std::string secret = new_secret();
  const Hash key = sha256(secret);
  sessions_[key] = {name, kept.changes, now, now, now};
  (void)file_->write("DELETE FROM session WHERE begun < ?", {millis(now - limits_.absolute)});
  (void)file_->write("INSERT INTO session VALUES (?, ?, ?, ?, ?)",
                     {hex(key), name, kept.changes, millis(now), millis(now)});
  return secret;
}

bool Accounts::is_over(const KeptSession& session, Time now) const {
  return now - session.seen > limits_.idle || now - session.begun > limits_.absolute;
}

std::optional<UserAccount> Accounts::session(const std::string& secret, Time now) {
  refresh();
  const Hash key = sha256(secret);
  auto at = sessions_.find(key);
  if (at == sessions_.end()) {  // begun by a desk that this one took over from
    auto kept = file_->session(hex(key));
    if (!kept) return std::nullopt;
    at = sessions_.emplace(key, std::move(*kept)).first;
  }
  KeptSession& session = at->second;
  const auto account = accounts_.find(session.account);
  if (account == accounts_.end() || account->second.account.locked ||
      account->second.changes != session.changes || is_over(session, now)) {
    end_session(secret);
    return std::nullopt;
  }
  session.seen = std::max(session.seen, now);
  if (session.seen - session.written >= written_every) {
    session.written = session.seen;
    (void)file_->write("UPDATE session SET seen = ? WHERE hash = ?", {millis(session.seen), hex(key)});
  }
  return account->second.account;
}

void Accounts::end_session(const std::string& secret) {
  const Hash key = sha256(secret);
  sessions_.erase(key);
  (void)file_->write("DELETE FROM session WHERE hash = ?", {hex(key)});
}

std::optional<Program> Accounts::program(const std::string& token) {
  refresh();
  const auto at = programs_.find(sha256(token));
  return at == programs_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<Program> Accounts::program_named(const std::string& name) {
  for (auto& program : programs())
    if (program.name == name) return program;
  return std::nullopt;
}

}  // namespace varne
