#include "varne/access/oidc.h"

#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "varne/access/password.h"
#include "varne/core/enum_named.h"
#include "varne/core/hash.h"
#include "varne/core/json.h"
#include "varne/core/json_fields.h"
#include "varne/core/lines.h"
#include "varne/core/text.h"
#include "varne/core/toml.h"

namespace varne {
namespace {

constexpr std::size_t longest_secret = 4096;

std::string base64(std::string_view bytes, int variant) {
  std::string out(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  out.resize(out.find('\0'));
  return out;
}

std::string random_text() {
  std::string bytes(32, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return base64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/// RFC 3986, 2.3: what need not be escaped.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// Over the network only under TLS: a code or a key that anybody could read or change is worth nothing.
bool is_safe_address(std::string_view address) {
  if (address.starts_with("https://")) return address.size() > 8;
  for (const std::string_view own : {"http://127.0.0.1:", "http://localhost:", "http://[::1]:"})
    if (address.starts_with(own)) return true;
  return false;
}

constexpr const char* unsafe = "must be https://… (http:// only of this very machine)";

std::string secret_in(TomlTable& root, const std::filesystem::path& folder) {
  const std::string name = root.text("client_secret");
  if (name.empty()) return "";
  const std::string path = (folder / name).string();
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) {
    root.refuse("client_secret", fmt::format("there is no file {}", path));
    return "";
  }
  if ((found.st_mode & 077U) != 0) {
    root.refuse("client_secret", fmt::format("{} is open to other accounts; chmod 600 it", path));
    return "";
  }
  const auto text = read_file(path, longest_secret);
  if (!text) {
    root.refuse("client_secret", text.error().text());
    return "";
  }
  std::string secret(trim(*text));
  if (secret.empty()) root.refuse("client_secret", fmt::format("{} is empty", path));
  return secret;
}

OidcOffice office_in(TomlTable& table) {
  OidcOffice out{.claim = table.text("claim"), .value = table.text("value"), .role = {}, .unit = {}};
  const std::string role = table.text("role");
  out.unit = table.maybe_text("unit").value_or("");
  if (const auto known = enum_named<Role>(role))
    out.role = *known;
  else
    table.refuse("role", fmt::format("\"{}\" is none of {}", shown(role), role_names()));
  if (speaks_for_another(out.role) && out.unit.empty())
    table.refuse("unit", fmt::format("is missing; a {} speaks for a unit or a centre", role));
  table.only_known();
  return out;
}

}  // namespace

Result<OidcSettings> load_oidc_file(const std::string& path) {
  auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  const auto folder = std::filesystem::path(path).parent_path();
  TomlTable root = file->root();
  OidcSettings out;
  out.issuer = root.text("issuer");
  if (!is_safe_address(out.issuer)) root.refuse("issuer", unsafe);
  out.client_id = root.text("client_id");
  out.client_secret = secret_in(root, folder);
  out.redirect = root.text("redirect");
  if (!is_safe_address(out.redirect) || !out.redirect.ends_with("/api/oidc/back"))
    root.refuse("redirect", fmt::format("{}, and end in /api/oidc/back", unsafe));
  out.account = root.maybe_text("account").value_or("preferred_username");
  if (const auto named = root.maybe_text("authority")) out.authority = (folder / *named).string();
  for (TomlTable table : root.tables("office")) out.offices.push_back(office_in(table));
  if (out.offices.empty()) root.refuse("", "gives nobody an office; give an [[office]]");
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  return out;
}

Result<OidcEndpoints> read_discovery(std::string_view text, const std::string& issuer) {
  const auto json = parse_json(text);
  if (!json || !json->is_object()) return fail(issuer, "describes itself in no JSON object");
  if (const std::string itself = text_of(*json, "issuer"); itself != issuer)
    return fail(issuer,
                fmt::format("says that it is \"{}\"; give that as issuer if you trust it", shown(itself)));
  OidcEndpoints out{text_of(*json, "authorization_endpoint"), text_of(*json, "token_endpoint"),
                    text_of(*json, "jwks_uri")};
  for (const auto& [name, address] : {std::pair{"authorization_endpoint", &out.authorization},
                                      {"token_endpoint", &out.token},
                                      {"jwks_uri", &out.keys}})
    if (!is_safe_address(*address)) return fail(issuer, fmt::format("{} {}", name, unsafe));
  return out;
}

OidcAttempt new_oidc_attempt() {
  return {random_text(), random_text(), random_text()};
}

std::string pkce_challenge(const std::string& verifier) {
  const Hash hash = sha256(verifier);
  return base64({reinterpret_cast<const char*>(hash.data()), hash.size()},
                sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string authorization_address(const OidcSettings& settings, const OidcEndpoints& endpoints,
                                  const OidcAttempt& attempt) {
  return fmt::format(
      "{}{}response_type=code&scope={}&client_id={}&redirect_uri={}&state={}&nonce={}&code_challenge={}"
      "&code_challenge_method=S256",
      endpoints.authorization, endpoints.authorization.find('?') == std::string::npos ? "?" : "&",
      escaped("openid profile"), escaped(settings.client_id), escaped(settings.redirect), attempt.state,
      attempt.nonce, pkce_challenge(attempt.verifier));
}

std::string token_request(const OidcSettings& settings, const std::string& code,
                          const std::string& verifier) {
  return fmt::format("grant_type=authorization_code&code={}&redirect_uri={}&client_id={}&code_verifier={}",
                     escaped(code), escaped(settings.redirect), escaped(settings.client_id),
                     escaped(verifier));
}

std::string client_authorization(const OidcSettings& settings) {
  return "Basic " + base64(escaped(settings.client_id) + ":" + escaped(settings.client_secret),
                           sodium_base64_VARIANT_ORIGINAL);
}

Result<std::string> session_of(Accounts& accounts, const OidcSettings& settings, OidcIdentity identity,
                               Time now) {
  UserAccount& account = identity.account;
  // No password fits this: the account is the provider's, and one subject's of it.
  const std::string bound = "oidc:" + hex(sha256(settings.issuer + '\0' + identity.subject));
  const auto all = accounts.all();
  const auto known = std::ranges::find(all, account.name, &UserAccount::name);
  if (known == all.end()) {
    account.made = now;
    if (auto added = accounts.add_hashed(account, bound); !added) return std::unexpected(added.error());
  } else {
    if (known->locked) return fail("account", fmt::format("{} is locked", account.name));
    if (accounts.password_hash_of(account.name) != bound)
      return fail("account", fmt::format("{} is somebody else's here: it has a password, or was another's at "
                                         "the provider",
                                         account.name));
    if (known->role != account.role || known->unit != account.unit)
      if (auto set = accounts.set_role(account.name, account.role, account.unit); !set)
        return std::unexpected(set.error());
  }
  auto secret = accounts.begin_session(account.name, bound, "", now);
  if (!secret)
    return fail("account", fmt::format("{} asks for a one-time code here, which the provider's word does not "
                                       "bring",
                                       account.name));
  return *secret;
}

}  // namespace varne
