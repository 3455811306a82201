#pragma once
/// A day's report: one HTML page that needs nothing but itself. It is made from the record's entries alone
/// (and the chart under the map), so that what it says can be checked against them line by line.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/record/entry.h"
#include "varne/record/people.h"
#include "varne/room/room.h"
#include "varne/sea/coast.h"

namespace varne {

/// What a report tells, gathered from entries in their order.
class ReportFacts {
 public:
  void take(const Entry& entry);

  struct Line {
    Time time;
    std::string kind;
    std::string change;  ///< of an incident
    std::string text;
  };
  struct Claim {
    Time time;
    Json body;
  };
  /// Where something was, in order of time.
  using Path = std::vector<Place>;
  struct Boat {
    Json last;  ///< body of its last incident entry
    Time opened;
    Time changed;
    Path path;
    std::vector<std::string> centres;  ///< that coordinated, in order
    Json forecast;                     ///< body of its last forecast, null without one
  };

  Json day;                             ///< body of the first entry
  std::vector<Line> timeline;           ///< what an officer would tell of the day
  std::map<std::uint32_t, Boat> boats;  ///< by the number of the incident
  std::map<std::string, Path> ships;    ///< by track
  std::map<std::string, Path> unidentified;
  std::map<std::string, Path> units;
  std::vector<Claim> claims;
  PeopleBooks people;
  std::uint64_t entries = 0;
  std::map<std::string, std::uint64_t> kinds;  ///< entries of each kind

 private:
  void take_incident(const Entry& entry, const Json& body);
  void take_people(const Entry& entry, const Json& body);
};

/// The page. `coast` may be null: the map then has no land and says so.
/// @param head  chain hash of all entries
std::string report_page(const ReportFacts& facts, const World& world, const Coast* coast, const Hash& head);

}  // namespace varne
