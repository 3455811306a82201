#include "varne/serve/listener.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>

namespace varne {
namespace asio = boost::asio;
using asio::ip::tcp;
namespace {

constexpr auto rest_for = std::chrono::milliseconds(200);
constexpr auto told_for = std::chrono::minutes(1);
constexpr rlim_t enough_descriptors = 65536;

}  // namespace

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
  if (limit.rlim_cur < std::min(limit.rlim_max, enough_descriptors)) {
    rlimit more = limit;
    more.rlim_cur = std::min(limit.rlim_max, enough_descriptors);
    if (setrlimit(RLIMIT_NOFILE, &more) == 0) limit = more;
  }
  return static_cast<std::size_t>(std::min(limit.rlim_cur, enough_descriptors));
}

Done Listener::open(const std::string& text, std::uint16_t port, int listening) {
  boost::system::error_code wrong;
  const auto address = asio::ip::make_address(text, wrong);
  if (wrong) return fail("--listen", fmt::format("\"{}\" is no address", text));
  const tcp::endpoint endpoint(address, port);
  if (listening >= 0) {
    acceptor_.assign(endpoint.protocol(), listening, wrong);
    if (wrong) return fail("", "the listening socket cannot be taken over: " + wrong.message());
    return {};
  }
  acceptor_.open(endpoint.protocol(), wrong);
  if (!wrong) acceptor_.set_option(tcp::acceptor::reuse_address(true), wrong);
  if (!wrong) acceptor_.bind(endpoint, wrong);
  if (!wrong) acceptor_.listen(asio::socket_base::max_listen_connections, wrong);
  if (wrong == asio::error::address_in_use)
    return fail("",
                fmt::format("port {} of {} is in use; stop what listens there, or choose another with --port",
                            port, text));
  if (wrong) return fail("", fmt::format("cannot listen at {}:{}: {}", text, port, wrong.message()));
  return {};
}

void Listener::start(std::function<void(Socket)> taken) {
  taken_ = std::move(taken);
  accept();
}

void Listener::close() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  rest_.cancel();
}

int Listener::release() {
  boost::system::error_code wrong;
  rest_.cancel();
  const int listening = acceptor_.release(wrong);
  return wrong ? -1 : listening;
}

std::uint16_t Listener::port() const {
  boost::system::error_code ignored;
  return acceptor_.local_endpoint(ignored).port();
}

std::string Listener::trouble() const {
  if (failures_ == 0 || std::chrono::steady_clock::now() - failed_ > told_for) return "";
  return fmt::format("connections to this desk could not be taken ({}): too many are open", why_);
}

void Listener::accept() {
  acceptor_.async_accept([this](boost::system::error_code wrong, tcp::socket socket) {
    if (wrong == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (!wrong) {
      taken_(std::move(socket));
      return accept();
    }
    ++failures_;
    why_ = wrong.message();
    failed_ = std::chrono::steady_clock::now();
    rest_.expires_after(rest_for);
    rest_.async_wait([this](boost::system::error_code over) {
      if (!over) accept();
    });
  });
}

}  // namespace varne
