#pragma once
/// A desk's accounts, one of every office, and ways to ask as each of them.

#include <fmt/format.h>

#include "running.h"
#include "varne/access/accounts.h"
#include "varne/access/password.h"

namespace varne::test {

inline constexpr const char* password = "correct horse battery";

class Offices {
 public:
  explicit Offices(SessionLimits limits = {}) : desks_(open(limits)), beside_(open(limits)) {
    static const std::string hash = password_hash(password);
    for (const auto& [role, name] : EnumNames<Role>::values)
      EXPECT_TRUE(beside_->add_hashed(
          {.name = std::string(name), .role = role, .unit = unit_of(role), .made = wall_clock()}, hash));
  }
  static std::string unit_of(Role role) {
    if (role == Role::captain) return "RNLI Dover";
    if (role == Role::partner) return "CROSS Gris-Nez";
    return speaks_for_another(role) ? "MRCC Dover" : "";
  }

  /// What the desk is given; used on its thread alone.
  [[nodiscard]] Accounts* desks() const { return desks_.get(); }
  /// The same file, as another process has it.
  [[nodiscard]] Accounts& beside() const { return *beside_; }
  [[nodiscard]] std::string file() const { return folder_.file("desk.accounts"); }

  /// The secret of a session of this office, begun now.
  [[nodiscard]] std::string session(Role role, Time now = wall_clock()) const {
    const std::string name(enum_name(role));
    return beside_->begin_session(name, beside_->password_hash_of(name), "", now).value();
  }
  [[nodiscard]] std::string token(const std::string& name, const std::vector<std::string>& scopes) const {
    return beside_->add_program(name, scopes, wall_clock()).value();
  }

 private:
  [[nodiscard]] std::unique_ptr<Accounts> open(SessionLimits limits) const {
    return Accounts::open(file(), limits).value();
  }
  Scratch folder_;
  std::unique_ptr<Accounts> desks_;
  std::unique_ptr<Accounts> beside_;
};

/// What a browser sends with a session's secret, from the desk's own page.
inline std::map<std::string, std::string> by_session(std::uint16_t port, const std::string& secret) {
  return {{"Cookie", fmt::format("other=1; varne-{}={}", port, secret)},
          {"Origin", fmt::format("http://127.0.0.1:{}", port)}};
}
inline std::map<std::string, std::string> by_token(const std::string& token) {
  return {{"Authorization", "Bearer " + token}};
}

inline Running<ScriptedDesk>::Make scripted() {
  return [](boost::asio::io_context&) { return std::make_unique<ScriptedDesk>(); };
}

}  // namespace varne::test
