#pragma once
/// A recorded day on disk: a folder with day.toml and the files it names. docs/day.md documents every field.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"
#include "varne/room/room.h"
#include "varne/sea/forcing_words.h"
#include "varne/sea/sea.h"

namespace varne {

/// What day.toml says, checked; every file it names exists.
struct Day {
  std::string folder;
  std::string name;  ///< "2021-11-11"
  std::string title;
  bool exercise = false;
  std::string notice;  ///< what every page says of it
  Time start;
  Time end;
  std::uint64_t seed = 0;
  std::string strait;   ///< full path of the folder of its strait; "": the one that ships
  std::string units;    ///< full path of the list of units
  std::string sensors;  ///< full path of what is known of the radars; "" where the day says nothing of them
  struct Feed {
    std::string kind;  ///< a kind of feed (feed/reader.h): "nmea", "plots", …
    std::string name;  ///< source name of its observations
    std::string file;  ///< full path
  };
  std::vector<Feed> feeds;
  bool tides = false;    ///< the strait's tidal streams and coast are part of this day's sea
  ForcingWords forcing;  ///< full paths; `load_day` has folders and patterns become files
  std::vector<Stated> stated;
  std::vector<std::string> doctrines;  ///< those in force, by name; empty: all that ship
  bool by_forecast = true;             ///< `World::aims_by_forecast`
  bool around_land = true;             ///< ways of vessels go around land and shoals; else straight
  Hash hash{};  ///< of day.toml and every file it names, in order: which day a record belongs to
};

/// Reads the text of a day.toml and nothing else: no file it names is touched, no hash is made.
/// Refuses, naming file, line and field: unknown fields, an end before the start, no feed, two feeds of one
/// name, a file outside the folder, stated seas out of order.
Result<Day> parse_day(std::string_view text, const std::string& folder);

/// The same from a folder, and refuses a missing file.
Result<Day> load_day(const std::string& folder);

/// A world about this strait and sea: the leeway classes that ship, those of the doctrines that hold here,
/// and the units of this file. A day and a live desk begin with it.
Result<World> world_about(Strait strait, Sea sea, const std::string& units_file);

/// A strait by its folder; "": the one that ships.
Result<Strait> strait_of(const std::string& folder);

/// The world of a day: sea, zones, units, leeway classes.
Result<std::shared_ptr<const World>> load_world(const Day& day);

/// Every event of the day in order of arrival: observations of all feeds merged by time (ties: order of the
/// feeds in day.toml, then of the lines), clock ticks every 10 s from start to end (before whatever arrives
/// at the same moment), and what arrives after the end (published figures) without ticks. A feed arrives in
/// the order of its lines: one dated before the line above it arrives with that line, one dated before the
/// start arrives at the start. A receiver's or radar's clock that leaps ahead and comes back is not believed:
/// those lines arrive with the ones before them, and are named to `refused`. Bad lines are named to
/// `refused`, and do not stop the day; a file that cannot be read to its end does.
/// @param event  returns false to stop
Done read_day(const Day& day, const std::function<bool(Event)>& event,
              const std::function<void(const Error&)>& refused);

}  // namespace varne
