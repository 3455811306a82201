#include "varne/serve/console_session.h"

#include <boost/asio/buffer.hpp>

namespace varne {
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
namespace {

constexpr std::size_t most_waiting_bytes = std::size_t{8} << 20;
constexpr std::size_t most_waiting = 256;

}  // namespace

ConsoleSession::ConsoleSession(Stream stream, std::function<Frame()> fresh,
                               std::function<void(ConsoleSession*)> gone,
                               std::function<void(std::size_t)> dropped)
    : socket_(std::move(stream)),
      fresh_(std::move(fresh)),
      gone_(std::move(gone)),
      dropped_(std::move(dropped)) {}

void ConsoleSession::accept(const HttpRequest& upgrade, Frame hello) {
  socket_.next_layer().no_deadline();
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
  if (ended_) return;
  if (behind_) return dropped_(1);
  const bool too_much =
      waiting_.size() >= most_waiting || waiting_bytes_ + frame->size() > most_waiting_bytes;
  if (too_much && !waiting_.empty()) {
    // The front one may be on its way; what stands behind it is dropped.
    dropped_(waiting_.size() - (writing_ ? 1U : 0U) + 1);
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
  end();
}

void ConsoleSession::end() {
  if (std::exchange(ended_, true)) return;
  socket_.next_layer().close();
  gone_(this);
}

}  // namespace varne
