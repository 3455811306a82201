#include "varne/doctrine/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace varne {
namespace {

bool overlap(const Validity& a, const Validity& b) {
  const bool a_before_b = a.until && b.from && *a.until <= *b.from;
  const bool b_before_a = b.until && a.from && *b.until <= *a.from;
  return !a_before_b && !b_before_a;
}

void index(Doctrine& doctrine) {
  doctrine.by_id.clear();
  for (std::size_t i = 0; i < doctrine.rules.size(); ++i) doctrine.by_id[doctrine.rules[i].id].push_back(i);
}

Done check_versions(const Doctrine& doctrine, const DoctrineLines& lines) {
  for (const auto& [id, versions] : doctrine.by_id) {
    for (std::size_t i = 0; i < versions.size(); ++i) {
      for (std::size_t k = i + 1; k < versions.size(); ++k) {
        if (overlap(doctrine.rules[versions[i]].validity, doctrine.rules[versions[k]].validity))
          return fail(
              lines.rules[versions[k]],
              fmt::format("rule \"{}\" is in force at the same time as its version at {}; end one before the "
                          "other begins",
                          id, lines.rules[versions[i]]));
      }
    }
  }
  return {};
}

Done check_terms(const Doctrine& doctrine, const DoctrineLines& lines) {
  for (std::size_t i = 0; i < doctrine.rules.size(); ++i) {
    for (const auto& term : doctrine.rules[i].terms) {
      if (!doctrine.by_id.contains(term))
        return fail(lines.rules[i], fmt::format("rule \"{}\" stands on \"{}\", which is no rule of this file",
                                                doctrine.rules[i].id, term));
    }
  }
  for (std::size_t i = 0; i < doctrine.responses.size(); ++i) {
    for (const auto* list : {&doctrine.responses[i].needs, &doctrine.responses[i].unless}) {
      for (const auto& term : *list) {
        if (!doctrine.by_id.contains(term))
          return fail(lines.responses[i],
                      fmt::format("response \"{}\" names \"{}\", which is no rule of this file",
                                  doctrine.responses[i].id, term));
      }
    }
  }
  return {};
}

/// Puts rules after those they stand on; names the circle where that cannot be.
Done order_rules(Doctrine& doctrine, const DoctrineLines& lines) {
  std::vector<Rule> ordered;
  std::set<std::string> placed;
  std::vector<std::size_t> left(doctrine.rules.size());
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
  while (!left.empty()) {
    std::vector<std::size_t> waiting;
    std::set<std::string> ready;
    for (const auto& [id, versions] : doctrine.by_id) {
      if (placed.contains(id)) continue;
      const bool all = std::all_of(versions.begin(), versions.end(), [&](std::size_t v) {
        const auto& terms = doctrine.rules[v].terms;
        return std::all_of(terms.begin(), terms.end(),
                           [&](const std::string& t) { return placed.contains(t); });
      });
      if (all) ready.insert(id);
    }
    for (const std::size_t i : left) {
      if (ready.contains(doctrine.rules[i].id)) {
        ordered.push_back(doctrine.rules[i]);
      } else {
        waiting.push_back(i);
      }
    }
    if (ready.empty()) {
      std::string names;
      for (const std::size_t i : waiting)
        names += (names.empty() ? "\"" : ", \"") + doctrine.rules[i].id + "\"";
      return fail(lines.rules[waiting.front()],
                  fmt::format("rules stand on each other in a circle: {}", names));
    }
    placed.insert(ready.begin(), ready.end());
    left = std::move(waiting);
  }
  doctrine.rules = std::move(ordered);
  index(doctrine);
  return {};
}

/// The rules that cannot hold, on any day, unless distress is said not to be: those that say so themselves,
/// and those that require (with all their terms) one of them.
std::set<std::string, std::less<>> rules_without_distress(const Vocabulary& vocabulary,
                                                          const Doctrine& doctrine) {
  std::set<std::string, std::less<>> safe;
  std::set<std::string, std::less<>> unsafe;  // one version that does not rule distress out spoils the rule
  for (const Rule& rule : doctrine.rules) {
    const bool rules_out =
        rule.kind == Rule::Kind::fact
            ? rule.fact == vocabulary.distress() && rule.value == 0
            : rule.kind == Rule::Kind::all &&
                  std::any_of(rule.terms.begin(), rule.terms.end(),
                              [&](const std::string& t) { return safe.contains(t) && !unsafe.contains(t); });
    (rules_out ? safe : unsafe).insert(rule.id);
  }
  std::erase_if(safe, [&](const std::string& id) { return unsafe.contains(id); });
  return safe;
}

Done check_response(const std::set<std::string, std::less<>>& without_distress, const Response& response,
                    const std::string& at) {
  for (const auto& role : response.consents) {
    if (std::find(std::begin(consent_roles), std::end(consent_roles), role) == std::end(consent_roles))
      return fail(
          at, fmt::format(
                  "response \"{}\" takes the consent of \"{}\"; only the captain on scene and the commander "
                  "can consent, and nobody in their stead",
                  response.id, role));
  }
  if (response.kind == ResponseKind::rescue || response.stance == Stance::forbids) return {};
  const bool guarded = std::any_of(response.needs.begin(), response.needs.end(),
                                   [&](const std::string& id) { return without_distress.contains(id); });
  if (!guarded)
    return fail(
        at, fmt::format("response \"{}\" is not rescue and does not need a rule that distress is ruled out "
                        "(fact = \"distress\", is = false); life comes first",
                        response.id));
  if (response.stance == Stance::requires_it)
    return fail(at, fmt::format("response \"{}\" is not rescue and cannot be required; it can be permitted",
                                response.id));
  const std::set<std::string> roles(response.consents.begin(), response.consents.end());
  if (roles.size() == 1 || (response.kind == ResponseKind::enforcement && roles.empty()))
    return fail(
        at,
        fmt::format(
            "response \"{}\" needs the consent of both \"captain\" and \"commander\", each for the encounter",
            response.id));
  return {};
}

}  // namespace

Done check_doctrine(const Vocabulary& vocabulary, Doctrine& doctrine, const DoctrineLines& lines) {
  index(doctrine);
  if (const auto done = check_versions(doctrine, lines); !done) return done;
  if (const auto done = check_terms(doctrine, lines); !done) return done;
  if (const auto done = order_rules(doctrine, lines); !done) return done;
  const auto without_distress = rules_without_distress(vocabulary, doctrine);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < doctrine.responses.size(); ++i) {
    const Response& response = doctrine.responses[i];
    if (!ids.insert(response.id).second)
      return fail(lines.responses[i], fmt::format("response \"{}\" stands twice", response.id));
    if (const auto done = check_response(without_distress, response, lines.responses[i]); !done) return done;
  }
  return {};
}

}  // namespace varne
