/// Signing in with a provider's word: the whole way, against a provider that is the test's.
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <mutex>
#include <thread>

#include "access/oidc_provider.h"
#include "client.h"
#include "offices.h"
#include "varne/core/hash.h"
#include "varne/core/text.h"

namespace varne::test {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

/// Says of itself what a provider says, and gives for the code "good" a token with the claims it is told.
class Provider {
 public:
  Provider() : acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}) {
    thread_ = std::thread([this] { serve(); });
  }
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  ~Provider() {
    over_ = true;
    tcp::socket last(io_);
    boost::system::error_code ignored;
    last.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  [[nodiscard]] std::string issuer() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }
  /// Changes what the next token says.
  void say(std::function<void(Json&)> change) {
    const std::lock_guard guard(mutex_);
    change_ = std::move(change);
  }
  void browser_brought(const std::string& nonce, const std::string& challenge) {
    const std::lock_guard guard(mutex_);
    nonce_ = nonce;
    challenge_ = challenge;
  }
  [[nodiscard]] std::string asked() const {
    const std::lock_guard guard(mutex_);
    return asked_;
  }

 private:
  void serve() {
    while (!over_) {
      tcp::socket socket(io_);
      boost::system::error_code wrong;
      acceptor_.accept(socket, wrong);
      if (wrong || over_) continue;
      beast::flat_buffer buffer;
      http::request<http::string_body> request;
      http::read(socket, buffer, request, wrong);
      if (wrong) continue;
      const std::string target(request.target());
      http::response<http::string_body> answer{http::status::ok, 11};
      answer.body() = target == "/.well-known/openid-configuration" ? itself().dump()
                      : target == "/keys"                           ? key_.set()
                      : target == "/token"                          ? token(request)
                                                                    : "";
      if (answer.body().empty()) answer.result(http::status::bad_request);
      answer.prepare_payload();
      http::write(socket, answer, wrong);
    }
  }
  [[nodiscard]] Json itself() const {
    return {{"issuer", issuer()},
            {"authorization_endpoint", issuer() + "/authorize"},
            {"token_endpoint", issuer() + "/token"},
            {"jwks_uri", issuer() + "/keys"}};
  }
  std::string token(const http::request<http::string_body>& request) {
    const std::lock_guard guard(mutex_);
    asked_ = request.body() + " " + std::string(request[http::field::authorization]);
    const auto field = [&](const std::string& name) {
      for (const auto part : split(request.body(), '&'))
        if (part.starts_with(name + "=")) return std::string(part.substr(name.size() + 1));
      return std::string();
    };
    if (field("code") != "good" || pkce_challenge(field("code_verifier")) != challenge_) return "";
    const double now = static_cast<double>(millis(wall_clock())) / 1000;
    Json claims{{"iss", issuer()}, {"aud", "varne"},  {"sub", "1042"},     {"exp", now + 300},
                {"iat", now},      {"nonce", nonce_}, {"groups", {"smc"}}, {"preferred_username", "zoe"}};
    if (change_) change_(claims);
    return Json{{"id_token", key_.sign(claims)}, {"access_token", "unused"}, {"token_type", "Bearer"}}.dump();
  }

  ProviderKey key_{0};
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::atomic<bool> over_ = false;
  mutable std::mutex mutex_;
  std::function<void(Json&)> change_;
  std::string nonce_, challenge_, asked_;
  std::thread thread_;
};

std::string value_in(const std::string& address, const std::string& name) {
  const auto at = address.find(name + "=");
  return at == std::string::npos
             ? ""
             : address.substr(at + name.size() + 1, address.find('&', at) - at - name.size() - 1);
}

class OidcDesk : public ::testing::Test {
 protected:
  OidcDesk() : desk_(scripted(), options()) {}

  ServerOptions options() {
    ServerOptions out;
    out.accounts = offices_.desks();
    out.access_log = log_;
    out.oidc = std::make_shared<const OidcSettings>(
        OidcSettings{.issuer = provider_.issuer(),
                     .client_id = "varne",
                     .client_secret = "a secret of the desk",
                     .redirect = "http://127.0.0.1:1/api/oidc/back",
                     .account = "preferred_username",
                     .authority = {},
                     .offices = {{"groups", "smc", Role::coordinator, "MRCC Dover"}}});
    return out;
  }
  /// The browser is sent to the provider; what it holds then.
  struct Sent {
    std::string cookie, state;
  };
  Sent begin() {
    const auto away = get(desk_.port(), "/api/oidc");
    EXPECT_EQ(away.status, 303) << away.body;
    const std::string address = away.fields.at("Location"), cookie = away.fields.at("Set-Cookie");
    EXPECT_TRUE(address.starts_with(provider_.issuer() + "/authorize?response_type=code&")) << address;
    EXPECT_NE(cookie.find("HttpOnly; SameSite=Lax"), std::string::npos) << cookie;
    provider_.browser_brought(value_in(address, "nonce"), value_in(address, "code_challenge"));
    return {cookie.substr(0, cookie.find(';')), value_in(address, "state")};
  }
  Answer back(const Sent& sent, const std::string& code = "good") {
    return ask(desk_.port(), {.target = "/api/oidc/back?code=" + code + "&state=" + sent.state,
                              .fields = {{"Cookie", sent.cookie}}});
  }

  Scratch folder_;
  std::string log_ = folder_.file("access.log");
  Offices offices_;
  Provider provider_;
  Running<ScriptedDesk> desk_;
};

TEST_F(OidcDesk, signs_in_whom_the_provider_names_with_the_office_that_the_file_gives) {
  EXPECT_EQ(get(desk_.port(), "/api/oidc/offered").json()["offered"], true);
  const Sent sent = begin();
  const auto in = back(sent);
  ASSERT_EQ(in.status, 303) << in.body;
  EXPECT_EQ(in.fields.at("Location"), "/");
  const auto accounts = offices_.beside().all();
  const auto zoe = std::ranges::find(accounts, "zoe", &UserAccount::name);
  ASSERT_NE(zoe, accounts.end());
  EXPECT_EQ(zoe->role, Role::coordinator);
  EXPECT_EQ(zoe->unit, "MRCC Dover");
  EXPECT_NE(provider_.asked().find("grant_type=authorization_code"), std::string::npos);
  EXPECT_NE(provider_.asked().find("Basic dmFybmU6"), std::string::npos);
  // Nothing of it stands in the log.
  const std::string log = read_all(log_);
  EXPECT_NE(log.find("/api/oidc/back"), std::string::npos);
  for (const std::string& secret :
       {sent.state, std::string("good"), sent.cookie.substr(11, 40), std::string("a secret")})
    EXPECT_EQ(log.find(secret), std::string::npos) << secret;
}

TEST_F(OidcDesk, the_session_is_one_like_any_other) {
  const auto in = back(begin());
  ASSERT_EQ(in.status, 303);
  // Of two fields of one name the test's client keeps one: the session comes last.
  const std::string cookie = in.fields.at("Set-Cookie");
  ASSERT_NE(cookie.find("SameSite=Strict"), std::string::npos) << cookie;
  const auto me =
      ask(desk_.port(), {.target = "/api/me", .fields = {{"Cookie", cookie.substr(0, cookie.find(';'))}}});
  ASSERT_EQ(me.status, 200) << me.body;
  EXPECT_EQ(me.json()["account"], "zoe");
  EXPECT_EQ(me.json()["role"], "coordinator");
}

TEST_F(OidcDesk, an_attempt_of_another_browser_another_state_or_another_code_signs_nobody_in) {
  const auto refused = [&](const Sent& sent, const std::string& code = "good") {
    const auto answer = back(sent, code);
    EXPECT_EQ(answer.status, 401) << answer.body;
    EXPECT_EQ(answer.body.find(sent.state), std::string::npos);
    return answer.body;
  };
  Sent sent = begin();
  EXPECT_NE(
      refused({"", sent.state}).find("is of no attempt that this browser began in the last ten minutes"),
      std::string::npos);
  EXPECT_NE(refused({sent.cookie, "another"}).find("is of no attempt"), std::string::npos);
  const Sent other = begin();
  EXPECT_NE(refused({other.cookie, sent.state}).find("is of no attempt"), std::string::npos);
  std::string bent = other.cookie;
  bent.back() = bent.back() == '0' ? '1' : '0';
  EXPECT_NE(refused({bent, other.state}).find("is of no attempt"), std::string::npos);
  EXPECT_NE(refused(other, "bad").find("answers 400"), std::string::npos);
  EXPECT_NE(refused(other, "").find("code: is missing"), std::string::npos);
  // The verifier of one attempt does not fit the challenge of another.
  EXPECT_NE(refused(sent).find("answers 400"), std::string::npos);
}

TEST_F(OidcDesk, a_token_that_is_not_for_this_attempt_or_desk_signs_nobody_in) {
  for (const auto& [change, why] : std::vector<std::pair<std::function<void(Json&)>, std::string>>{
           {[](Json& claims) { claims["nonce"] = "another"; }, "nonce: "},
           {[](Json& claims) { claims["aud"] = "another"; }, "aud: "},
           {[](Json& claims) { claims["iss"] = "http://127.0.0.1:2"; }, "iss: "},
           {[](Json& claims) { claims["exp"] = 1000; }, "exp: "},
           {[](Json& claims) { claims["groups"] = "crew"; }, "office: "},
           {[](Json& claims) { claims["preferred_username"] = "coordinator"; }, "account: "}}) {
    provider_.say(change);
    const auto answer = back(begin());
    EXPECT_EQ(answer.status, 401);
    EXPECT_NE(answer.body.find(why), std::string::npos) << answer.body;
  }
}

TEST(Oidc, that_is_not_asked_for_is_not_offered) {
  const Running<ScriptedDesk> desk(scripted());
  EXPECT_EQ(get(desk.port(), "/api/oidc/offered").json()["offered"], false);
  EXPECT_EQ(get(desk.port(), "/api/oidc").status, 404);
  EXPECT_EQ(get(desk.port(), "/api/oidc/back?code=a&state=b").status, 404);
}

}  // namespace
}  // namespace varne::test
