#include "varne/doctrine/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace varne {
namespace {

using Ids = std::set<std::string, std::less<>>;

bool overlap(const Validity& a, const Validity& b) {
  const bool a_before_b = a.until && b.from && *a.until <= *b.from;
  const bool b_before_a = b.until && a.from && *b.until <= *a.from;
  return !a_before_b && !b_before_a;
}

/// A rule that is not there has no versions; the doctrine is refused for it.
void index(Doctrine& doctrine) {
  doctrine.by_id.clear();
  for (std::size_t i = 0; i < doctrine.rules.size(); ++i) doctrine.by_id[doctrine.rules[i].id].push_back(i);
  const auto look_up = [&](const std::vector<std::string>& ids) {
    std::vector<Versions> out;
    for (const std::string& id : ids) {
      const auto found = doctrine.by_id.find(id);
      out.push_back(found == doctrine.by_id.end() ? Versions{} : found->second);
    }
    return out;
  };
  for (Rule& rule : doctrine.rules) rule.stands_on = look_up(rule.terms);
  for (Response& response : doctrine.responses) {
    response.needs_on = look_up(response.needs);
    response.unless_on = look_up(response.unless);
  }
}

/// One run over a doctrine; every problem goes to `wrong`.
class Check {
 public:
  Check(const Vocabulary& vocabulary, Doctrine& doctrine, const DoctrineLines& lines)
      : vocabulary_(vocabulary), doctrine_(doctrine), lines_(lines) {}

  void run() {
    index(doctrine_);
    versions();
    terms();
    // Which rules rule distress out shows only where every rule stands on rules that are there.
    const bool ordered = wrong.empty() && order_rules();
    const Ids guards = rules_without_distress();
    Ids ids;
    for (std::size_t i = 0; i < doctrine_.responses.size(); ++i) {
      const Response& response = doctrine_.responses[i];
      const std::string& at = lines_.responses[i];
      if (!ids.insert(response.id).second)
        refuse(at, fmt::format("response \"{}\" stands twice", response.id));
      if (response.kind == ResponseKind::rescue) {
        rescue(response, at);
      } else if (response.stance != Stance::forbids) {
        life_first(response, at, ordered ? &guards : nullptr);
      }
      consents(response, at);
    }
  }

  std::vector<Error> wrong;

 private:
  void refuse(const std::string& at, std::string what) { wrong.push_back({at, std::move(what)}); }

  void versions() {
    for (const auto& [id, versions] : doctrine_.by_id) {
      for (std::size_t i = 0; i < versions.size(); ++i) {
        for (std::size_t k = i + 1; k < versions.size(); ++k) {
          if (overlap(doctrine_.rules[versions[i]].validity, doctrine_.rules[versions[k]].validity))
            refuse(lines_.rules[versions[k]],
                   fmt::format("rule \"{}\" is in force at the same time as its version at {}; end one "
                               "before the other begins",
                               id, lines_.rules[versions[i]]));
        }
      }
    }
  }

  void terms() {
    for (std::size_t i = 0; i < doctrine_.rules.size(); ++i) {
      for (const auto& term : doctrine_.rules[i].terms) {
        if (!doctrine_.by_id.contains(term))
          refuse(lines_.rules[i], fmt::format("rule \"{}\" stands on \"{}\", which is no rule of this file",
                                              doctrine_.rules[i].id, term));
      }
    }
    for (std::size_t i = 0; i < doctrine_.responses.size(); ++i) {
      for (const auto* list : {&doctrine_.responses[i].needs, &doctrine_.responses[i].unless}) {
        for (const auto& term : *list) {
          if (!doctrine_.by_id.contains(term))
            refuse(lines_.responses[i],
                   fmt::format("response \"{}\" names \"{}\", which is no rule of this file",
                               doctrine_.responses[i].id, term));
        }
      }
    }
  }

  /// Puts rules after those they stand on; names the circle where that cannot be.
  bool order_rules() {
    std::vector<Rule> ordered;
    std::set<std::string> placed;
    std::vector<std::size_t> left(doctrine_.rules.size());
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
    while (!left.empty()) {
      std::vector<std::size_t> waiting;
      std::set<std::string> ready;
      for (const auto& [id, versions] : doctrine_.by_id) {
        if (placed.contains(id)) continue;
        const bool all = std::all_of(versions.begin(), versions.end(), [&](std::size_t v) {
          const auto& terms = doctrine_.rules[v].terms;
          return std::all_of(terms.begin(), terms.end(),
                             [&](const std::string& t) { return placed.contains(t); });
        });
        if (all) ready.insert(id);
      }
      for (const std::size_t i : left) {
        if (ready.contains(doctrine_.rules[i].id)) {
          ordered.push_back(doctrine_.rules[i]);
        } else {
          waiting.push_back(i);
        }
      }
      if (ready.empty()) {
        std::string names;
        for (const std::size_t i : waiting)
          names += (names.empty() ? "\"" : ", \"") + doctrine_.rules[i].id + "\"";
        refuse(lines_.rules[waiting.front()],
               fmt::format("rules stand on each other in a circle: {}", names));
        return false;
      }
      placed.insert(ready.begin(), ready.end());
      left = std::move(waiting);
    }
    doctrine_.rules = std::move(ordered);
    index(doctrine_);
    return true;
  }

  /// The rules that cannot hold, on any day, unless distress is said not to be: those that say so themselves,
  /// and those that require (with all their terms) one of them.
  Ids rules_without_distress() const {
    Ids safe;
    Ids unsafe;  // one version that does not rule distress out spoils the rule
    for (const Rule& rule : doctrine_.rules) {
      const bool rules_out =
          rule.kind == Rule::Kind::fact
              ? rule.fact == vocabulary_.distress() && rule.value == 0
              : rule.kind == Rule::Kind::all &&
                    std::any_of(rule.terms.begin(), rule.terms.end(), [&](const std::string& t) {
                      return safe.contains(t) && !unsafe.contains(t);
                    });
      (rules_out ? safe : unsafe).insert(rule.id);
    }
    std::erase_if(safe, [&](const std::string& id) { return unsafe.contains(id); });
    return safe;
  }

  void consents(const Response& response, const std::string& at) {
    const Ids roles(response.consents.begin(), response.consents.end());
    for (const auto& role : roles) {
      if (std::find(std::begin(consent_roles), std::end(consent_roles), role) == std::end(consent_roles))
        refuse(at, fmt::format("response \"{}\" takes the consent of \"{}\"; only the captain on scene and "
                               "the commander can consent, and nobody in their stead",
                               response.id, role));
    }
    const bool permits = response.stance == Stance::permits;
    if (response.kind == ResponseKind::rescue || !permits) {
      if (!roles.empty())
        refuse(at, fmt::format("response \"{}\" takes a consent; only what is permitted and is not rescue "
                               "waits for one",
                               response.id));
    } else if (!std::all_of(std::begin(consent_roles), std::end(consent_roles),
                            [&](const char* role) { return roles.contains(role); }) &&
               (response.kind == ResponseKind::enforcement || !roles.empty())) {
      refuse(at, fmt::format("response \"{}\" needs the consent of both \"captain\" and \"commander\", each "
                             "for the encounter",
                             response.id));
    }
  }

  void rescue(const Response& response, const std::string& at) {
    if (response.stance == Stance::forbids)
      refuse(at,
             fmt::format("response \"{}\" is rescue and cannot be forbidden; life comes first", response.id));
  }

  /// @param guards  the rules that rule distress out; null where that cannot be said
  void life_first(const Response& response, const std::string& at, const Ids* guards) {
    const bool guarded =
        guards == nullptr || std::any_of(response.needs.begin(), response.needs.end(),
                                         [&](const std::string& id) { return guards->contains(id); });
    if (!guarded)
      refuse(at, fmt::format("response \"{}\" is not rescue and does not need a rule that distress is ruled "
                             "out (fact = \"distress\", is = false); life comes first",
                             response.id));
    if (response.stance == Stance::requires_it)
      refuse(at, fmt::format("response \"{}\" is not rescue and cannot be required; it can be permitted",
                             response.id));
  }

  const Vocabulary& vocabulary_;
  Doctrine& doctrine_;
  const DoctrineLines& lines_;
};

}  // namespace

std::vector<Error> check_doctrine(const Vocabulary& vocabulary, Doctrine& doctrine,
                                  const DoctrineLines& lines) {
  Check check(vocabulary, doctrine, lines);
  check.run();
  return std::move(check.wrong);
}

}  // namespace varne
