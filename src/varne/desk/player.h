#pragma once
/// A recorded day as a desk: it plays at any speed and can go anywhere in the day.
///
/// The day is run through once before anybody looks (some seconds). What is kept is every event, the answers
/// to forecast requests among them, and a copy of the room every so often; to go somewhere is to copy the
/// nearest room before it and to apply the events since.
///
/// What is reported here begins a sandbox: from then on the room hears the day and what is typed in beside
/// it, so that anything can be tried, and asks for forecasts of its own. Nothing of it is recorded, and
/// whoever goes to another time is back in the day as it was.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "varne/desk/day.h"
#include "varne/desk/desk.h"
#include "varne/desk/replay.h"
#include "varne/desk/worker.h"
#include "varne/record/ledger.h"

namespace varne {

struct PlayerOptions {
  Time from;          ///< where it begins to play; before the day's start: at its start
  double speed = 60;  ///< times real time
  bool playing = true;
  Ledger* ledger = nullptr;                         ///< gets the whole day's entries, as `replay` does
  std::function<void(Time, double)> progress = {};  ///< of the run before; may be empty
};

class Player final : public Desk {
 public:
  /// Runs the day. Refuses what `replay` refuses.
  static Result<std::unique_ptr<Player>> prepare(boost::asio::io_context& io, const Day& day,
                                                 const PlayerOptions& options);

  [[nodiscard]] const Room& room() const override { return *room_; }
  [[nodiscard]] Json header() const override;
  [[nodiscard]] Result<std::vector<Entry>> entries(std::uint64_t first, std::size_t most) const override;
  [[nodiscard]] std::uint64_t last_entry() const override { return room_->last_entry(); }
  /// Begins a sandbox where there is none, at the moment that is shown.
  void report(const Speaker& speaker, std::string typed, Report report,
              std::function<void(Result<std::vector<std::uint64_t>>)> done) override;
  [[nodiscard]] const TakenReport* taken(const std::string& id) const override;
  Done play(const PlayCommand& command) override;

 private:
  Player(boost::asio::io_context& io, const Day& day, double speed, bool playing);
  void keep(const Event& event, const Room& room);
  void tick();
  void wait();
  void go_to(Time to);
  /// Applies what happened up to `to`.
  DeskChange apply_until(Time to);
  void apply(const Event& event, DeskChange& change);
  void begin_sandbox();
  void ask_forecasts();

  /// The room after `events` of the day's events.
  struct Kept {
    Time at;
    std::size_t events = 0;
    std::shared_ptr<const Room> room;
  };

  /// What has become of the day since somebody reported something.
  struct Sandbox {
    Time since;
    std::uint64_t day_entries = 0;                  ///< so many are the day's
    std::vector<Entry> entries = {};                ///< the rest
    std::map<std::string, TakenReport> typed = {};  ///< what was reported, by its id
    std::set<std::string> asked = {};               ///< forecasts on their way
  };
  /// A forecast that a sandbox asked for.
  struct Asked {
    std::uint64_t sandbox = 0;
    ForecastRequest request;
  };

  boost::asio::io_context& io_;
  Day day_;
  double speed_;
  bool playing_;
  std::vector<Event> events_;
  std::vector<Entry> entries_;
  std::vector<Kept> kept_;
  std::unique_ptr<Room> room_;
  std::size_t next_ = 0;  ///< the first event that is not applied to `room_`
  Time now_;              ///< of the playing clock
  boost::asio::steady_timer timer_;
  std::chrono::steady_clock::time_point ticked_;
  std::optional<Sandbox> sandbox_;
  std::atomic<std::uint64_t> sandboxes_ = 0;  ///< begun and ended: forecasts of one that is over are not made
  std::unique_ptr<Worker<Asked>> forecaster_;  ///< since the first sandbox; last: its thread uses the above
};

}  // namespace varne
