#include "varne/doctrine/encounter_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/letters.h"
#include "varne/core/text.h"

namespace varne {
namespace {

constexpr double whole_most = 9007199254740992.0;  // 2^53

/// The members of one object, read field by field; the first error sticks, later reads give empty values.
class Members {
 public:
  Members(const Json& object, std::string where, std::optional<Error>& wrong)
      : object_(object), where_(std::move(where)), wrong_(wrong) {
    if (!object_.is_object()) refuse("", "is not an object");
  }

  const Json* find(const char* name) {
    asked_.emplace_back(name);
    if (!object_.is_object()) return nullptr;
    const auto at = object_.find(name);
    return at == object_.end() ? nullptr : &*at;
  }
  std::string text(const char* name, bool required = true) {
    const Json* value = find(name);
    if (value && value->is_string()) return value->get<std::string>();
    if (value || required) refuse(name, "must be a text");
    return {};
  }
  /// Somebody who answers for it.
  std::string speaker(const char* name) {
    auto out = text(name);
    if (!has_letter(out)) refuse(name, "says nothing that can be read; say in letters who it is");
    return out;
  }
  bool truth(const char* name) {
    const Json* value = find(name);
    if (value && value->is_boolean()) return value->get<bool>();
    refuse(name, "must be true or false");
    return false;
  }
  std::uint64_t whole(const char* name) {
    const Json* value = find(name);
    if (!value) return 0;
    const double number = value->is_number() ? value->get<double>() : -1;
    if (number >= 0 && number < whole_most &&
        number == static_cast<double>(static_cast<std::uint64_t>(number)))
      return static_cast<std::uint64_t>(number);
    refuse(name, "must be a whole number, 0 or more");
    return 0;
  }
  /// A time not after `most`.
  Time time(const char* name, std::optional<Time> most) {
    const auto time = parse_time(text(name));
    if (!time) {
      refuse(name, time.error().what);
      return {};
    }
    if (most && *time > *most) refuse(name, "is after \"now\"; nobody knew it yet");
    return *time;
  }
  Given given(const char* name) {
    const Json* value = find(name);
    if (!value) return {};
    if (value->is_boolean()) return value->get<bool>();
    if (value->is_number()) return value->get<double>();
    if (value->is_string()) return value->get<std::string>();
    return {};
  }
  void only_known() {
    if (!object_.is_object()) return;
    for (const auto& [name, value] : object_.items()) {
      if (std::find(asked_.begin(), asked_.end(), name) == asked_.end())
        refuse("", fmt::format("\"{}\" is not a member here", shown(name)));
    }
  }
  void refuse(std::string_view name, std::string what) {
    if (!wrong_) wrong_ = Error{name.empty() ? where_ : fmt::format("{}: {}", where_, name), std::move(what)};
  }

 private:
  const Json& object_;
  std::string where_;
  std::optional<Error>& wrong_;
  std::vector<std::string> asked_;
};

Json json_of(const FactDefinition* fact, const FactValue& word) {
  Json out{{"source", word.source}, {"at", iso(word.at)}};
  if (!fact || fact->kind == FactKind::number) {
    out["value"] = word.value;
  } else if (fact->kind == FactKind::truth) {
    out["value"] = word.value == 1;
  } else {
    out["value"] = shown_value(*fact, word.value);
  }
  if (!word.role.empty()) out["role"] = word.role;
  if (word.entry != 0) out["entry"] = word.entry;
  return out;
}

void read_fact(const Vocabulary& vocabulary, Encounter& out, FactId fact, const Json& json,
               const std::string& where, std::optional<Error>& wrong) {
  Members members(json, where, wrong);
  const auto value =
      fact_value(vocabulary, fact, members.given("value"), members.speaker("source"),
                 members.time("at", out.now), members.text("role", false), members.whole("entry"));
  members.only_known();
  if (!value) {
    members.refuse("value", value.error().what);
  } else {
    out.say(vocabulary, fact, *value);
  }
}

void read_parameter(Encounter& out, const std::string& name, const Json& json, const std::string& where,
                    std::optional<Error>& wrong) {
  Members members(json, where, wrong);
  const Given given = members.given("value");
  FactValue value{0, members.speaker("source"), members.time("at", out.now), members.text("role", false),
                  members.whole("entry")};
  members.only_known();
  if (const auto* number = std::get_if<double>(&given)) {
    value.value = *number;
  } else {
    members.refuse("value", "must be a number");
  }
  out.parameters[name] = std::move(value);
}

void read_consent(Encounter& out, const Json& json, const std::string& where, std::optional<Error>& wrong) {
  Members members(json, where, wrong);
  Consent consent{members.text("response"), members.text("role"),        members.truth("given"),
                  members.speaker("by"),    members.time("at", out.now), members.whole("entry")};
  members.only_known();
  out.hear(std::move(consent));
}

}  // namespace

Json encounter_json(const Vocabulary& vocabulary, const Encounter& encounter) {
  Json facts = Json::object();
  for (std::size_t f = 0; f < vocabulary.size(); ++f) {
    const auto id = static_cast<FactId>(f);
    if (encounter.said(id).empty()) continue;
    Json words = Json::array();
    for (const FactValue& word : encounter.said(id)) words.push_back(json_of(&vocabulary[id], word));
    facts[vocabulary[id].name] = std::move(words);
  }
  Json consents = Json::array();
  for (const Consent& c : encounter.consents()) {
    Json one{{"response", c.response}, {"role", c.role}, {"given", c.given}, {"by", c.by}, {"at", iso(c.at)}};
    if (c.entry != 0) one["entry"] = c.entry;
    consents.push_back(std::move(one));
  }
  Json parameters = Json::object();
  for (const auto& [name, value] : encounter.parameters) parameters[name] = json_of(nullptr, value);
  return {{"now", iso(encounter.now)},
          {"facts", std::move(facts)},
          {"consents", std::move(consents)},
          {"orders", encounter.orders},
          {"parameters", std::move(parameters)}};
}

Result<Encounter> parse_encounter(const Vocabulary& vocabulary, std::string_view text,
                                  const std::string& file) {
  const auto json = parse_json(text);
  if (!json) return std::unexpected(json.error().in(file));
  std::optional<Error> wrong;
  Encounter out(vocabulary);
  Members root(*json, file, wrong);
  out.now = root.time("now", std::nullopt);
  const Json nothing = Json::object();
  const auto objects = [&](const char* name) -> const Json& {
    const Json* found = root.find(name);
    if (found && !found->is_object()) root.refuse(name, "is not an object");
    return found && found->is_object() ? *found : nothing;
  };
  const auto list = [&](const Json& value, const std::string& name) -> const Json& {
    if (!value.is_array()) root.refuse(name, "is not a list");
    return value.is_array() ? value : nothing;
  };
  for (const auto& [name, said] : objects("facts").items()) {
    const auto fact = vocabulary.find(name);
    if (!fact) {
      root.refuse("facts", fmt::format("\"{}\" is not in the vocabulary (facts.toml)", shown(name)));
      continue;
    }
    const std::string where = fmt::format("{}: {}", file, name);
    for (const Json& word : list(said, name)) read_fact(vocabulary, out, *fact, word, where, wrong);
  }
  if (const Json* consents = root.find("consents")) {
    for (const Json& consent : list(*consents, "consents"))
      read_consent(out, consent, file + ": consents", wrong);
  }
  if (const Json* orders = root.find("orders")) {
    for (const Json& order : list(*orders, "orders")) {
      if (!order.is_string()) {
        root.refuse("orders", "holds something that is not a text");
      } else {
        out.orders.push_back(order.get<std::string>());
      }
    }
  }
  for (const auto& [name, value] : objects("parameters").items())
    read_parameter(out, name, value, file + ": " + shown(name), wrong);
  root.only_known();
  if (wrong) return std::unexpected(*wrong);
  return out;
}

}  // namespace varne
