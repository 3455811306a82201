#include "varne/doctrine/conditions.h"

#include <algorithm>

namespace varne {
namespace {

/// All its versions ask for nothing but a sign of danger.
bool of_danger(const Vocabulary& vocabulary, const Doctrine& doctrine, const Versions& versions) {
  return std::all_of(versions.begin(), versions.end(), [&](std::size_t v) {
    const Rule& rule = doctrine.rules[v];
    return rule.kind == Rule::Kind::fact && vocabulary[rule.fact].danger;
  });
}

/// Calls for each condition in order: `danger()`, `need(i)`, `exception(i)`, `consent(i)`.
template <class Danger, class Need, class Exception, class Consent>
void each(const Vocabulary& vocabulary, const Doctrine& doctrine, const Response& response, Danger&& danger,
          Need&& need, Exception&& exception, Consent&& consent) {
  const bool calm = needs_calm(response);
  if (calm) danger();
  for (std::size_t i = 0; i < response.needs_on.size(); ++i)
    if (!calm || !of_danger(vocabulary, doctrine, response.needs_on[i])) need(i);
  for (std::size_t i = 0; i < response.unless_on.size(); ++i)
    if (!calm || !of_danger(vocabulary, doctrine, response.unless_on[i])) exception(i);
  for (std::size_t i = 0; i < response.consents.size(); ++i) consent(i);
}

bool is_among(const std::vector<std::string>& roles, const std::string& role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

}  // namespace

std::vector<Condition> conditions_of(const Vocabulary& vocabulary, const Doctrine& doctrine,
                                     const Response& response) {
  std::vector<Condition> out;
  const auto says = [&](const Versions& versions) { return doctrine.rules[versions.front()].says; };
  each(
      vocabulary, doctrine, response,
      [&] {
        out.push_back({"distress_ruled_out", "distress and every sign of danger are ruled out"});
      },
      [&](std::size_t i) {
        out.push_back({response.needs[i], says(response.needs_on[i])});
      },
      [&](std::size_t i) {
        out.push_back({"not " + response.unless[i], "it is not so that " + says(response.unless_on[i])});
      },
      [&](std::size_t i) {
        out.push_back({response.consents[i], "the " + response.consents[i] + " agrees"});
      });
  return out;
}

std::vector<Truth> stand_of(const Vocabulary& vocabulary, const Judgement& judgement,
                            const Verdict& verdict) {
  const Response& response = judgement.doctrine->responses[verdict.response];
  std::vector<Truth> out;
  out.reserve(1 + response.needs.size() + response.unless.size() + response.consents.size());
  each(
      vocabulary, *judgement.doctrine, response, [&] { out.push_back(verdict.distress_ruled_out); },
      [&](std::size_t i) { out.push_back(truth_of(response.needs_on[i], judgement.findings)); },
      [&](std::size_t i) { out.push_back(negated(truth_of(response.unless_on[i], judgement.findings))); },
      [&](std::size_t i) {
        const std::string& role = response.consents[i];
        out.push_back(is_among(verdict.consents_refused, role) ? Truth::no
                      : is_among(verdict.consents_open, role)  ? Truth::unknown
                                                               : Truth::yes);
      });
  return out;
}

Shortfall shortfall_of(const Vocabulary& vocabulary, const Judgement& judgement, const Verdict& verdict) {
  Shortfall out{.in_force = judgement.in_force};
  const auto stand = stand_of(vocabulary, judgement, verdict);
  for (std::size_t c = 0; c < stand.size(); ++c) {
    if (stand[c] == Truth::yes) continue;
    ++out.missing;
    out.last = c;
    out.unknown = stand[c] == Truth::unknown;
  }
  return out;
}

}  // namespace varne
