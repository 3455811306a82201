#pragma once
/// The feeds of a simulated day: what observers bring, as observations for the room and as the lines of a day
/// folder. Where the lines are kept, AIS and reports go through the readers that a recorded day goes through;
/// where nobody wants them, and plots always, they are made as the reader would make them (tests/days and
/// tests/apps hold the two alike).

#include <memory>
#include <string>
#include <vector>

#include "varne/feed/reader.h"
#include "varne/feed/scan_gatherer.h"
#include "varne/room/event.h"

namespace varne::days {

/// A place to the metre or so that a feed's line gives it to: five decimals of a degree.
Place as_written(Place place);

class DayFeeds {
 public:
  /// @param start       of the day
  /// @param radars      names, a feed each
  /// @param keep_lines  else `lines` stays empty
  DayFeeds(Time start, const std::vector<std::string>& radars, bool keep_lines);

  /// A position by AIS, type 1, or type 9 of an aircraft.
  void ais(Time at, std::uint32_t mmsi, bool aircraft, Place place, double speed_mps, double course_deg);
  /// One turn of a radar: its plots, all of one time. Nothing where there are none.
  /// @param plots  places and standard deviations; rounded as they are written
  void scan(std::size_t radar, Time at, std::uint32_t number, const std::vector<RadarPlot>& plots);
  /// A report; number and time are put in.
  void report(Time at, Report report);

  /// All since the last call, in the order in which a day's feeds are merged.
  std::vector<Event> take();

  struct Named {
    std::string kind, name, file;
    std::string text;  ///< all lines
  };
  [[nodiscard]] const std::vector<Named>& files() const { return files_; }

 private:
  struct Item {
    Time at;
    std::size_t feed;
    Observation observation;
  };
  void read(std::size_t feed, FeedReader& reader, Time at, const std::string& line);

  /// A radar's plots as a recorded feed gathers them: a line arrives with the time that the lines before it
  /// said, so that a turn may come in pieces.
  struct RadarFeed {
    std::string name;
    ScanGatherer gatherer;
    Time clock;
  };

  bool keep_;
  std::vector<RadarFeed> radars_;
  std::vector<Named> files_;  ///< AIS, then the radars, then the reports
  std::unique_ptr<FeedReader> ais_, reports_;
  std::vector<Item> items_;
  std::vector<Observation> fresh_;
  SharedText ais_source_ = "ais";
  SharedText reports_source_ = "reports";
  std::uint32_t reports_said_ = 0;
};

}  // namespace varne::days
