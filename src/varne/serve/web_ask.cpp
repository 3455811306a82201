#include "varne/serve/web_ask.h"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <exception>
#include <functional>

namespace varne {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using beast::error_code;
namespace {

constexpr auto patience = std::chrono::seconds(10);
constexpr std::size_t most_body = std::size_t{1} << 20;

struct Place {
  bool tls = true;
  std::string host, port, target;
};

Result<Place> place_of(std::string_view address) {
  Place out;
  out.tls = address.starts_with("https://");
  const auto begin = address.find("://");
  if (begin == std::string_view::npos) return fail(std::string(address), "is no address");
  const auto rest = address.substr(begin + 3);
  const auto slash = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view host = rest.substr(0, slash);
  if (host.find('@') != std::string_view::npos || host.empty())
    return fail(std::string(address), "is no address of a host");
  const auto colon = host.starts_with('[') ? host.find(':', host.find(']')) : host.rfind(':');
  out.port = colon == std::string_view::npos ? (out.tls ? "443" : "80") : std::string(host.substr(colon + 1));
  host = host.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  out.host = host;
  out.target = slash < rest.size() && rest[slash] == '/' ? std::string(rest.substr(slash))
                                                         : "/" + std::string(rest.substr(slash));
  return out;
}

/// One step after another, each within what is left of the time.
class Talk {
 public:
  Talk(const WebAsk& asked, Place to) : asked_(asked), to_(std::move(to)) {}

  Result<std::string> run() {
    tcp::resolver resolver(io_);
    tcp::resolver::results_type found;
    if (!wait([&](auto done) {
          resolver.async_resolve(to_.host, to_.port, [&found, done](error_code wrong, auto results) {
            found = std::move(results);
            done(wrong);
          });
        }))
      return said();
    return to_.tls ? over_tls(found) : in_the_clear(found);
  }

 private:
  using Done = std::function<void(error_code)>;

  bool wait(const std::function<void(Done)>& begin) {
    bool over = false;
    begin([&](error_code wrong) {
      wrong_ = wrong;
      over = true;
    });
    io_.restart();
    io_.run_until(until_);
    if (!over) {
      wrong_ = beast::error::timeout;
      cancel_();
      io_.restart();
      io_.run();  // what was begun speaks of what is here
      wrong_ = beast::error::timeout;
    }
    return !wrong_;
  }

  Result<std::string> over_tls(const tcp::resolver::results_type& found) {
    asio::ssl::context tls(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    tls.set_verify_mode(asio::ssl::verify_peer);
    error_code wrong;
    if (asked_.authority.empty())
      tls.set_default_verify_paths(wrong);
    else
      tls.load_verify_file(asked_.authority, wrong);
    if (wrong) return fail(asked_.authority, "cannot be read as certificates: " + wrong.message());
    beast::ssl_stream<beast::tcp_stream> stream(io_, tls);
    // Of a server with several names: whose certificate is meant. (OpenSSL's macro for it casts as C does.)
    SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host_.data());
    stream.set_verify_callback(asio::ssl::host_name_verification(to_.host));
    if (!connect(beast::get_lowest_layer(stream), found)) return said();
    if (!wait([&](auto done) { stream.async_handshake(asio::ssl::stream_base::client, done); }))
      return said();
    return exchange(stream);
  }

  Result<std::string> in_the_clear(const tcp::resolver::results_type& found) {
    beast::tcp_stream stream(io_);
    if (!connect(stream, found)) return said();
    return exchange(stream);
  }

  bool connect(beast::tcp_stream& stream, const tcp::resolver::results_type& found) {
    cancel_ = [&stream] { stream.cancel(); };
    return wait([&](auto done) {
      stream.async_connect(found, [done](error_code wrong, const tcp::endpoint&) { done(wrong); });
    });
  }

  template <class Stream>
  Result<std::string> exchange(Stream& stream) {
    http::request<http::string_body> request{asked_.form.empty() ? http::verb::get : http::verb::post,
                                             to_.target, 11};
    request.set(http::field::host, to_.host + ":" + to_.port);
    request.set(http::field::accept, "application/json");
    request.set(http::field::connection, "close");
    if (!asked_.authorization.empty()) request.set(http::field::authorization, asked_.authorization);
    if (!asked_.form.empty()) {
      request.set(http::field::content_type, "application/x-www-form-urlencoded");
      request.body() = asked_.form;
    }
    request.prepare_payload();
    if (!wait([&](auto done) {
          http::async_write(stream, request, [done](error_code wrong, std::size_t) { done(wrong); });
        }))
      return said();
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> answer;
    answer.body_limit(most_body);
    // The head by itself: Beast 1.74 forgets the limit of a response that it reads in one go.
    if (!wait([&](auto done) {
          http::async_read_header(stream, buffer, answer,
                                  [done](error_code wrong, std::size_t) { done(wrong); });
        }))
      return said();
    if (!wait([&](auto done) {
          http::async_read(stream, buffer, answer, [done](error_code wrong, std::size_t) { done(wrong); });
        }))
      return said();
    if (answer.get().result() != http::status::ok)
      return fail(to_.host, fmt::format("answers {}", answer.get().result_int()));
    return std::move(answer.get().body());
  }

  [[nodiscard]] std::unexpected<Error> said() const {
    return fail(to_.host, fmt::format("cannot be asked: {}", wrong_.message()));
  }

  const WebAsk& asked_;
  const Place to_;
  std::string host_ = to_.host;
  asio::io_context io_{1};
  const std::chrono::steady_clock::time_point until_ = std::chrono::steady_clock::now() + patience;
  std::function<void()> cancel_ = [] {};
  error_code wrong_;
};

}  // namespace

Result<std::string> ask_web(const WebAsk& asked) {
  auto to = place_of(asked.address);
  if (!to) return std::unexpected(to.error());
  const std::string host = to->host;
  try {
    return Talk(asked, std::move(*to)).run();
  } catch (const std::exception& thrown) {
    return fail(host, fmt::format("cannot be asked: {}", thrown.what()));
  }
}

}  // namespace varne
