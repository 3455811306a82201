/// The same server behind TLS, with a certificate made here.
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <cstdio>

#include "running.h"

namespace varne {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;

/// A key and a certificate for 127.0.0.1 that vouches for itself, as two PEM files.
struct SelfSigned {
  explicit SelfSigned(const test::Scratch& folder, const std::string& name = "desk")
      : certificate(folder.file(name + ".crt")), key(folder.file(name + ".key")) {
    EVP_PKEY* pair = EVP_EC_gen("P-256");
    X509* made = X509_new();
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_gmtime_adj(X509_getm_notBefore(made), -60);
    X509_gmtime_adj(X509_getm_notAfter(made), 3600);
    X509_set_pubkey(made, pair);
    X509_NAME* subject = X509_get_subject_name(made);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
    X509_set_issuer_name(made, subject);
    EXPECT_GT(X509_sign(made, pair, EVP_sha256()), 0);
    std::FILE* out = std::fopen(certificate.c_str(), "w");
    PEM_write_X509(out, made);
    std::fclose(out);
    out = std::fopen(key.c_str(), "w");
    PEM_write_PrivateKey(out, pair, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(made);
    EVP_PKEY_free(pair);
  }
  std::string certificate;
  std::string key;
};

test::Running<test::ScriptedDesk>::Make scripted() {
  return [](asio::io_context&) { return std::make_unique<test::ScriptedDesk>(); };
}

class Tls : public ::testing::Test {
 protected:
  Tls() : files_(folder_), server_(scripted(), {.tls = tls_context(files_.certificate, files_.key).value()}) {
    trusting_.load_verify_file(files_.certificate);
    trusting_.set_verify_mode(ssl::verify_peer);
  }

  using TlsStream = beast::ssl_stream<beast::tcp_stream>;
  std::unique_ptr<TlsStream> connect() {
    auto stream = std::make_unique<TlsStream>(io_, trusting_);
    beast::get_lowest_layer(*stream).connect({asio::ip::make_address("127.0.0.1"), server_.port()});
    stream->handshake(ssl::stream_base::client);
    return stream;
  }
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(server_.port()); }
  http::response<http::string_body> ask(TlsStream& stream, http::verb method, const char* target,
                                        const std::string& body = "") {
    http::request<http::string_body> request{method, target, 11};
    request.set(http::field::host, host());
    request.set(http::field::origin, "https://" + host());
    request.body() = body;
    request.prepare_payload();
    http::write(stream, request);
    beast::flat_buffer buffer;
    http::response<http::string_body> answer;
    http::read(stream, buffer, answer);
    return answer;
  }

  test::Scratch folder_;
  SelfSigned files_;
  test::Running<test::ScriptedDesk> server_;
  asio::io_context io_;
  ssl::context trusting_{ssl::context::tls_client};
};

TEST_F(Tls, answers_request_after_request_on_one_connection) {
  const auto stream = connect();
  EXPECT_EQ(ask(*stream, http::verb::get, "/api/health").result_int(), 200U);
  EXPECT_EQ(ask(*stream, http::verb::post, "/api/reports", test::call_for_help("r1").dump()).result_int(),
            200U);
  EXPECT_EQ(ask(*stream, http::verb::get, "/api/nothing").result_int(), 404U);
}

TEST_F(Tls, carries_the_consoles_socket) {
  beast::websocket::stream<TlsStream> socket(std::move(*connect()));
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
  EXPECT_EQ(ask(*connect(), http::verb::get, "/api/health").result_int(), 200U);
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

TEST(TlsFiles, that_do_not_belong_together_or_are_none_are_refused_by_name) {
  const test::Scratch folder;
  const SelfSigned one(folder, "one");
  const SelfSigned other(folder, "other");
  EXPECT_EQ(tls_context(one.certificate, other.key).error().where, other.key);
  EXPECT_EQ(tls_context(one.key, one.key).error().where, one.key);
  EXPECT_EQ(tls_context(folder.file("none.crt"), one.key).error().where, folder.file("none.crt"));
}

}  // namespace
}  // namespace varne
