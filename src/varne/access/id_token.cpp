/// The check of an ID token: OpenID Connect Core 1.0, 3.1.3.7.

#include <cjose/cjose.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "varne/access/oidc.h"
#include "varne/core/json.h"
#include "varne/core/json_fields.h"
#include "varne/core/text.h"

namespace varne {
namespace {

/// Clocks differ.
constexpr double forgiven_s = 60;
constexpr std::size_t longest_token = 16 * 1024, longest_subject = 255;
constexpr std::size_t least_rsa_bits = 2048;

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* one) const { destroy(one); }
};
void release(cjose_jws_t* jws) {
  cjose_jws_release(jws);
}
void release(cjose_jwk_t* jwk) {
  cjose_jwk_release(jwk);
}
using Jws = std::unique_ptr<cjose_jws_t, Destroy<cjose_jws_t, release>>;
using Jwk = std::unique_ptr<cjose_jwk_t, Destroy<cjose_jwk_t, release>>;

std::string header_of(const Jws& jws, const char* field) {
  cjose_err wrong{};
  const char* value = cjose_header_get(cjose_jws_get_protected(jws.get()), field, &wrong);
  return value == nullptr ? "" : value;
}

/// Whether this key may have signed with this algorithm. What the token says of it decides nothing alone:
/// else a public key could be taken for the secret of another algorithm.
bool may_sign(const Json& key, const std::string& algorithm) {
  const std::string use = text_of(key, "use"), alg = text_of(key, "alg");
  if (!use.empty() && use != "sig") return false;
  if (!alg.empty() && alg != algorithm) return false;
  return algorithm == "RS256" ? text_of(key, "kty") == "RSA"
                              : text_of(key, "kty") == "EC" && text_of(key, "crv") == "P-256";
}

bool signed_with(const Jws& jws, const Json& key) {
  const std::string text = key.dump(-1, ' ', false, Json::error_handler_t::replace);
  cjose_err wrong{};
  const Jwk jwk(cjose_jwk_import(text.data(), text.size(), &wrong));
  if (!jwk) return false;
  if (text_of(key, "kty") == "RSA" && cjose_jwk_get_keysize(jwk.get(), &wrong) < least_rsa_bits) return false;
  return cjose_jws_verify(jws.get(), jwk.get(), &wrong);
}

/// The claims of a token whose signature holds.
Result<Json> claims_in(const std::string& token, std::string_view keys) {
  if (token.size() > longest_token) return fail("id_token", "is too long");
  cjose_err wrong{};
  const Jws jws(cjose_jws_import(token.data(), token.size(), &wrong));
  if (!jws) return fail("id_token", "is no signed token (JWS)");
  const std::string algorithm = header_of(jws, CJOSE_HDR_ALG), kid = header_of(jws, CJOSE_HDR_KID);
  if (algorithm != "RS256" && algorithm != "ES256")
    return fail("id_token", fmt::format("is signed by \"{}\"; RS256 and ES256 are taken", shown(algorithm)));
  const auto set = parse_json(keys);
  const auto list = set && set->is_object() ? set->find("keys") : Json::const_iterator{};
  if (!set || !set->is_object() || list == set->end() || !list->is_array())
    return fail("jwks", "is no set of keys");
  const bool known = std::ranges::any_of(*list, [&](const Json& key) {
    if (!key.is_object() || (!kid.empty() && text_of(key, "kid") != kid)) return false;
    return may_sign(key, algorithm) && signed_with(jws, key);
  });
  if (!known) return fail("id_token", "is signed by no key of the provider's");
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &wrong)) return fail("id_token", "holds nothing");
  auto claims = parse_json({reinterpret_cast<const char*>(bytes), size});
  if (!claims || !claims->is_object()) return fail("id_token", "holds no claims");
  return claims;
}

std::optional<double> number_in(const Json& claims, const char* field) {
  const auto at = claims.find(field);
  if (at == claims.end() || !at->is_number()) return std::nullopt;
  const double value = at->get<double>();
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// A text, or a list in which it stands.
bool holds_text(const Json& claims, const std::string& field, const std::string& wanted) {
  const auto at = claims.find(field);
  if (at == claims.end()) return false;
  if (at->is_string()) return at->get<std::string>() == wanted;
  return at->is_array() && std::ranges::any_of(*at, [&](const Json& one) {
           return one.is_string() && one.get<std::string>() == wanted;
         });
}

Done fits(const Json& claims, const OidcSettings& settings, const std::string& nonce, Time now) {
  const double now_s = static_cast<double>(millis(now)) / 1000;
  if (text_of(claims, "iss") != settings.issuer) return fail("iss", "is another issuer");
  if (!holds_text(claims, "aud", settings.client_id)) return fail("aud", "is for somebody else");
  const auto audience = claims.find("aud");
  const std::string party = text_of(claims, "azp");
  if ((audience->is_array() && audience->size() > 1 && party.empty()) ||
      (!party.empty() && party != settings.client_id))
    return fail("azp", "was given to somebody else");
  const auto expires = number_in(claims, "exp"), issued = number_in(claims, "iat"),
             not_before = number_in(claims, "nbf");
  if (!expires) return fail("exp", "is missing");
  if (!issued) return fail("iat", "is missing");
  if (now_s >= *expires + forgiven_s) return fail("exp", "has passed");
  if (now_s < *issued - forgiven_s) return fail("iat", "has not come yet; see to both clocks");
  if (not_before && now_s < *not_before - forgiven_s) return fail("nbf", "has not come yet");
  if (nonce.empty() || text_of(claims, "nonce") != nonce) return fail("nonce", "is of another attempt");
  return {};
}

}  // namespace

Result<OidcIdentity> check_id_token(const std::string& token, std::string_view keys,
                                    const OidcSettings& settings, const std::string& nonce, Time now) {
  const auto claims = claims_in(token, keys);
  if (!claims) return std::unexpected(claims.error());
  if (auto done = fits(*claims, settings, nonce, now); !done) return std::unexpected(done.error());
  OidcIdentity out;
  out.subject = text_of(*claims, "sub");
  if (out.subject.empty() || out.subject.size() > longest_subject) return fail("sub", "names nobody");
  out.account.name = text_of(*claims, settings.account.c_str());
  for (char& c : out.account.name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (out.account.name.empty())
    return fail(settings.account, "is missing: the desk would not know what to call them");
  for (const OidcOffice& office : settings.offices) {
    if (!holds_text(*claims, office.claim, office.value)) continue;
    out.account.role = office.role;
    out.account.unit = office.unit;
    return out;
  }
  return fail("office",
              fmt::format("{} has none at this desk by what the provider says", shown(out.account.name)));
}

}  // namespace varne
