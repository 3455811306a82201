#pragma once
/// Who asks. Told by a program's token, a session's cookie or a client certificate; where nobody has to sign
/// in, whoever reaches the desk is the console of its own machine (guard.h sees to that).

#include <boost/beast/http.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "varne/access/accounts.h"
#include "varne/core/time.h"
#include "varne/room/event.h"
#include "varne/serve/access_table.h"
#include "varne/serve/certified.h"

namespace varne {

/// Beast's text as the standard's.
inline std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

/// The value of this cookie in a header; "" where there is none.
std::string_view cookie_in(std::string_view header, std::string_view name);

/// What a request brings to show who asks. Never logged.
struct Credential {
  std::string token = {};    ///< of `Authorization: Bearer`
  std::string session = {};  ///< of the cookie
  std::optional<Certified> certificate = {};
};

struct Caller {
  Speaker speaker;
  Acts may;
  bool known = false;        ///< an account, a program or a certificate; without accounts nobody is
  bool by_cookie = false;    ///< a browser adds it by itself: whose page asks has to be said
  std::string session = {};  ///< secret, where it is one
};

class Gate {
 public:
  /// @param accounts  null: nobody signs in
  /// @param secure    the desk speaks TLS
  /// @param now       UTC
  Gate(Accounts* accounts, bool secure, std::function<Time()> now);

  /// The desk's port, which is known once it listens: two desks of one machine share a browser's cookies.
  void listens_at(std::uint16_t port);
  /// @param certificate  of the connection
  [[nodiscard]] Credential credential(const boost::beast::http::request_header<>& header,
                                      const std::optional<Certified>& certificate) const;
  /// Asking keeps a session alive.
  [[nodiscard]] Caller caller(const Credential& credential);

  [[nodiscard]] Accounts* accounts() const { return accounts_; }
  [[nodiscard]] Time now() const { return now_(); }
  /// For Set-Cookie; an empty secret takes the cookie away.
  [[nodiscard]] std::string cookie(const std::string& secret) const;

 private:
  Accounts* accounts_;
  bool secure_;
  std::function<Time()> now_;
  std::string cookie_name_;
};

}  // namespace varne
