#include "varne/days/conditions.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "varne/days/draws.h"
#include "varne/days/motion.h"
#include "varne/days/simulated_day.h"
#include "varne/doctrine/conditions.h"

namespace varne::days {
namespace {

constexpr Minute ask_every = 10;

}  // namespace

Answers answers_of(const Numbers& n, std::uint64_t seed, std::uint32_t boat) {
  const auto chance = [&](Q q, For what) { return draw(seed, boat, what) < n[q]; };
  return {.captain = draw(seed, boat, For::captain),
          .commander = chance(Q::commander, For::commander),
          .french_vessel = chance(Q::french_vessel, For::french),
          .craft = std::floor(n.draw(Q::craft, draw(seed, boat, For::craft)))};
}

bool is_rough(const Numbers& n, const Weather::Hour& weather) {
  return length(weather.wind()) > n[Q::limit_wind] / 2 || weather.wave_m > n[Q::limit_wave] / 2;
}

bool captain_agrees(const Numbers& n, const Answers& answers, const Weather::Hour& weather) {
  return answers.captain < n[is_rough(n, weather) ? Q::captain_rough : Q::captain];
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
}

bool Conditions::hold(const Numbers& n, const std::vector<Word>& words, Time now) const {
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
  auto stand = stand_of(vocabulary, judgement, judgement.verdicts[index_]);
  stand.resize(stand.size() - doctrine_->responses[index_].consents.size());
  return std::all_of(stand.begin(), stand.end(), [](Truth t) { return t == Truth::yes; });
}

std::vector<Held> opportunities(const Strait& strait, const Numbers& n, const Conditions& conditions,
                                Date day, const DayTide& tide, double day_conditions, std::uint64_t seed) {
  const Time start = Time(day);
  const Weather weather = weather_of(strait, n, day, day_conditions, seed);
  Boats boats = make_boats(strait, n, day, day_conditions, seed);
  Motion motion(strait, n, boats, seed);
  const double length_min = std::max(1.0, n[Q::turnaround_length]);
  std::vector<Answers> answers(boats.size());
  std::vector<Minute> now(boats.size());  // for so long, until this minute
  std::vector<Held> out(boats.size());
  for (std::size_t i = 0; i < boats.size(); ++i)
    answers[i] = answers_of(n, seed, static_cast<std::uint32_t>(i));
  for (Minute minute = 0; minute < day_hours * 60; ++minute) {
    motion.step(minute, tide.at(minute), weather.at(minute).wind());
    if (minute % ask_every != 0) continue;
    for (std::size_t i = 0; i < boats.size(); ++i) {
      if (!boats.afloat(i) || boats.aboard[i] == 0 || !strait.chart.in_uk_waters(boats.place(i))) {
        now[i] = 0;
        continue;
      }
      out[i].in_uk_waters = true;
      const auto words =
          words_of_boat(strait, boats, i, answers[i], weather.at(minute), minute, minute >= motion.calls(i));
      const bool hold = conditions.hold(n, words, start + std::chrono::minutes(minute));
      now[i] = hold ? now[i] + ask_every : 0;
      if (out[i].long_enough || now[i] < length_min) continue;
      out[i].long_enough = true;
      out[i].rough = is_rough(n, weather.at(minute));
    }
  }
  return out;
}

}  // namespace varne::days
