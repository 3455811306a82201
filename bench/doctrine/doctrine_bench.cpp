/// What a verdict costs: thirty rules as deep as a real procedure's, every fact said twice, every rule found
/// whether or not something else had already decided. And what its reasons cost in words and as JSON, which
/// are made only where somebody reads them or an entry keeps them.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "varne/doctrine/encounter_file.h"
#include "varne/doctrine/reasons.h"

namespace varne {
namespace {

constexpr int facts = 20;
const Time now = time_from_millis(1'636'632'000'000);

Vocabulary vocabulary() {
  std::string text =
      "[[fact]]\nname = \"distress\"\nkind = \"truth\"\nsays = \"danger\"\ndanger = true\ngood_for_s = 600\n";
  for (int i = 0; i < facts; ++i)
    text +=
        fmt::format("[[fact]]\nname = \"f{:02}\"\nkind = \"{}\"\nsays = \"it is so\"\ngood_for_s = 600\n{}",
                    i, i % 3 == 0 ? "number" : "truth", i % 3 == 0 ? "least = 0\nmost = 10\n" : "");
  return *Vocabulary::parse(text, "facts.toml", {});
}

/// Twenty facts compared, a third of them with a signed limit; the guard; nine rules that stand on them.
Doctrine doctrine(const Vocabulary& words) {
  std::string text =
      "name = \"bench\"\ntitle = \"t\"\nauthority = \"a\"\nterritory = \"t\"\nabout = \"a\"\n"
      "[[parameter]]\nname = \"most\"\nunit = \"\"\nsays = \"s\"\ncitation = \"c\"\n"
      "[[rule]]\nid = \"calm\"\nsays = \"s\"\nfact = \"distress\"\nis = false\ncitation = \"c\"\n";
  for (int i = 0; i < facts; ++i)
    text +=
        fmt::format("[[rule]]\nid = \"r{0:02}\"\nsays = \"s\"\nfact = \"f{0:02}\"\n{1}\ncitation = \"c\"\n",
                    i, i % 3 == 0 ? "at_most_parameter = \"most\"" : "is = true");
  for (int i = 0; i < 8; ++i)
    text += fmt::format(
        "[[rule]]\nid = \"x{0}\"\nsays = \"s\"\n{1} = [\"r{2:02}\", \"r{3:02}\", \"{4}\"]\ncitation = "
        "\"c\"\n",
        i, i % 2 == 0 ? "all" : "any", i, i + 8,
        i < 4 ? fmt::format("r{:02}", i + 12) : fmt::format("x{}", i - 4));
  text +=
      "[[rule]]\nid = \"whole\"\nsays = \"s\"\nall = [\"calm\", \"x4\", \"x5\", \"x6\", \"x7\"]\ncitation = "
      "\"c\"\n";
  text +=
      "[[response]]\nid = \"turn\"\ntitle = \"t\"\nkind = \"enforcement\"\nstance = \"permits\"\n"
      "needs = [\"calm\", \"whole\"]\nconsents = [\"captain\", \"commander\"]\nrefused = \"w\"\ncitation = "
      "\"c\"\n";
  auto loaded = parse_doctrine(words, text, "bench.toml");
  if (!loaded || loaded->rules.size() != 30) std::abort();
  return *loaded;
}

Encounter everything_said(const Vocabulary& words, const Doctrine& doctrine) {
  Encounter e(words);
  e.now = now;
  for (FactId f = 0; f < words.size(); ++f) {
    const double value = words[f].danger ? 0 : 1;
    for (const char* source : {"captain of a cutter", "commander"})
      e.say(words, f, {value, source, now, "captain", 7});
  }
  for (const Parameter& p : doctrine.parameters) e.parameters[p.key] = {5, "director", now};
  for (const char* role : {"captain", "commander"}) e.hear({"turn", role, true, role, now});
  return e;
}

struct Case {
  Vocabulary words = vocabulary();
  Doctrine rules = doctrine(words);
  Encounter encounter = everything_said(words, rules);
};

void verdict_over_30_rules(benchmark::State& state) {
  const Case c;
  if (judge(c.words, c.rules, c.encounter).verdicts.front().ruling != Ruling::permitted) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(judge(c.words, c.rules, c.encounter));
}
BENCHMARK(verdict_over_30_rules)->Unit(benchmark::kMicrosecond);

void what_would_change_it(benchmark::State& state) {
  const Case c;
  const auto judgement = judge(c.words, c.rules, c.encounter);
  for (auto _ : state)
    benchmark::DoNotOptimize(pivots(c.words, c.encounter, judgement, judgement.verdicts.front()));
}
BENCHMARK(what_would_change_it)->Unit(benchmark::kMicrosecond);

void reasons_in_words(benchmark::State& state) {
  const Case c;
  const auto judgement = judge(c.words, c.rules, c.encounter);
  for (auto _ : state)
    benchmark::DoNotOptimize(reasons_text(c.words, c.encounter, judgement, judgement.verdicts.front()));
}
BENCHMARK(reasons_in_words)->Unit(benchmark::kMicrosecond);

void reasons_as_json(benchmark::State& state) {
  const Case c;
  const auto judgement = judge(c.words, c.rules, c.encounter);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        canonical(reasons_json(c.words, c.encounter, judgement, judgement.verdicts.front())));
}
BENCHMARK(reasons_as_json)->Unit(benchmark::kMicrosecond);

/// The shipped doctrines over one encounter: what the room does when something of a boat changes.
void every_shipped_doctrine(benchmark::State& state) {
  const std::string folder = VARNE_ROOT "/data/doctrine";
  const auto words = *Vocabulary::load(folder + "/facts.toml");
  const auto doctrines = *load_doctrines(words, folder);
  Encounter e(words);
  e.now = now;
  for (const FactId danger : words.dangers())
    e.say(words, danger, {0, "captain of a cutter", now, "captain"});
  for (auto _ : state) {
    std::vector<Judgement> judgements;
    for (const Doctrine& d : doctrines) judgements.push_back(judge(words, d, e));
    benchmark::DoNotOptimize(join(judgements));
  }
}
BENCHMARK(every_shipped_doctrine)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace varne
