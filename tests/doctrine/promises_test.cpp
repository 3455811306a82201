/// The promises, for each shipped doctrine, over every assignment of its truth-valued facts where there are
/// at most twelve, over a million drawn ones where there are more.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "varne/doctrine/encounter_file.h"
#include "varne/doctrine/judge.h"

namespace varne {
namespace {

const std::string folder = VARNE_ROOT "/data/doctrine";
const Time day = *parse_time("2021-11-11T12:00:00Z");

#ifdef NDEBUG
constexpr std::uint64_t drawn = 1'000'000;
#else
constexpr std::uint64_t drawn = 20'000;  // the sanitizers' builds
#endif

const Vocabulary& words() {
  static const Vocabulary v = *Vocabulary::load(folder + "/facts.toml");
  return v;
}

/// One assignment: a truth a fact (0 unknown, 1 no, 2 yes) and a word a consent (0 none, 1 no, 2 yes).
struct Assignment {
  std::vector<int> facts;
  int captain = 0;
  int commander = 0;
};

class Promises {
 public:
  explicit Promises(const Doctrine& doctrine) : doctrine_(doctrine) {
    std::set<FactId> facts(words().dangers().begin(), words().dangers().end());
    for (const Rule& rule : doctrine.rules) {
      if (rule.kind == Rule::Kind::fact && words()[rule.fact].kind == FactKind::truth)
        facts.insert(rule.fact);
    }
    facts_.assign(facts.begin(), facts.end());
  }

  std::size_t size() const { return facts_.size(); }

  /// Everything else as favourable to a permission as it can be: what remains is the promises.
  Encounter encounter(const Assignment& a) const {
    Encounter e(words());
    e.now = day;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (a.facts[i] != 0)
        e.say(words(), facts_[i], {static_cast<double>(a.facts[i] - 1), "o", day, "captain"});
    }
    for (const Rule& rule : doctrine_.rules) {
      if (rule.kind != Rule::Kind::fact || words()[rule.fact].kind == FactKind::truth) continue;
      if (!rule.validity.holds(day) || !e.said(rule.fact).empty()) continue;
      e.say(words(), rule.fact, {rule.parameter ? favourable(rule) : rule.value, "o", day});
    }
    for (const Parameter& p : doctrine_.parameters)
      e.parameters[p.key] = {p.value.value_or(5), "signed", day};
    for (const Response& r : doctrine_.responses) {
      if (a.captain != 0) e.hear({r.id, "captain", a.captain == 2, "captain", day});
      if (a.commander != 0) e.hear({r.id, "commander", a.commander == 2, "commander", day});
      e.hear({r.id, "minister", true, "minister", day});
    }
    e.orders = {"minister: do it", "director: do it"};
    return e;
  }

  /// Which responses are permitted, a bit each; the promises of one assignment are checked on the way.
  std::uint64_t check(const Assignment& a) const {
    const Judgement judgement = judge(words(), doctrine_, encounter(a));
    std::uint64_t permitted = 0;
    for (const Verdict& v : judgement.verdicts) {
      if (!v.permits()) continue;
      permitted |= std::uint64_t{1} << v.response;
      const Response& response = doctrine_.responses[v.response];
      if (v.needs != Truth::yes || v.exception != Truth::no) ADD_FAILURE() << "unknown permits " << show(a);
      if (response.kind != ResponseKind::rescue && !all_dangers_denied(a))
        ADD_FAILURE() << "distress permits " << response.id << show(a);
      if (!response.consents.empty() && (a.captain != 2 || a.commander != 2))
        ADD_FAILURE() << response.id << " without both consents" << show(a);
    }
    return permitted;
  }

  std::string show(const Assignment& a) const {
    std::string out;
    for (std::size_t i = 0; i < facts_.size(); ++i)
      out += " " + words()[facts_[i]].name + (a.facts[i] == 0 ? "?" : a.facts[i] == 1 ? "=no" : "=yes");
    return out;
  }

 private:
  double favourable(const Rule& rule) const {
    return doctrine_.parameters[*rule.parameter].value.value_or(5);
  }
  bool all_dangers_denied(const Assignment& a) const {
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (words()[facts_[i]].danger && a.facts[i] != 1) return false;
    }
    return true;
  }

  const Doctrine& doctrine_;
  std::vector<FactId> facts_;
};

/// Forgetting one fact or consent permits nothing that was not permitted.
void forget_each(const Promises& promises, const Assignment& a, std::size_t which) {
  const auto before = promises.check(a);
  Assignment less = a;
  if (which < a.facts.size()) {
    less.facts[which] = 0;
  } else {
    (which == a.facts.size() ? less.captain : less.commander) = 0;
  }
  if ((promises.check(less) & ~before) != 0) ADD_FAILURE() << "forgetting permits:" << promises.show(a);
}

/// Mostly what permits (each fact's own favourable answer), so that the narrow ways to a permission are gone
/// through often.
Assignment draw(std::mt19937_64& random, const Promises& promises) {
  Assignment a;
  const auto bias = random() % 4;
  for (std::size_t i = 0; i < promises.size(); ++i)
    a.facts.push_back(random() % 8 < 2 * bias ? 1 : static_cast<int>(random() % 3));
  a.captain = random() % 2 == 0 ? 2 : static_cast<int>(random() % 3);
  a.commander = random() % 2 == 0 ? 2 : static_cast<int>(random() % 3);
  return a;
}

void keep_promises(const std::string& file) {
  const auto doctrine = load_doctrine(words(), folder + "/" + file);
  ASSERT_TRUE(doctrine) << doctrine.error().text();
  const Promises promises(*doctrine);
  std::mt19937_64 random(20211124);
  std::uint64_t ever = 0;
  if (promises.size() <= 12) {
    std::uint64_t count = 1;
    for (std::size_t i = 0; i < promises.size(); ++i) count *= 3;
    for (std::uint64_t n = 0; n < count && !testing::Test::HasFailure(); ++n) {
      Assignment a{{}, 2, 2};
      for (std::uint64_t rest = n, i = 0; i < promises.size(); ++i, rest /= 3)
        a.facts.push_back(static_cast<int>(rest % 3));
      ever |= promises.check(a);
      forget_each(promises, a, n % (promises.size() + 2));
    }
  } else {
    for (std::uint64_t n = 0; n < drawn / 2 && !testing::Test::HasFailure(); ++n) {
      const Assignment a = draw(random, promises);
      ever |= promises.check(a);
      forget_each(promises, a, random() % (promises.size() + 2));
    }
  }
  EXPECT_NE(ever, 0U) << "nothing was ever permitted: the draws say nothing";
}

TEST(Promises, hold_for_rescue) {
  keep_promises("rescue.toml");
}
TEST(Promises, hold_for_the_turnaround) {
  keep_promises("uk-turnaround-2021.toml");
}
TEST(Promises, hold_for_the_french_side) {
  keep_promises("fr-assist.toml");
}

TEST(Promises, verdicts_are_the_same_after_record_and_reload) {
  const auto all = load_doctrines(words(), folder);
  std::mt19937_64 random(7);
  for (const Doctrine& doctrine : *all) {
    const Promises promises(doctrine);
    for (int n = 0; n < 500; ++n) {
      const Encounter e = promises.encounter(draw(random, promises));
      const auto text = canonical(encounter_json(words(), e));
      const auto again = parse_encounter(words(), text, "e.json");
      ASSERT_TRUE(again) << again.error().text();
      EXPECT_EQ(canonical(encounter_json(words(), *again)), text);
      const auto a = judge(words(), doctrine, e);
      const auto b = judge(words(), doctrine, *again);
      for (std::size_t i = 0; i < a.verdicts.size(); ++i)
        EXPECT_EQ(a.verdicts[i].ruling, b.verdicts[i].ruling);
    }
  }
}

}  // namespace
}  // namespace varne
