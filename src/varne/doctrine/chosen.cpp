#include "varne/doctrine/chosen.h"

#include <fmt/format.h>

#include <algorithm>

namespace varne {

Result<Rulebook> only_doctrines(Rulebook rules, const std::vector<std::string>& names) {
  std::string known;
  for (const Doctrine& doctrine : rules.doctrines) known += (known.empty() ? "" : ", ") + doctrine.name;
  for (const std::string& name : names) {
    const bool there = std::any_of(rules.doctrines.begin(), rules.doctrines.end(),
                                   [&](const Doctrine& doctrine) { return doctrine.name == name; });
    if (!there) return fail("", fmt::format("there is no doctrine \"{}\"; there are {}", name, known));
  }
  std::erase_if(rules.doctrines, [&](const Doctrine& doctrine) {
    return std::find(names.begin(), names.end(), doctrine.name) == names.end();
  });
  return rules;
}

}  // namespace varne
