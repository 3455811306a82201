#pragma once
/// Forcing from files: ocean models, weather models, wave models, bathymetry, as CF-netCDF or GRIB
/// (docs/sea.md says what a file must look like).

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/sea/forcing_names.h"
#include "varne/sea/sea.h"

namespace varne {

/// How a field reaches from its last sea cells to the coast.
enum class CoastRule {
  nearest,  ///< by the nearest sea cells, within `CoastFill::limit_m`
  largest,  ///< one step, by the largest of the eight neighbours: OpenDrift's way, for comparing with it only
};

struct ForcingOptions {
  NameMap map =
      {};  ///< `--map NAME=VAR`: takes precedence over all names; a variable without units is then SI
  std::optional<Quantity> role =
      {};                          ///< what the files were given as; lets `u` and `v` be a current or a wind
  std::optional<int> member = {};  ///< of an ensemble, as `forcing_members` numbers them
  /// Only the moments that an answer between these two needs: of a file larger than memory.
  std::optional<std::pair<Time, Time>> between = {};
  bool always = false;  ///< a field of one moment, or without time, holds always; else it is refused
  CoastRule coast = CoastRule::nearest;
  /// Added to every current that is a mean over half a day or more and so holds no tide; null: not added, and
  /// a note says that the tide is missing.
  std::shared_ptr<const SeaSource> tide_for_means = {};
};

/// Files as a person names them: a folder means the netCDF and GRIB files in it, `*`, `?` and `[…]` mean what
/// they do in a shell. Sorted by name within one pattern, each file once. Refuses what matches nothing.
Result<std::vector<std::string>> forcing_files(const std::vector<std::string>& patterns);

/// Everything in the files that `Sea` asks for: current, wind at 10 m, wave height, water temperature, depth;
/// found by standard name, by the names models commonly use, or as mapped; on longitude and latitude, a map
/// projection (projection.h) or a curvilinear mesh; packed or not.
///
/// Files of one quantity on one grid are one series, whatever their order, unless more than two months lie
/// between them: where two runs of a model overlap
/// the newer answers, and files that adjoin in space (a box cut at a meridian) are one field. What is left
/// stays apart, in the order given. Two components may stand in two files; a vector may be given as speed and
/// direction.
///
/// Bilinear in space, linear in time; the same to single precision. Unknown outside the axes (never
/// extrapolated), in a gap of more than two steps, and where a corner with weight is missing; before that,
/// points without a value near the coast take the nearest sea cells' (`CoastFill`, `SeaSource::extended`).
/// Vectors along the grid's axes come back turned to east and north.
///
/// All of it is in memory afterwards (at most 1 GiB a file): answers touch no file and no lock. What was
/// chosen, joined, left out or dropped stands in `SeaSource::notes`.
///
/// Refuses, naming file and variable and saying what to do: no file, no netCDF or GRIB, damaged or cut short;
/// none of the variables above; half a vector; several currents of which none is marked as the total; a
/// velocity without units; a wind that is not at 10 m; no time axis, or one moment only; an axis that is not
/// understood, or out of order; units, calendars and projections that are not known; an ensemble without a
/// member chosen.
Result<std::vector<std::shared_ptr<const SeaSource>>> open_forcing(const std::vector<std::string>& patterns,
                                                                   const ForcingOptions& options = {});

/// Opens them and adds their sources in order.
Done add_forcing(Sea& sea, const std::vector<std::string>& patterns, const ForcingOptions& options = {});

/// The members of the ensemble that the files are; empty where they are none. With each as
/// `ForcingOptions::member` in turn one has them all.
Result<std::vector<int>> forcing_members(const std::vector<std::string>& patterns,
                                         const ForcingOptions& options = {});

}  // namespace varne
