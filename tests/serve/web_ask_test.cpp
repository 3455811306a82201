/// One question to somebody else's server: whose certificate counts, and what is no answer.
#include "varne/serve/web_ask.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <string>
#include <thread>

#include "certificates.h"

namespace varne::test {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

/// Takes one connection, reads what is asked and says these bytes.
class Answers {
 public:
  explicit Answers(std::string bytes, const Certificate* shown = nullptr)
      : bytes_(std::move(bytes)), acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}) {
    if (shown != nullptr) {
      tls_.use_certificate_chain_file(shown->certificate);
      tls_.use_private_key_file(shown->key, asio::ssl::context::pem);
    }
    thread_ = std::thread([this, tls = shown != nullptr] { serve(tls); });
  }
  Answers(const Answers&) = delete;
  Answers& operator=(const Answers&) = delete;
  ~Answers() { thread_.join(); }
  [[nodiscard]] std::string at(const std::string& scheme) const {
    return scheme + "://localhost:" + std::to_string(acceptor_.local_endpoint().port()) + "/way?a=b";
  }
  /// Once it was asked.
  [[nodiscard]] const std::string& asked() {
    if (thread_.joinable()) thread_.join();
    thread_ = std::thread([] {});
    return asked_;
  }

 private:
  void serve(bool tls) {
    boost::system::error_code wrong;
    tcp::socket socket(io_);
    acceptor_.accept(socket, wrong);
    if (!tls) return talk(socket);
    asio::ssl::stream<tcp::socket> stream(std::move(socket), tls_);
    stream.handshake(asio::ssl::stream_base::server, wrong);
    if (!wrong) talk(stream);
    stream.lowest_layer().close(wrong);
  }
  template <class Stream>
  void talk(Stream& stream) {
    boost::system::error_code wrong;
    asio::read_until(stream, asio::dynamic_buffer(asked_), "\r\n\r\n", wrong);
    asio::write(stream, asio::buffer(bytes_), wrong);
  }

  std::string bytes_, asked_;
  asio::io_context io_;
  asio::ssl::context tls_{asio::ssl::context::tls_server};
  tcp::acceptor acceptor_;
  std::thread thread_;
};

std::string with_body(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST(WebAsk, hears_the_answer_of_a_server_that_the_authority_vouches_for) {
  const Scratch folder;
  const Certificate authority(folder, "authority", {.name = "an authority"});
  const Certificate theirs(folder, "theirs", {.name = "localhost", .serial = 2}, &authority);
  Answers server(with_body("yes"), &theirs);
  const auto heard = ask_web({.address = server.at("https"), .authority = authority.certificate});
  ASSERT_TRUE(heard) << heard.error().text();
  EXPECT_EQ(*heard, "yes");
  EXPECT_TRUE(server.asked().starts_with("GET /way?a=b HTTP/1.1\r\n")) << server.asked();
}

TEST(WebAsk, believes_no_certificate_of_another_authority_or_host) {
  const Scratch folder;
  const Certificate authority(folder, "authority", {.name = "an authority"});
  const Certificate other(folder, "other", {.name = "another authority", .serial = 3});
  const Certificate theirs(folder, "theirs", {.name = "localhost", .serial = 2}, &authority);
  const Certificate elsewhere(folder, "elsewhere", {.name = "elsewhere.example", .serial = 4}, &authority);
  const Certificate old(folder, "old", {.name = "localhost", .from_s = -600, .until_s = -60, .serial = 5},
                        &authority);
  for (const auto& [shown, trusted] :
       {std::pair{&theirs, &other}, {&elsewhere, &authority}, {&old, &authority}}) {
    Answers server(with_body("yes"), shown);
    const auto heard = ask_web({.address = server.at("https"),
                                .authority = trusted->certificate,
                                .form = "code=of+somebody",
                                .authorization = "Basic secret"});
    ASSERT_FALSE(heard) << shown->certificate;
    EXPECT_NE(heard.error().text().find("localhost: cannot be asked: certificate verify failed"),
              std::string::npos)
        << heard.error().text();
    EXPECT_EQ(server.asked(), "") << "what is secret was said to whom nobody vouches for";
  }
}

TEST(WebAsk, takes_nothing_but_a_plain_answer_of_a_bearable_length) {
  const auto why = [](const std::string& bytes) {
    Answers server(bytes);
    const auto heard = ask_web({.address = server.at("http"), .authorization = "Basic secret"});
    EXPECT_FALSE(heard);
    return heard ? std::string() : heard.error().text();
  };
  EXPECT_EQ(why("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
            "localhost: answers 302");
  const std::string long_one((1U << 20) + 1, 'x');
  for (const std::string& longer :
       {with_body(long_one), "HTTP/1.1 200 OK\r\n\r\n" + long_one,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n" + long_one})
    EXPECT_EQ(why(longer), "localhost: cannot be asked: body limit exceeded");
  EXPECT_NE(why("SSH-2.0-OpenSSH\r\n").find("cannot be asked"), std::string::npos);
  EXPECT_NE(why("").find("cannot be asked"), std::string::npos);
  for (const std::string address : {"localhost", "https://", "http://user@localhost/"})
    EXPECT_FALSE(ask_web({.address = address})) << address;
}

}  // namespace
}  // namespace varne::test
