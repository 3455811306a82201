/// The same server behind TLS, with certificates made here: what it shows, what it takes from others, and
/// that both may change while it runs.
#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <filesystem>

#include "certificates.h"
#include "offices.h"

namespace varne {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;
using test::Certificate;
using test::scripted;

class Tls : public ::testing::Test {
 protected:
  Tls()
      : authority_(folder_, "authority", {.name = "An authority"}),
        files_(folder_, "desk", {}),
        tls_(TlsFiles::open({files_.certificate, files_.key, authority_.certificate}).value()),
        server_(scripted(),
                {.tls = tls_, .accounts = offices_.desks(), .access_log = folder_.file("access.log")}) {
    trust(files_.certificate);
  }
  void trust(const std::string& certificate) {
    trusting_.load_verify_file(certificate);
    trusting_.set_verify_mode(ssl::verify_peer);
  }

  using TlsStream = beast::ssl_stream<beast::tcp_stream>;
  /// @param shows  null: no certificate of the client's own
  std::unique_ptr<TlsStream> connect(const Certificate* shows = nullptr) {
    auto stream = std::make_unique<TlsStream>(io_, trusting_);
    if (shows != nullptr) {
      SSL_use_certificate_file(stream->native_handle(), shows->certificate.c_str(), SSL_FILETYPE_PEM);
      SSL_use_PrivateKey_file(stream->native_handle(), shows->key.c_str(), SSL_FILETYPE_PEM);
    }
    beast::get_lowest_layer(*stream).connect({asio::ip::make_address("127.0.0.1"), server_.port()});
    stream->handshake(ssl::stream_base::client);
    return stream;
  }
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(server_.port()); }
  http::response<http::string_body> ask(TlsStream& stream, http::verb method, const char* target,
                                        const std::string& body = "", const std::string& cookie = "") {
    http::request<http::string_body> request{method, target, 11};
    request.set(http::field::host, host());
    request.set(http::field::origin, "https://" + host());
    if (!cookie.empty()) request.set(http::field::cookie, cookie);
    request.body() = body;
    request.prepare_payload();
    http::write(stream, request);
    beast::flat_buffer buffer;
    http::response<http::string_body> answer;
    http::read(stream, buffer, answer);
    return answer;
  }
  [[nodiscard]] std::string session(Role role) const {
    return "__Host-varne-" + std::to_string(server_.port()) + "=" + offices_.session(role);
  }
  /// The status that a report gets over a connection that shows this, 0 where TLS refuses it; in TLS 1.3 a
  /// client hears that with its first answer.
  unsigned report_with(const Certificate* shows, const Json& report) {
    try {
      return ask(*connect(shows), http::verb::post, "/api/reports", report.dump()).result_int();
    } catch (const boost::system::system_error&) {
      return 0;
    }
  }
  [[nodiscard]] std::string log() const { return test::read_all(folder_.file("access.log")); }
  long shown_serial() {
    const auto stream = connect();
    X509* shown = SSL_get1_peer_certificate(stream->native_handle());
    const long serial = ASN1_INTEGER_get(X509_get_serialNumber(shown));
    X509_free(shown);
    return serial;
  }

  test::Scratch folder_;
  test::Offices offices_;
  Certificate authority_;
  Certificate files_;
  std::shared_ptr<TlsFiles> tls_;
  test::Running<test::ScriptedDesk> server_;
  asio::io_context io_;
  ssl::context trusting_{ssl::context::tls_client};
};

TEST_F(Tls, answers_request_after_request_on_one_connection) {
  const auto stream = connect();
  const std::string officer = session(Role::watch_officer);
  EXPECT_EQ(ask(*stream, http::verb::get, "/api/health", "", officer).result_int(), 200U);
  EXPECT_EQ(
      ask(*stream, http::verb::post, "/api/reports", test::call_for_help("r1").dump(), officer).result_int(),
      200U);
  EXPECT_EQ(ask(*stream, http::verb::get, "/api/nothing").result_int(), 404U);
}

TEST_F(Tls, the_cookie_is_for_it_alone) {
  const auto answer = ask(*connect(), http::verb::post, "/api/login",
                          Json{{"account", "captain"}, {"password", test::password}}.dump());
  ASSERT_EQ(answer.result_int(), 200U) << answer.body();
  const std::string cookie(answer[http::field::set_cookie]);
  EXPECT_TRUE(cookie.starts_with("__Host-varne-")) << cookie;
  EXPECT_NE(cookie.find("; Secure"), std::string::npos) << cookie;
}

TEST_F(Tls, carries_the_consoles_socket) {
  beast::websocket::stream<TlsStream> socket(std::move(*connect()));
  socket.set_option(beast::websocket::stream_base::decorator([this](beast::websocket::request_type& request) {
    request.set(http::field::origin, "https://" + host());
    request.set(http::field::cookie, session(Role::viewer));
  }));
  socket.handshake(host(), "/ws");
  const auto next = [&] {
    beast::flat_buffer buffer;
    socket.read(buffer);
    return parse_json(beast::buffers_to_string(buffer.data())).value();
  };
  EXPECT_EQ(next()["type"], "hello");
  server_.with_desk([](test::ScriptedDesk& desk) { desk.say(3); });
  EXPECT_EQ(next()["last_entry"], 1);
  socket.close(beast::websocket::close_code::normal);
}

TEST_F(Tls, plain_http_gets_nothing_and_harms_nobody) {
  EXPECT_EQ(
      test::raw_exchange(server_.port(), "GET /api/state HTTP/1.1\r\nHost: localhost\r\n\r\n").find("HTTP"),
      std::string::npos);
  EXPECT_EQ(ask(*connect(), http::verb::get, "/api/nothing").result_int(), 404U);
}

TEST_F(Tls, old_versions_of_it_are_refused) {
  SSL_CTX* client = trusting_.native_handle();
  SSL_CTX_set_security_level(client, 0);  // else it refuses them itself
  SSL_CTX_set_min_proto_version(client, TLS1_VERSION);
  SSL_CTX_set_max_proto_version(client, TLS1_1_VERSION);
  try {
    connect();
    ADD_FAILURE() << "TLS 1.1 was taken";
  } catch (const boost::system::system_error& refused) {
    EXPECT_NE(std::string(refused.what()).find("alert protocol version"), std::string::npos)
        << "the server has to refuse it: " << refused.what();
  }
  SSL_CTX_set_max_proto_version(client, TLS1_2_VERSION);
  EXPECT_NO_THROW(connect());
}

TEST_F(Tls, a_new_certificate_is_shown_to_who_comes_next_and_nobody_is_cut_off) {
  const auto before = connect();
  EXPECT_EQ(shown_serial(), 1);
  Certificate next(folder_, "next", {.name = "the next", .serial = 2});
  trust(next.certificate);
  next.write_over(files_);
  EXPECT_EQ(shown_serial(), 2);
  EXPECT_EQ(ask(*before, http::verb::get, "/api/nothing").result_int(), 404U);
}

TEST_F(Tls, a_broken_certificate_on_the_disk_is_said_and_the_last_good_one_goes_on) {
  folder_.write("desk.crt", "not a certificate, for the disk was full");
  EXPECT_EQ(shown_serial(), 1);
  const auto health = ask(*connect(), http::verb::get, "/api/health", "", session(Role::viewer)).body();
  EXPECT_NE(health.find("the certificate on the disk is not used"), std::string::npos) << health;
  Certificate next(folder_, "next", {.name = "the next", .serial = 3});
  trust(next.certificate);
  next.write_over(files_);
  EXPECT_EQ(shown_serial(), 3);
  EXPECT_EQ(
      ask(*connect(), http::verb::get, "/api/health", "", session(Role::viewer)).body().find("not used"),
      std::string::npos);
}

TEST_F(Tls, who_shows_a_certificate_of_the_authority_is_the_feed_or_partner_that_it_names) {
  const Certificate feed(folder_, "feed", {.name = "Radar Dover", .unit = "feed"}, &authority_);
  const Certificate partner(folder_, "partner", {.name = "CROSS Gris-Nez", .unit = "partner"}, &authority_);
  const Certificate neither(folder_, "neither", {.name = "Somebody"}, &authority_);
  EXPECT_EQ(report_with(&feed, test::call_for_help("r1")), 200U);
  EXPECT_EQ(report_with(&partner, test::call_for_help("r2")), 200U);
  EXPECT_EQ(report_with(&neither, test::call_for_help("r3")), 401U);
  EXPECT_EQ(report_with(nullptr, test::call_for_help("r4")), 401U);
  const Json order{{"id", "o1"},        {"time", iso(test::wall_clock())}, {"kind", "order"},
                   {"boat", "Charlie"}, {"from", "CROSS Gris-Nez"},        {"task", "accept_hand_over"}};
  EXPECT_EQ(report_with(&partner, order), 403U) << "an order is a person's";
  EXPECT_EQ(ask(*connect(&partner), http::verb::get, "/api/state").result_int(), 200U);
  EXPECT_EQ(ask(*connect(&feed), http::verb::get, "/api/state").result_int(), 403U);
  EXPECT_NE(log().find(" 127.0.0.1 Radar?Dover POST /api/reports 200\n"), std::string::npos) << log();
}

TEST_F(Tls, a_certificate_that_is_expired_to_come_or_of_another_authority_is_refused_and_logged) {
  const Certificate other(folder_, "other", {.name = "An authority"});
  const Certificate expired(folder_, "expired", {.unit = "feed", .from_s = -7200, .until_s = -3600},
                            &authority_);
  const Certificate to_come(folder_, "to_come", {.unit = "feed", .from_s = 3600, .until_s = 7200},
                            &authority_);
  const Certificate foreign(folder_, "foreign", {.unit = "feed"}, &other);
  const Certificate own(folder_, "own", {.name = "Radar Dover", .unit = "feed"});
  for (const Certificate* one : {&expired, &to_come, &foreign, &own})
    EXPECT_EQ(report_with(one, test::call_for_help("r1")), 0U) << one->certificate;
  EXPECT_TRUE(test::soon([&] { return log().find("certificate has expired") != std::string::npos; }))
      << log();
  EXPECT_TRUE(test::soon([&] { return log().find("certificate is not yet valid") != std::string::npos; }));
  EXPECT_TRUE(test::soon([&] { return log().find("self-signed certificate") != std::string::npos; }))
      << log();
  const Certificate good(folder_, "good", {.unit = "feed"}, &authority_);
  EXPECT_EQ(report_with(&good, test::call_for_help("r1")), 200U) << "and nobody else is harmed";
}

TEST_F(Tls, the_log_goes_on_in_a_new_file_when_the_old_one_was_moved_away) {
  EXPECT_EQ(ask(*connect(), http::verb::get, "/api/nothing").result_int(), 404U);
  std::filesystem::rename(folder_.file("access.log"), folder_.file("access.log.1"));
  server_.with_server([](Server& server) { server.reload(); });
  EXPECT_EQ(ask(*connect(), http::verb::get, "/api/other").result_int(), 404U);
  EXPECT_NE(log().find("/api/other"), std::string::npos);
  EXPECT_EQ(log().find("/api/nothing"), std::string::npos);
}

TEST(TlsFilesOfADesk, that_do_not_belong_together_or_are_none_are_refused_by_name) {
  const test::Scratch folder;
  const Certificate one(folder, "one", {});
  const Certificate other(folder, "other", {});
  const auto where = [](const TlsFiles::Paths& paths) { return TlsFiles::open(paths).error().where; };
  EXPECT_EQ(where({one.certificate, other.key}), other.key);
  EXPECT_EQ(where({one.key, one.key}), one.key);
  EXPECT_EQ(where({folder.file("none.crt"), one.key}), folder.file("none.crt"));
  EXPECT_EQ(where({one.certificate, one.key, one.key}), one.key);
}

}  // namespace
}  // namespace varne
