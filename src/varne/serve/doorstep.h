#pragma once
/// Answers for a desk that is not there yet. A desk that starts reads its seas and runs its journal again,
/// which takes minutes after a long watch; meanwhile whoever asks hears how far it is (503), a browser by a
/// page that opens the console by itself, and nobody meets a closed port. The desk's server then takes over
/// the very socket, so that no connection is refused between the two.

#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include "varne/core/enum_named.h"
#include "varne/core/result.h"
#include "varne/serve/server.h"

namespace varne {

/// What a desk does before it is there.
enum class Starting : std::uint8_t {
  sea,     ///< reads the coast, the seas, the rules
  record,  ///< takes up its record and runs its journal again
  day,     ///< runs through a recorded day
};
template <>
struct EnumNames<Starting> {
  static constexpr std::array values{std::pair{Starting::sea, "sea"}, std::pair{Starting::record, "record"},
                                     std::pair{Starting::day, "day"}};
};

/// Runs on a thread of its own, which ends with it.
class Doorstep {
 public:
  /// Listens where the server will, with its TLS and its names. Refuses what the server would.
  static Result<std::unique_ptr<Doorstep>> open(const ServerOptions& options);
  Doorstep(const Doorstep&) = delete;
  Doorstep& operator=(const Doorstep&) = delete;
  ~Doorstep();

  /// From any thread. @param of  0 where it is not known how much there is
  void tell(Starting what, std::uint64_t done = 0, std::uint64_t of = 0);
  [[nodiscard]] std::uint16_t port() const;
  /// Ends the answering and gives the listening socket away, for ServerOptions::listening. Nothing else may
  /// be asked of it afterwards.
  [[nodiscard]] int leave();

 private:
  class Work;
  explicit Doorstep(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

}  // namespace varne
