#pragma once
/// A recorded day on disk: a folder with day.toml and the files it names. docs/day.md documents every field.

#include <functional>
#include <memory>
#include <string>

#include "varne/core/result.h"
#include "varne/room/room.h"

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
  struct Feed {
    std::string kind;  ///< "nmea", "plots", "reports"
    std::string name;  ///< source name of its observations
    std::string file;  ///< full path
  };
  std::vector<Feed> feeds;
  Hash hash{};  ///< of day.toml and every file it names, in order: which day a record belongs to
};

/// Refuses, naming file, line and field: a missing file, unknown fields, an end before the start, no feed.
Result<Day> load_day(const std::string& folder);

/// The world of a day: sea, zones, units, leeway classes.
Result<std::shared_ptr<const World>> load_world(const Day& day);

/// Every event of the day in order of arrival: observations of all feeds merged by time (ties: order of the
/// feeds in day.toml, then of the lines), clock ticks every 10 s from start to end, and what arrives after
/// the end (published figures) without ticks. Bad lines are counted and named to `refused`, and do not stop
/// the day.
/// @param event  returns false to stop
Done read_day(const Day& day, const std::function<bool(Event)>& event,
              const std::function<void(const Error&)>& refused);

}  // namespace varne
