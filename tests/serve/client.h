#pragma once
/// The other end of the line: a browser's requests, a console's socket, a receiver that sends a feed. Each
/// waits twenty seconds at most, so that a server that says nothing fails a test instead of hanging it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "varne/core/json.h"

namespace varne::test {

inline constexpr std::chrono::seconds patience{20};

/// One request; Host is the server's own unless another is given.
struct Asked {
  std::string target;
  std::string method = "GET";
  std::string body = "";
  std::map<std::string, std::string> fields = {};
  std::string address = "127.0.0.1";  ///< where it goes
};

struct Answer {
  int status = 0;  ///< 0: the connection ended without one
  std::map<std::string, std::string> fields;
  std::string body;

  [[nodiscard]] Json json() const;
  /// The "error" of a refusal.
  [[nodiscard]] std::string error() const { return json().value("error", ""); }
};

Answer ask(std::uint16_t port, const Asked& asked);
Answer get(std::uint16_t port, const std::string& target);
Answer post(std::uint16_t port, const std::string& target, const Json& body);

/// Sends these bytes and gives what comes until the connection ends.
std::string raw_exchange(std::uint16_t port, const std::string& bytes);

/// A console: what the server pushes, frame by frame.
class Console {
 public:
  /// @param receive_buffer  of the socket, 0: the system's own; a small one makes a console that soon blocks
  explicit Console(std::uint16_t port, const std::map<std::string, std::string>& fields = {},
                   int receive_buffer = 0);
  ~Console();

  [[nodiscard]] bool open() const;
  /// The status the server gave instead of opening.
  [[nodiscard]] int status() const;
  /// The next frame; nothing where none comes in time or the connection ended.
  std::optional<Json> next(std::chrono::milliseconds most = patience);
  /// Reads on until a frame is what is looked for.
  std::optional<Json> until(const std::function<bool(const Json&)>& wanted);
  std::optional<Json> until_type(const std::string& type);

 private:
  struct Socket;
  std::unique_ptr<Socket> socket_;
};

/// A receiver on the network: whoever connects gets the lines.
class Receiver {
 public:
  Receiver();
  ~Receiver();

  [[nodiscard]] std::string address() const;
  /// Waits until somebody listens.
  void wait();
  /// False where the listener has gone.
  bool send(const std::string& line);
  /// Goes away, and is not there any more.
  void close();

 private:
  struct Socket;
  std::unique_ptr<Socket> socket_;
};

/// Sends datagrams to a port of this machine.
class Datagrams {
 public:
  explicit Datagrams(std::uint16_t port);
  ~Datagrams();
  void send(const std::string& bytes);

 private:
  struct Socket;
  std::unique_ptr<Socket> socket_;
};

/// True as soon as the condition holds; false where it does not within our patience.
bool soon(const std::function<bool()>& condition);

}  // namespace varne::test
