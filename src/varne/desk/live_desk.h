#pragma once
/// The live desk: feeds and the wall clock drive one room, everything that came in goes to the journal and
/// everything the room says to the record, and nothing is shown or acknowledged before both are durable.
///
/// The journal holds every line in the order in which the room took it, the ticks of the clock and the
/// moments at which forecasts came back; with the record it rebuilds the desk after a killed process, entry
/// for entry.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "varne/desk/desk.h"
#include "varne/desk/desk_clock.h"
#include "varne/desk/feed_watch.h"
#include "varne/desk/replay.h"
#include "varne/feed/reader.h"
#include "varne/feed/source.h"
#include "varne/record/journal.h"
#include "varne/record/ledger.h"

namespace varne {

/// One feed of a live desk: "nmea=tcp://127.0.0.1:10110".
struct LiveFeed {
  std::string kind;  ///< nmea, plots, reports
  std::string name;  ///< source of its observations: the kind, numbered where there are several
  SourceAddress address;
};

/// Reads "kind=address"; refuses an unknown kind and what `parse_source` refuses.
Result<LiveFeed> parse_live_feed(const std::string& text);

struct LiveDeskOptions {
  std::vector<LiveFeed> feeds;
  std::string record;     ///< the ledger: a file or postgresql://…
  std::string journal;    ///< folder
  std::string keys = {};  ///< folder of the keys that sign the record; "" for the one beside it
  std::function<DeskClock::Reading()> clock = DeskClock::of_machine;
};

class LiveDesk final : public Desk {
 public:
  /// Opens record and journal, rebuilds what was there, and begins. Refuses a record or journal in use, a
  /// record without its journal, and one that its journal does not give again.
  static Result<std::unique_ptr<LiveDesk>> open(boost::asio::io_context& io,
                                                std::shared_ptr<const World> world, LiveDeskOptions options);
  ~LiveDesk() override;

  [[nodiscard]] const Room& room() const override { return room_; }
  [[nodiscard]] Json header() const override;
  [[nodiscard]] Result<std::vector<Entry>> entries(std::uint64_t first, std::size_t most) const override;
  [[nodiscard]] std::uint64_t last_entry() const override { return durable_; }
  [[nodiscard]] std::string trouble() const override;
  [[nodiscard]] std::vector<FeedStatus> feeds() const override;
  void report(TimedReport report, std::function<void(Result<std::vector<std::uint64_t>>)> done) override;
  [[nodiscard]] bool has_report(const std::string& id) const override { return typed_.contains(id); }
  Done play(const PlayCommand& command) override;

  /// What was rebuilt on opening.
  [[nodiscard]] std::uint64_t rebuilt() const { return rebuilt_; }

 private:
  /// What came of one or more events, on its way to being durable.
  struct Batch {
    std::vector<JournalItem> items;
    std::size_t journaled = 0;  ///< of them the journal has taken
    std::vector<ClosedSegment> closed;
    DeskChange change;
    std::vector<std::function<void(const Done&)>> waiting;
  };
  struct Forecaster;

  LiveDesk(boost::asio::io_context& io, std::shared_ptr<const World> world, LiveDeskOptions options);
  Done start();
  void tick();
  void apply(const Event& event);
  void ask_forecasts();
  Time arrival_now();

  // rebuild.cpp
  Done rebuild();
  Done replay_item(const JournalItem& item, std::vector<Entry>& said);

  // live_feeds.cpp
  void listen();
  void watch_feeds();
  std::unique_ptr<FeedReader>* reader_of(const std::string& feed);
  std::vector<Observation> observations_due(Time now);
  Done read_line(const std::string& feed, std::string_view line, Time arrival, std::vector<Observation>& out);
  void take_line(FeedWatch& watch, const FeedLine& line);
  Done take_bytes(const std::string& feed, Time arrival, std::string_view bytes);

  // live_record.cpp
  void tell_segments(const std::vector<ClosedSegment>& closed);
  void seal_soon();
  void seal();
  Done journal(Batch& batch);
  void sealed(std::shared_ptr<Batch> batch, const Done& done);
  void try_again();

  boost::asio::io_context& io_;
  std::shared_ptr<const World> world_;
  LiveDeskOptions options_;
  std::unique_ptr<Ledger> ledger_;
  std::optional<Journal> journal_;
  Room room_;
  std::map<std::string, std::unique_ptr<FeedReader>> readers_;
  std::vector<std::unique_ptr<LiveSource>> sources_;
  std::deque<FeedWatch> watches_;        ///< one a feed, in their order
  std::set<std::string> typed_;          ///< ids of reports typed in
  std::set<std::string> told_segments_;  ///< of the journal, that the room was told of
  std::set<std::string> asked_;          ///< forecast requests on their way

  std::shared_ptr<Batch> open_batch_;
  std::shared_ptr<Batch> sealing_;  ///< with the writer; one at a time
  std::string write_trouble_;
  std::unique_ptr<GroupCommit> commit_;
  std::unique_ptr<Forecaster> forecaster_;

  Time last_arrival_;
  std::optional<DeskClock> time_;  ///< from `start` on
  std::uint64_t durable_ = 0;
  std::uint64_t rebuilt_ = 0;
  boost::asio::steady_timer clock_;
  boost::asio::steady_timer gather_;
  boost::asio::steady_timer watching_;
  boost::asio::steady_timer retry_;
  bool gathering_ = false;
};

}  // namespace varne
