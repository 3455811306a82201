/// varne search allocate, after and datum: effort divided at best, what real tracks achieved, the worksheets'
/// plan.

#include "search_effort.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "drift_show.h"
#include "numbers.h"
#include "terminal.h"
#include "varne/core/fields_json.h"
#include "varne/core/lines.h"
#include "varne/core/place_text.h"
#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/search/covered.h"
#include "varne/search/manual.h"
#include "varne/search/problems.h"

namespace varne::app {

Result<Json> json_in(const std::string& path) {
  const auto text = read_file(path == "-" ? "/dev/stdin" : path, std::size_t{2} << 30);
  if (!text) return fail(text.error());
  auto json = parse_json(*text);
  if (!json) return fail(json.error().in(path));
  return json;
}

namespace {

int solve(const std::string& path) {
  const auto problem = json_in(path);
  if (!problem) return failed(problem.error());
  const auto answer = solve_effort(*problem);
  if (!answer) return failed(answer.error().in(path));
  say("{}\n", canonical(*answer));
  return 0;
}

/// What was searched: tracks, and what is known from searches before.
struct Searched {
  std::vector<SearchTrack> tracks;
  std::vector<double> weight;
  double pos_before = 0;
  static constexpr auto fields() {
    return std::tuple{always("tracks", &Searched::tracks, "the units' real tracks"),
                      said("weight", &Searched::weight, "of each particle before; all alike if left out"),
                      said("pos_before", &Searched::pos_before, "POS of all earlier searches")};
  }
};

struct AfterAsked {
  std::string forecast;
  std::string searched;
  std::string plan;
  double slice_minutes = 15;
  bool json = false;
};

/// The boxes of a plan as `varne search plan --json` prints it; none where none is given.
Result<std::vector<BoxToSearch>> boxes_in(const std::string& path) {
  std::vector<BoxToSearch> out;
  if (path.empty()) return out;
  const auto plan = json_in(path);
  if (!plan) return fail(plan.error());
  const auto tasks = plan->is_object() ? plan->find("tasks") : plan->end();
  if (tasks == plan->end()) return fail(path, "has no \"tasks\"; it is what varne search plan --json prints");
  if (auto done = read_json(*tasks, out); !done) return fail(done.error().in("tasks").in(path));
  return out;
}

void show(const BoxSearched& box) {
  const auto planned = box.planned ? fmt::format(" of {:.2f} planned", *box.planned) : std::string();
  const auto others =
      box.by_others >= 0.005 ? fmt::format(", {:.2f} more by others", box.by_others) : std::string();
  say("{}, box {}, {} to {}: coverage {:.2f}{}{}, POD {:.0f} %; nobody passed near {:.0f} % of it\n",
      box.unit, box.box, clock(box.from), clock(box.until), box.achieved, planned, others, box.pod * 100,
      box.untouched * 100);
}

int look_back(const AfterAsked& asked) {
  const auto forecast = json_in(asked.forecast);
  if (!forecast) return failed(forecast.error());
  const auto run = forecast_of(*forecast);
  if (!run) return failed(run.error().in(asked.forecast));
  const auto json = json_in(asked.searched);
  if (!json) return failed(json.error());
  Searched searched;
  if (auto done = read_json(*json, searched); !done) return failed(done.error().in(asked.searched));
  if (run->snapshots.empty()) return failed({asked.forecast, "holds no moment"});
  const auto [first, last] = std::ranges::minmax_element(run->snapshots, {}, &DriftSnapshot::time);
  const auto cloud =
      cloud_of(*run, first->time, last->time, Duration(std::llround(asked.slice_minutes * 60'000)),
               searched.weight.empty() ? run->weights : searched.weight);
  if (!cloud) return failed(cloud.error().in(asked.forecast));
  auto after = after_search(cloud->cloud, searched.tracks, searched.pos_before);
  if (!after) return failed(after.error().in(asked.searched));
  after->notes.insert(after->notes.begin(), cloud->notes.begin(), cloud->notes.end());
  const auto tasks = boxes_in(asked.plan);
  if (!tasks) return failed(tasks.error());
  const auto covered = boxes_searched(cloud->cloud, *tasks, searched.tracks);
  if (!covered) return failed(covered.error().in(asked.plan));
  if (!asked.plan.empty())
    after->notes.insert(after->notes.end(), covered->notes.begin(), covered->notes.end());
  if (asked.json) {
    Json out = after_json(*after);
    for (const BoxSearched& box : covered->boxes)
      out["tasks"].push_back(Json::parse(canonical_of(box), nullptr, false));
    say("{}\n", canonical(out));
    return 0;
  }
  say("POS of this search {:.1f} %, to date {:.1f} %\n", after->pos * 100, after->pos_to_date * 100);
  say("Outside the area considered with {:.1f} %; where nobody knows the sea with {:.1f} %\n",
      after->outside * 100, after->nowhere * 100);
  for (const BoxSearched& box : covered->boxes) show(box);
  for (const auto& note : after->notes) say("{}\n", note);
  return 0;
}

struct DatumAsked {
  std::string at;
  double hours = 0;
  std::vector<double> wind;
  std::vector<double> current;
  double slope_pct = 0;
  double offset_kn = 0;
  double divergence_deg = 0;
  double position_error_nm = 0;
  double craft_error_nm = 0;
  double drift_error = 0.3;
  bool sum = false;
  double effort_nm2 = 0;
  double width_nm = 0;
  bool json = false;
};

Json datum_json(const Datum& datum) {
  return {{"at", Json::array({rounded(datum.place.lon, 6), rounded(datum.place.lat, 6)})},
          {"drifted_nm", nm_from_metres(datum.drifted_m)},
          {"direction_deg", datum.direction_deg},
          {"total_probable_error_nm", nm_from_metres(datum.total_probable_error_m)}};
}

int find_datum(const DatumAsked& asked) {
  const auto place = parse_place(asked.at);
  if (!place) return failed(place.error().in("--at"));
  ManualCase c;
  c.last_known = *place;
  c.leeway = {asked.slope_pct / 100, mps_from_knots(asked.offset_kn), asked.divergence_deg};
  c.legs = {{Duration(std::llround(asked.hours * 3'600'000)),
             towards(asked.current[0], mps_from_knots(asked.current[1])),
             towards(reversed_deg(asked.wind[0]), mps_from_knots(asked.wind[1]))}};
  c.position_error_m = metres_from_nm(asked.position_error_nm);
  c.craft_error_m = metres_from_nm(asked.craft_error_nm);
  c.drift_error = asked.drift_error;
  c.rule = asked.sum ? ErrorRule::sum : ErrorRule::root_of_squares;
  const auto datums = manual_datums(c);
  if (!datums) return failed(datums.error());
  Json out{{"downwind", datum_json(datums->downwind)},
           {"left", datum_json(datums->left)},
           {"right", datum_json(datums->right)},
           {"separation", datums->separation}};
  if (!asked.json) {
    for (const auto& [name, datum] :
         {std::pair{"downwind", &datums->downwind}, {"left", &datums->left}, {"right", &datums->right}})
      say("{:9} {}  {:5.2f} NM towards {:03.0f}°  total probable error {:.2f} NM\n", name,
          spoken(datum->place), nm_from_metres(datum->drifted_m), datum->direction_deg,
          nm_from_metres(datum->total_probable_error_m));
    say("{}\n", datums->separation > 4 ? "Left and right lie more than 4 errors apart: two areas"
                                       : "One area about the middle serves");
  }
  const double error = datums->downwind.total_probable_error_m;
  if (asked.effort_nm2 > 0 && error > 0)
    for (const auto law : {DetectionLaw::random, DetectionLaw::inverse_cube}) {
      const auto square = manual_square(error, metres_from_nm(metres_from_nm(asked.effort_nm2)), law,
                                        metres_from_nm(asked.width_nm));
      out[std::string(enum_name(law))] = {{"search_factor", square.search_factor},
                                          {"side_nm", nm_from_metres(square.side_m)},
                                          {"coverage", square.coverage},
                                          {"spacing_nm", nm_from_metres(square.spacing_m)},
                                          {"poc", square.poc},
                                          {"pod", square.pod},
                                          {"pos", square.pos}};
      if (!asked.json)
        say("Square, {} conditions: side {:.1f} NM (factor {:.2f}), coverage {:.2f}, POS {:.1f} %\n",
            law == DetectionLaw::random ? "poor" : "ideal", nm_from_metres(square.side_m),
            square.search_factor, square.coverage, square.pos * 100);
    }
  if (asked.json) say("{}\n", canonical(out));
  return 0;
}

}  // namespace

void add_search_allocate(CLI::App& search, int& status) {
  auto* command =
      search.add_subcommand("allocate", "Divide effort at best: cells, resources, looks, moving objects");
  const auto path = std::make_shared<std::string>();
  command->add_option("problem", *path, "JSON file, - for standard input (docs/search.md)")->required();
  command->footer(
      "Example:\n"
      "  echo '{\"cells\":[{\"probability\":0.5,\"rate\":1},{\"probability\":0.3,\"rate\":1}],\"effort\":1}' "
      "|"
      " varne search allocate -");
  command->callback([path, &status] { status = solve(*path); });
}

void add_search_after(CLI::App& search, int& status) {
  auto* command =
      search.add_subcommand("after", "What real tracks achieved, and where the object is likely to be now");
  const auto asked = std::make_shared<AfterAsked>();
  command->add_option("forecast", asked->forecast, "what varne drift --json printed")->required();
  command->add_option("searched", asked->searched, "JSON file with tracks (docs/search.md)")->required();
  command->add_option("--plan", asked->plan,
                      "what varne search plan --json printed: says box by box what was covered of it");
  command->add_option("--slice-minutes", asked->slice_minutes, "how finely time is cut")
      ->check(from_to(1, 120))
      ->capture_default_str();
  command->add_flag("--json", asked->json, "one JSON object, with every particle's new weight");
  command->footer(
      "Example:\n  varne drift … --json > drift.json; varne search plan … --json > plan.json\n"
      "  varne search after drift.json tracks.json --plan plan.json");
  command->callback([asked, &status] { status = look_back(*asked); });
}

void add_search_datum(CLI::App& search, int& status) {
  auto* command =
      search.add_subcommand("datum", "The worksheets' plan: datums, total probable error, the square");
  const auto asked = std::make_shared<DatumAsked>();
  command->add_option("--at", asked->at, "last known position")->required();
  command->add_option("--hours", asked->hours, "time adrift")->required()->check(above_zero());
  command->add_option("--wind", asked->wind, "degrees it blows FROM, knots")
      ->required()
      ->expected(2)
      ->delimiter(',');
  command->add_option("--current", asked->current, "degrees it flows TOWARDS, knots")
      ->required()
      ->expected(2)
      ->delimiter(',');
  command->add_option("--leeway-pct", asked->slope_pct, "leeway, % of the wind")
      ->required()
      ->check(from_to(0, 100));
  command->add_option("--leeway-offset-kn", asked->offset_kn, "and knots more")->check(from_to(-5, 5));
  command->add_option("--divergence", asked->divergence_deg, "degrees to either side of downwind")
      ->check(from_to(0, 90));
  command->add_option("--position-error-nm", asked->position_error_nm, "X, of the position")
      ->check(from_to(0, 500));
  command->add_option("--craft-error-nm", asked->craft_error_nm, "Y, of the searchers")
      ->check(from_to(0, 500));
  command->add_option("--drift-error", asked->drift_error, "D, part of the distance drifted")
      ->check(from_to(0, 10))
      ->capture_default_str();
  command->add_flag("--sum", asked->sum, "errors summed, instead of the root of their squares");
  command
      ->add_option("--effort-nm2", asked->effort_nm2,
                   "sweep width × speed × time of all searchers, for the square")
      ->check(above_zero());
  command->add_option("--width-nm", asked->width_nm, "sweep width, for the spacing")->check(above_zero());
  command->add_flag("--json", asked->json, "one JSON object");
  command->footer(
      "Example:\n  varne search datum --at 1.5,51.0 --hours 3 --wind 250,15 --current 45,1.5 --leeway-pct "
      "1.1 "
      "--divergence 30 --position-error-nm 1 --effort-nm2 30 --width-nm 0.5");
  command->callback([asked, &status] { status = find_datum(*asked); });
}

}  // namespace varne::app
