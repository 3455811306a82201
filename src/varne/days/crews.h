#pragma once
/// The units of a day as they truly are: what each does, minute by minute, once a task was accepted.

#include <cstdint>
#include <string>
#include <vector>

#include "varne/days/draws.h"
#include "varne/days/motion.h"
#include "varne/days/truth.h"

namespace varne::days {

enum class CrewTask : std::uint8_t {
  idle,      ///< at its berth or on its way there, can be asked
  readying,  ///< asked, and still at its berth
  to_boat,
  searching,  ///< where the boat was said to be
  assessing,  ///< on scene: a captain answers for every sign of danger
  taking,     ///< people come aboard
  to_port,
  in_port,  ///< people go ashore
  off,      ///< cannot be used today
};

struct Crew {
  std::size_t unit = 0;  ///< in the strait's list
  CrewTask task = CrewTask::idle;
  Place at;
  Vec velocity;
  double speed_mps = 0;  ///< made good today
  std::int32_t capacity = 0;
  std::int32_t aboard = 0;
  std::size_t boat = 0;  ///< it is tasked to, or has people of
  Place port;
  Minute until = 0;     ///< of what it does now
  Minute began = 0;     ///< of its task
  Minute left = 0;      ///< when it set out on it
  Place from;           ///< where it was then
  bool berthed = true;  ///< and that was its berth
  double search_m = 0;  ///< radius of the place it was given
  Minute minutes = 0;   ///< it has been on tasks
};

/// What a crew has done in a minute, for those who report it.
struct CrewEvent {
  enum class Kind : std::uint8_t { on_scene, assessed, recovered, landed } kind{};
  std::size_t crew = 0;
  std::size_t boat = 0;
  std::int32_t persons = 0;
  bool empty = false;  ///< recovered: nobody is left aboard or in the water
};

/// Units of a policy that cannot be used on this day, by name: the list of units has them off duty.
std::vector<std::string> off_duty(const Strait& strait, const Numbers& numbers,
                                  const std::vector<std::string>& without, std::uint64_t seed);

/// The name of the berth that a crew puts in at.
std::string port_name(const Strait& strait, const Unit& unit, Place port);

class Crews {
 public:
  /// @param without  units that the policy does without
  Crews(const Strait& strait, const Numbers& numbers, const std::vector<std::string>& without,
        std::uint64_t seed);

  [[nodiscard]] const std::vector<Crew>& all() const { return crews_; }
  /// Sends a crew that is idle to a boat.
  /// @param error_m  of the place it was given
  void send(std::size_t crew, std::size_t boat, double error_m, Minute minute);
  /// From this minute to the next; what was done is in `events`.
  /// @param assess  a captain assesses a boat that shows no danger before people are taken off
  void step(Minute minute, Boats& boats, Motion& motion, bool assess);
  [[nodiscard]] const std::vector<CrewEvent>& events() const { return events_; }

 private:
  void arrive(std::size_t crew, Minute minute, Boats& boats, Motion& motion, bool assess);
  void take(std::size_t crew, Minute minute, Boats& boats, Motion& motion);
  void go_home(Crew& crew, Minute minute);
  bool move(Crew& crew, Place to) const;
  [[nodiscard]] double drawn(Q q, const Crew& crew, For what, Minute minute) const;

  const Strait& strait_;
  const Numbers& numbers_;
  std::uint64_t seed_;
  std::vector<Crew> crews_;
  std::vector<CrewEvent> events_;
};

}  // namespace varne::days
