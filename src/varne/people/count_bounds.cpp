#include "varne/people/count_bounds.h"

#include <algorithm>
#include <limits>

namespace varne {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int32_t>::max();

/// Pipes with what they could carry more; edge e and its way back e^1 lie side by side.
class Network {
 public:
  std::size_t node() {
    leaving_.emplace_back();
    return leaving_.size() - 1;
  }
  std::size_t pipe(std::size_t from, std::size_t to, std::int64_t room) {
    leaving_[from].push_back(pipes_.size());
    pipes_.push_back({to, room});
    leaving_[to].push_back(pipes_.size());
    pipes_.push_back({from, 0});
    return pipes_.size() - 2;
  }
  /// What flows through a pipe.
  [[nodiscard]] std::int64_t flow(std::size_t pipe) const { return pipes_[pipe ^ 1].room; }
  /// Takes a pipe out, with what it carries.
  void close(std::size_t pipe) { pipes_[pipe].room = pipes_[pipe ^ 1].room = 0; }

  /// Pushes as much more as will go (Edmonds and Karp: always along a shortest way).
  std::int64_t push(std::size_t from, std::size_t to) {
    std::int64_t pushed = 0;
    while (const auto way = shortest(from, to)) {
      std::int64_t most = unlimited;
      for (const std::size_t p : *way) most = std::min(most, pipes_[p].room);
      for (const std::size_t p : *way) {
        pipes_[p].room -= most;
        pipes_[p ^ 1].room += most;
      }
      pushed += most;
    }
    return pushed;
  }

 private:
  struct Pipe {
    std::size_t to;
    std::int64_t room;
  };

  [[nodiscard]] std::optional<std::vector<std::size_t>> shortest(std::size_t from, std::size_t to) const {
    constexpr auto unseen = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> reached_by(leaving_.size(), unseen);
    std::vector<std::size_t> queue;
    queue.reserve(leaving_.size());
    queue.push_back(from);
    for (std::size_t i = 0; i < queue.size() && reached_by[to] == unseen; ++i) {
      for (const std::size_t p : leaving_[queue[i]]) {
        const std::size_t next = pipes_[p].to;
        if (pipes_[p].room == 0 || next == from || reached_by[next] != unseen) continue;
        reached_by[next] = p;
        queue.push_back(next);
      }
    }
    if (reached_by[to] == unseen) return std::nullopt;
    std::vector<std::size_t> way;
    for (std::size_t at = to; at != from; at = pipes_[reached_by[at] ^ 1].to) way.push_back(reached_by[at]);
    return way;
  }

  std::vector<Pipe> pipes_;
  std::vector<std::vector<std::size_t>> leaving_;
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
