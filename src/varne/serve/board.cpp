#include "varne/serve/board.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "varne/core/fields_json.h"
#include "varne/serve/api.h"

namespace varne {
namespace {

/// A console's feed shows the newest; a day that races by must not bury it.
constexpr std::size_t most_entries = 400;
/// Rates and counts of feeds are told so often.
constexpr auto feeds_every = std::chrono::seconds(1);

void append_list(std::string& out, const char* name, const auto& items, auto&& text) {
  out += fmt::format(",\"{}\":[", name);
  bool first = true;
  for (const auto& item : items) {
    if (!std::exchange(first, false)) out += ',';
    out += text(item);
  }
  out += ']';
}

std::int64_t sent_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

bool same(const std::optional<UnitPosition>& a, const std::optional<UnitPosition>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->time == b->time && a->place.lon == b->place.lon && a->place.lat == b->place.lat &&
         a->velocity.east == b->velocity.east && a->velocity.north == b->velocity.north;
}

}  // namespace

Board::Board(const Desk& desk, std::function<std::string()> trouble)
    : desk_(desk), trouble_(std::move(trouble)) {
  begin_again();
}

void Board::begin_again() {
  tracks_.clear();
  marks_.clear();
  seen_marks_.clear();
  incidents_.clear();
  units_.clear();
  seen_units_.clear();
  seen_tasks_.clear();
  entries_.clear();
  for (const auto& [id, track] : desk_.room().picture().tracks()) touched_tracks_.insert(id);
  for (const auto& [id, incident] : desk_.room().incidents()) touched_incidents_.insert(id);
  people_touched_ = true;
  refresh();
  nobody_listens();
}

void Board::add(const DeskChange& change) {
  touched_tracks_.insert(change.tracks.begin(), change.tracks.end());
  for (const Entry& entry : change.entries) {
    touch_named_in(entry);
    people_touched_ = people_touched_ || entry.kind == "people" || entry.kind == "claim";
  }
  entries_.insert(entries_.end(), change.entries.begin(), change.entries.end());
  if (entries_.size() > most_entries)
    entries_.erase(entries_.begin(), entries_.end() - static_cast<std::ptrdiff_t>(most_entries));
  news_ = true;
}

void Board::nobody_listens() {
  fresh_.clear();
  gone_.clear();
  marks_gone_.clear();
  entries_.clear();
  told_ = version_;
  news_ = false;
}

/// Whatever changes an incident is an entry that names it: "I17", or "I17@…" of another centre's desk, as a
/// whole text in its body.
void Board::touch_named_in(const Entry& entry) {
  const std::string_view body = entry.body;
  for (auto at = body.find("\"I"); at != std::string_view::npos; at = body.find("\"I", at + 2)) {
    auto end = at + 2;
    while (end < body.size() && std::isdigit(static_cast<unsigned char>(body[end])) != 0) ++end;
    if (end > at + 2 && end < body.size() && body[end] == '@')
      end = std::min(body.find('"', end), body.size());
    if (end > at + 2 && end < body.size() && body[end] == '"')
      touched_incidents_.emplace(body.substr(at + 1, end - at - 1));
  }
}

/// Incidents that are one boat show one account: what touches one touches all.
void Board::touch_groups() {
  const auto& incidents = desk_.room().incidents();
  std::set<std::string> heads;
  for (const auto& id : touched_incidents_) {
    const auto at = incidents.find(id);
    if (at != incidents.end()) heads.insert(at->second.same_as.empty() ? id : at->second.same_as);
  }
  touched_incidents_.insert(heads.begin(), heads.end());
  for (const auto& [id, incident] : incidents) {
    if (!incident.same_as.empty() && heads.contains(incident.same_as)) touched_incidents_.insert(id);
  }
}

/// Something of an incident is other, and no entry says so. One that was just opened waits for its entry,
/// which comes when it is durable: nothing is shown before.
void Board::touch_shown(const std::string& incident) {
  if (incidents_.contains(incident)) touched_incidents_.insert(incident);
}

/// An incident shows who goes and when they arrive: no entry says that a time of arrival is another.
void Board::touch_tasked() {
  const auto& tasks = desk_.room().tasking().tasks();
  if (tasks == seen_tasks_) return;
  const auto touch = [&](const auto& some, const auto& other) {
    for (const auto& [unit, task] : some) {
      const auto same = other.find(unit);
      if (!task.incident.empty() && (same == other.end() || !(same->second == task)))
        touch_shown(task.incident);
    }
  };
  touch(tasks, seen_tasks_);
  touch(seen_tasks_, tasks);
  seen_tasks_ = tasks;
}

/// As with tasks.
void Board::touch_proposed() {
  const auto& standing = desk_.room().proposals().standing();
  if (standing == seen_proposed_) return;
  for (const auto* some : {&standing, &std::as_const(seen_proposed_)})
    for (const Proposed& one : *some) touch_shown(one.incident);
  seen_proposed_ = standing;
}

void Board::refresh_alarms() {
  const auto& standing = desk_.room().alarms().standing();
  if (standing == seen_alarms_) return;
  seen_alarms_ = standing;
  alarms_ = api::text(api::alarms(desk_.room()));
  alarms_version_ = ++version_;
}

void Board::refresh_partners() {
  const std::uint64_t views = desk_.room().partners().views();
  if (views == seen_partners_) return;
  seen_partners_ = views;
  partners_ = api::text(api::partners(desk_.room()));
  partners_version_ = ++version_;
}

void Board::show(Things& things, const std::string& id, std::string json) {
  Shown& shown = things[id];
  if (shown.json == json) return;
  // Told in the order of versions: one that is made twice before it is told stands there once.
  if (shown.version <= told_ || shown.version == 0) fresh_.emplace_back(&things, id);
  shown = {std::move(json), ++version_};
}

/// Marks are few, say seldom where they are, and are no events: they are looked over.
void Board::refresh_marks() {
  const auto& marks = desk_.room().picture().marks();
  for (auto seen = seen_marks_.begin(); seen != seen_marks_.end();) {
    if (marks.contains(seen->first)) {
      ++seen;
      continue;
    }
    marks_.erase(marks_.find(std::to_string(seen->first)));
    marks_gone_.push_back(std::to_string(seen->first));
    ++version_;
    seen = seen_marks_.erase(seen);
  }
  for (const auto& [mmsi, mark] : marks) {
    const auto [seen, fresh] = seen_marks_.try_emplace(mmsi, mark.updated);
    if (!fresh && seen->second == mark.updated) continue;
    seen->second = mark.updated;
    show(marks_, std::to_string(mmsi), api::mark(mark));
  }
}

/// Makes again what was touched.
void Board::refresh() {
  refresh_marks();
  const Room& room = desk_.room();
  for (const auto& id : touched_tracks_) {
    if (const Track* track = room.picture().find(id)) {
      show(tracks_, id, api::track(*track, room.now()));
    } else if (tracks_.erase(id) > 0) {
      gone_.push_back(id);
      ++version_;
    }
  }
  touched_tracks_.clear();
  touch_tasked();
  touch_proposed();
  refresh_alarms();
  refresh_partners();
  if (!touched_incidents_.empty()) touch_groups();
  for (const auto& id : touched_incidents_) {
    const auto at = room.incidents().find(id);
    if (at != room.incidents().end()) show(incidents_, id, api::text(api::incident(room, at->second)));
  }
  touched_incidents_.clear();
  std::map<Account, HeadCount> balances;
  if (people_touched_) {
    std::string people = api::text(api::people(room));
    if (people != people_) {
      people_ = std::move(people);
      people_version_ = ++version_;
    }
    balances = room.people().balances();
  }
  for (const auto& unit : room.world().units) {
    api::UnitShown now = seen_units_[unit.name];
    const auto here = room.unit_positions().find(unit.name);
    now.here = here == room.unit_positions().end() ? std::nullopt : std::optional(here->second);
    if (people_touched_) {
      const auto aboard = balances.find({PeopleState::rescued, unit.name});
      now.aboard = aboard == balances.end() ? HeadCount{} : aboard->second;
    }
    const auto task = room.tasking().tasks().find(unit.name);
    now.task = task == room.tasking().tasks().end() ? std::nullopt : std::optional(task->second);
    api::UnitShown& before = seen_units_[unit.name];
    const bool as_before =
        same(before.here, now.here) && before.aboard == now.aboard && before.task == now.task;
    if (as_before && units_.contains(unit.name)) continue;
    now.status = room.status(unit);
    before = now;
    show(units_, unit.name, api::text(api::unit(unit, now)));
  }
  people_touched_ = false;
}

std::string Board::feeds() const {
  std::string out;
  write_json(out, desk_.feeds());
  return out;
}

std::string Board::state() {
  // Where nothing is heard of it, a track moves by the clock alone.
  for (const auto& [id, track] : desk_.room().picture().tracks()) {
    if (track.state == TrackState::coasting) touched_tracks_.insert(id);
  }
  refresh();
  Json header = desk_.header();
  header["trouble"] = trouble_();
  header["last_entry"] = desk_.last_entry();
  std::string out = api::text(header);
  out.pop_back();
  out += ",\"feeds\":" + feeds();
  const auto json = [](const auto& thing) -> const std::string& { return thing.second.json; };
  append_list(out, "tracks", tracks_, json);
  append_list(out, "marks", marks_, json);
  append_list(out, "incidents", incidents_, json);
  // In the order of the list of units, as everywhere.
  append_list(out, "units", desk_.room().world().units,
              [&](const Unit& unit) -> const std::string& { return units_.at(unit.name).json; });
  out += ",\"people\":" + people_ + ",\"alarms\":" + alarms_;
  if (!desk_.room().world().partners.empty()) out += ",\"partners\":" + partners_;
  const auto last = desk_.last_entry();
  const auto shown = api::entries_shown;
  const auto entries = desk_.entries(last > shown ? last - shown + 1 : 1, shown);
  append_list(out, "entries", entries ? *entries : std::vector<Entry>{},
              [](const Entry& entry) { return api::entry(entry); });
  return out + "}";
}

std::string Board::delta() {
  refresh();
  std::string out = fmt::format(R"({{"type":"delta","now":{},"last_entry":{},"trouble":{})",
                                desk_.header().at("now").dump(), desk_.last_entry(), api::text(trouble_()));
  const auto list = [&](const char* name, const Things& things) {
    std::vector<const std::string*> texts;
    for (const auto& [where, id] : fresh_) {
      const auto at = where == &things ? things.find(id) : things.end();
      if (at != things.end() && at->second.version > told_) texts.push_back(&at->second.json);
    }
    append_list(out, name, texts, [](const std::string* text) -> const std::string& { return *text; });
  };
  list("tracks", tracks_);
  append_list(out, "gone", gone_, [](const std::string& id) { return varne::quoted(id); });
  list("marks", marks_);
  append_list(out, "marks_gone", marks_gone_, [](const std::string& mmsi) { return mmsi; });
  list("incidents", incidents_);
  list("units", units_);
  append_list(out, "entries", entries_, [](const Entry& entry) { return api::entry(entry); });
  if (people_version_ > told_) out += ",\"people\":" + people_;
  if (alarms_version_ > told_) out += ",\"alarms\":" + alarms_;
  if (partners_version_ > told_ && !desk_.room().world().partners.empty())
    out += ",\"partners\":" + partners_;
  const auto now = std::chrono::steady_clock::now();
  if (now - feeds_told_ >= feeds_every) {
    if (std::string text = feeds(); text != told_feeds_) {
      out += ",\"feeds\":" + text;
      told_feeds_ = std::move(text);
      feeds_told_ = now;
    }
  }
  out += fmt::format(",\"sent_ms\":{}}}", sent_ms());
  nobody_listens();
  return out;
}

}  // namespace varne
