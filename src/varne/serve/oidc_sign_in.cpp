#include "varne/serve/oidc_sign_in.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "varne/core/hash.h"
#include "varne/core/json.h"
#include "varne/core/json_fields.h"
#include "varne/core/text.h"
#include "varne/serve/gate.h"
#include "varne/serve/web_ask.h"

namespace varne {
namespace asio = boost::asio;
namespace {

constexpr const char* cookie_name = "varne-oidc";
/// The provider's description of itself is asked for again after so long.
constexpr Duration endpoints_good_for = std::chrono::hours(1);
/// Questions to the provider, under way and waiting.
constexpr std::size_t most_waiting = 32;
constexpr std::size_t longest_cookie = 1024;

Result<OidcEndpoints> discover(const OidcSettings& settings) {
  const std::string slash = settings.issuer.ends_with('/') ? "" : "/";
  const auto said = ask_web({.address = settings.issuer + slash + ".well-known/openid-configuration",
                             .authority = settings.authority});
  if (!said) return std::unexpected(said.error());
  return read_discovery(*said, settings.issuer);
}

/// The code for a token, and whose it is.
Result<OidcIdentity> identity_of(const OidcSettings& settings, const OidcEndpoints& at,
                                 const OidcAttempt& attempt, const std::string& code, Time now) {
  const auto answer = ask_web({.address = at.token,
                               .authority = settings.authority,
                               .form = token_request(settings, code, attempt.verifier),
                               .authorization = client_authorization(settings)});
  if (!answer) return std::unexpected(answer.error());
  const auto json = parse_json(*answer);
  const std::string token = json ? text_of(*json, "id_token") : "";
  if (token.empty()) return fail("id_token", "did not come");
  const auto keys = ask_web({.address = at.keys, .authority = settings.authority});
  if (!keys) return std::unexpected(keys.error());
  return check_id_token(token, *keys, settings, attempt.nonce, now);
}

}  // namespace

OidcSignIn::OidcSignIn(boost::asio::io_context& io, Accounts& accounts,
                       std::shared_ptr<const OidcSettings> settings, std::function<Time()> now)
    : io_(io),
      accounts_(accounts),
      settings_(std::move(settings)),
      now_(std::move(now)),
      key_(crypto_secretbox_KEYBYTES, '\0') {
  randombytes_buf(key_.data(), key_.size());
}

OidcSignIn::~OidcSignIn() {
  sodium_memzero(key_.data(), key_.size());
}

template <class Answer>
void OidcSignIn::ask(std::function<Result<Answer>()> question,
                     std::function<void(const Result<Answer>&)> done) {
  if (waiting_ >= most_waiting) return done(fail("", "too many sign in just now; try again"));
  ++waiting_;
  asio::post(asker_,
             [&io = io_, weak = weak_from_this(), question = std::move(question), done = std::move(done)] {
               asio::post(io, [weak, answer = question(), done] {
                 const auto self = weak.lock();
                 if (!self) return;
                 --self->waiting_;
                 done(answer);
               });
             });
}

void OidcSignIn::begin(std::function<void(const Result<Begun>&)> done) {
  const auto go = [this, self = shared_from_this()] {
    const OidcAttempt attempt = new_oidc_attempt();
    return Begun{authorization_address(*settings_, *endpoints_, attempt),
                 cookie(seal(attempt, now_()), std::chrono::duration_cast<std::chrono::seconds>(good_for))};
  };
  if (endpoints_ && now_() < endpoints_until_) return done(go());
  ask<OidcEndpoints>([settings = settings_] { return discover(*settings); },
                     [this, go, done = std::move(done)](const Result<OidcEndpoints>& found) {
                       if (!found) return done(std::unexpected(found.error()));
                       endpoints_ = *found;
                       endpoints_until_ = now_() + endpoints_good_for;
                       done(go());
                     });
}

void OidcSignIn::finish(std::string_view cookies, const std::string& state, const std::string& code,
                        std::function<void(const Result<std::string>&)> done) {
  const auto attempt = open(cookie_in(cookies, cookie_name), now_());
  if (!attempt || !endpoints_ || attempt->state != state)
    return done(fail("state", "is of no attempt that this browser began in the last ten minutes"));
  if (code.empty()) return done(fail("code", "is missing: the provider did not sign anybody in"));
  ask<OidcIdentity>([settings = settings_, at = *endpoints_, attempt = *attempt, code,
                     now = now_()] { return identity_of(*settings, at, attempt, code, now); },
                    [this, done = std::move(done)](const Result<OidcIdentity>& who) {
                      done(who ? session_of(accounts_, *settings_, *who, now_())
                               : Result<std::string>(std::unexpected(who.error())));
                    });
}

std::string OidcSignIn::no_cookie() const {
  return cookie("", std::chrono::seconds(0));
}

std::string OidcSignIn::cookie(const std::string& value, std::chrono::seconds lasts) const {
  // Lax: the browser comes back from the provider's page, and is to bring it along.
  return fmt::format("{}={}; Path=/api/oidc; HttpOnly; SameSite=Lax; Max-Age={}{}", cookie_name, value,
                     lasts.count(), settings_->redirect.starts_with("https://") ? "; Secure" : "");
}

std::string OidcSignIn::seal(const OidcAttempt& attempt, Time now) const {
  const std::string text =
      fmt::format("{} {} {} {}", millis(now), attempt.state, attempt.nonce, attempt.verifier);
  std::string out(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(out.data());
  randombytes_buf(bytes, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(bytes + crypto_secretbox_NONCEBYTES,
                        reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes,
                        reinterpret_cast<const unsigned char*>(key_.data()));
  return hex(std::string_view(out));
}

std::optional<OidcAttempt> OidcSignIn::open(std::string_view sealed, Time now) const {
  if (sealed.size() > longest_cookie) return std::nullopt;
  const auto all = from_hex(sealed);
  constexpr std::size_t before = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (!all || all->size() <= before) return std::nullopt;
  const auto* bytes = reinterpret_cast<const unsigned char*>(all->data());
  std::string text(all->size() - before, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(text.data()),
                                 bytes + crypto_secretbox_NONCEBYTES,
                                 all->size() - crypto_secretbox_NONCEBYTES, bytes,
                                 reinterpret_cast<const unsigned char*>(key_.data())) != 0)
    return std::nullopt;
  const auto parts = split(text, ' ');
  const auto made = parts.size() == 4 ? parse_whole(parts[0]) : std::nullopt;
  if (!made || now - time_from_millis(*made) > good_for) return std::nullopt;
  return OidcAttempt{std::string(parts[1]), std::string(parts[2]), std::string(parts[3])};
}

}  // namespace varne
