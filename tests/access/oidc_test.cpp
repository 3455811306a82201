/// A provider's word: whose token is taken, and for whom.
#include "varne/access/oidc.h"

#include <sys/stat.h>

#include <filesystem>

#include "oidc_provider.h"
#include "support.h"

namespace varne::test {
namespace {

const Time noon = time_from_millis(1636632000000);
constexpr double noon_s = 1636632000;

OidcSettings settings() {
  return {.issuer = "https://login.example/coast",
          .client_id = "varne",
          .client_secret = "a secret of the desk",
          .redirect = "https://desk.example/api/oidc/back",
          .account = "preferred_username",
          .authority = {},
          .offices = {{"groups", "smc", Role::coordinator, "MRCC Dover"},
                      {"groups", "staff", Role::viewer, ""},
                      {"department", "audit", Role::auditor, ""}}};
}
Json claims() {
  return {{"iss", "https://login.example/coast"},
          {"aud", "varne"},
          {"sub", "1042"},
          {"exp", noon_s + 300},
          {"iat", noon_s - 5},
          {"nonce", "n"},
          {"preferred_username", "Anna"},
          {"groups", {"staff", "smc"}}};
}
std::string refusal(const ProviderKey& key, const Json& said, const std::string& nonce = "n") {
  const auto checked = check_id_token(key.sign(said), key.set(), settings(), nonce, noon);
  return checked ? "" : checked.error().text();
}
Json with(const std::string& claim, Json value) {
  Json out = claims();
  out[claim] = std::move(value);
  return out;
}
Json without(const std::string& claim) {
  Json out = claims();
  out.erase(claim);
  return out;
}

TEST(IdToken, of_the_provider_names_who_it_is_and_their_office) {
  for (const std::size_t bits : {2048U, 0U}) {
    const ProviderKey key(bits);
    const auto checked = check_id_token(key.sign(claims()), key.set(), settings(), "n", noon);
    ASSERT_TRUE(checked) << checked.error().text();
    EXPECT_EQ(checked->subject, "1042");
    EXPECT_EQ(checked->account.name, "anna");
    EXPECT_EQ(checked->account.role, Role::coordinator);
    EXPECT_EQ(checked->account.unit, "MRCC Dover");
  }
  const ProviderKey key(0);
  const auto audited = check_id_token(
      key.sign(with("groups", "other").patch({{{"op", "add"}, {"path", "/department"}, {"value", "audit"}}})),
      key.set(), settings(), "n", noon);
  ASSERT_TRUE(audited) << audited.error().text();
  EXPECT_EQ(audited->account.role, Role::auditor);
}

TEST(IdToken, that_is_anothers_for_another_too_old_or_of_another_attempt_is_refused) {
  const ProviderKey key(0);
  for (const auto& [said, why] : {std::pair{with("iss", "https://login.example/other"), "iss: "},
                                  {with("aud", "another desk"), "aud: "},
                                  {without("aud"), "aud: "},
                                  {with("aud", {"varne", "another"}), "azp: "},
                                  {with("azp", "another"), "azp: "},
                                  {with("exp", noon_s - 61), "exp: has passed"},
                                  {without("exp"), "exp: is missing"},
                                  {with("exp", "never"), "exp: is missing"},
                                  {with("iat", noon_s + 90), "iat: "},
                                  {without("iat"), "iat: is missing"},
                                  {with("nbf", noon_s + 90), "nbf: "},
                                  {with("nonce", "m"), "nonce: "},
                                  {without("nonce"), "nonce: "},
                                  {without("sub"), "sub: "},
                                  {without("preferred_username"), "preferred_username: is missing"},
                                  {with("groups", Json::array({"crew"})), "office: anna has none"},
                                  {with("groups", 7), "office: "}})
    EXPECT_EQ(refusal(key, said).find(why), 0U) << refusal(key, said) << " where " << why;
  EXPECT_EQ(refusal(key, claims(), "").find("nonce: "), 0U);
  EXPECT_EQ(refusal(key, with("exp", noon_s - 30)), "") << "clocks differ";
  EXPECT_EQ(refusal(key, with("aud", {"varne"})), "");
}

TEST(IdToken, that_no_key_of_the_provider_signed_is_refused) {
  const ProviderKey key(2048), other(2048), weak(1024);
  const auto refused = [&](const std::string& token, const std::string& keys) {
    const auto checked = check_id_token(token, keys, settings(), "n", noon);
    return checked ? "" : checked.error().text();
  };
  EXPECT_NE(refused(other.sign(claims()), key.set()).find("is signed by no key"), std::string::npos);
  EXPECT_NE(refused(weak.sign(claims()), weak.set()).find("is signed by no key"), std::string::npos);
  std::string token = key.sign(claims());
  const std::size_t payload = token.find('.') + 5;
  token[payload] = token[payload] == 'A' ? 'B' : 'A';
  EXPECT_NE(refused(token, key.set()), "");
  EXPECT_NE(refused(key.sign(claims(), "RS512"), key.set()).find("is signed by \"RS512\""),
            std::string::npos);
  // {"alg":"none"}: nobody signed.
  std::string bare = key.sign(claims());
  bare = "eyJhbGciOiJub25lIn0" + bare.substr(bare.find('.'));
  EXPECT_NE(refused(bare, key.set()), "");
  EXPECT_NE(refused(bare.substr(0, bare.rfind('.') + 1), key.set()), "");
  for (const char* keys : {"", "[]", "{}", R"({"keys":7})", R"({"keys":[7,{"kty":"RSA"}]})"})
    EXPECT_NE(refused(key.sign(claims()), keys), "") << keys;
  for (const char* nonsense : {"", ".", "..", "a.b.c", "eyJhbGciOiJSUzI1NiJ9..", "é"})
    EXPECT_NE(refused(nonsense, key.set()), "") << nonsense;
  // A key for something else, or under another name, signs nothing here.
  Json told = key.told();
  told["use"] = "enc";
  EXPECT_NE(refused(key.sign(claims()), Json{{"keys", {told}}}.dump()), "");
  told = key.told();
  told["kid"] = "k2";
  EXPECT_NE(refused(key.sign(claims()), Json{{"keys", {told}}}.dump()), "");
}

TEST(Oidc, asks_with_a_challenge_and_keeps_the_verifier) {
  // RFC 7636, appendix B.
  EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  const OidcAttempt one = new_oidc_attempt(), two = new_oidc_attempt();
  EXPECT_EQ(one.verifier.size(), 43U);
  EXPECT_NE(one.state, two.state);
  EXPECT_NE(one.state, one.nonce);
  const OidcEndpoints at{"https://login.example/auth", "https://login.example/token",
                         "https://login.example/keys"};
  const std::string address = authorization_address(settings(), at, one);
  EXPECT_EQ(
      address.find("https://login.example/auth?response_type=code&scope=openid%20profile&client_id=varne&"
                   "redirect_uri=https%3A%2F%2Fdesk.example%2Fapi%2Foidc%2Fback&state=" +
                   one.state),
      0U)
      << address;
  EXPECT_NE(address.find("code_challenge_method=S256"), std::string::npos);
  EXPECT_EQ(address.find(one.verifier), std::string::npos);
  EXPECT_EQ(address.find("secret"), std::string::npos);
  EXPECT_NE(token_request(settings(), "a&b", one.verifier).find("code=a%26b&"), std::string::npos);
  EXPECT_EQ(client_authorization(settings()), "Basic dmFybmU6YSUyMHNlY3JldCUyMG9mJTIwdGhlJTIwZGVzaw==");
}

TEST(Oidc, reads_what_the_provider_says_of_itself_and_refuses_another) {
  const auto read = [](const Json& said) { return read_discovery(said.dump(), settings().issuer); };
  Json said{{"issuer", settings().issuer},
            {"authorization_endpoint", "https://login.example/a"},
            {"token_endpoint", "https://login.example/t"},
            {"jwks_uri", "https://login.example/k"}};
  ASSERT_TRUE(read(said));
  EXPECT_EQ(read(said)->token, "https://login.example/t");
  for (const auto& [field, value] : {std::pair{"issuer", "https://login.example/coast/"},
                                     {"token_endpoint", "http://login.example/t"},
                                     {"jwks_uri", ""}}) {
    Json wrong = said;
    wrong[field] = value;
    EXPECT_FALSE(read(wrong)) << field;
  }
  EXPECT_FALSE(read_discovery("{", settings().issuer));
  EXPECT_FALSE(read_discovery("[]", settings().issuer));
}

TEST(Oidc, the_file_is_read_and_what_is_wrong_in_it_named) {
  const Scratch folder;
  const std::string secret = folder.write("oidc.secret", "  a secret of the desk\n");
  chmod(secret.c_str(), 0600);
  const std::string good =
      "issuer = \"https://login.example/coast\"\nclient_id = \"varne\"\nclient_secret = \"oidc.secret\"\n"
      "redirect = \"https://desk.example/api/oidc/back\"\n"
      "[[office]]\nclaim = \"groups\"\nvalue = \"smc\"\nrole = \"coordinator\"\nunit = \"MRCC Dover\"\n";
  const auto read = [&](const std::string& text) { return load_oidc_file(folder.write("oidc.toml", text)); };
  const auto settings = read(good);
  ASSERT_TRUE(settings) << settings.error().text();
  EXPECT_EQ(settings->client_secret, "a secret of the desk");
  EXPECT_EQ(settings->account, "preferred_username");
  ASSERT_EQ(settings->offices.size(), 1U);
  EXPECT_EQ(settings->offices[0].role, Role::coordinator);
  const auto refused = [&](const std::string& old, const std::string& now) {
    std::string text = good;
    text.replace(text.find(old), old.size(), now);
    const auto wrong = read(text);
    EXPECT_FALSE(wrong) << now;
    return wrong ? "" : wrong.error().text();
  };
  EXPECT_NE(refused("https://login", "http://login").find("oidc.toml:1: issuer"), std::string::npos);
  EXPECT_NE(refused("/api/oidc/back", "/").find("redirect"), std::string::npos);
  EXPECT_NE(refused("oidc.secret", "none.secret").find("there is no file"), std::string::npos);
  EXPECT_NE(refused("coordinator", "admiral").find("\"admiral\" is none of"), std::string::npos);
  EXPECT_NE(refused("unit = \"MRCC Dover\"\n", "").find("speaks for a unit or a centre"), std::string::npos);
  EXPECT_NE(refused("client_id", "client").find("client"), std::string::npos);
  EXPECT_NE(refused(good.substr(good.find("[[office]]")), "").find("gives nobody an office"),
            std::string::npos);
  chmod(secret.c_str(), 0644);
  EXPECT_NE(refused("varne", "varne").find("is open to other accounts"), std::string::npos);
}

TEST(Oidc, a_session_is_of_the_one_subject_and_never_of_a_local_account) {
  const Scratch folder;
  const auto accounts = Accounts::open(folder.file("desk.accounts")).value();
  ASSERT_TRUE(accounts->add({.name = "bert", .role = Role::viewer, .unit = "", .made = noon},
                            "correct horse battery"));
  const auto identity = [](const std::string& subject, const std::string& name, Role role,
                           const std::string& unit) {
    return OidcIdentity{subject, {.name = name, .role = role, .unit = unit, .made = {}}};
  };
  const auto anna = identity("1", "anna", Role::coordinator, "MRCC Dover");
  const auto secret = session_of(*accounts, settings(), anna, noon);
  ASSERT_TRUE(secret) << secret.error().text();
  EXPECT_EQ(accounts->session(*secret, noon)->name, "anna");
  EXPECT_EQ(accounts->session(*secret, noon)->role, Role::coordinator);
  EXPECT_FALSE(session_of(*accounts, settings(), identity("2", "anna", Role::viewer, ""), noon))
      << "another subject under the same name";
  EXPECT_FALSE(session_of(*accounts, settings(), identity("3", "bert", Role::viewer, ""), noon))
      << "bert has a password here";
  EXPECT_FALSE(session_of(*accounts, settings(), identity("4", "not a name", Role::viewer, ""), noon));
  // Another office ends the sessions of the one before.
  const auto again = session_of(*accounts, settings(), identity("1", "anna", Role::viewer, ""), noon);
  ASSERT_TRUE(again);
  EXPECT_FALSE(accounts->session(*secret, noon));
  EXPECT_EQ(accounts->session(*again, noon)->role, Role::viewer);
  ASSERT_TRUE(accounts->set_locked("anna", true));
  EXPECT_FALSE(session_of(*accounts, settings(), anna, noon));
  EXPECT_FALSE(accounts->session(*again, noon));
}

}  // namespace
}  // namespace varne::test
