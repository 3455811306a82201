#pragma once
/// Runs the hand-over (varne/room/coordination.h, no copy of it) through every interleaving there is within
/// bounds: two centres, two incidents, officers who may at any moment propose, propose again, withdraw,
/// accept or refuse, up to five words in flight, each of which may be delivered in any order, delivered and
/// stay (doubled), or be lost; either desk may die at any moment and start again from its bytes.
///
/// A state's key holds all of it, so two states are taken for one only where they are. Nothing is drawn: the
/// same bounds give the same number of states.

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "varne/core/fields_bytes.h"
#include "varne/room/coordination.h"

namespace varne::test {

inline const std::array<std::string, 2> centres{"A", "B"};
inline constexpr std::size_t incidents = 2;

struct Flying {
  std::uint8_t incident = 0;
  std::uint8_t from = 0;
  HandOver said;
};

struct Bounds {
  std::size_t in_flight = 5;
  std::uint64_t terms = 2;   ///< nobody proposes in a term after this one
  std::uint64_t offers = 2;  ///< that a term has at most
  bool crashes = true;
};

/// What a broken variant does otherwise; each empty one is the code as it is.
struct Broken {
  std::function<void(const Coordination& at, HandOver&)> delivered = {};  ///< before a word is heard
  std::function<void(Coordination&)> accepts = {};                        ///< after a centre has accepted
  std::function<void(Coordination&)> restarts = {};                       ///< after a desk has started again
};

struct State {
  std::array<std::array<Coordination, 2>, incidents> known;  ///< [incident][centre]: by its record
  std::array<bool, 2> down{};
  std::vector<Flying> net;
};

/// Everything of a state, packed: 4 × 11 bits of what is known, 2 of who is down, 5 × 13 in flight.
struct Key {
  std::uint64_t known = 0, net_low = 0;
  std::uint64_t net_high = 0;
  friend bool operator==(const Key&, const Key&) = default;
};

inline std::uint64_t code_of(const Coordination& c) {
  const std::uint64_t offered = c.offered_to.empty() ? 0 : c.offered_to == centres[0] ? 1 : 2;
  return (c.centre == centres[1]) | offered << 1 | c.term << 3 | c.offer << 6 |
         static_cast<std::uint64_t>(c.accepted) << 9 | static_cast<std::uint64_t>(c.stands_by) << 10;
}
inline Coordination coordination_of(std::uint64_t code) {
  const std::uint64_t offered = code >> 1 & 3;
  return {.centre = centres[code & 1],
          .offered_to = offered == 0 ? "" : centres[offered - 1],
          .term = code >> 3 & 7,
          .offer = code >> 6 & 7,
          .accepted = (code >> 9 & 1) != 0,
          .stands_by = (code >> 10 & 1) != 0};
}
inline std::uint64_t code_of(const Flying& f) {  // never 0: 0 is a free place
  return 1 + (f.incident | f.from << 1 | static_cast<std::uint64_t>(f.said.word) << 2 | f.said.term << 5 |
              f.said.offer << 8);
}
inline Flying flying_of(std::uint64_t code) {
  --code;
  return {static_cast<std::uint8_t>(code & 1),
          static_cast<std::uint8_t>(code >> 1 & 1),
          {static_cast<HandOverWord>(code >> 2 & 7), code >> 5 & 7, code >> 8 & 7}};
}

inline Key key_of(const State& state) {
  Key key;
  for (std::size_t i = 0; i < incidents; ++i)
    for (std::size_t c = 0; c < 2; ++c) key.known = key.known << 11 | code_of(state.known[i][c]);
  key.known = key.known << 2 | static_cast<std::uint64_t>(state.down[0]) << 1 | state.down[1];
  std::array<std::uint64_t, 6> codes{};
  for (std::size_t n = 0; n < state.net.size(); ++n) codes[n] = code_of(state.net[n]);
  std::sort(codes.begin(), codes.end(), std::greater<>());  // what flies has no order
  for (std::size_t n = 0; n < 3; ++n) key.net_low = key.net_low << 13 | codes[n];
  for (std::size_t n = 3; n < 6; ++n) key.net_high = key.net_high << 13 | codes[n];
  return key;
}
inline State state_of(Key key) {
  State state;
  state.down = {(key.known >> 1 & 1) != 0, (key.known & 1) != 0};
  key.known >>= 2;
  for (std::size_t i = incidents; i-- > 0;)
    for (std::size_t c = 2; c-- > 0; key.known >>= 11) state.known[i][c] = coordination_of(key.known & 2047);
  for (std::uint64_t half : {key.net_low, key.net_high})
    for (; half != 0; half >>= 13)
      if ((half & 8191) != 0) state.net.push_back(flying_of(half & 8191));
  return state;
}

/// The keys that were seen, exactly.
class Seen {
 public:
  bool add(const Key& key) {  ///< false where it was there
    if (size_ * 10 >= table_.size() * 7) grow();
    return put(table_, key) && ++size_ > 0;
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static std::uint64_t mixed(const Key& k) {
    std::uint64_t x = k.known * 0x9E3779B97F4A7C15U ^ (k.net_low + 0x632BE59BD9B4E019U) * 0xD6E8FEB86659FD93U;
    x ^= (k.net_high + 0x2545F4914F6CDD1DU) * 0xC2B2AE3D27D4EB4FU;
    return x ^ x >> 32 ^ x >> 17;
  }
  static bool put(std::vector<Key>& table, const Key& key) {
    for (std::size_t at = mixed(key) & (table.size() - 1);; at = (at + 1) & (table.size() - 1)) {
      if (table[at] == key) return false;
      if (table[at].known == 0) return table[at] = key, true;  // terms begin at 1: no key has a 0 there
    }
  }
  void grow() {
    std::vector<Key> larger(table_.size() * 2);
    for (const Key& key : table_)
      if (key.known != 0) put(larger, key);
    table_ = std::move(larger);
  }
  std::vector<Key> table_ = std::vector<Key>(1 << 16);
  std::size_t size_ = 0;
};

struct Explored {
  std::size_t states = 0;
  std::uint64_t steps = 0;       ///< each checked
  std::string wrong = {};        ///< the first thing that is not as promised, with the state; "" none
  bool complete = false;         ///< everything within the bounds was seen
  std::uint64_t taken_over = 0;  ///< steps in which a centre took over: that the exploration does something
};

/// @param most  stops after so many states; 0: sees all
Explored explore(const Bounds& bounds, const Broken& broken = {}, std::size_t most = 0);

/// "A: A holds term 1, offered to B …": a state for a person.
std::string spoken(const State& state);

/// What is promised of an incident at every moment; "" where it holds.
std::string broken_promise(const Coordination& a, const Coordination& b);

/// The coordinator by both records together: who holds the highest term.
inline const std::string& by_both(const Coordination& a, const Coordination& b) {
  return a.term >= b.term ? a.centre : b.centre;
}

}  // namespace varne::test
