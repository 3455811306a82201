#pragma once
/// How wrong current and wind are, from drifters that were followed: windage, and the size and length of the
/// error, by maximum likelihood on some tracks; and how good forecasts with them are, on others.
///
/// A drifter moves with the current and a share of the wind, and with an error on each axis that is an
/// Ornstein–Uhlenbeck process (σ, τ), as the particles of a run have it. Its way between two fixes is the
/// integral of that, so the likelihood is that of a linear Gaussian state (error and way together), exact for
/// fixes at any times.

#include <string>
#include <vector>

#include "varne/core/geo.h"
#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/sea/sea.h"

namespace varne {

/// Where a drifter was, and what the forcing said there and then.
struct DrifterFix {
  Time time;
  Place place;
  Vec current;  ///< [m/s], towards
  Vec wind;
};
struct DrifterTrack {
  std::string id;
  std::vector<DrifterFix> fixes;  ///< in order of time
};

/// Reads a CSV with a column for the track (track, track_id or id), the time (time or time_utc), lon and lat,
/// and either the forcing beside them (current_u, current_v, wind_u, wind_v [m/s], towards) or nothing of it,
/// where `sea` is asked. A track is cut where two fixes are more than six hours apart, and where the sea
/// knows nothing. Refuses, by file, line and column, what is no number; a time that is not after the one
/// before; half of the four columns; fewer than two tracks of three fixes.
Result<std::vector<DrifterTrack>> read_tracks(const std::string& path, const Sea& sea);

/// What is fitted.
struct DriftErrorFit {
  double windage = 0;    ///< share of the wind, along it
  double sigma_mps = 0;  ///< on each axis
  double tau_s = 0;      ///< how long the error lasts
  double log_likelihood = 0;
};

/// @param tracks  at least one of three fixes
DriftErrorFit fit_errors(const std::vector<DrifterTrack>& tracks);

/// Standard deviation of the place on each axis after a time, by the process [m].
double spread_m(const DriftErrorFit& fit, double t_s);

/// How good forecasts along tracks are at one lead time.
struct LeadScore {
  double hours = 0;
  std::size_t forecasts = 0;
  double rms_m = 0;       ///< error on each axis
  double expected_m = 0;  ///< what the fit says it is
  double crps_m = 0;      ///< of each axis' normal distribution
};

struct CalibrationReport {
  DriftErrorFit fit;
  std::size_t fitted_tracks = 0;
  std::size_t held_back_tracks = 0;
  std::vector<LeadScore> leads;  ///< 3, 6, 12 and 24 h, where tracks are that long; held-back tracks only
  /// How often the area said to hold p held the drifter, for p = 0.05, 0.10 … 0.95; of all leads together.
  std::vector<double> held;
  std::vector<double> held_uncalibrated;  ///< the same with 0.05 m/s drawn afresh every ten minutes
  double skill =
      0;  ///< Liu and Weisberg (2011, J. Geophys. Res. 116, C09013), tolerance 1, mean of the leads
};

/// Fits on every other track and judges on the rest: from each start along a held-back track one forecast a
/// lead time, none overlapping another of that lead.
CalibrationReport calibrate(const std::vector<DrifterTrack>& tracks);

Json calibration_json(const CalibrationReport& report);
std::string calibration_text(const CalibrationReport& report);

}  // namespace varne
