#pragma once
/// Two real nats-servers, each a centre's own, and the link between them with somebody's hand on it.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "support.h"

namespace varne::test {

inline std::uint16_t free_port() {
  boost::asio::io_context io;
  boost::asio::ip::tcp::acceptor any(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  return any.local_endpoint().port();
}

inline bool has_nats_server() {
  return std::filesystem::exists("/usr/sbin/nats-server") || std::filesystem::exists("/usr/bin/nats-server");
}

/// Waits until it holds, half a minute at most.
inline bool in_time(const std::function<bool()>& holds,
                    std::chrono::seconds most = std::chrono::seconds(30)) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (std::chrono::steady_clock::now() < end) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return holds();
}

/// A TCP line that can be cut: what is in flight is lost, and nobody gets through until it is mended.
class CutLine {
 public:
  explicit CutLine(std::uint16_t target)
      : target_(target), acceptor_(io_, {boost::asio::ip::make_address("127.0.0.1"), 0}) {
    accept();
    thread_ = std::thread([this] { io_.run(); });
  }
  CutLine(const CutLine&) = delete;
  CutLine& operator=(const CutLine&) = delete;
  ~CutLine() {
    io_.stop();
    thread_.join();
  }
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  void cut() {
    boost::asio::post(io_, [this] {
      cut_ = true;
      for (const auto& pair : pairs_) pair->close();
      pairs_.clear();
    });
  }
  void mend() {
    boost::asio::post(io_, [this] { cut_ = false; });
  }

 private:
  using tcp = boost::asio::ip::tcp;
  struct Pair : std::enable_shared_from_this<Pair> {
    Pair(tcp::socket one, tcp::socket other) : ends{std::move(one), std::move(other)} {}
    void close() {
      boost::system::error_code ignored;
      // A desk that was started meanwhile holds the same sockets: closing them alone would end nothing.
      for (auto& end : ends) {
        end.shutdown(tcp::socket::shutdown_both, ignored);
        end.close(ignored);
      }
    }
    void pump(std::size_t from) {
      ends[from].async_read_some(
          boost::asio::buffer(bytes[from]),
          [self = shared_from_this(), from](boost::system::error_code wrong, std::size_t n) {
            if (wrong) return self->close();
            boost::asio::async_write(self->ends[1 - from], boost::asio::buffer(self->bytes[from], n),
                                     [self, from](boost::system::error_code failed, std::size_t) {
                                       if (failed) return self->close();
                                       self->pump(from);
                                     });
          });
    }
    std::array<tcp::socket, 2> ends;
    std::array<std::array<char, 16384>, 2> bytes{};
  };
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code wrong, tcp::socket socket) {
      if (wrong) return;
      tcp::socket on(io_);
      boost::system::error_code failed = boost::asio::error::connection_refused;
      if (!cut_) on.connect({boost::asio::ip::make_address("127.0.0.1"), target_}, failed);
      if (!failed) {
        pairs_.push_back(std::make_shared<Pair>(std::move(socket), std::move(on)));
        pairs_.back()->pump(0);
        pairs_.back()->pump(1);
      }
      accept();
    });
  }
  std::uint16_t target_;
  boost::asio::io_context io_{1};
  tcp::acceptor acceptor_;
  bool cut_ = false;
  std::list<std::shared_ptr<Pair>> pairs_;
  std::thread thread_;
};

/// A nats-server with a stream store of its own.
class NatsServer {
 public:
  /// @param more  lines of its file
  NatsServer(const Scratch& folder, const std::string& domain, const std::string& more)
      : port(free_port()),
        url(fmt::format("nats://127.0.0.1:{}", port)),
        file_(folder.file(domain + ".conf")) {
    folder.write(domain + ".conf",
                 fmt::format("listen: 127.0.0.1:{}\nserver_name: {}\nlog_file: \"{}\"\n"
                             "jetstream {{ store_dir: \"{}\", domain: {} }}\n{}\n",
                             port, domain, folder.file(domain + ".log"), folder.file(domain), domain, more));
    start();
  }
  NatsServer(const NatsServer&) = delete;
  NatsServer& operator=(const NatsServer&) = delete;
  ~NatsServer() { stop(); }

  void start() {
    pid_ = fork();
    if (pid_ == 0) {
      execlp("nats-server", "nats-server", "-c", file_.c_str(), nullptr);
      _exit(127);
    }
  }
  void stop() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

  const std::uint16_t port;
  const std::string url;

 private:
  std::string file_;
  pid_t pid_ = -1;
};

/// Dover's server, Gris-Nez's, and a line between them that can be cut.
struct TwoServers {
  Scratch folder;
  std::uint16_t leaf = free_port();
  NatsServer dover{folder, "dover", fmt::format("leafnodes {{ listen: \"127.0.0.1:{}\" }}", leaf)};
  CutLine line{leaf};
  NatsServer gris_nez{
      folder, "gris-nez",
      fmt::format("leafnodes {{ reconnect: 1, remotes: [ {{ url: \"nats-leaf://127.0.0.1:{}\" }} ] }}",
                  line.port())};
};

}  // namespace varne::test
