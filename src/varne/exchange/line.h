#pragma once
/// The line between this desk and the desks of other centres: what letters travel by. It keeps what was sent
/// until the other desk has it, may bring a letter twice, and loses none while its own store is whole; what
/// it lost all the same is asked for again (`ask_again`), and is sent again out of the record.

#include <cstdint>
#include <functional>
#include <string>

namespace varne {

/// Called from one thread. What it calls, it calls on the thread of the io_context that it was made with.
class Line {
 public:
  virtual ~Line() = default;

  /// Puts a letter on its way; never waits for the network.
  /// @param number  of the letter, for `kept`
  virtual void send(const std::string& to, std::uint64_t number, std::string letter) = 0;
  /// This letter of that centre's did not come, and later ones did.
  virtual void ask_again(const std::string& centre, std::uint64_t number) = 0;

  /// A letter of this centre's desk came; `taken` is called once it need not come again.
  std::function<void(std::string centre, std::string letter, std::function<void()> taken)> came;
  /// That centre's desk lacks our letters from this number on, or the line itself holds none of them.
  std::function<void(std::string centre, std::uint64_t number)> wanted;
  /// Whether that centre's desk can be reached, and in words how it stands.
  std::function<void(std::string centre, bool up, std::string state)> stands;

  /// Everything that is called is set: begin.
  virtual void start() = 0;
};

}  // namespace varne
