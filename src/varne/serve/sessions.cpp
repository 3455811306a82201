#include "varne/serve/sessions.h"

#include <boost/asio/buffer.hpp>
#include <chrono>

namespace varne {
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
namespace {

constexpr std::size_t most_waiting_bytes = std::size_t{8} << 20;
constexpr std::size_t most_waiting = 256;
constexpr std::size_t largest_request = 64 * 1024;
constexpr auto slowest_request = std::chrono::seconds(30);

bool loopback(const boost::asio::ip::address& address) {
  // An IPv4 connection to an IPv6 socket comes as ::ffff:127.0.0.1.
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6()).is_loopback();
  return address.is_loopback();
}

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

ConsoleSession::ConsoleSession(boost::asio::ip::tcp::socket socket, std::function<Frame()> fresh,
                               std::function<void(ConsoleSession*)> gone)
    : socket_(std::move(socket)), fresh_(std::move(fresh)), gone_(std::move(gone)) {}

void ConsoleSession::accept(const HttpRequest& upgrade, Frame hello) {
  beast::get_lowest_layer(socket_).expires_never();
  socket_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
  websocket::permessage_deflate deflate;
  deflate.server_enable = false;  // the desk and its consoles are near each other; time is dearer than bytes
  socket_.set_option(deflate);
  socket_.read_message_max(4096);
  socket_.text(true);
  // The hello goes first; what is broadcast until the handshake is done waits behind it.
  waiting_bytes_ += hello->size();
  waiting_.push_back(std::move(hello));
  writing_ = true;
  socket_.async_accept(upgrade, [self = shared_from_this()](beast::error_code wrong) {
    if (wrong) return self->end();
    self->write();
    self->read();
  });
}

/// A console says nothing; reading notices that it closed, and answers its pings.
void ConsoleSession::read() {
  socket_.async_read(incoming_, [self = shared_from_this()](beast::error_code wrong, std::size_t) {
    if (wrong) return self->end();
    self->incoming_.consume(self->incoming_.size());
    self->read();
  });
}

void ConsoleSession::send(Frame frame) {
  if (ended_ || behind_) return;
  const bool too_much =
      waiting_.size() >= most_waiting || waiting_bytes_ + frame->size() > most_waiting_bytes;
  if (too_much && !waiting_.empty()) {
    // The front one may be on its way; what stands behind it is dropped.
    while (waiting_.size() > (writing_ ? 1U : 0U)) {
      waiting_bytes_ -= waiting_.back()->size();
      waiting_.pop_back();
    }
    behind_ = true;
    return;
  }
  waiting_bytes_ += frame->size();
  waiting_.push_back(std::move(frame));
  if (!writing_) write();
}

void ConsoleSession::write() {
  writing_ = true;
  socket_.async_write(boost::asio::buffer(*waiting_.front()),
                      [self = shared_from_this()](beast::error_code wrong, std::size_t) {
                        if (wrong) return self->end();
                        self->waiting_bytes_ -= self->waiting_.front()->size();
                        self->waiting_.pop_front();
                        self->writing_ = false;
                        if (self->behind_) {
                          self->behind_ = false;
                          self->send(self->fresh_());
                        } else if (!self->waiting_.empty()) {
                          self->write();
                        }
                      });
}

void ConsoleSession::close() {
  if (ended_) return;
  beast::get_lowest_layer(socket_).cancel();
  end();
}

void ConsoleSession::end() {
  if (std::exchange(ended_, true)) return;
  beast::get_lowest_layer(socket_).close();
  gone_(this);
}

HttpSession::HttpSession(boost::asio::ip::tcp::socket socket, const Routes& routes, Upgrade upgrade)
    : stream_(std::move(socket)), routes_(routes), upgrade_(std::move(upgrade)) {
  boost::system::error_code wrong;
  const auto remote = stream_.socket().remote_endpoint(wrong);
  if (!wrong) from_loopback_ = loopback(remote.address());
  const auto local = stream_.socket().local_endpoint(wrong);
  if (!wrong) to_loopback_ = loopback(local.address());
  stream_.socket().set_option(boost::asio::ip::tcp::no_delay(true), wrong);
}

Asker HttpSession::asker(const HttpRequest& request) const {
  return {from_loopback_, to_loopback_, view(request[http::field::host]), view(request[http::field::origin])};
}

void HttpSession::read() {
  parser_.emplace();
  parser_->body_limit(largest_request);
  parser_->header_limit(16 * 1024);
  stream_.expires_after(slowest_request);
  http::async_read(stream_, buffer_, *parser_,
                   [self = shared_from_this()](beast::error_code wrong, std::size_t) {
                     if (wrong == http::error::body_limit || wrong == http::error::header_limit) {
                       auto response = refused(self->parser_->get(), http::status::payload_too_large,
                                               "the request is too large; 64 KiB is the most");
                       response.keep_alive(false);
                       return self->write(std::move(response));
                     }
                     if (wrong) return self->close();
                     self->take();
                   });
}

void HttpSession::take() {
  HttpRequest request = parser_->release();
  const Asker who = asker(request);
  if (websocket::is_upgrade(request)) {
    std::string no = request.target() == "/ws" ? may_listen(who) : "the socket is at /ws";
    if (!no.empty()) return write(refused(request, http::status::forbidden, no));
    return upgrade_(stream_.release_socket(), request);
  }
  routes_.answer(request, who,
                 [self = shared_from_this()](HttpResponse response) { self->write(std::move(response)); });
}

void HttpSession::write(HttpResponse response) {
  response_.emplace(std::move(response));
  stream_.expires_after(slowest_request);
  http::async_write(stream_, *response_, [self = shared_from_this()](beast::error_code wrong, std::size_t) {
    if (wrong || !self->response_->keep_alive()) return self->close();
    self->read();
  });
}

void HttpSession::close() {
  boost::system::error_code ignored;
  stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
  stream_.close();
}

}  // namespace varne
