#include "varne/doctrine/rulebook.h"

namespace varne {

Result<Rulebook> load_rulebook(const std::string& folder) {
  auto vocabulary = Vocabulary::load(folder + "/facts.toml");
  if (!vocabulary) return std::unexpected(vocabulary.error());
  auto words = Words::of(*vocabulary);
  if (!words) return std::unexpected(words.error().in(folder));
  auto doctrines = load_doctrines(*vocabulary, folder);
  if (!doctrines) return std::unexpected(doctrines.error());
  return Rulebook{std::move(*vocabulary), *words, std::move(*doctrines)};
}

Hash hash_of(const Rulebook& rules) {
  Hash hash = rules.vocabulary.hash();
  for (const Doctrine& doctrine : rules.doctrines) hash = sha256(hash, hex(doctrine.hash));
  return hash;
}

const Response* find_response(const Rulebook& rules, std::string_view id) {
  for (const Doctrine& doctrine : rules.doctrines) {
    for (const Response& response : doctrine.responses) {
      if (response.id == id) return &response;
    }
  }
  return nullptr;
}

const Parameter* find_parameter(const Rulebook& rules, std::string_view key) {
  for (const Doctrine& doctrine : rules.doctrines) {
    for (const Parameter& parameter : doctrine.parameters) {
      if (parameter.key == key) return &parameter;
    }
  }
  return nullptr;
}

}  // namespace varne
