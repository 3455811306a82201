#pragma once
/// Signing in. Passwords are hashed on a thread of its own: a tenth of a second and 64 MiB each, which the
/// server's own has not. Who guesses waits longer each time; nobody else does (access/patience.h).

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "varne/access/accounts.h"
#include "varne/access/patience.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// Everything but the constructor is called on the thread that runs `io`, and so is every `done`.
class SignIn : public std::enable_shared_from_this<SignIn> {
 public:
  struct Asked {
    std::string account;
    std::string password;
    std::string code;     ///< one-time, "" none
    std::string address;  ///< whence
    /// Whoever has signed in shows that it is still they: no code is asked for, and no session begun.
    bool only_password = false;
  };
  /// One of the three is said; none where `only_password` was right.
  struct Outcome {
    std::string session = {};      ///< the secret of the one that was begun
    std::string refused = {};      ///< why not
    std::chrono::seconds wait{0};  ///< not now: after so long it may be tried again
  };

  SignIn(boost::asio::io_context& io, Accounts& accounts, std::function<Time()> now)
      : io_(io), accounts_(accounts), now_(std::move(now)) {}

  void ask(Asked asked, std::function<void(const Outcome&)> done);
  /// Argon2id of a new password, or why it will not do.
  void hash(std::string password, std::function<void(const Result<std::string>&)> done);
  /// Waits for what is under way, and begins nothing more.
  void stop() { hasher_.join(); }

 private:
  void judge(const Asked& asked, const std::string& hash, bool fits,
             const std::function<void(const Outcome&)>& done);

  boost::asio::io_context& io_;
  Accounts& accounts_;
  std::function<Time()> now_;
  Patience patience_;
  std::map<std::string, std::size_t> waiting_;  ///< attempts under way, by address
  std::size_t all_waiting_ = 0;
  boost::asio::thread_pool hasher_{1};
};

}  // namespace varne
