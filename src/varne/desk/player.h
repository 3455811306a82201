#pragma once
/// A recorded day as a desk: it plays at any speed and can go anywhere in the day.
///
/// The day is run through once before anybody looks (some seconds). What is kept is every event, the answers
/// to forecast requests among them, and a copy of the room every so often; to go somewhere is to copy the
/// nearest room before it and to apply the events since.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "varne/desk/day.h"
#include "varne/desk/desk.h"
#include "varne/desk/replay.h"
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
  /// Refused: what happened has happened.
  void report(const Speaker& speaker, std::string typed, Report report,
              std::function<void(Result<std::vector<std::uint64_t>>)> done) override;
  [[nodiscard]] bool has_report(const std::string& /*id*/) const override { return false; }
  Done play(const PlayCommand& command) override;

 private:
  Player(boost::asio::io_context& io, const Day& day, double speed, bool playing);
  void keep(const Event& event, const Room& room);
  void tick();
  void wait();
  void go_to(Time to);
  /// Applies what happened up to `to`.
  DeskChange apply_until(Time to);

  /// The room after `events` of the day's events.
  struct Kept {
    Time at;
    std::size_t events = 0;
    std::shared_ptr<const Room> room;
  };

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
};

}  // namespace varne
