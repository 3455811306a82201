#pragma once
/// Distress beacons and safety texts over AIS: what is heard of them, when it is an alarm, and what of it is
/// said. An alarm opens an incident (the room does); silence never ends one.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "varne/core/geo.h"
#include "varne/feed/observation.h"
#include "varne/feed/station.h"
#include "varne/picture/picture.h"
#include "varne/room/incident.h"
#include "varne/room/log.h"

namespace varne {

class Beacons {
 public:
  /// A word of a beacon in distress, as the incident of that beacon hears it.
  struct Alarm {
    std::string incident;  ///< "" for the first one: it is to be opened
    Heard heard;           ///< a call for help at once, with the place where one was given
  };

  /// What somebody has to look at though no incident hears of it.
  struct Look {
    bool claim = false;  ///< a ship says that it is an active SART; else a safety text
    std::uint32_t mmsi = 0;
    std::uint64_t entry = 0;
    std::string text;
  };

  /// Takes what an AIS feed brought: nothing but positions and texts concerns it.
  /// @returns what an incident has to be told, nothing otherwise
  std::optional<Alarm> take(Log& log, const Observation& observation, const Picture& picture);
  /// Of the last `take`.
  [[nodiscard]] const std::optional<Look>& look() const { return look_; }
  /// The incident that the first alarm of this beacon opened.
  void opened(std::uint32_t mmsi, const std::string& incident) { heard_[mmsi].incident = incident; }

  auto members() { return std::tie(heard_, texts_); }

 private:
  struct Known {
    std::optional<int> status;
    std::string words;     ///< its last text
    std::string state;     ///< as its last entry said: "alarm", "test", "claim"
    std::string incident;  ///< "" none
    std::optional<Place> place;
    Time said;  ///< its last entry
    auto members() { return std::tie(status, words, state, incident, place, said); }
  };
  std::optional<Alarm> beacon(Log& log, const Observation& observation, std::uint32_t mmsi,
                              const AisPosition* position, const AisText* text);
  void claim(Log& log, const Observation& observation, const AisPosition& position, const Picture& picture);
  void tell_text(Log& log, const Observation& observation, const AisText& text, const Picture& picture);

  std::optional<Look> look_;
  std::map<std::uint32_t, Known> heard_;
  std::map<std::pair<std::uint32_t, std::string>, Time> texts_;  ///< sender and words -> its last entry
};

}  // namespace varne
