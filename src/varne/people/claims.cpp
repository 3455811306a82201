#include "varne/people/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "varne/core/lines.h"
#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::int32_t most = 100'000'000;  // people or boats of a claim, which may speak of all years
constexpr std::size_t longest_text = 1000;

const std::vector<std::string> fields{"id",    "time",   "kind",   "from", "subject", "about", "persons",
                                      "boats", "status", "source", "text", "revises", "sum_of"};

/// A text that must be there, or may be "".
Result<std::string> text_in(const Json& json, const char* name, bool needed) {
  const auto found = json.find(name);
  if (found == json.end()) {
    if (needed) return fail(name, "is missing");
    return std::string();
  }
  if (!found->is_string()) return fail(name, "must be a text in quotes");
  auto text = found->get<std::string>();
  if (needed && text.empty()) return fail(name, "is empty");
  if (text.size() > longest_text) return fail(name, fmt::format("is longer than {} bytes", longest_text));
  return text;
}

std::optional<std::int32_t> whole(const Json& value) {
  if (!value.is_number()) return std::nullopt;
  const auto n = value.get<double>();
  if (!(n >= 0 && n <= most) || n != std::floor(n)) return std::nullopt;
  return static_cast<std::int32_t>(n);
}

Result<std::optional<HeadCount>> persons_in(const Json& json) {
  const auto found = json.find("persons");
  if (found == json.end()) return std::nullopt;
  const bool range = found->is_array() && found->size() == 2;
  const auto low = whole(range ? (*found)[0] : *found);
  const auto high = whole(range ? (*found)[1] : *found);
  if (!low || !high || *low > *high)
    return fail("persons", "must be a whole number of people, 0 or more, or [at least, at most]");
  return HeadCount{*low, *high};
}

Result<std::vector<std::string>> ids_in(const Json& json, const char* name) {
  std::vector<std::string> out;
  const auto found = json.find(name);
  if (found == json.end()) return out;
  if (!found->is_array() || found->size() < 2) return fail(name, "must be a list of two or more ids");
  for (const Json& id : *found) {
    if (!id.is_string()) return fail(name, "must be a list of two or more ids");
    out.push_back(id.get<std::string>());
  }
  return out;
}

/// Fills in what the claim is of: subject and days. Reports write a total of the year so far as
/// "cumulative_arrived".
Done set_subject(Claim& claim, const std::string& subject, const std::string& about) {
  constexpr std::string_view cumulative = "cumulative_";
  const bool so_far = subject.starts_with(cumulative);
  claim.subject = so_far ? subject.substr(cumulative.size()) : subject;
  const auto days = parse_span(about);
  if (!days) return fail(days.error().in("about"));
  claim.about = so_far ? year_to(days->last) : *days;
  return {};
}

Result<ClaimStatus> status_in(const std::string& name) {
  for (const auto status : {ClaimStatus::provisional, ClaimStatus::final, ClaimStatus::disputed}) {
    if (name == name_of(status)) return status;
  }
  return fail("status", fmt::format("\"{}\" is none of provisional, final, disputed", shown(name)));
}

Done check_names(const Json& json) {
  if (!json.is_object()) return fail("", "a claim is a JSON object");
  for (const auto& [name, value] : json.items()) {
    if (std::find(fields.begin(), fields.end(), name) == fields.end())
      return fail(shown(name),
                  fmt::format("is no field of a claim; it may carry {}", fmt::join(fields, ", ")));
  }
  if (json.contains("kind") && json["kind"] != "claim") return fail("kind", "must be \"claim\", or left out");
  return {};
}

/// The texts of a claim that need no further reading.
Done read_texts(const Json& json, Claim& claim) {
  for (const auto& [name, out, needed] : {std::tuple{"id", &claim.id, true},
                                          {"from", &claim.from, true},
                                          {"source", &claim.source, true},
                                          {"text", &claim.text, false},
                                          {"boat", &claim.boat, false},
                                          {"revises", &claim.revises, false}}) {
    auto text = text_in(json, name, needed);
    if (!text) return fail(text.error());
    *out = std::move(*text);
  }
  return {};
}

Done read_figures(const Json& json, Claim& claim) {
  const auto persons = persons_in(json);
  if (!persons) return fail(persons.error());
  claim.persons = *persons;
  if (json.contains("boats")) {
    claim.boats = whole(json["boats"]);
    if (!claim.boats) return fail("boats", "must be a whole number, 0 or more");
  }
  if (!claim.persons && !claim.boats)
    return fail("persons", "is missing; a claim gives persons, boats or both");
  return {};
}

/// Time, status, subject and days, which are texts with a form.
Done read_words(const Json& json, Claim& claim) {
  std::map<std::string, std::string> words;
  for (const char* name : {"time", "status", "subject", "about"}) {
    const auto text = text_in(json, name, true);
    if (!text) return fail(text.error());
    words[name] = *text;
  }
  const auto published = parse_time(words["time"]);
  if (!published) return fail(published.error().in("time"));
  claim.published = *published;
  const auto status = status_in(words["status"]);
  if (!status) return fail(status.error());
  claim.status = *status;
  return set_subject(claim, words["subject"], words["about"]);
}

}  // namespace

const char* name_of(ClaimStatus status) {
  switch (status) {
    case ClaimStatus::provisional:
      return "provisional";
    case ClaimStatus::final:
      return "final";
    case ClaimStatus::disputed:
      return "disputed";
    case ClaimStatus::revised:
      return "revised";
  }
  return "";
}

const std::vector<std::string>& claim_subjects() {
  static const std::vector<std::string> subjects{"set_out", "prevented",   "at_sea", "rescued", "arrived",
                                                 "landed",  "handed_over", "dead",   "missing"};
  return subjects;
}

std::string spoken(const Claim& claim) {
  std::string what = claim.subject.empty() ? "something it does not name" : claim.subject;
  std::replace(what.begin(), what.end(), '_', ' ');
  if (!claim.boat.empty()) what += fmt::format(" ({})", claim.boat);
  const std::string boats = claim.boats ? grouped(*claim.boats) + " boats" : "";
  if (!claim.persons && !claim.boats) return what;  // said in words only
  if (!claim.persons) return fmt::format("{}: {}", what, boats);
  const std::string people = claim.persons->exact()
                                 ? grouped(claim.persons->low)
                                 : grouped(claim.persons->low) + " to " + grouped(claim.persons->high);
  return fmt::format("{} {}{}{}", people, what, boats.empty() ? "" : ", ", boats);
}

Result<Claim> claim_from(const Json& json) {
  if (const auto done = check_names(json); !done) return fail(done.error());
  Claim claim;
  if (const auto done = read_texts(json, claim); !done) return fail(done.error());
  if (const auto done = read_figures(json, claim); !done) return fail(done.error());
  if (const auto done = read_words(json, claim); !done) return fail(done.error());
  const auto& subjects = claim_subjects();
  if (std::find(subjects.begin(), subjects.end(), claim.subject) == subjects.end())
    return fail("subject",
                fmt::format("\"{}\" is none of {}", shown(claim.subject), fmt::join(subjects, ", ")));
  auto parts = ids_in(json, "sum_of");
  if (!parts) return fail(parts.error());
  claim.sum_of = std::move(*parts);
  return claim;
}

Result<Claim> claim_said(std::uint64_t entry, Time published, std::string_view said) {
  const auto body = parse_json(said);
  if (!body) return fail(body.error());
  if (!body->is_object()) return fail("body", "is no object");
  const auto text = [&](const char* name) { return text_in(*body, name, false).value_or(""); };
  Claim claim{.id = fmt::format("entry {}", entry),
              .from = text("from"),
              .published = published,
              .source = "report " + text("source"),
              .text = text("words")};
  claim.status = status_in(text("status")).value_or(ClaimStatus::disputed);
  if (!set_subject(claim, text("subject"), text("about"))) claim.about.reset();
  if (auto persons = persons_in(*body)) claim.persons = *persons;
  if (body->contains("boats")) claim.boats = whole((*body)["boats"]);
  claim.boat = text(body->contains("boat") ? "boat" : "incident");
  return claim;
}

Done Claims::add(Claim claim) {
  if (by_id_.contains(claim.id)) return fail("id", fmt::format("\"{}\" was given before", shown(claim.id)));
  if (!claim.revises.empty()) {
    const Claim* old = find(claim.revises);
    if (old == nullptr)
      return fail("revises", fmt::format("no claim \"{}\" stands before this one", shown(claim.revises)));
    if (revision_of_.contains(claim.revises))
      return fail("revises", fmt::format("\"{}\" was revised already; revise its revision \"{}\"",
                                         shown(claim.revises), claims_[revision_of_[claim.revises]].id));
    if (old->subject != claim.subject || old->about != claim.about || old->boat != claim.boat)
      return fail("revises", fmt::format("\"{}\" is about something else", shown(claim.revises)));
    if (old->published > claim.published)
      return fail("time", fmt::format("is before {}, when \"{}\" was published, which it revises",
                                      iso(old->published), shown(claim.revises)));
  }
  for (const std::string& part : claim.sum_of) {
    const Claim* added = find(part);
    if (added == nullptr || !added->persons || !claim.persons)
      return fail("sum_of",
                  fmt::format("no claim \"{}\" with a number of people stands before this one", shown(part)));
    if (!added->sum_of.empty())
      return fail("sum_of", fmt::format("\"{}\" is a sum itself; name what it adds", shown(part)));
    if (std::count(claim.sum_of.begin(), claim.sum_of.end(), part) > 1)
      return fail("sum_of", fmt::format("\"{}\" is named twice", shown(part)));
    if (added->published > claim.published)
      return fail("sum_of",
                  fmt::format("\"{}\" was published later, at {}", shown(part), iso(added->published)));
  }
  by_id_[claim.id] = claims_.size();
  if (!claim.revises.empty()) revision_of_[claim.revises] = claims_.size();
  claims_.push_back(std::move(claim));
  return {};
}

const Claim* Claims::find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &claims_[found->second];
}

const Claim* Claims::revision(const Claim& claim, Time known) const {
  const auto found = revision_of_.find(claim.id);
  if (found == revision_of_.end()) return nullptr;
  const Claim& next = claims_[found->second];
  return next.published <= known ? &next : nullptr;
}

Done read_claims(const std::string& path, Claims& into) {
  auto file = LineFile::open(path);
  if (!file) return fail(file.error());
  LineFile::Line line;
  for (;;) {
    const auto more = file->next(line);
    if (!more) return fail(more.error());
    if (!*more) return {};
    std::string_view text = trim(line.text);
    if (line.number == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.empty() || text.front() == '#') continue;
    const std::string where = fmt::format("{}:{}", path, line.number);
    if (line.overlong) return fail(where, "the line is too long for a claim");
    const auto json = parse_json(text);
    if (!json) return fail(json.error().in(where));
    auto claim = claim_from(*json);
    if (!claim) return fail(claim.error().in(where));
    if (const auto done = into.add(std::move(*claim)); !done) return fail(done.error().in(where));
  }
}

}  // namespace varne
