#include "varne/record/tree_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "varne/record/merkle.h"

namespace varne {
namespace {

constexpr const char* changed_hash = "the hash kept with it was changed; its words are as they were written";
/// So many changed hashes at once are told apart; each doubles the combinations.
constexpr std::size_t most_doubtful = 8;

std::string numbers(std::uint64_t first, std::uint64_t last) {
  return first == last ? fmt::format("entry {}", first) : fmt::format("entries {} to {}", first, last);
}

/// What the peaks, nearest last, and something after them come to: the hash to keep, or a root.
template <class Peaks>
Hash folded(const Peaks& peaks, Hash hash) {
  for (auto peak = peaks.rbegin(); peak != peaks.rend(); ++peak) hash = node_hash(peak->kept, hash);
  return hash;
}

Hash leaf_as(Entry entry, std::uint64_t number) {
  entry.number = number;
  return leaf_hash(entry_line(entry));
}

}  // namespace

void TreeCheck::report(std::string where, std::string what) {
  if (!enough()) problems_.push_back({std::move(where), std::move(what)});
}

Hash TreeCheck::root() const {
  if (peaks_.empty()) return MerkleTree().root();
  Hash root = peaks_.back().kept;
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) root = node_hash(peak->kept, root);
  return root;
}

void TreeCheck::expect(std::vector<ExpectedHead> heads) {
  expected_ = std::move(heads);
  while (next_ < expected_.size() && expected_[next_].head.size == 0) reach(expected_[next_++]);
}

/// The peaks that the entry of this number completes a subtree with, nearest last.
std::vector<TreeCheck::Peak> TreeCheck::take_peaks(std::uint64_t number) {
  const auto from = peaks_.end() - std::countr_zero(number);
  std::vector<Peak> out(from, peaks_.end());
  peaks_.erase(from, peaks_.end());
  return out;
}

/// Entries up to this one are not there: what peaks are left of the tree.
void TreeCheck::lose(std::uint64_t last) {
  std::vector<Peak> left;
  std::uint64_t end = 0;
  for (std::uint64_t rest = last; rest > 0; rest -= std::bit_floor(rest)) {
    end += std::bit_floor(rest);
    const auto had =
        std::find_if(peaks_.begin(), peaks_.end(), [&](const Peak& peak) { return peak.number == end; });
    left.push_back(had != peaks_.end() ? *had : Peak{.number = end, .kept = {}, .lost = true});
  }
  peaks_ = std::move(left);
  size_ = last;
  while (next_ < expected_.size() && expected_[next_].head.size <= last) ++next_;
}

/// Whether it fits once some of the doubtful hashes are taken as the words of their entries have them; then
/// only those hashes were changed.
bool TreeCheck::hashes_changed(std::vector<Peak*> doubtful, const std::function<bool()>& fits) {
  doubtful.erase(std::remove_if(doubtful.begin(), doubtful.end(), [](Peak* p) { return !p->by_words; }),
                 doubtful.end());
  if (doubtful.size() > most_doubtful) doubtful.resize(most_doubtful);
  for (unsigned which = 1; which < 1U << doubtful.size(); ++which) {
    const auto exchange = [&] {
      for (std::size_t i = 0; i < doubtful.size(); ++i) {
        if ((which >> i & 1) != 0) std::swap(doubtful[i]->kept, *doubtful[i]->by_words);
      }
    };
    exchange();
    if (!fits()) {
      exchange();
      continue;
    }
    for (std::size_t i = 0; i < doubtful.size(); ++i) {
      if ((which >> i & 1) == 0) continue;
      problems_[doubtful[i]->problem].what = changed_hash;
      doubtful[i]->by_words.reset();
    }
    return true;
  }
  return false;
}

void TreeCheck::take(const Entry& entry, const Hash& leaf, const Done& fit, const Hash& kept) {
  if (enough()) return;
  const auto where = fmt::format("entry {}", entry.number);
  if (entry.number > size_ + 1) {
    report(numbers(size_ + 1, entry.number - 1), "missing");
    lose(entry.number - 1);
  }
  auto under = take_peaks(entry.number);
  Peak own{.number = entry.number, .kept = kept};
  const auto lost = std::find_if(under.rbegin(), under.rend(), [](const Peak& peak) { return peak.lost; });
  std::vector<Peak*> doubtful;
  for (Peak& peak : under) doubtful.push_back(&peak);
  const auto sound = [&] { return folded(under, leaf) == kept; };
  if (lost != under.rend()) {
    report(where, fmt::format("cannot be checked without entry {}", lost->number));
  } else if (!sound() && !hashes_changed(doubtful, sound)) {
    own.by_words = folded(under, leaf);
    own.problem = problems_.size();
    own.kept = suspect(entry, kept, under);
  } else if (!fit) {
    report(where, fmt::format("could not have been taken into a record: {}", fit.error().text()));
  }
  if (enough()) return;
  peaks_.push_back(own);
  size_ = entry.number;
  while (next_ < expected_.size() && expected_[next_].head.size == size_) reach(expected_[next_++]);
}

/// Says what is wrong with an entry, and whether it is another that has come to stand in its place. Gives the
/// hash that was kept with it, which stands elsewhere where two have changed places.
Hash TreeCheck::suspect(const Entry& entry, const Hash& kept, const std::vector<Peak>& under) {
  std::string earlier;
  for (auto peak = under.rbegin(); peak != under.rend(); ++peak)
    earlier += fmt::format("{}{}", earlier.empty() ? "" : " or ", peak->number);
  const auto before =
      std::find_if(under.rbegin(), under.rend(), [](const Peak& peak) { return peak.by_words.has_value(); });
  std::string what = "was changed since it was written";
  if (before != under.rend()) {
    what = fmt::format("was changed, or the hash it stands on was lost with entry {}", before->number);
  } else if (!under.empty()) {
    what += fmt::format(", or entry {} was replaced together with its hash", earlier);
  }
  Hash as_written = kept;
  for (const Suspect& other : suspects_) {
    const std::uint64_t number = other.entry.number;
    const bool here = folded(other.under, leaf_as(entry, number)) == kept;
    if (here) what += fmt::format("; what stands here was entry {}", number);
    // Where the other's own hash is among those that this one stands on, it too stands in the wrong place.
    auto as_it_was = under;
    for (Peak& peak : as_it_was) {
      if (peak.number == number) peak.kept = kept;
    }
    if (folded(as_it_was, leaf_as(other.entry, entry.number)) != other.kept) continue;
    problems_[other.problem].what += fmt::format("; what stands here was entry {}", entry.number);
    if (here) as_written = other.kept;
  }
  report(fmt::format("entry {}", entry.number), std::move(what));
  suspects_.push_back({entry, kept, under, problems_.size() - 1});
  return as_written;
}

/// Somebody answers for a root: the hashes that it stands on are then as they were written.
void TreeCheck::reach(const ExpectedHead& said) {
  if (std::any_of(peaks_.begin(), peaks_.end(), [](const Peak& peak) { return peak.lost; })) return;
  std::vector<Peak*> doubtful;
  for (Peak& peak : peaks_) doubtful.push_back(&peak);
  const auto fits = [&] { return root() == said.head.hash; };
  const bool explained = fits() || hashes_changed(doubtful, fits);
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  bool known = explained;  // or something was said already of an entry that the root stands on
  for (Peak& peak : peaks_) {
    known = known || peak.by_words.has_value() || peak.blamed;
    if (std::exchange(peak.vouched, true)) continue;
    if (first == 0) first = peak.number;
    last = peak.number;
    peak.blamed = !explained;
  }
  if (known) return;
  if (first == 0) {
    report(said.who, "does not fit the entries that it stands for");
  } else if (first == last) {
    report(numbers(first, last),
           fmt::format("was replaced together with its hash: {} does not fit", said.who));
  } else {
    report(numbers(first, last),
           fmt::format("one of them was replaced together with its hash: {} does not fit", said.who));
  }
}

void TreeCheck::unreadable(std::uint64_t last) {
  report(numbers(size_ + 1, last), "cannot be read: the file is damaged there");
  lose(last);
}

void TreeCheck::finish(std::uint64_t said) {
  if (said > size_) {
    report(numbers(size_ + 1, said), "missing: cut off at the end of the record");
  } else if (said < size_) {
    report(numbers(said + 1, size_), "added by something that is not Varne");
  }
}

}  // namespace varne
