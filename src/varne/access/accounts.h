#pragma once
/// Who may sign in: people with a password and an office, programs with a token, and the sessions there are.
/// Start here. They lie in an SQLite file of their own that nobody else may read; a running desk sees at once
/// what `varne account` changes in it. Used by one thread at a time.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "varne/access/role.h"
#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

struct UserAccount {
  std::string name;  ///< a-z, 0-9, '.', '_' and '-'; 40 at the most
  Role role = Role::viewer;
  std::string unit;  ///< that they speak for: a captain's unit, another's centre; "" none
  bool locked = false;
  bool with_code = false;  ///< a one-time code is asked for as well
  Time made;
};

/// A program, and what it may do: names of acts (serve/access_table.h).
struct Program {
  std::string name;
  std::vector<std::string> scopes;
  Time made;
};

/// When a session ends by itself.
struct SessionLimits {
  std::chrono::minutes idle{30};           ///< without a request or an open console
  std::chrono::minutes absolute{13 * 60};  ///< a watch and its hand-over
};

class Accounts {
 public:
  /// Opens or makes the file, mode 0600. Refuses one that others may read or write, and one that is something
  /// else.
  static Result<std::unique_ptr<Accounts>> open(const std::string& path, SessionLimits limits = {});
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;
  ~Accounts();

  // Keeping them. Each refuses a name that is none or not known, with words; each but `add` ends the
  // account's sessions.
  Done add(const UserAccount& account, const std::string& password);
  /// The same where the password was hashed elsewhere (password.h).
  Done add_hashed(const UserAccount& account, const std::string& hash);
  Done set_role(const std::string& name, Role role, const std::string& unit);
  Done set_password(const std::string& name, const std::string& password);
  Done set_password_hash(const std::string& name, const std::string& hash);
  Done set_locked(const std::string& name, bool locked);
  /// A new secret for one-time codes, its bytes; the one before is void. An empty one: none is asked for.
  Done set_code(const std::string& name, const std::string& secret);

  /// @returns the token, which is shown this once. Refuses a name in use.
  Result<std::string> add_program(const std::string& name, const std::vector<std::string>& scopes, Time made);
  Done remove_program(const std::string& name);

  /// In the order of their names.
  [[nodiscard]] std::vector<UserAccount> all();
  [[nodiscard]] std::vector<Program> programs();

  // Signing in. The password's hash is looked at elsewhere, for it takes long (password.h).
  /// "" of somebody who is not known or is locked.
  [[nodiscard]] std::string password_hash_of(const std::string& name);
  /// After the password: takes the one-time code, where one is asked for, and begins a session.
  /// @param hash  that the password fits
  /// @returns its secret; nothing where the code is not right, or the account was changed meanwhile
  std::optional<std::string> begin_session(const std::string& name, const std::string& hash,
                                           const std::string& code, Time now);
  /// Whose session it is; nothing where there is none, or it has expired. Asking keeps it alive.
  std::optional<UserAccount> session(const std::string& secret, Time now);
  void end_session(const std::string& secret);

  /// Whose token it is.
  std::optional<Program> program(const std::string& token);
  std::optional<Program> program_named(const std::string& name);

  // What the file holds of each; of a session everything but its secret.
  using Value = std::variant<std::int64_t, std::string>;
  struct KeptAccount {
    UserAccount account;
    std::string password;  ///< hash
    std::string code;      ///< secret of the one-time codes, bytes; "" none
    std::int64_t code_used = 0;
    std::int64_t changes = 0;  ///< a session of before one is over
  };
  struct KeptSession {
    std::string account;
    std::int64_t changes = 0;
    Time begun;
    Time seen;
    Time written;  ///< as the file has `seen`
  };

 private:
  class File;
  Accounts(std::unique_ptr<File> file, SessionLimits limits);
  void refresh();
  Done change(const std::string& name, const char* sql, std::vector<Value> values);
  [[nodiscard]] bool is_over(const KeptSession& session, Time now) const;

  std::unique_ptr<File> file_;
  SessionLimits limits_;
  std::map<std::string, KeptAccount> accounts_;  ///< as the file has them
  std::map<Hash, Program> programs_;             ///< by the hash of their token
  std::map<Hash, KeptSession> sessions_;         ///< known here; a session goes on where the file is full
  std::int64_t seen_version_ = -1;
};

}  // namespace varne
