#pragma once
/// What the readers of files hand to `open_forcing`: one component of one quantity each, whatever the format.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/sea/field.h"
#include "varne/sea/forcing.h"

namespace varne {

struct Reading {
  Meaning meaning;
  bool mean = false;          ///< a current, and a mean over the time between its moments
  bool no_tide = false;       ///< a current that by its standard_name leaves the tide out
  std::string where;          ///< file and variable, for refusals
  std::string variable;       ///< for notes
  std::optional<Time> began;  ///< the model's run, where the file says it
  SeaField field;
  std::vector<std::size_t> files = {};  ///< that it was joined from, as numbered by `open_forcing`
  std::vector<std::string> notes = {};
};

struct ForcingFile {
  std::vector<Reading> readings;
  std::vector<std::string> notes;
  std::vector<int> members;  ///< of the ensemble in it; empty: none
};

/// What a quantity is measured in, and the largest magnitude that occurs in nature: a number beyond it is a
/// fill value nobody declared, or damage, and counts as missing.
struct Measure {
  const char* unit;
  double most;
};
Measure measure_of(const Meaning& meaning);

/// The first of the moments that a window needs and the one after the last: those within it and two to either
/// side, so that what is linear between two is seen to be no gap (`join`).
/// @param times  ascending; none: a field that holds always
std::pair<std::size_t, std::size_t> needed_moments(const std::vector<Time>& times,
                                                   const std::optional<std::pair<Time, Time>>& between);

/// Which run of a model answers when: where two overlap, the newer for as long as it reaches.
struct RunMoment {
  Time time;
  std::size_t run;    ///< of `times`
  std::size_t index;  ///< of its times
};
/// @param times  of each run, ascending; the newest run first
/// @returns  in order of time
std::vector<RunMoment> moments_of_runs(const std::vector<std::vector<Time>>& times);

/// Puts the numbers of one moment into a frame: what is beyond nature becomes unknown, and components of
/// vectors and timed scalars are extended to the coast by `fill` where it is not null.
std::shared_ptr<const Frame> make_frame(std::vector<float> values, const Measure& measure, CoastFill* fill);

/// Says of a reading what was lost: all of it, or whole moments.
void note_losses(Reading& reading);

/// `only_members`: reads nothing but which members there are.
Result<ForcingFile> read_netcdf(const std::string& path, const ForcingOptions& options, bool only_members);
Result<ForcingFile> read_grib(const std::string& path, const ForcingOptions& options, bool only_members);
/// The file begins as GRIB does, within its first kilobyte (a bulletin's heading may stand before it).
bool is_grib(const std::string& path);

/// Files of other days than a window's say nothing of it: left out where another of the same thing is nearer.
void drop_far(std::vector<Reading>& readings, std::pair<Time, Time> between);

/// Joins readings of one meaning on one grid in time, then those that adjoin in space; keeps the order of the
/// first of each. More than two steps between two moments are a gap; of a window only those within it count.
std::vector<Reading> join(std::vector<Reading> readings,
                          const std::optional<std::pair<Time, Time>>& between = {});

}  // namespace varne
