#include "varne/people/count_bounds.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace varne {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int32_t>::max();

/// Pipes with what they could carry more; edge e and its way back e^1 lie side by side.
class Network {
 public:
  std::size_t node() {
    last_leaving_.push_back(none);
    return last_leaving_.size() - 1;
  }
  std::size_t pipe(std::size_t from, std::size_t to, std::int64_t room) {
    pipes_.push_back({to, room, std::exchange(last_leaving_[from], pipes_.size())});
    pipes_.push_back({from, 0, std::exchange(last_leaving_[to], pipes_.size())});
    return pipes_.size() - 2;
  }
  /// What flows through a pipe.
  [[nodiscard]] std::int64_t flow(std::size_t pipe) const { return pipes_[pipe ^ 1].room; }
  /// Takes a pipe out, with what it carries.
  void close(std::size_t pipe) { pipes_[pipe].room = pipes_[pipe ^ 1].room = 0; }

  /// Pushes as much more as will go (Edmonds and Karp: always along a shortest way).
  std::int64_t push(std::size_t from, std::size_t to) {
    std::int64_t pushed = 0;
    while (find_way(from, to)) {
      const auto before = [&](std::size_t at) { return pipes_[reached_by_[at] ^ 1].to; };
      std::int64_t most = unlimited;
      for (std::size_t at = to; at != from; at = before(at))
        most = std::min(most, pipes_[reached_by_[at]].room);
      for (std::size_t at = to; at != from; at = before(at)) {
        pipes_[reached_by_[at]].room -= most;
        pipes_[reached_by_[at] ^ 1].room += most;
      }
      pushed += most;
    }
    return pushed;
  }

 private:
  static constexpr auto none = std::numeric_limits<std::size_t>::max();
  struct Pipe {
    std::size_t to;
    std::int64_t room;
    std::size_t next;  ///< leaving the same node; none
  };

  /// Finds a shortest way through pipes with room: `reached_by_` has it, from its end back.
  bool find_way(std::size_t from, std::size_t to) {
    reached_by_.assign(last_leaving_.size(), none);
    queue_.assign(1, from);
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      for (std::size_t p = last_leaving_[queue_[i]]; p != none; p = pipes_[p].next) {
        const std::size_t next = pipes_[p].to;
        if (pipes_[p].room == 0 || next == from || reached_by_[next] != none) continue;
        reached_by_[next] = p;
        if (next == to) return true;
        queue_.push_back(next);
      }
    }
    return false;
  }

  std::vector<Pipe> pipes_;
  std::vector<std::size_t> last_leaving_;  ///< by node; none
  std::vector<std::size_t> reached_by_;    ///< of the last search: by node, the pipe that led there; none
  std::vector<std::size_t> queue_;
};

/// The postings as a network. An account that takes in again after it gave becomes a new node, fed by the old
/// one, so that nobody pays with people who only come later.
struct Books {
  Network net;
  std::size_t beach = net.node();    ///< everybody comes from here
  std::size_t counted = net.node();  ///< what the accounts asked about keep
  std::size_t others = net.node();   ///< what the others keep
  std::size_t owed = net.node();     ///< the least of every pipe is owed from here …
  std::size_t due = net.node();      ///< … to here
  std::int64_t least = 0;            ///< sum of all least flows
  std::size_t answer = 0;            ///< the pipe whose flow is asked for

  Books(const std::vector<const Posting*>& postings, const std::function<bool(const Account&)>& is_counted) {
    struct Kept {
      std::size_t node;
      bool has_given;
    };
    std::map<Account, Kept> accounts;
    const auto take_from = [&](const Account& account) {
      if (account.state == PeopleState::set_out) return beach;
      const auto [at, added] = accounts.try_emplace(account, Kept{0, true});
      if (added) at->second.node = net.node();
      at->second.has_given = true;
      return at->second.node;
    };
    const auto give_to = [&](const Account& account) {
      const auto [at, added] = accounts.try_emplace(account, Kept{0, false});
      if (added) {
        at->second.node = net.node();
      } else if (at->second.has_given) {
        const std::size_t later = net.node();
        net.pipe(at->second.node, later, unlimited);
        at->second = {later, false};
      }
      return at->second.node;
    };
    for (const Posting* posting : postings) {
      const std::size_t from = take_from(posting->from);
      const std::size_t to = give_to(posting->to);
      net.pipe(from, to, posting->persons.high - posting->persons.low);
      net.pipe(owed, to, posting->persons.low);
      net.pipe(from, due, posting->persons.low);
      least += posting->persons.low;
    }
    for (const auto& [account, kept] : accounts)
      net.pipe(kept.node, is_counted(account) ? counted : others, unlimited);
    answer = net.pipe(counted, beach, unlimited);
    net.pipe(others, beach, unlimited);
  }
};

}  // namespace

std::optional<HeadCount> count_bounds(const std::vector<const Posting*>& postings,
                                      const std::function<bool(const Account&)>& counted) {
  Books books(postings, counted);
  if (books.net.push(books.owed, books.due) != books.least) return std::nullopt;
  // One world is found. The most: push on through the other pipes; the least: push back.
  const std::int64_t found = books.net.flow(books.answer);
  books.net.close(books.answer);
  Network pulled = books.net;
  const std::int64_t most = found + books.net.push(books.beach, books.counted);
  const std::int64_t least = found - pulled.push(books.counted, books.beach);
  return HeadCount{static_cast<std::int32_t>(least), static_cast<std::int32_t>(most)};
}

}  // namespace varne
