#pragma once
/// What consoles are shown: of each track, incident and unit the JSON as it was last made. A change marks
/// what it touched; only that is made again, so that a console's delta costs what changed and a whole state
/// costs the joining of texts, however much is out there.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "varne/desk/desk.h"
#include "varne/serve/api.h"

namespace varne {

class Board {
 public:
  /// @param trouble  why something is not as it should be: the desk's and the server's
  Board(const Desk& desk, std::function<std::string()> trouble);

  /// Everything is other than it was (time jumped).
  void begin_again();
  void add(const DeskChange& change);
  /// Something was added that no delta has told yet.
  [[nodiscard]] bool has_news() const { return news_; }
  /// What was gathered is told to nobody; it stays in the state.
  void nobody_listens();

  /// docs/api.md, State.
  std::string state();
  /// {"type":"delta",…} since the last one.
  std::string delta();
  /// So often a track, incident or unit was made anew. Grows with what changes, not with what there is.
  [[nodiscard]] std::uint64_t version() const { return version_; }

 private:
  /// A thing's JSON and the version at which it last changed.
  struct Shown {
    std::string json;
    std::uint64_t version = 0;
  };
  using Things = std::map<std::string, Shown, std::less<>>;
  void refresh();
  void refresh_marks();
  void touch_named_in(const Entry& entry);
  void touch_groups();
  void touch_shown(const std::string& incident);
  void touch_tasked();
  void touch_proposed();
  void refresh_alarms();
  void refresh_partners();
  void show(Things& things, const std::string& id, std::string json);
  std::string feeds() const;

  const Desk& desk_;
  std::function<std::string()> trouble_;
  std::uint64_t version_ = 0;
  std::uint64_t told_ = 0;  ///< version that the last delta ended at
  bool news_ = false;
  Things tracks_;
  Things marks_;                              ///< by MMSI
  std::map<std::uint32_t, Time> seen_marks_;  ///< when each last said where it is
  Things incidents_;
  Things units_;
  std::map<std::string, api::UnitShown> seen_units_;  ///< what the JSON of each was made of
  std::map<std::string, UnitTask> seen_tasks_;        ///< by unit: of what incidents show of each
  std::string people_;
  std::uint64_t people_version_ = 0;
  std::vector<Proposed> seen_proposed_;         ///< of what incidents show of each
  std::map<std::uint64_t, Alarm> seen_alarms_;  ///< what `alarms_` was made of
  std::string alarms_ = "[]";
  std::uint64_t alarms_version_ = 0;
  std::optional<std::uint64_t> seen_partners_;  ///< `Partners::views` that `partners_` was made of
  std::string partners_ = "[]";
  std::uint64_t partners_version_ = 0;

  // Gathered, and not made again yet.
  std::unordered_set<std::string> touched_tracks_;
  std::set<std::string> touched_incidents_;
  bool people_touched_ = true;
  // Not told yet: things in the order of their versions, and the entries.
  std::vector<std::pair<Things*, std::string>> fresh_;
  std::vector<std::string> gone_;
  std::vector<std::string> marks_gone_;
  std::vector<Entry> entries_;
  std::string told_feeds_;
  std::chrono::steady_clock::time_point feeds_told_;
};

}  // namespace varne
