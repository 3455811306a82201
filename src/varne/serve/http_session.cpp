#include "varne/serve/http_session.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/websocket.hpp>

#include "varne/serve/packing.h"

namespace varne {
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace {

/// A body in chunks brings their framing.
constexpr std::size_t framing = 4;
constexpr std::size_t most_unread = std::size_t{256} * 1024;
constexpr auto slowest_goodbye = std::chrono::seconds(2);

std::size_t count_of(const HttpHeader& header) {
  return static_cast<std::size_t>(std::distance(header.begin(), header.end()));
}

bool too_large(beast::error_code wrong) {
  return wrong == http::error::body_limit || wrong == http::error::header_limit ||
         wrong == http::error::buffer_overflow;
}

}  // namespace

HttpSession::HttpSession(Stream stream, const Shared& shared)
    : stream_(std::move(stream)), buffer_(largest_part), shared_(shared) {
  boost::system::error_code wrong;
  const auto remote = stream_.socket().remote_endpoint(wrong);
  if (!wrong) from_loopback_ = is_loopback(remote.address());
  if (!wrong) address_ = remote.address().to_string();
  const auto local = stream_.socket().local_endpoint(wrong);
  if (!wrong) to_loopback_ = is_loopback(local.address());
  stream_.socket().set_option(boost::asio::ip::tcp::no_delay(true), wrong);
}

void HttpSession::start() {
  idle_ = true;
  stream_.deadline(shared_.slowest_request);
  stream_.async_handshake([self = shared_from_this()](beast::error_code wrong) {
    if (wrong) {
      const std::string refused = self->stream_.certificate_trouble();
      self->shared_.no_handshake(self->address_,
                                 refused.empty() ? wrong.message() : "its certificate: " + refused);
      return self->close();
    }
    self->read();
  });
}

const Caller& HttpSession::caller() {
  if (!caller_) caller_ = shared_.sources.gate.caller(credential_);
  return *caller_;
}

void HttpSession::log(unsigned status) {
  if (!shared_.log) return;
  const bool asked = parser_ && parser_->is_header_done();
  const HttpHeader& header = asked ? parser_->get() : HttpHeader();
  shared_.log->write({.address = address_,
                      .who = caller_ ? caller_->speaker.name : "",
                      .method = view(header.method_string()),
                      .target = view(header.target()),
                      .status = status});
}

void HttpSession::read() {
  parser_.emplace();
  caller_.reset();
  parser_->header_limit(largest_header);
  parser_->body_limit(largest_body());
  came_ = 0;
  idle_ = buffer_.size() == 0;
  stream_.deadline(shared_.slowest_request);
  http::async_read_header(
      stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code wrong, std::size_t bytes) {
        self->idle_ = false;
        self->came_ += bytes;
        if (too_large(wrong))
          return self->refuse(refused(self->parser_->get(), http::status::payload_too_large,
                                      "the request is too large: 16 KiB of header and 64 KiB of body are "
                                      "the most"));
        if (wrong == http::error::end_of_stream || !self->parser_->is_header_done()) return self->close();
        const HttpHeader& header = self->parser_->get();
        const Gate& gate = self->shared_.sources.gate;
        const Asker asker{self->from_loopback_,
                          self->to_loopback_,
                          gate.accounts() != nullptr,
                          view(header[http::field::host]),
                          view(header[http::field::origin]),
                          self->shared_.names};
        self->credential_ = gate.credential(header, self->stream_.certificate());
        const auto length = self->parser_->content_length();
        if (auto no = refusal(header, length ? std::optional(*length) : std::nullopt, asker,
                              [&self]() -> const Caller& { return self->caller(); }))
          return self->refuse(std::move(*no));
        if (wrong) return self->close();
        const auto most = find_route(header.method(), view(header.target())).route->most_body;
        self->parser_->body_limit(most);
        self->most_ = self->came_ + framing * most + largest_header;
        self->header_fields_ = count_of(header);
        self->read_body();
      });
}

/// Part by part, so that what comes around the body has its end too.
void HttpSession::read_body() {
  if (parser_->is_done()) return take();
  http::async_read_some(stream_, buffer_, *parser_,
                        [self = shared_from_this()](beast::error_code wrong, std::size_t bytes) {
                          self->came_ += bytes;
                          if (too_large(wrong) || self->came_ > self->most_)
                            return self->refuse(refused(self->parser_->get(), http::status::payload_too_large,
                                                        "the body is too large, or what stands around it"));
                          if (wrong) return self->close();
                          self->read_body();
                        });
}

void HttpSession::take() {
  // A trailer would add fields to the header after we judged it.
  if (count_of(parser_->get()) > header_fields_)
    return refuse(refused(parser_->get(), http::status::bad_request, "fields behind the body are not taken"));
  HttpRequest request = parser_->get();  // a copy: the log still names it when it is answered
  if (boost::beast::websocket::is_upgrade(request) && request.target() == "/ws") {
    log(static_cast<unsigned>(http::status::switching_protocols));
    return shared_.upgrade(std::move(stream_), request, credential_);
  }
  try {
    answer(shared_.sources, request, caller(), address_, [self = shared_from_this()](HttpResponse response) {
      pack(self->parser_->get(), response);
      self->write(std::move(response));
    });
  } catch (const std::exception& fault) {
    refuse(refused(request, http::status::internal_server_error,
                   std::string("a fault of this program: ") + fault.what()));
  }
}

/// What was not read to its end cannot be followed by another request.
void HttpSession::refuse(HttpResponse response) {
  response.keep_alive(false);
  write(std::move(response));
}

void HttpSession::turn_away() {
  refuse(refused(HttpHeader(), http::status::service_unavailable, "too many connections; try again"));
}

void HttpSession::write(HttpResponse response) {
  log(response.result_int());
  response_.emplace(std::move(response));
  stream_.deadline(shared_.slowest_request);
  http::async_write(stream_, *response_, [self = shared_from_this()](beast::error_code wrong, std::size_t) {
    if (wrong) return self->close();
    if (self->response_->keep_alive()) return self->read();
    self->stream_.deadline(slowest_goodbye);
    self->stream_.async_say_goodbye([self](beast::error_code) {
      if (self->stream_.is_tls()) return self->close();
      self->linger(most_unread);
    });
  });
}

/// What is still on its way is taken from the line, so that the answer is not lost with the connection.
void HttpSession::linger(std::size_t most) {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(largest_part),
                          [self = shared_from_this(), most](beast::error_code wrong, std::size_t n) {
                            if (wrong || n >= most) return self->close();
                            self->linger(most - n);
                          });
}

void HttpSession::close() {
  stream_.close();
}

}  // namespace varne
