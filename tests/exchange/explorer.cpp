#include "exchange/explorer.h"

#include <fmt/format.h>

namespace varne::test {
namespace {

std::string spoken(const Coordination& c) {
  return fmt::format("{} holds term {}, offer {}{}{}{}", c.centre, c.term, c.offer,
                     c.offered_to.empty() ? "" : " open to " + c.offered_to, c.accepted ? ", accepted" : "",
                     c.stands_by ? ", stands by" : "");
}

std::string spoken(const Flying& f) {
  return fmt::format("{}: {} of incident {}, term {}, offer {}", centres[f.from], enum_name(f.said.word),
                     f.incident + 1, f.said.term, f.said.offer);
}

/// Both desks up and everything in flight lost: a few words to and fro, and both know the same.
std::string unsettled(Coordination a, Coordination b) {
  for (int round = 0; round < 3; ++round) {
    if (const auto said = a.statement("A"); said && !b.hear("B", "A", *said)) return "B refuses A's word";
    if (const auto said = b.statement("B"); said && !a.hear("A", "B", *said)) return "A refuses B's word";
  }
  if (a.centre != b.centre || a.term != b.term || a.stands_by || b.stands_by)
    return "after the cut they never agree";
  if (a.offered_to != b.offered_to || a.accepted || b.accepted) return "an offer never ends";
  return "";
}

class Explorer {
 public:
  Explorer(const Bounds& bounds, const Broken& broken, std::size_t most)
      : bounds_(bounds), broken_(broken), most_(most), settled_(std::size_t{1} << 22) {}

  Explored run() {
    State begin;
    begin.known[0] = {Coordination{.centre = "A"}, Coordination{.centre = "A"}};
    begin.known[1] = {Coordination{.centre = "B"}, Coordination{.centre = "B"}};
    before_ = &begin;
    reach(begin);
    while (!frontier_.empty() && out_.wrong.empty() && (most_ == 0 || seen_.size() < most_)) {
      const State state = state_of(frontier_.back());
      frontier_.pop_back();
      before_ = &state;
      officers(state);
      network(state);
      if (bounds_.crashes) crashes(state);
    }
    out_.states = seen_.size();
    out_.complete = frontier_.empty() && out_.wrong.empty();
    return out_;
  }

 private:
  void officers(const State& state) {
    for (std::size_t i = 0; i < incidents; ++i) {
      for (std::size_t c = 0; c < 2; ++c) {
        if (state.down[c]) continue;
        const Coordination& now = state.known[i][c];
        const auto decide = [&](auto&& decision) {
          State next = state;
          decision(next.known[i][c]);
          step(next, nullptr);
        };
        if (now.centre == centres[c]) {
          if (now.term <= bounds_.terms && now.offer < bounds_.offers)
            decide([&](Coordination& k) { k.propose(centres[1 - c]); });
          if (!now.offered_to.empty()) decide([](Coordination& k) { k.close_offer(); });
        } else if (now.offered_to == centres[c] && !now.accepted) {
          decide([&](Coordination& k) {
            k.accept();
            if (broken_.accepts) broken_.accepts(k);
          });
          decide([](Coordination& k) { k.close_offer(); });
        }
        // What it has to say it may say at any time, as often as it likes.
        if (const auto said = now.statement(centres[c]); said && state.net.size() < bounds_.in_flight) {
          State next = state;
          next.net.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(c), *said});
          step(next, nullptr);
        }
      }
    }
  }

  void network(const State& state) {
    for (std::size_t n = 0; n < state.net.size(); ++n) {
      State lost = state;
      lost.net.erase(lost.net.begin() + static_cast<std::ptrdiff_t>(n));
      step(lost, nullptr);
      const Flying& word = state.net[n];
      if (state.down[1 - word.from]) continue;
      State heard = state;
      Coordination& there = heard.known[word.incident][1 - word.from];
      HandOver said = word.said;
      if (broken_.delivered) broken_.delivered(there, said);
      const auto change = there.hear(centres[1 - word.from], centres[word.from], said);
      if (!change) {
        wrong(state, "an honest word was refused: " + change.error().what + " (" + spoken(word) + ")");
        return;
      }
      if (*change == HandedOver::taken_over) ++out_.taken_over;
      step(heard, &word);  // and the same word comes again
      heard.net.erase(heard.net.begin() + static_cast<std::ptrdiff_t>(n));
      step(heard, &word);
    }
  }

  void crashes(const State& state) {
    for (std::size_t c = 0; c < 2; ++c) {
      State next = state;
      next.down[c] = !state.down[c];
      if (state.down[c]) {
        for (auto& incident : next.known) {
          auto again = from_bytes<Coordination>(bytes_of(incident[c]));
          if (!again) return wrong(state, "a desk does not start again from its bytes");
          incident[c] = std::move(*again);
          if (broken_.restarts) broken_.restarts(incident[c]);
        }
      }
      step(next, nullptr);
    }
  }

  /// A step leads to this state; `heard`: by this word's delivery.
  void step(const State& next, const Flying* heard) {
    ++out_.steps;
    for (std::size_t i = 0; i < incidents; ++i) {
      const auto& [a, b] = next.known[i];
      const auto& [was_a, was_b] = before_->known[i];
      if (const std::string what = broken_promise(a, b); !what.empty()) return wrong(next, what);
      const std::string& was = by_both(was_a, was_b);
      const std::uint64_t old_term = std::max(was_a.term, was_b.term), term = std::max(a.term, b.term);
      const bool accepted =
          heard != nullptr && heard->incident == i && heard->said.word == HandOverWord::accept;
      if (by_both(a, b) != was && !(accepted && centres[heard->from] != was && term == old_term + 1))
        return wrong(next, "the coordinator changed, and not by an acceptance that reached it");
      if (by_both(a, b) == was && term != old_term) return wrong(next, "a term began without a change");
    }
    reach(next);
  }

  void reach(const State& state) {
    const Key key = key_of(state);
    if (!seen_.add(key)) return;
    for (std::size_t i = 0; i < incidents; ++i) {
      const auto& [a, b] = state.known[i];
      const std::size_t both = code_of(a) << 11 | code_of(b);
      if (settled_[both]) continue;
      settled_[both] = true;
      if (const std::string what = unsettled(a, b); !what.empty()) return wrong(state, what);
    }
    frontier_.push_back(key);
  }

  void wrong(const State& state, const std::string& what) {
    if (out_.wrong.empty()) out_.wrong = what + "\n" + test::spoken(state);
  }

  const Bounds bounds_;
  const Broken& broken_;
  const std::size_t most_;
  const State* before_ = nullptr;
  Seen seen_;
  std::vector<bool> settled_;  ///< pairs of what both know of an incident that were tried
  std::vector<Key> frontier_;
  Explored out_;
};

}  // namespace

std::string broken_promise(const Coordination& a, const Coordination& b) {
  const bool a_has = a.centre == "A", b_has = b.centre == "B";
  if (a_has && b_has) return "both coordinate";
  if (a.term == b.term && a.centre != b.centre) return "one term has two holders";
  if (a_has || b_has) {
    const Coordination& other = a_has ? b : a;
    if (other.stands_by && other.centre != (a_has ? "A" : "B")) return "who stands by names another";
    return other.term > (a_has ? a : b).term ? "a later term is held by nobody" : "";
  }
  // Released, and the word is on its way: the giver stands by, and the taker has bound itself to that term.
  const auto on_its_way = [](const Coordination& giver, const Coordination& taker) {
    return giver.stands_by && taker.accepted && giver.term == taker.term + 1;
  };
  return on_its_way(a, b) != on_its_way(b, a) ? "" : "neither coordinates, and nobody is bound";
}

std::string spoken(const State& state) {
  std::string out;
  for (std::size_t i = 0; i < incidents; ++i)
    for (std::size_t c = 0; c < 2; ++c)
      out += fmt::format("incident {} by {}'s record: {}\n", i + 1, centres[c], spoken(state.known[i][c]));
  for (const Flying& word : state.net) out += "in flight, " + spoken(word) + "\n";
  return out;
}

Explored explore(const Bounds& bounds, const Broken& broken, std::size_t most) {
  return Explorer(bounds, broken, most).run();
}

}  // namespace varne::test
