#pragma once
/// The live desk: feeds and the wall clock drive one room, everything that came in goes to the journal and
/// everything the room says to the record, and nothing is shown or acknowledged before both are durable.
///
/// The journal holds every line in the order in which the room took it, the ticks of the clock, what the desk
/// saw of its feeds, and the answers of slow work; with the record it rebuilds the desk after a killed
/// process, entry for entry. A checkpoint (record/checkpoint.h) makes that short. What drives the room is
/// journaled_room.h.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "varne/desk/checkpoints.h"
#include "varne/desk/desk.h"
#include "varne/desk/desk_clock.h"
#include "varne/desk/feed_watch.h"
#include "varne/desk/journaled_room.h"
#include "varne/desk/standby.h"
#include "varne/desk/worker.h"
#include "varne/exchange/line.h"
#include "varne/exchange/partner_file.h"
#include "varne/feed/source.h"
#include "varne/record/journal.h"
#include "varne/record/ledger.h"

namespace varne {

/// One feed of a live desk: "nmea=tcp://127.0.0.1:10110".
struct LiveFeed {
  std::string kind;  ///< nmea, plots, reports
  std::string name;  ///< source of its observations: the kind, numbered where there are several
  SourceAddress address;
  bool observed = false;  ///< for observations only: what is ordered over it is a request
};

/// Reads "kind=address" and "kind=address,observed". Refuses an unknown kind and what `parse_source` refuses;
/// and reports from beyond this machine that are not `observed`: anybody on that network could give orders.
Result<LiveFeed> parse_live_feed(const std::string& text);

/// A feed of reports from now on reports only; on a desk with accounts an order is somebody's who signed in.
void only_observes(LiveFeed& feed);

/// What a desk needs to exchange letters with others; its world has the same centres joined.
struct DeskExchange {
  PartnerFile file;
  SigningKey key;
  std::function<Result<std::unique_ptr<Line>>(boost::asio::io_context&)> line;
};

struct LiveDeskOptions {
  std::vector<LiveFeed> feeds;
  std::string record;     ///< the ledger: a file or postgresql://…
  std::string journal;    ///< folder, or the record's database once more
  std::string keys = {};  ///< folder of the keys that sign the record; "" for the one beside it
  std::function<DeskClock::Reading()> clock = DeskClock::of_machine;
  CheckpointPace checkpoints = {};
  std::shared_ptr<const DeskExchange> exchange = {};  ///< null: no other desk is joined
  std::shared_ptr<Standby> standby = {};  ///< what has followed the record's last writer; null: nobody
  /// Called when another desk has gone on with the record: this one is to end. May be empty.
  std::function<void(const Error&)> taken_over = {};
  /// Called now and then while the journal is run again, on the thread that opens the desk, with the entries
  /// that have come out of it and how many the record says will; may be empty.
  std::function<void(std::uint64_t done, std::uint64_t of)> progress = {};
};

class LiveDesk final : public Desk {
 public:
  /// Opens record and journal, rebuilds what was there, and begins. Refuses a record or journal in use, and
  /// two that do not belong together. Where the journal gives other entries than the record holds (another
  /// version, another sea), the record stands, and what differs is said.
  static Result<std::unique_ptr<LiveDesk>> open(boost::asio::io_context& io,
                                                std::shared_ptr<const World> world, LiveDeskOptions options);
  ~LiveDesk() override;

  [[nodiscard]] const Room& room() const override { return room_.room(); }
  [[nodiscard]] Json header() const override;
  [[nodiscard]] Result<std::vector<Entry>> entries(std::uint64_t first, std::size_t most) const override;
  [[nodiscard]] std::uint64_t last_entry() const override { return durable_; }
  void find(EntryQuery query, std::function<void(Result<FoundEntries>)> done) override;
  [[nodiscard]] std::string trouble() const override;
  [[nodiscard]] std::vector<FeedStatus> feeds() const override;
  void report(const Speaker& speaker, std::string typed, Report report,
              std::function<void(Result<std::vector<std::uint64_t>>)> done) override;
  [[nodiscard]] const TakenReport* taken(const std::string& id) const override { return room_.taken(id); }
  Done play(const PlayCommand& command) override;

  /// How the start went, a line each: what was rebuilt from where, and what differs; for whoever started it.
  [[nodiscard]] const std::vector<std::string>& greeting() const { return greeting_; }

 private:
  /// What came of one or more events, on its way to being durable.
  struct Batch {
    std::vector<JournalItem> items;
    std::size_t journaled = 0;  ///< of them the journal has taken
    std::vector<ClosedSegment> closed;
    DeskChange change;
    std::vector<std::function<void(const Done&)>> waiting;
    std::optional<std::string> state;  ///< of the room behind these items, where a checkpoint is due
    JournalPosition end;               ///< of the journal behind them
  };
  /// A feed as it is listened to.
  struct Listener {
    std::string feed;
    FeedWatch watch;
    std::unique_ptr<LiveSource> source;  ///< null: another centre's desk
    std::uint64_t unsaved = 0;           ///< lines not taken because nothing could be recorded
  };

  LiveDesk(boost::asio::io_context& io, std::shared_ptr<const World> world, LiveDeskOptions options);
  Done start();
  void tick();
  LineTaken take(JournalItem item);
  void keep(JournalItem item);
  void ask_forecasts();
  Time arrival_now();

  // rebuild.cpp
  Result<std::size_t> rebuild();

  // live_feeds.cpp
  void listen();
  void watch_feeds();
  void take_line(Listener& from, const FeedLine& line);
  void refused(Listener& from, const Error& why, std::string_view line, Time arrival);

  // live_letters.cpp
  Done join();
  void letter_came(Listener& from, const JoinedCentre& centre, const std::string& letter,
                   const std::function<void()>& taken);
  void letters_durable(const std::vector<Entry>& entries);
  void send_letters();
  void tell_head();
  void head_signed(const Result<letters::Head>& head);

  // live_record.cpp
  void checkpoint(Batch& batch);
  void tell_segments(const std::vector<ClosedSegment>& closed);
  void seal_soon();
  void seal();
  Done journal(Batch& batch);
  void sealed(std::shared_ptr<Batch> batch, const Done& done);
  void try_again();
  void beat();

  boost::asio::io_context& io_;
  std::shared_ptr<const World> world_;
  LiveDeskOptions options_;
  std::unique_ptr<Ledger> ledger_;
  std::optional<Journal> journal_;
  JournaledRoom room_;
  Hash world_hash_{};
  std::deque<Listener> listeners_;
  std::set<std::string> asked_;  ///< forecast requests on their way
  std::unique_ptr<Line> line_;
  std::map<std::string, std::uint64_t> next_letter_;    ///< by centre: the next for the line, once it says
  std::map<std::string, std::uint64_t> letters_heard_;  ///< by centre: the last that is durable
  bool signing_head_ = false;
  std::string head_trouble_;  ///< why other centres will not believe this record's heads

  std::shared_ptr<Batch> open_batch_;
  std::shared_ptr<Batch> sealing_;  ///< with the writer; one at a time
  std::string write_trouble_;
  std::unique_ptr<GroupCommit> commit_;
  std::unique_ptr<Checkpoints> checkpoints_;
  std::unique_ptr<Worker<ForecastRequest>> forecaster_;
  std::unique_ptr<Worker<std::function<void()>>> finder_;  ///< looks through the record

  std::optional<DeskClock> time_;  ///< from `start` on
  std::uint64_t durable_ = 0;
  std::vector<std::string> greeting_;
  boost::asio::steady_timer clock_;
  boost::asio::steady_timer gather_;
  boost::asio::steady_timer watching_;
  boost::asio::steady_timer retry_;
  boost::asio::steady_timer beating_;
  bool gathering_ = false;
};

}  // namespace varne
