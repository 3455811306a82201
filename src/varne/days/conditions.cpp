#include "varne/days/conditions.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "varne/days/draws.h"
#include "varne/days/motion.h"
#include "varne/days/simulated_day.h"

namespace varne::days {
namespace {

constexpr Minute ask_every = 10;

const Rule* version_in_force(const Doctrine& doctrine, const std::string& id, Time now) {
  const auto versions = doctrine.by_id.find(id);
  if (versions == doctrine.by_id.end()) return nullptr;
  for (const std::size_t r : versions->second)
    if (doctrine.rules[r].validity.holds(now)) return &doctrine.rules[r];
  return nullptr;
}

}  // namespace

Answers answers_of(const Numbers& n, std::uint64_t seed, std::uint32_t boat) {
  const auto chance = [&](Q q, For what) { return draw(seed, boat, what) < n[q]; };
  return {.captain = chance(Q::captain, For::captain),
          .commander = chance(Q::commander, For::commander),
          .french_vessel = chance(Q::french_vessel, For::french),
          .craft = std::floor(n.draw(Q::craft, draw(seed, boat, For::craft)))};
}

std::vector<Word> words_of_boat(const Strait& strait, const Boats& boats, std::size_t i,
                                const Answers& answers, const Weather::Hour& weather, Minute minute,
                                bool called) {
  const bool stopped = minute >= boats.engine_stops[i];
  const bool water = minute >= boats.takes_water[i];
  const bool in_water = boats.in_water[i] > 0;
  const bool overloaded = boats.overloaded[i] != 0;
  const Place place = boats.place(i);
  const bool uk = strait.chart.in_uk_waters(place);
  return {{"distress", stopped || water || in_water || boats.medical[i] != 0},
          {"people_in_water", in_water},
          {"engine_stopped", stopped},
          {"taking_water", water},
          {"call_for_help", called},
          {"medical_case", boats.medical[i] != 0},
          {"child_alone", boats.child_alone[i] != 0},
          {"overloaded", overloaded},
          {"wide_inquiry_failed", false},
          {"boat_damaged", boats.damaged[i] != 0},
          {"boat_length", boats.length_m[i]},
          {"boat_sturdy", boats.sturdy[i] != 0},
          {"asylum_asked", boats.asylum[i] != 0},
          {"offence_suspected", boats.offence[i] != 0},
          {"destination", std::string("UK port")},
          {"french_vessel_confirmed", answers.french_vessel},
          {"craft_available", answers.craft},
          {"waters", std::string(uk ? "UK" : "FR")},
          {"way_back_length", std::max(0.0, strait.chart.past_line_m(place))},
          {"wind_speed", length(weather.wind())},
          {"wave_height", weather.wave_m}};
}

Conditions::Conditions(std::shared_ptr<const Rulebook> rules, std::string response)
    : rules_(std::move(rules)) {
  for (const Doctrine& doctrine : rules_->doctrines) {
    for (std::size_t r = 0; r < doctrine.responses.size(); ++r) {
      if (doctrine.responses[r].id != response) continue;
      doctrine_ = &doctrine;
      index_ = r;
    }
  }
  assert(doctrine_ != nullptr);
  const Response& one = doctrine_->responses[index_];
  const auto words = [&](const std::string& id) {
    const auto versions = doctrine_->by_id.find(id);
    return versions == doctrine_->by_id.end() ? id : doctrine_->rules[versions->second.front()].says;
  };
  ids_.emplace_back("distress_ruled_out");
  says_.emplace_back("distress and every sign of danger are ruled out");
  for (const std::string& id : one.needs) ids_.push_back(id), says_.push_back(words(id));
  for (const std::string& id : one.unless)
    ids_.push_back("not " + id), says_.push_back("it is not so that " + words(id));
  rules_count_ = ids_.size();
  for (const std::string& role : one.consents)
    ids_.push_back(role), says_.push_back("the " + role + " agrees");
}

void Conditions::judge(const Numbers& n, const std::vector<Word>& words, const Answers& answers, Time now,
                       std::vector<std::uint8_t>& holds) const {
  const Vocabulary& vocabulary = rules_->vocabulary;
  Encounter about(vocabulary);
  about.now = now;
  for (const Word& word : words) {
    const auto fact = vocabulary.find(word.fact);
    if (!fact) continue;
    const Given given = std::visit([](const auto& v) { return Given(v); }, word.value);
    if (auto value = fact_value(vocabulary, *fact, given, "captain on scene", now, "captain"))
      about.say(vocabulary, *fact, std::move(*value));
  }
  for (const auto& [name, q] : {std::pair{"wind_most", Q::limit_wind},
                                {"wave_most", Q::limit_wave},
                                {"length_least", Q::limit_length}})
    about.parameters[doctrine_->name + "." + name] = {n[q], "the scenario", now, "commander", 0};
  const Judgement judgement = varne::judge(vocabulary, *doctrine_, about);
  const Verdict& verdict = judgement.verdicts[index_];
  const Response& response = doctrine_->responses[index_];
  const auto truth = [&](const std::string& id) {
    const Rule* rule = version_in_force(*doctrine_, id, now);
    return rule == nullptr
               ? Truth::unknown
               : judgement.findings[static_cast<std::size_t>(rule - doctrine_->rules.data())].truth;
  };
  holds.clear();
  holds.push_back(verdict.distress_ruled_out == Truth::yes);
  for (const std::string& id : response.needs) holds.push_back(truth(id) == Truth::yes);
  for (const std::string& id : response.unless) holds.push_back(truth(id) == Truth::no);
  for (const std::string& role : response.consents)
    holds.push_back(role == "captain" ? answers.captain : answers.captain && answers.commander);
}

std::vector<Held> opportunities(const Strait& strait, const Numbers& n, const Conditions& conditions,
                                Date day, const DayTide& tide, double day_conditions, std::uint64_t seed) {
  const Time start = Time(day);
  const Weather weather = weather_of(strait, n, day, day_conditions, seed);
  Boats boats = make_boats(strait, n, day, day_conditions, seed);
  Motion motion(strait, n, boats, seed);
  const std::size_t count = conditions.ids().size();
  struct Run {
    Answers answers;
    Minute now = 0, now_agreed = 0;
  };
  std::vector<Run> runs(boats.size());
  std::vector<Held> out(boats.size());
  for (std::size_t i = 0; i < boats.size(); ++i) {
    runs[i].answers = answers_of(n, seed, static_cast<std::uint32_t>(i));
    out[i].alone.assign(count, 0);
    out[i].ever.assign(count, 0);
  }
  std::vector<std::uint8_t> holds;
  for (Minute minute = 0; minute < day_hours * 60; ++minute) {
    motion.step(minute, tide.at(minute), weather.at(minute).wind());
    if (minute % ask_every != 0) continue;
    for (std::size_t i = 0; i < boats.size(); ++i) {
      if (!boats.afloat(i) || boats.aboard[i] == 0 || !strait.chart.in_uk_waters(boats.place(i))) {
        runs[i].now = runs[i].now_agreed = 0;
        continue;
      }
      out[i].in_uk_waters = true;
      const auto words = words_of_boat(strait, boats, i, runs[i].answers, weather.at(minute), minute,
                                       minute >= motion.calls(i));
      conditions.judge(n, words, runs[i].answers, start + std::chrono::minutes(minute), holds);
      std::size_t failing = 0;
      std::size_t which = 0;
      for (std::size_t c = 0; c < count; ++c) {
        out[i].ever[c] = out[i].ever[c] | holds[c];
        if (holds[c] == 0 && c < conditions.without_consents()) ++failing, which = c;
      }
      if (failing == 1) out[i].alone[which] += ask_every;
      runs[i].now = failing == 0 ? runs[i].now + ask_every : 0;
      const bool agreed =
          failing == 0 && std::all_of(holds.begin(), holds.end(), [](auto h) { return h != 0; });
      runs[i].now_agreed = agreed ? runs[i].now_agreed + ask_every : 0;
      out[i].longest = std::max(out[i].longest, runs[i].now);
      out[i].longest_agreed = std::max(out[i].longest_agreed, runs[i].now_agreed);
    }
  }
  return out;
}

}  // namespace varne::days
