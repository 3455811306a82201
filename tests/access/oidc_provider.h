#pragma once
/// What a provider of OpenID Connect says, signed with keys of its own.

#include <cjose/cjose.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "varne/access/oidc.h"
#include "varne/core/json.h"

namespace varne::test {

/// A key that signs; its public half as the provider tells it.
class ProviderKey {
 public:
  /// @param bits  of RSA; 0: a key of P-256
  explicit ProviderKey(std::size_t bits, std::string kid = "k1") : kid_(std::move(kid)), rsa_(bits > 0) {
    cjose_err wrong{};
    static const unsigned char e[] = {1, 0, 1};
    jwk_ = rsa_ ? cjose_jwk_create_RSA_random(bits, e, sizeof e, &wrong)
                : cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &wrong);
    EXPECT_NE(jwk_, nullptr) << wrong.message;
    cjose_jwk_set_kid(jwk_, kid_.data(), kid_.size(), &wrong);
  }
  ProviderKey(const ProviderKey&) = delete;
  ProviderKey& operator=(const ProviderKey&) = delete;
  ~ProviderKey() { cjose_jwk_release(jwk_); }

  [[nodiscard]] Json told() const {
    cjose_err wrong{};
    char* text = cjose_jwk_to_json(jwk_, false, &wrong);
    Json out = parse_json(text).value();
    std::free(text);
    return out;
  }
  [[nodiscard]] std::string set() const { return Json{{"keys", {told()}}}.dump(); }

  /// @param algorithm  "": that of the key
  [[nodiscard]] std::string sign(const Json& claims, const std::string& algorithm = "") const {
    cjose_err wrong{};
    cjose_header_t* header = cjose_header_new(&wrong);
    cjose_header_set(header, CJOSE_HDR_ALG,
                     (!algorithm.empty() ? algorithm
                      : rsa_             ? "RS256"
                                         : "ES256")
                         .c_str(),
                     &wrong);
    if (!kid_.empty()) cjose_header_set(header, CJOSE_HDR_KID, kid_.c_str(), &wrong);
    const std::string text = claims.dump();
    cjose_jws_t* jws =
        cjose_jws_sign(jwk_, header, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), &wrong);
    const char* compact = nullptr;
    const bool done = jws != nullptr && cjose_jws_export(jws, &compact, &wrong);
    const std::string out = done ? compact : "";
    if (jws != nullptr) cjose_jws_release(jws);
    cjose_header_release(header);
    return out;
  }

 private:
  std::string kid_;
  bool rsa_;
  cjose_jwk_t* jwk_ = nullptr;
};

}  // namespace varne::test
