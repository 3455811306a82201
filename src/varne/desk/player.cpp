#include "varne/desk/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <nlohmann/json.hpp>

#include "varne/desk/journal_items.h"
#include "varne/room/answer.h"

namespace varne {
namespace {

constexpr Duration keep_every = std::chrono::minutes(10);
constexpr auto tick_every = std::chrono::milliseconds(100);
constexpr double slowest = 0.1;
constexpr double fastest = 3600;

}  // namespace

Player::Player(boost::asio::io_context& io, const Day& day, double speed, bool playing)
    : io_(io), day_(day), speed_(speed), playing_(playing), now_(day.start), timer_(io) {}

Result<std::unique_ptr<Player>> Player::prepare(boost::asio::io_context& io, const Day& day,
                                                const PlayerOptions& options) {
  if (!(options.speed >= slowest && options.speed <= fastest))
    return fail("speed", fmt::format("{} times real time; from {} to {}", options.speed, slowest, fastest));
  auto player = std::unique_ptr<Player>(new Player(io, day, options.speed, options.playing));
  ReplayOptions run;
  run.ledger = options.ledger;
  run.progress = options.progress;
  run.entry = [&](const Entry& entry) { player->entries_.push_back(entry); };
  run.after = [&](const Event& event, const Room& room) { player->keep(event, room); };
  const auto summary = replay(day, run);
  if (!summary) return std::unexpected(summary.error());
  if (player->kept_.empty()) return fail(day.folder, "nothing happens on this day");
  player->go_to(options.from);
  player->ticked_ = std::chrono::steady_clock::now();
  player->wait();
  return player;
}

void Player::keep(const Event& event, const Room& room) {
  events_.push_back(event);
  if (kept_.empty() || event.at - kept_.back().at >= keep_every)
    kept_.push_back({event.at, events_.size(), std::make_shared<const Room>(room)});
}

Json Player::header() const {
  const World& world = room_->world();
  return {{"mode", "replay"},
          {"title", world.title},
          {"exercise", world.exercise},
          {"notice", world.notice},
          {"now", iso(now_)},
          {"start", iso(day_.start)},
          {"end", iso(day_.end)},
          {"playing", playing_},
          {"speed", speed_},
          {"sandbox", sandbox_ ? Json(iso(sandbox_->since)) : Json()}};
}

Result<std::vector<Entry>> Player::entries(std::uint64_t first, std::size_t most) const {
  std::vector<Entry> out;
  for (std::uint64_t n = std::max<std::uint64_t>(first, 1); n <= last_entry() && out.size() < most; ++n)
    out.push_back(sandbox_ && n > sandbox_->day_entries ? sandbox_->entries[n - sandbox_->day_entries - 1]
                                                        : entries_[n - 1]);
  return out;
}

void Player::report(const Speaker& speaker, std::string typed, Report report,
                    std::function<void(Result<std::vector<std::uint64_t>>)> done) {
  DeskChange change;
  if (!sandbox_) {
    begin_sandbox();
    change.play = true;  // consoles say so
  }
  const ReportHead& said = report_head(report);
  const auto before = last_entry();
  TakenReport& taken = sandbox_->typed[said.id];
  taken = {hash_of_report(speaker, typed), before + 1, before};
  const Time time = said.time;
  apply({std::max(now_, room_->now()), speaker,
         Observation{time, source_of(speaker), std::move(typed), std::move(report)}},
        change);
  taken.last = last_entry();
  auto numbers = taken.entries();
  if (changed) changed(std::move(change));
  done(std::move(numbers));
}

const TakenReport* Player::taken(const std::string& id) const {
  if (!sandbox_) return nullptr;
  const auto at = sandbox_->typed.find(id);
  return at == sandbox_->typed.end() ? nullptr : &at->second;
}

void Player::begin_sandbox() {
  sandbox_.emplace(Sandbox{.since = now_, .day_entries = last_entry()});
  ++sandboxes_;
  if (forecaster_) return;
  forecaster_ = std::make_unique<Worker<Asked>>(
      [this, &world = room_->world()](const Asked& asked) {
        if (asked.sandbox != sandboxes_) return;
        boost::asio::post(io_, [this, sandbox = asked.sandbox, made = answer(asked.request, world)] {
          if (sandbox != sandboxes_) return;
          sandbox_->asked.erase(made.request);
          DeskChange change;
          apply({std::max(now_, room_->now()), {}, made}, change);
          if (changed) changed(std::move(change));
        });
      },
      Worker<Asked>::AtEnd::left_undone);
}

void Player::ask_forecasts() {
  for (const auto& request : room_->pending())
    if (sandbox_->asked.insert(request.id).second) forecaster_->give({sandboxes_, request});
}

Done Player::play(const PlayCommand& command) {
  if (command.speed && !(*command.speed >= slowest && *command.speed <= fastest))
    return fail("speed", fmt::format("from {} to {} times real time", slowest, fastest));
  if (command.to && (*command.to < day_.start || *command.to > day_.end))
    return fail("to", fmt::format("the day goes from {} to {}", iso(day_.start), iso(day_.end)));
  if (command.speed) speed_ = *command.speed;
  if (command.playing) playing_ = *command.playing;
  auto to = command.to;
  if (!to && command.playing == true && now_ >= day_.end) to = day_.start;  // play again from the beginning
  if (to) go_to(*to);
  ticked_ = std::chrono::steady_clock::now();
  DeskChange change;
  change.play = true;
  change.jumped = to.has_value();
  if (changed) changed(std::move(change));
  return {};
}

void Player::go_to(Time to) {
  to = std::clamp(to, day_.start, day_.end);
  if (sandbox_) ++sandboxes_;
  sandbox_.reset();
  const auto after =
      std::upper_bound(kept_.begin(), kept_.end(), to, [](Time t, const Kept& kept) { return t < kept.at; });
  const Kept& from = after == kept_.begin() ? kept_.front() : *std::prev(after);
  room_ = std::make_unique<Room>(*from.room);
  next_ = from.events;
  apply_until(to);
  now_ = to;
}

DeskChange Player::apply_until(Time to) {
  DeskChange change;
  while (next_ < events_.size() && (events_[next_].at <= to || to >= day_.end)) {
    const Event& event = events_[next_++];
    // The day's forecasts answer what the day asked; a sandbox asks for its own.
    if (sandbox_ && std::holds_alternative<ForecastAnswer>(event.what)) continue;
    apply(event, change);
  }
  return change;
}

void Player::apply(const Event& event, DeskChange& change) {
  auto entries = room_->apply(event);
  change.tracks.insert(room_->touched_tracks().begin(), room_->touched_tracks().end());
  if (sandbox_) {
    sandbox_->entries.insert(sandbox_->entries.end(), entries.begin(), entries.end());
    ask_forecasts();
  }
  change.entries.insert(change.entries.end(), std::make_move_iterator(entries.begin()),
                        std::make_move_iterator(entries.end()));
}

void Player::wait() {
  timer_.expires_after(tick_every);
  timer_.async_wait([this](boost::system::error_code wrong) {
    if (wrong) return;
    tick();
    wait();
  });
}

void Player::tick() {
  const auto at = std::chrono::steady_clock::now();
  const std::chrono::duration<double, std::milli> passed = at - ticked_;
  ticked_ = at;
  if (!playing_) return;
  now_ = std::min(day_.end, now_ + Duration(static_cast<std::int64_t>(passed.count() * speed_)));
  DeskChange change = apply_until(now_);
  if (now_ >= day_.end) {
    playing_ = false;
    change.play = true;
  }
  if (changed) changed(std::move(change));
}

}  // namespace varne
