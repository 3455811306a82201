#include "varne/people/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "varne/people/count_bounds.h"

namespace varne {
namespace {

/// More people than any boat or beach: keeps every sum of a day within 32 bits.
constexpr std::int32_t most_persons = 100'000;

std::string spoken(HeadCount count) {
  return count.exact() ? std::to_string(count.low) : fmt::format("{} to {}", count.low, count.high);
}

HeadCount& operator+=(HeadCount& sum, HeadCount more) {
  sum.low += more.low;
  sum.high += more.high;
  return sum;
}

HeadCount& operator-=(HeadCount& sum, HeadCount less) {
  sum.low -= less.low;
  sum.high -= less.high;
  return sum;
}

/// What an account shows: one that can hold nobody holds nobody.
HeadCount counted(HeadCount held) {
  return held.high > 0 ? held : HeadCount{};
}

Done check_range(HeadCount persons) {
  if (persons.low < 0 || persons.low > persons.high)
    return fail("persons", fmt::format("{} to {} is no range of people", persons.low, persons.high));
  if (persons.high > most_persons)
    return fail("persons", fmt::format("{} is more people than can set out", persons.high));
  return {};
}

bool may_be_in_danger(PeopleState state) {
  return state == PeopleState::at_sea || state == PeopleState::rescued || state == PeopleState::missing;
}

}  // namespace

const char* name_of(PeopleState state) {
  switch (state) {
    case PeopleState::set_out:
      return "set_out";
    case PeopleState::prevented:
      return "prevented";
    case PeopleState::at_sea:
      return "at_sea";
    case PeopleState::rescued:
      return "rescued";
    case PeopleState::landed:
      return "landed";
    case PeopleState::handed_over:
      return "handed_over";
    case PeopleState::dead:
      return "dead";
    case PeopleState::missing:
      return "missing";
  }
  return "";
}

std::optional<PeopleState> people_state(std::string_view name) {
  for (std::size_t i = 0; i < people_states; ++i) {
    if (name == name_of(static_cast<PeopleState>(i))) return static_cast<PeopleState>(i);
  }
  return std::nullopt;
}

std::string spoken(const Account& account) {
  std::string state = name_of(account.state);
  std::replace(state.begin(), state.end(), '_', ' ');
  return account.of.empty() ? state : fmt::format("{} ({})", state, account.of);
}

Done PeopleBooks::post(const Posting& posting) {
  if (posting.revises)
    return revise(*posting.revises, posting.persons, posting.time, posting.source, posting.reason);
  if (posting.boat.empty()) return fail("boat", "is missing: people are counted boat by boat");
  if (const auto range = check_range(posting.persons); !range) return range;
  if (posting.to.state == PeopleState::set_out)
    return fail("to", "nobody moves back to \"set out\"; correct the posting that set them out");
  if (posting.from == posting.to)
    return fail("to", fmt::format("is \"{}\", where they are already", spoken(posting.to)));
  if (posting.from.state != PeopleState::set_out) {
    const HeadCount most = held(posting.from, posting.boat);
    if (posting.persons.high > most.high)
      return fail(posting.boat,
                  fmt::format("{} holds at most {}; {} cannot be taken from it before the count of those who "
                              "set out is corrected",
                              spoken(posting.from), most.high, spoken(posting.persons)));
  }
  postings_.push_back(posting);
  counting_[posting.boat].push_back(postings_.size() - 1);
  return settle(posting.boat);
}

Done PeopleBooks::revise(std::size_t posting, HeadCount persons, Time time, std::string source,
                         std::string reason) {
  if (posting >= postings_.size()) return fail("revises", fmt::format("there is no posting {}", posting));
  if (reason.empty()) return fail("reason", "is missing: a correction says why");
  if (const auto range = check_range(persons); !range) return range;
  Posting corrected = postings_[posting];
  auto& numbers = counting_[corrected.boat];
  const auto place = std::find(numbers.begin(), numbers.end(), posting);
  if (place == numbers.end())
    return fail("revises", fmt::format("posting {} was corrected already; correct its correction", posting));

  corrected.time = time;
  corrected.persons = persons;
  corrected.source = std::move(source);
  corrected.reason = std::move(reason);
  corrected.revises = posting;
  postings_.push_back(corrected);
  *place = postings_.size() - 1;
  if (const auto settled = settle(corrected.boat); settled) return {};
  *place = posting;
  postings_.pop_back();
  return fail(
      corrected.boat,
      fmt::format("{} from {} to {} does not fit what was counted since; correct the later count first",
                  spoken(persons), spoken(corrected.from), spoken(corrected.to)));
}

std::vector<const Posting*> PeopleBooks::counting(const std::string& boat) const {
  std::vector<const Posting*> out;
  if (const auto found = counting_.find(boat); found != counting_.end()) {
    for (const std::size_t number : found->second) out.push_back(&postings_[number]);
  }
  return out;
}

/// Refuses where no world is left, and leaves the old balance then.
Done PeopleBooks::settle(const std::string& boat) {
  const auto postings = counting(boat);
  const auto everybody = count_bounds(postings, [](const Account&) { return true; });
  if (!everybody) return fail(boat, "the counts contradict each other");
  Balance balance;
  balance.states[0] = *everybody;
  balance.accounts[{}] = *everybody;
  for (const Posting* posting : postings)
    for (const Account* account : {&posting->from, &posting->to})
      if (account->state != PeopleState::set_out) balance.accounts.try_emplace(*account);
  std::array<int, people_states> of_state{};  // accounts
  for (const auto& [account, none] : balance.accounts) ++of_state[static_cast<std::size_t>(account.state)];
  for (auto& [account, held] : balance.accounts) {
    if (account.state == PeopleState::set_out) continue;
    held = *count_bounds(postings, [&](const Account& other) { return other == account; });
    const auto state = static_cast<std::size_t>(account.state);
    // The only account of its state is the state. Of several, the first works it out for all.
    const bool alone = of_state[state] == 1;
    if (alone) balance.states[state] = held;
    if (alone || std::exchange(of_state[state], 0) == 0) continue;
    balance.states[state] =
        *count_bounds(postings, [&](const Account& other) { return other.state == account.state; });
  }
  put_balance(boat, std::move(balance));
  return {};
}

/// Takes the place of what the boat's postings came to before.
void PeopleBooks::put_balance(const std::string& boat, Balance balance) {
  Balance& before = balances_[boat];
  for (const auto& [account, held] : before.accounts) of_all_[account] -= counted(held);
  for (const auto& [account, held] : balance.accounts) of_all_[account] += counted(held);
  before = std::move(balance);
}

std::optional<std::size_t> PeopleBooks::standing(const std::string& boat, PeopleState from,
                                                 PeopleState to) const {
  const auto found = counting_.find(boat);
  if (found == counting_.end()) return std::nullopt;
  for (const std::size_t number : found->second) {
    if (postings_[number].from.state == from && postings_[number].to.state == to) return number;
  }
  return std::nullopt;
}

HeadCount PeopleBooks::in(PeopleState state, const std::string& boat) const {
  const auto number = static_cast<std::size_t>(state);
  if (!boat.empty()) {
    const auto found = balances_.find(boat);
    return found == balances_.end() ? HeadCount{} : found->second.states[number];
  }
  HeadCount sum;
  for (const auto& [name, balance] : balances_) sum += balance.states[number];
  return sum;
}

HeadCount PeopleBooks::held(const Account& account, const std::string& boat) const {
  const auto in = [&](const std::map<Account, HeadCount>& accounts) {
    const auto found = accounts.find(account);
    return found == accounts.end() ? HeadCount{} : counted(found->second);
  };
  if (boat.empty()) return in(of_all_);
  const auto found = balances_.find(boat);
  return found == balances_.end() ? HeadCount{} : in(found->second.accounts);
}

std::vector<std::size_t> PeopleBooks::counting_of(const std::string& boat) const {
  const auto found = counting_.find(boat);
  return found == counting_.end() ? std::vector<std::size_t>{} : found->second;
}

HeadCount PeopleBooks::set_out_if(const std::string& boat,
                                  const std::vector<std::pair<std::size_t, std::int32_t>>& open) const {
  const auto numbers = counting_.find(boat);
  if (numbers == counting_.end()) return {};
  std::vector<Posting> opened;
  opened.reserve(open.size());  // those below are pointed to
  std::vector<const Posting*> postings;
  for (const std::size_t number : numbers->second) {
    const auto wide =
        std::find_if(open.begin(), open.end(), [&](const auto& one) { return one.first == number; });
    postings.push_back(&postings_[number]);
    if (wide == open.end()) continue;
    opened.push_back(postings_[number]);
    opened.back().persons = {0, wide->second};
    postings.back() = &opened.back();
  }
  const auto everybody = count_bounds(postings, [](const Account&) { return true; });
  return everybody.value_or(in(PeopleState::set_out, boat));
}

std::map<Account, HeadCount> PeopleBooks::balances(const std::string& boat) const {
  std::map<Account, HeadCount> out;
  for (const auto& [name, balance] : balances_) {
    if (!boat.empty() && name != boat) continue;
    for (const auto& [account, count] : balance.accounts) {
      if (count.high > 0) out[account] += count;
    }
  }
  return out;
}

bool PeopleBooks::accounted_for(const std::string& boat) const {
  return std::all_of(balances_.begin(), balances_.end(), [&](const auto& entry) {
    if (!boat.empty() && entry.first != boat) return true;
    for (std::size_t state = 0; state < people_states; ++state) {
      if (may_be_in_danger(static_cast<PeopleState>(state)) && entry.second.states[state].high > 0)
        return false;
    }
    return true;
  });
}

std::vector<std::string> PeopleBooks::boats() const {
  std::vector<std::string> out;
  out.reserve(balances_.size());
  for (const auto& [name, balance] : balances_) out.push_back(name);
  return out;
}

}  // namespace varne
