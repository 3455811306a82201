/// The promises, for each shipped doctrine: over every assignment of its truth-valued facts where there are
/// at most twelve of them (3^12 = 531,441), over drawn ones where there are more: 100,000, or $VARNE_CASES. A
/// case that breaks a promise is made smaller before it is shown.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "varne/core/philox.h"
#include "varne/doctrine/encounter_file.h"
#include "varne/doctrine/reasons.h"

namespace varne {
namespace {

const std::string folder = VARNE_ROOT "/data/doctrine";
const Time day = *parse_time("2021-11-11T12:00:00Z");

#ifdef NDEBUG
constexpr std::uint64_t usual_cases = 100'000;
#else
constexpr std::uint64_t usual_cases = 5'000;  // the sanitizers' builds
#endif

std::uint64_t cases() {
  const char* set = std::getenv("VARNE_CASES");
  return set != nullptr ? std::strtoull(set, nullptr, 10) : usual_cases;
}

const Vocabulary& words() {
  static const Vocabulary v = *Vocabulary::load(folder + "/facts.toml");
  return v;
}

/// A word a fact and a consent each: 0 not known, 1 no, 2 yes.
struct Assignment {
  std::vector<int> facts;
  int captain = 0;
  int commander = 0;

  std::size_t size() const { return facts.size() + 2; }
  int& at(std::size_t i) { return i < facts.size() ? facts[i] : i == facts.size() ? captain : commander; }
};

/// Responses, a bit each.
using Responses = std::uint64_t;

class Promises {
 public:
  explicit Promises(const Doctrine& doctrine) : doctrine_(doctrine) {
    std::set<FactId> facts(words().dangers().begin(), words().dangers().end());
    for (const Rule& rule : doctrine.rules) {
      if (rule.kind == Rule::Kind::fact && words()[rule.fact].kind == FactKind::truth)
        facts.insert(rule.fact);
    }
    facts_.assign(facts.begin(), facts.end());
    for (std::size_t i = 0; i < doctrine.responses.size(); ++i) {
      const Responses bit = Responses{1} << i;
      if (doctrine.responses[i].kind == ResponseKind::rescue) rescue_ |= bit;
      if (!doctrine.responses[i].consents.empty()) consenting_ |= bit;
      if (doctrine.responses[i].stance != Stance::forbids) possible_ |= bit;
    }
    for (const FactId fact : facts_) favourable_.push_back(favourable(fact));
  }

  std::size_t size() const { return facts_.size(); }
  /// All that is not a prohibition.
  Responses possible() const { return possible_; }
  Responses consenting() const { return consenting_; }
  Responses rescue() const { return rescue_; }

  /// Everything else as favourable to a permission as it can be: what remains is the promises.
  Encounter encounter(const Assignment& a, bool ordered = true) const {
    Encounter e(words());
    e.now = day;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (a.facts[i] != 0)
        e.say(words(), facts_[i], {static_cast<double>(a.facts[i] - 1), "o", day, "captain"});
    }
    for (const Rule& rule : doctrine_.rules) {
      if (rule.kind != Rule::Kind::fact || words()[rule.fact].kind == FactKind::truth) continue;
      if (!rule.validity.holds(day) || !e.said(rule.fact).empty()) continue;
      const double value =
          rule.parameter ? doctrine_.parameters[*rule.parameter].value.value_or(5) : rule.value;
      e.say(words(), rule.fact, {value, "o", day});
    }
    for (const Parameter& p : doctrine_.parameters)
      e.parameters[p.key] = {p.value.value_or(5), "signed", day};
    for (const Response& r : doctrine_.responses) {
      if (a.captain != 0) e.hear({r.id, "captain", a.captain == 2, "captain", day});
      if (a.commander != 0) e.hear({r.id, "commander", a.commander == 2, "commander", day});
      if (ordered) e.hear({r.id, "minister", true, "minister", day});
    }
    if (ordered) e.orders = {"minister: do it", "director: do it"};
    return e;
  }

  Responses permitted(const Encounter& e) const {
    Responses out = 0;
    for (const Verdict& v : judge(words(), doctrine_, e).verdicts)
      out |= Responses{v.permits()} << v.response;
    return out;
  }
  Responses permitted(const Assignment& a, bool ordered = true) const {
    return permitted(encounter(a, ordered));
  }

  /// Which promise the responses permitted for an assignment break by themselves; null where none.
  const char* broken(const Assignment& a, Responses permitted) const {
    bool ruled_out = true;
    for (std::size_t i = 0; i < facts_.size(); ++i)
      ruled_out = ruled_out && (!words()[facts_[i]].danger || a.facts[i] == 1);
    if (!ruled_out && (permitted & ~rescue_) != 0)
      return "distress, or doubt of it, permits more than rescue";
    if ((a.captain != 2 || a.commander != 2) && (permitted & consenting_) != 0)
      return "permitted without both consents";
    return nullptr;
  }

  /// The whole of one case: its own promises, that orders change nothing, and that nothing forgotten permits.
  const char* broken(Assignment a) const { return broken_by_any(a, permitted(a)); }
  const char* broken_by_any(Assignment a, Responses with) const {
    if (const char* own = broken(a, with)) return own;
    if (permitted(a, false) != with) return "an order changes a verdict";
    for (std::size_t i = 0; i < a.size(); ++i) {
      const int was = std::exchange(a.at(i), 0);
      if (was != 0 && (permitted(a) & ~with) != 0) return "forgetting permits";
      a.at(i) = was;
    }
    return nullptr;
  }

  /// A broken case with as little said in it as still breaks a promise.
  std::string smallest(Assignment a) const {
    for (std::size_t i = 0; i < a.size(); ++i) {
      const int was = std::exchange(a.at(i), 0);
      if (broken(a) == nullptr) a.at(i) = was;
    }
    std::string out = broken(a);
    const char* names[] = {"?", "no", "yes"};
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (a.facts[i] != 0) out += "; " + words()[facts_[i]].name + " " + names[a.facts[i]];
    }
    return out + "; captain " + names[a.captain] + "; commander " + names[a.commander];
  }

  /// Mostly what permits, so that the narrow ways to a permission are gone through often.
  Assignment draw(std::uint64_t n) const {
    Random random(20211124, static_cast<std::uint32_t>(n), 0);
    const auto one_of = [&](std::uint32_t count) { return static_cast<int>(random.bits() % count); };
    Assignment a;
    const int bias = one_of(4);
    for (const int favourable : favourable_) a.facts.push_back(one_of(8) < 3 * bias ? favourable : one_of(3));
    a.captain = one_of(2) == 0 ? 2 : one_of(3);
    a.commander = one_of(2) == 0 ? 2 : one_of(3);
    return a;
  }

 private:
  /// What its rules ask of a fact, and the contrary where the rule is an exception.
  int favourable(FactId fact) const {
    if (words()[fact].danger) return 1;
    bool yes = true;
    for (const Rule& rule : doctrine_.rules) {
      if (rule.kind == Rule::Kind::fact && rule.fact == fact) yes = rule.value == 1;
    }
    for (const Response& response : doctrine_.responses) {
      for (const auto& id : response.unless)
        yes = yes != (doctrine_.rules[doctrine_.by_id.find(id)->second.front()].fact == fact);
    }
    return yes ? 2 : 1;
  }

  const Doctrine& doctrine_;
  std::vector<FactId> facts_;
  std::vector<int> favourable_;
  Responses rescue_ = 0;
  Responses possible_ = 0;
  Responses consenting_ = 0;
};

Doctrine shipped(const std::string& file) {
  auto doctrine = load_doctrine(words(), folder + "/" + file);
  EXPECT_TRUE(doctrine) << doctrine.error().text();
  return std::move(*doctrine);
}

void hold_for_drawn(const Promises& promises) {
  Responses ever = 0;
  for (std::uint64_t n = 0; n < cases(); ++n) {
    const Assignment a = promises.draw(n);
    const Responses permitted = promises.permitted(a);
    ASSERT_EQ(promises.broken_by_any(a, permitted), nullptr) << "case " << n << ": " << promises.smallest(a);
    ever |= permitted;
  }
  EXPECT_EQ(ever, promises.possible()) << "what was never permitted, the cases say nothing of";
}

/// Every assignment, with both consents; every one that knows a fact less is another of them. And each once
/// more with one of the eight pairs of words that is not two agreements.
void hold_for_every(const Promises& promises) {
  std::uint64_t count = 1;
  for (std::size_t i = 0; i < promises.size(); ++i) count *= 3;
  std::vector<Responses> permitted(count);
  for (std::uint64_t n = 0; n < count; ++n) {
    Assignment a{{}, 2, 2};
    for (std::uint64_t i = 0, rest = n; i < promises.size(); ++i, rest /= 3)
      a.facts.push_back(static_cast<int>(rest % 3));
    permitted[n] = promises.permitted(a);
    ASSERT_EQ(promises.broken(a, permitted[n]), nullptr) << promises.smallest(a);
    for (std::uint64_t i = 0, place = 1; i < promises.size(); ++i, place *= 3) {
      const auto less = n - static_cast<std::uint64_t>(a.facts[i]) * place;
      ASSERT_EQ(permitted[less] & ~permitted[n], 0U) << promises.smallest(a);
    }
    a.captain = static_cast<int>(n % 8 / 3);
    a.commander = static_cast<int>(n % 8 % 3);
    ASSERT_EQ(promises.broken(a, promises.permitted(a)), nullptr) << promises.smallest(a);
  }
}

TEST(Promises, hold_for_rescue) {
  const auto doctrine = shipped("rescue.toml");
  hold_for_drawn(Promises(doctrine));
}

TEST(Promises, hold_for_the_turnaround) {
  const auto doctrine = shipped("uk-turnaround-2021.toml");
  hold_for_drawn(Promises(doctrine));
}

TEST(Promises, hold_for_the_french_side) {
  const auto doctrine = shipped("fr-assist.toml");
  const Promises promises(doctrine);
  ASSERT_EQ(promises.size(), 12U);
  hold_for_drawn(promises);
  if (cases() >= 100'000) hold_for_every(promises);
}

/// The new ways round: words and consents of a time to come, one person in both roles, someone without a
/// name. Each changes a word that counts into one that does not, so each can only take a permission away.
TEST(Promises, no_word_of_a_time_to_come_and_no_borrowed_name_permits) {
  const Time later = day + std::chrono::minutes(1);
  const auto all = *load_doctrines(words(), folder);
  for (const Doctrine& doctrine : all) {
    const Promises promises(doctrine);
    Responses ever = 0;
    for (std::uint64_t n = 0; n < cases() / 50; ++n) {
      const Assignment a = promises.draw(n);
      const Responses before = promises.permitted(a);
      ever |= before;
      for (const char* by : {"captain", "C\u0430ptain", "\u200B", ""}) {
        Encounter e = promises.encounter(a);
        for (const Response& r : doctrine.responses) {
          const bool agreed = a.commander == 2;
          e.forget_consent(r.id, "commander");
          if (a.commander != 0) e.hear({r.id, "commander", agreed, by, day});
        }
        const Responses after = promises.permitted(e);
        ASSERT_EQ(after & ~before, 0U) << promises.smallest(a);
        ASSERT_EQ(after & promises.consenting(), 0U) << by << ": " << promises.smallest(a);
      }
      // All that was said, one fact at a time, said of the next minute instead.
      for (std::size_t f = 0; f < words().size(); ++f) {
        const auto fact = static_cast<FactId>(f);
        Encounter e = promises.encounter(a);
        auto said = e.said(fact);
        e.forget(fact);
        for (FactValue& word : said) {
          word.at = later;
          e.say(words(), fact, word);
        }
        const Responses after = promises.permitted(e);
        ASSERT_EQ(after & ~before, 0U) << words()[fact].name << ": " << promises.smallest(a);
        if (words()[fact].danger) ASSERT_EQ(after & ~promises.rescue(), 0U) << words()[fact].name;
      }
    }
    EXPECT_EQ(ever, promises.possible());
  }
}

TEST(Promises, verdicts_are_the_same_after_record_and_reload) {
  const auto all = *load_doctrines(words(), folder);
  const auto reasons = [&](const Doctrine& doctrine, const Encounter& e) {
    const auto judgement = judge(words(), doctrine, e);
    std::string out;
    for (const Verdict& v : judgement.verdicts) out += canonical(reasons_json(words(), e, judgement, v));
    return out;
  };
  for (const Doctrine& doctrine : all) {
    const Promises promises(doctrine);
    for (std::uint64_t n = 0; n < cases() / 500; ++n) {
      const Encounter e = promises.encounter(promises.draw(n));
      const auto text = canonical(encounter_json(words(), e));
      const auto again = parse_encounter(words(), text, "e.json");
      ASSERT_TRUE(again) << again.error().text();
      ASSERT_EQ(canonical(encounter_json(words(), *again)), text);
      ASSERT_EQ(reasons(doctrine, e), reasons(doctrine, *again));
    }
  }
}

}  // namespace
}  // namespace varne
