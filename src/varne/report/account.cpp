#include "varne/report/account.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/json_fields.h"
#include "varne/record/read_record.h"

namespace varne {
Result<Posting> posting_from(const Json& body, Time time) {
  Posting posting;
  posting.time = time;
  posting.boat = text_of(body, "boat");
  posting.source = text_of(body, "source");
  posting.reason = text_of(body, "reason");
  for (const auto& [name, of, account] :
       {std::tuple{"from", "from_of", &posting.from}, {"to", "to_of", &posting.to}}) {
    const auto state = people_state(text_of(body, name));
    if (!state) return fail(name, "is no state of the people's books");
    *account = {*state, text_of(body, of)};
  }
  const auto persons = body.find("persons");
  const auto people = [&](std::size_t i) -> std::optional<std::int32_t> {
    if (!(*persons)[i].is_number_unsigned() || (*persons)[i] > 1'000'000) return std::nullopt;
    return (*persons)[i].get<std::int32_t>();
  };
  const bool pair = persons != body.end() && persons->is_array() && persons->size() == 2;
  const auto low = pair ? people(0) : std::nullopt;
  const auto high = pair ? people(1) : std::nullopt;
  if (!low || !high) return fail("persons", "must be [at least, at most]");
  posting.persons = {*low, *high};
  if (const auto revises = body.find("revises"); revises != body.end()) {
    if (!revises->is_number_unsigned() || *revises == 0)
      return fail("revises", "must be the number of a posting");
    posting.revises = revises->get<std::size_t>() - 1;  // postings count from 1 in the record
  }
  return posting;
}

Done RecordAccount::take(const Entry& entry) {
  ++entries_;
  if (!first_) first_ = entry.time;
  last_ = entry.time;
  const auto refuse = [&](const Error& error) {
    return fail(error.in(fmt::format("entry {}", entry.number)));
  };
  if (entry.kind == "claim") {
    auto claim = claim_said(entry.number, entry.time, entry.body);
    if (!claim) return refuse(claim.error());
    claims_.push_back(std::move(*claim));
    return {};
  }
  if (entry.kind != "people" && entry.kind != "day" && entry.kind != "incident") return {};
  const auto body = parse_json(entry.body);
  if (!body) return refuse(body.error());
  if (!body->is_object()) return refuse({"body", "is no object"});
  if (entry.kind == "day") {
    title_ = text_of(*body, "title");
    notice_ = text_of(*body, "notice");
    return {};
  }
  if (entry.kind == "incident") {
    // One boat with another: its people are counted there.
    const bool open = body->value("open", Json()) == true && text_of(*body, "same_as").empty();
    incidents_[text_of(*body, "incident")] = {text_of(*body, "boat"), open};
    return {};
  }
  const auto posting = posting_from(*body, entry.time);
  if (!posting) return refuse(posting.error());
  if (const auto done = books_.post(*posting); !done) return refuse(done.error());
  return {};
}

std::string RecordAccount::spoken(const std::string& boat) const {
  const auto incident = incidents_.find(boat);
  if (incident == incidents_.end() || incident->second.label.empty()) return boat;
  return fmt::format("{} ({})", boat, incident->second.label);
}

std::vector<std::string> RecordAccount::uncounted() const {
  const auto counted = books_.boats();
  std::vector<std::string> out;
  for (const auto& [id, incident] : incidents_) {
    if (incident.open && std::find(counted.begin(), counted.end(), id) == counted.end())
      out.push_back(spoken(id));
  }
  return out;
}

std::vector<std::string> RecordAccount::open() const {
  std::vector<std::string> out = uncounted();
  for (const std::string& boat : books_.boats()) {
    if (!books_.accounted_for(boat)) out.push_back(spoken(boat));
  }
  return out;
}

Result<RecordAccount> read_account(const std::string& path, Time known) {
  RecordAccount account;
  const TakeEntry take = [&](const Entry& entry) -> Result<bool> {
    if (entry.time > known) return false;
    if (const auto done = account.take(entry); !done) return fail(done.error());
    return true;
  };
  if (const auto done = each_entry(path, take); !done) return fail(done.error());
  return account;
}

}  // namespace varne
