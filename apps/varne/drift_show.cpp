/// How `varne drift` shows what was made: a page of text, JSON, files, and what weakens it.

#include "drift_show.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "varne/core/units.h"
#include "varne/drift/ensemble.h"
#include "varne/drift/notes.h"
#include "varne/drift/outputs.h"
#include "varne/report/map_picture.h"

namespace varne::app {
namespace {

/// Exit status: made, but the forcing ended before the run did.
constexpr int forcing_too_short = 3;

}  // namespace

std::string clock(Time time) {
  return fmt::format("{:%d %b %H:%M}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

Done write_text(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return fail(path, "the file cannot be written");
  return {};
}

std::size_t beyond(const std::vector<Place>& places, const Coasts& coasts) {
  if (coasts.empty()) return 0;
  return static_cast<std::size_t>(std::count_if(places.begin(), places.end(), [&](Place place) {
    return std::none_of(coasts.begin(), coasts.end(),
                        [&](const auto& coast) { return coast->area().contains(place); });
  }));
}

void tell(const std::vector<std::string>& notes) {
  for (const auto& note : notes) complain("varne: {}\n", note);
}

bool wants_files(const Asked& asked) {
  return !asked.geojson.empty() || !asked.gpx.empty() || !asked.kml.empty() || !asked.trajectories.empty() ||
         !asked.probability.empty() || !asked.map.empty();
}

namespace {

void print_text(const DriftRun& run, const LeewayClass& leeway, const std::vector<DriftSummary>& rows) {
  const auto& o = run.options;
  say("{}: {}\n", leeway.key, leeway.description);
  std::string start = start_in_words(run);
  start[0] = static_cast<char>(start[0] - 'a' + 'A');
  say("{} {} on {}{}{}\n", start, spoken(run.release.place), iso(run.release.from),
      run.release.to == run.release.from ? "" : " to " + iso(run.release.to),
      run.release.sigma_m > 0 ? fmt::format(", σ {:.0f} m on each axis", run.release.sigma_m) : "");
  say("{:g} h {}, {} particles, seed {}\nSea and wind, the first that knows: ",
      std::abs(seconds(o.length)) / 3600, o.length < Duration::zero() ? "back" : "ahead", o.particles,
      o.seed);
  say("{}\n", fmt::join(answering(run), ", "));
  if (!run.members_drawn.empty()) say("Forcing of members {}, each particle in one\n", members_in_words(run));
  say("Errors: {}\n", errors_in_words(o));
  if (const auto learned = learned_in_words(run); !learned.empty()) say("{}\n", learned.substr(1));
  say("A forecast, not an observation.\n\n");
  say("UTC           mean position            from the start   half within  90 % within  ashore  left\n");
  for (const DriftSummary& s : rows) {
    if (!s.mean) {
      say("{}  {} have left for where the sea is not known\n", clock(s.time),
          s.left == o.particles ? "all" : fmt::format("{:.0f} %", 100 * s.left_share));
      continue;
    }
    const double way = distance_m(run.release.place, *s.mean);
    const auto bearing =
        way < 50 ? "    " : fmt::format("{:03.0f}°", bearing_deg(run.release.place, *s.mean));
    say("{}  {}  {:6.1f} nm {}  {:8.1f} nm  {:8.1f} nm  {:4.1f} % {:3.0f} %\n", clock(s.time),
        spoken(*s.mean), nm_from_metres(way), bearing, nm_from_metres(s.half_within_m),
        nm_from_metres(s.most_within_m), 100 * s.ashore_share, 100 * s.left_share);
  }
}

void print_json(const DriftRun& run, const LeewayClass& leeway, Progress& progress) {
  progress.show(-1, "areas");
  Json out = forecast_json(run);
  progress.done();
  out["description"] = leeway.description;
  say("{}\n", canonical(out));
}

/// Says where the answer is weaker than it looks.
void warn(const DriftRun& run, std::size_t strays) {
  tell(notes(run));
  if (strays > 0)
    complain("varne: {} particles went beyond the coastline that was loaded; land there was not seen\n",
             strays);
}

/// Whatever files were asked for.
Done write_files(const Asked& asked, const DriftRun& run, const LeewayClass& leeway) {
  const auto text = [](const std::string& path, auto&& made) {
    return path.empty() ? Done{} : write_text(path, made());
  };
  if (auto done = text(asked.geojson, [&] { return canonical(forecast_geojson(run)) + "\n"; }); !done)
    return done;
  if (auto done = text(asked.gpx, [&] { return forecast_gpx(run); }); !done) return done;
  if (auto done = text(asked.kml, [&] { return forecast_kml(run); }); !done) return done;
  if (!asked.trajectories.empty()) {
    if (auto done = write_trajectories(asked.trajectories, run); !done) return done;
  }
  if (!asked.probability.empty()) {
    const auto grid = probability(run);
    const bool picture = asked.probability.ends_with(".tif") || asked.probability.ends_with(".tiff");
    if (auto done =
            picture ? write_geotiff(asked.probability, grid) : write_probability(asked.probability, grid);
        !done)
      return done;
  }
  return asked.map.empty() ? Done{} : draw_map(run, leeway, !asked.no_coast, asked.map);
}

}  // namespace

int show(const Asked& asked, const DriftRun& run, const LeewayClass& leeway,
         const std::vector<DriftSummary>& rows, std::size_t strays, Progress& progress) {
  progress.done();  // before anything else is printed on the terminal
  if (asked.brief)
    say("{}\n", brief_text(run));
  else
    asked.json ? print_json(run, leeway, progress) : print_text(run, leeway, rows);
  warn(run, strays);
  if (wants_files(asked)) progress.show(-1, "files");
  if (const auto done = write_files(asked, run, leeway); !done) return failed(done.error());
  return forcing_ended(run) ? forcing_too_short : 0;
}

}  // namespace varne::app
