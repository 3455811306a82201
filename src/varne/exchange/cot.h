#pragma once
/// The desk's picture as Cursor-on-Target events (MITRE, base event schema 2.0), which TAK clients show:
/// incidents, their forecast areas, units and craft. One way: nothing is read.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "varne/room/room.h"

namespace varne {

/// One event on its way out.
struct CotEvent {
  int rank = 0;         ///< how much it matters: 0 incidents, then 1 areas, 2 units, 3 craft
  std::string uid;      ///< the same as long as the thing is: "varne.MRCC-Dover.I7"
  std::string essence;  ///< what it says but for the clock: the same again is not news
  std::string xml;      ///< one document, without a declaration and without a line end
};

/// Every event that the picture has now, in order of how much it matters: incidents, their areas, units,
/// craft.
///
/// Types, of the public tree (its codes are those of MIL-STD-2525B): units `a-f-S-X` (lifeboats), `a-f-S-X-L`
/// (patrol boats and cutters), `a-f-S-X-M` (tugs), `a-f-A-C-H`, `a-f-A-C-F`; craft that say who they are
/// `a-n-S-X`, -`F` fishing, -`R` pleasure, -`M` passengers and cargo; craft that radar alone knows `a-u-S`;
/// the boat of an incident at its last known place `a-n-S-X`, and while it is in distress and somebody may be
/// out there an emergency `b-a-o-tbl` beside it, which `b-a-o-can` takes back; the forecast's area `u-d-f`.
///
/// `ce` is the radius that holds the place in 95 of 100 cases and `le` that of the height, 9999999 where it
/// is not known; `how` is `h-e` of a place that people reported, `m-g` of one by AIS, `m-f` of what was
/// worked out.
class CotPicture {
 public:
  /// @param exercise  marked in every event (`opex` "e") and in its words
  std::vector<CotEvent> events(const Room& room, bool exercise);

 private:
  struct Area {
    std::shared_ptr<const DriftRun> run;  ///< what it was made from, and when
    Time made;
    Time of;                                            ///< the moment that it shows
    std::vector<std::pair<Place, std::string>> shapes;  ///< a corner of each ring, and its XML
  };
  const Area& area(const Room& room, const Incident& incident);

  std::map<std::string, Area> areas_;  ///< by incident: a contour takes milliseconds
  /// Incidents that were told as emergencies, and since when they are none any more; `Time{}`: they still
  /// are.
  std::map<std::string, Time> emergencies_;
};

/// Which of the events are sent now. A thing that changed is sent at once, but no more often than
/// `soonest`; one that did not, every `again`, before it goes stale; and no more than `most` a second in all,
/// those that matter first and the others in turn.
class CotPace {
 public:
  static constexpr Duration soonest = std::chrono::seconds(5);
  static constexpr Duration again = std::chrono::seconds(60);
  static constexpr std::size_t most = 50;

  /// To be asked once a second.
  std::vector<const CotEvent*> due(const std::vector<CotEvent>& events, Time now);

 private:
  struct Sent {
    std::string essence;
    Time at;
    bool there = true;
  };
  std::map<std::string, Sent> sent_;
};

}  // namespace varne
