#pragma once
/// Signing in with a provider's word: OpenID Connect Core 1.0, authorization code flow, with PKCE (RFC 7636,
/// S256). What is here reads files and texts and decides; what asks the provider is serve/oidc_sign_in.h.
/// Signatures and keys are cjose's (JWS, RFC 7515; JWK, RFC 7517).

#include <string>
#include <string_view>
#include <vector>

#include "varne/access/accounts.h"
#include "varne/access/role.h"
#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

/// Whoever has this value of this claim has this office.
struct OidcOffice {
  std::string claim;  ///< its value is a text, or a list in which `value` stands
  std::string value;
  Role role = Role::viewer;
  std::string unit;  ///< as of `UserAccount`
};

/// The file of `varne serve --oidc`.
struct OidcSettings {
  std::string issuer;     ///< https://…, exactly as the provider writes it; http:// only of this machine
  std::string client_id;  ///< as the provider knows this desk
  std::string client_secret;
  std::string redirect;   ///< https://desk.example:8443/api/oidc/back, as the provider has it
  std::string account;    ///< claim that becomes the account's name
  std::string authority;  ///< PEM file of who vouches for the provider's certificate; "" the machine's own
  std::vector<OidcOffice> offices;  ///< the first that fits counts
};
/// Refuses, naming file, line and field: an unknown field, an address that is not https (of this machine http
/// will do), a file of the secret that others may read, an office that there is not, none at all.
Result<OidcSettings> load_oidc_file(const std::string& path);

/// Where the provider says that it is asked.
struct OidcEndpoints {
  std::string authorization, token, keys;
};
/// Out of `<issuer>/.well-known/openid-configuration`. Refuses another issuer's, and addresses that are not
/// https (or of this machine).
Result<OidcEndpoints> read_discovery(std::string_view json, const std::string& issuer);

/// What one attempt is known by: each 256 random bits, base64url.
struct OidcAttempt {
  std::string state;     ///< goes through the browser and comes back
  std::string nonce;     ///< comes back within the signed token
  std::string verifier;  ///< only to the provider, with the code (PKCE)
};
OidcAttempt new_oidc_attempt();
/// SHA-256 as base64url without padding: S256.
std::string pkce_challenge(const std::string& verifier);
/// Where the browser is sent.
std::string authorization_address(const OidcSettings& settings, const OidcEndpoints& endpoints,
                                  const OidcAttempt& attempt);
/// The body that asks for the token (application/x-www-form-urlencoded), and the value of `Authorization`.
std::string token_request(const OidcSettings& settings, const std::string& code, const std::string& verifier);
std::string client_authorization(const OidcSettings& settings);

/// Whom the provider says has signed in.
struct OidcIdentity {
  std::string subject;  ///< `sub`: the same person for ever, whatever the name
  UserAccount account;
};
/// Checks an ID token (section 3.1.3.7): signed RS256 or ES256 by a key of `keys` (a JWK set), the issuer's,
/// for this client, not expired (a minute is forgiven), with the nonce of this attempt; and finds the office.
/// Refuses, naming the claim and never the token.
Result<OidcIdentity> check_id_token(const std::string& token, std::string_view keys,
                                    const OidcSettings& settings, const std::string& nonce, Time now);

/// Begins a session of whom the provider named. The account is made where there is none and gets the office
/// that the provider's word gives it. Refuses one that is locked, and one that is somebody else's: with a
/// password of its own, or of another subject.
/// @returns the session's secret
Result<std::string> session_of(Accounts& accounts, const OidcSettings& settings, OidcIdentity identity,
                               Time now);

}  // namespace varne
