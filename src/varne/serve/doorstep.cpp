#include "varne/serve/doorstep.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "varne/serve/api.h"
#include "varne/serve/doorstep_page.h"
#include "varne/serve/guard.h"
#include "varne/serve/listener.h"
#include "varne/serve/routes.h"

namespace varne {
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace {

constexpr auto slowest_guest = std::chrono::seconds(5);
constexpr int most_guests = 256;

/// One connection, one answer.
class Guest : public std::enable_shared_from_this<Guest> {
 public:
  using Answer = std::function<HttpResponse(const HttpHeader&, bool from_loopback, bool to_loopback)>;

  Guest(Stream stream, Answer answer, int& here)
      : stream_(std::move(stream)), buffer_(largest_part), answer_(std::move(answer)), here_(here) {
    ++here_;
    parser_.header_limit(largest_header);
  }
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;
  ~Guest() { --here_; }

  void start() {
    stream_.deadline(slowest_guest);
    stream_.async_handshake([self = shared_from_this()](beast::error_code wrong) {
      if (!wrong) self->read();
    });
  }

 private:
  void read() {
    http::async_read_header(stream_, buffer_, parser_,
                            [self = shared_from_this()](beast::error_code wrong, std::size_t) {
                              if (!wrong || self->parser_.is_header_done()) self->write();
                            });
  }

  void write() {
    boost::system::error_code wrong;
    const auto remote = stream_.socket().remote_endpoint(wrong);
    const bool from_loopback = !wrong && is_loopback(remote.address());
    const auto local = stream_.socket().local_endpoint(wrong);
    response_ = answer_(parser_.get(), from_loopback, !wrong && is_loopback(local.address()));
    response_.keep_alive(false);  // what comes next is for the desk
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
      if (failed) return;
      self->stream_.async_say_goodbye([self](beast::error_code) { self->linger(); });
    });
  }

  /// A body that is still on its way is taken from the line, so that the answer is not lost with it.
  void linger() {
    if (stream_.is_tls()) return;
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(largest_part),
                            [self = shared_from_this()](beast::error_code wrong, std::size_t) {
                              if (!wrong) self->linger();
                            });
  }

  Stream stream_;
  beast::flat_buffer buffer_;
  http::request_parser<http::empty_body> parser_;
  HttpResponse response_;
  Answer answer_;
  int& here_;
};

}  // namespace

class Doorstep::Work {
 public:
  explicit Work(const ServerOptions& options) : options_(options), listener_(io_) {
    if (auto name = machine_name(); !name.empty()) options_.names.push_back(std::move(name));
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  ~Work() { end(); }

  Done open() {
    if (auto may = may_listen(options_); !may) return may;
    if (auto open = listener_.open(options_.address, options_.port); !open) return open;
    port_ = listener_.port();
    listener_.start([this](Listener::Socket socket) { greet(std::move(socket)); });
    thread_ = std::thread([this] { io_.run(); });
    return {};
  }

  void tell(Starting what, std::uint64_t done, std::uint64_t of) {
    const std::lock_guard guard(mutex_);
    far_ = {what, std::min(done, of), of};
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  int leave() {
    end();
    return listener_.release();
  }

 private:
  void end() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  void greet(Listener::Socket socket) {
    if (guests_ >= most_guests) return;  // closed with the socket: whoever asks tries again
    const auto guest = std::make_shared<Guest>(
        Stream(std::move(socket), options_.tls ? options_.tls->context() : nullptr),
        [this](const HttpHeader& header, bool from_loopback, bool to_loopback) {
          return answer(header, from_loopback, to_loopback);
        },
        guests_);
    guest->start();
  }

  [[nodiscard]] HttpResponse answer(const HttpHeader& header, bool from_loopback, bool to_loopback) {
    const Asker asker{from_loopback,
                      to_loopback,
                      options_.accounts != nullptr,
                      view(header[http::field::host]),
                      view(header[http::field::origin]),
                      options_.names};
    if (const auto why = may_ask(false, asker); !why.empty())
      return refused(header, http::status::forbidden, why);
    const auto target = view(header.target());
    if (target == starting_script_path)
      return respond(header, http::status::ok, "text/javascript", std::string(starting_script));
    HowFar far;
    {
      const std::lock_guard guard(mutex_);
      far = far_;
    }
    const bool page = header.method() == http::verb::get && !target.starts_with("/api/") && target != "/ws" &&
                      target != "/metrics";
    auto out = respond(header, http::status::service_unavailable,
                       page ? "text/html; charset=utf-8" : "application/json",
                       page ? starting_page(far, view(header[http::field::accept_language]))
                            : api::text(starting_json(far)));
    out.set(http::field::retry_after, "1");
    return out;
  }

  ServerOptions options_;
  std::mutex mutex_;
  HowFar far_;
  std::uint16_t port_ = 0;
  int guests_ = 0;
  boost::asio::io_context io_{1};
  Listener listener_;
  std::thread thread_;
};

Result<std::unique_ptr<Doorstep>> Doorstep::open(const ServerOptions& options) {
  auto work = std::make_unique<Work>(options);
  if (const auto done = work->open(); !done) return std::unexpected(done.error());
  return std::unique_ptr<Doorstep>(new Doorstep(std::move(work)));
}

Doorstep::Doorstep(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Doorstep::~Doorstep() = default;

void Doorstep::tell(Starting what, std::uint64_t done, std::uint64_t of) {
  work_->tell(what, done, of);
}
std::uint16_t Doorstep::port() const {
  return work_->port();
}
int Doorstep::leave() {
  const int socket = work_->leave();
  work_.reset();  // whoever was being answered is let go of, and asks again
  return socket;
}

}  // namespace varne
