#include "varne/report/account.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "varne/core/fields_kept.h"
#include "varne/record/read_record.h"

namespace varne {
namespace {

constexpr std::int32_t most_people = 1'000'000;

}  // namespace

Result<Posting> posting_from(const entries::PeoplePosted& said, Time time) {
  Posting posting{.time = time,
                  .boat = said.boat,
                  .from = {},
                  .to = {},
                  .persons = said.persons,
                  .source = said.source,
                  .revises = {},
                  .reason = said.reason};
  for (const auto& [field, name, of, account] : {std::tuple{"from", said.from, said.from_of, &posting.from},
                                                 {"to", said.to, said.to_of, &posting.to}}) {
    const auto state = people_state(name);
    if (!state) return fail(field, "is no state of the people's books");
    *account = {*state, of};
  }
  if (said.persons.low < 0 || said.persons.high < said.persons.low || said.persons.high > most_people)
    return fail("persons", "must be [at least, at most]");
  if (said.revises) {
    if (*said.revises == 0) return fail("revises", "must be the number of a posting");
    posting.revises = *said.revises - 1;  // postings count from 1 in the record
  }
  return posting;
}

Done RecordAccount::take(const Entry& entry) {
  ++entries_;
  if (!first_) first_ = entry.time;
  last_ = entry.time;
  Done done = {};
  const auto read = [&]<class Kind>(Kind said) {
    if (entry.kind != Kind::kind) return;
    const auto json = parse_json(entry.body);
    done = json ? read_kept(*json, said) : fail(json.error());
    if (done) done = take(entry, said);
  };
  read(entries::Day{});
  read(entries::IncidentSaid{});
  read(entries::PeoplePosted{.persons = {0, -1}});  // left out they are no count
  if (entry.kind == entries::ClaimSaid::kind) done = take_claim(entry);
  return done ? done : fail(done.error().in(fmt::format("entry {}", entry.number)));
}

Done RecordAccount::take(const Entry& /*entry*/, const entries::Day& said) {
  title_ = said.title;
  notice_ = said.notice;
  return {};
}

Done RecordAccount::take(const Entry& /*entry*/, const entries::IncidentSaid& said) {
  // One boat with another: its people are counted there.
  incidents_[said.incident] = {said.boat, said.open && said.same_as.empty()};
  return {};
}

Done RecordAccount::take(const Entry& entry, const entries::PeoplePosted& said) {
  const auto posting = posting_from(said, entry.time);
  if (!posting) return fail(posting.error());
  return books_.post(*posting);
}

Done RecordAccount::take_claim(const Entry& entry) {
  auto claim = claim_said(entry.number, entry.time, entry.body);
  if (!claim) return fail(claim.error());
  claims_.push_back(std::move(*claim));
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
