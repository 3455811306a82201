#include "varne/record/chain_check.h"

#include <fmt/format.h>

namespace varne {
namespace {

std::string numbers(std::uint64_t first, std::uint64_t last) {
  return first == last ? fmt::format("entry {}", first) : fmt::format("entries {} to {}", first, last);
}

bool follows(const Hash& before, std::string_view line, const Hash& kept) {
  return sha256(before, line) == kept;
}

}  // namespace

void ChainCheck::report(std::string where, std::string what) {
  if (!enough()) problems_.push_back({std::move(where), std::move(what)});
}

/// An entry that does not follow on what stands before it may be sound all the same.
bool ChainCheck::excused(std::string_view line, const Hash& kept) {
  if (by_words_ && follows(*by_words_, line, kept)) {
    problems_.back().what = "the hash kept with it was changed; its words are as they were written";
    return true;
  }
  for (const Suspect& suspect : suspects_) {
    if (!follows(suspect.kept, line, kept)) continue;
    problems_[suspect.problem].what += fmt::format("; what stands here was entry {}", head_.size);
    return true;
  }
  return false;
}

void ChainCheck::take(const Entry& entry, const Hash& kept) {
  const auto where = fmt::format("entry {}", entry.number);
  if (entry.number > expected()) {
    report(numbers(expected(), entry.number - 1), "missing");
    lost_ = true;
  }
  const auto fit = check_entry(entry);
  const std::string line = entry_line(entry);
  const bool sound = follows(head_.hash, line, kept);
  std::optional<Hash> words;
  const std::uint64_t before = entry.number - 1;
  if (!sound && !excused(line, kept)) {
    if (lost_) {
      report(where, fmt::format("cannot be checked without entry {}", before));
    } else if (by_words_) {
      report(where, fmt::format("was changed, or the hash it follows on was lost with entry {}", before));
    } else {
      report(where, before == 0 ? "was changed since it was written"
                                : fmt::format("was changed since it was written, or entry {} was replaced "
                                              "together with its hash",
                                              before));
    }
    words = sha256(head_.hash, line);
    if (!enough()) suspects_.push_back({kept, problems_.size() - 1});
  } else if (!fit) {
    report(where, fmt::format("could not have been taken into a record: {}", fit.error().text()));
  }
  by_words_ = words;
  lost_ = false;
  head_ = {entry.number, kept};
}

void ChainCheck::unreadable(std::uint64_t last) {
  report(numbers(expected(), last), "cannot be read: the file is damaged there");
  head_.size = last;
  by_words_.reset();
  lost_ = true;
}

void ChainCheck::finish(const LedgerHead& said) {
  if (said.size > head_.size) {
    report(numbers(head_.size + 1, said.size), "missing: cut off at the end of the record");
  } else if (said.size < head_.size) {
    report(numbers(said.size + 1, head_.size), "added by something that is not Varne");
  } else if (said.hash != head_.hash) {
    const bool blamed = !problems_.empty() && problems_.back().where == numbers(head_.size, head_.size);
    if (blamed && by_words_ == said.hash) {
      problems_.back().what = "the hash kept with it was changed; its words are as they were written";
    } else {
      report(numbers(head_.size, head_.size),
             "was replaced together with its hash, or the record's head was changed");
    }
  }
}

}  // namespace varne
