#pragma once
/// Signing in with a provider's word (access/oidc.h): the way through the browser, and the questions to the
/// provider, which wait on a thread of their own.
///
/// An attempt is kept in the browser and not here, in a cookie that only this process can read or make
/// (libsodium's secretbox): whoever begins attempts by the thousand fills nothing.

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "varne/access/oidc.h"

namespace varne {

/// Everything but the constructor is called on the thread that runs `io`, and so is every `done`.
class OidcSignIn : public std::enable_shared_from_this<OidcSignIn> {
 public:
  /// An attempt is good so long.
  static constexpr Duration good_for = std::chrono::minutes(10);

  struct Begun {
    std::string address;  ///< where the browser is sent
    std::string cookie;   ///< for Set-Cookie
  };

  OidcSignIn(boost::asio::io_context& io, Accounts& accounts, std::shared_ptr<const OidcSettings> settings,
             std::function<Time()> now);
  OidcSignIn(const OidcSignIn&) = delete;
  OidcSignIn& operator=(const OidcSignIn&) = delete;
  ~OidcSignIn();

  void begin(std::function<void(const Result<Begun>&)> done);
  /// The browser came back.
  /// @param cookies  header of the request
  /// @param done     is given the session's secret
  void finish(std::string_view cookies, const std::string& state, const std::string& code,
              std::function<void(const Result<std::string>&)> done);
  /// For Set-Cookie: the attempt is over.
  [[nodiscard]] std::string no_cookie() const;
  /// Waits for what is under way, and begins nothing more.
  void stop() { asker_.join(); }

 private:
  [[nodiscard]] std::string cookie(const std::string& value, std::chrono::seconds lasts) const;
  [[nodiscard]] std::string seal(const OidcAttempt& attempt, Time now) const;
  [[nodiscard]] std::optional<OidcAttempt> open(std::string_view sealed, Time now) const;
  template <class Answer>
  void ask(std::function<Result<Answer>()> question, std::function<void(const Result<Answer>&)> done);

  boost::asio::io_context& io_;
  Accounts& accounts_;
  std::shared_ptr<const OidcSettings> settings_;
  std::function<Time()> now_;
  std::string key_;  ///< of the attempts, as long as this lives
  std::optional<OidcEndpoints> endpoints_;
  Time endpoints_until_;
  std::size_t waiting_ = 0;
  boost::asio::thread_pool asker_{1};
};

}  // namespace varne
