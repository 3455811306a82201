/// varne search: sweep widths, what coverage is worth, and which unit searches which box.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "numbers.h"
#include "search_effort.h"
#include "search_plan.h"
#include "terminal.h"
#include "varne/core/enum_named.h"
#include "varne/core/fields_json.h"
#include "varne/core/place_of_data.h"
#include "varne/core/units.h"
#include "varne/search/detection.h"
#include "varne/search/sweep_width.h"

namespace varne::app {
namespace {

struct PodAsked {
  std::string law = "random";
  double coverage = -1;
  double width_nm = 0;
  double track_nm = 0;
  double area_nm2 = 0;
  bool json = false;
};

int print_pod(const PodAsked& asked) {
  const auto law = enum_named<DetectionLaw>(asked.law);
  if (!law) return failed({"--law", "is random, inverse_cube or definite_range"});
  double c = asked.coverage;
  if (c < 0) {
    if (!(asked.area_nm2 > 0)) return failed({"--area-nm2", "is needed, or --coverage"});
    c = coverage(metres_from_nm(asked.width_nm), metres_from_nm(asked.track_nm),
                 metres_from_nm(metres_from_nm(asked.area_nm2)));
  }
  const double found = pod(*law, c);
  if (asked.json)
    say("{}\n", canonical({{"coverage", c}, {"law", asked.law}, {"pod", found}}));
  else
    say("coverage {:.4f}, POD {:.4f} ({})\n", c, found, asked.law);
  return 0;
}

struct WidthAsked {
  SweepQuery query;
  std::string platform = "boat";
  std::string sensor = "eye";
  std::string stated;
  std::optional<double> height_ft;
  std::optional<double> visibility_nm;
  std::optional<double> wind_kn;
  std::optional<double> speed_kn;
  bool objects = false;
  bool json = false;
};

template <class T, class F>
std::optional<double> converted(const std::optional<T>& value, F convert) {
  return value ? std::optional<double>(convert(*value)) : std::nullopt;
}

int print_width(WidthAsked asked) {
  auto widths = SweepWidths::load(data_path("sweep_widths.csv"), data_path("sweep_factors.toml"));
  if (!widths) return failed(widths.error());
  if (asked.objects) {
    for (const auto& object : widths->objects()) say("{}\n", object);
    return 0;
  }
  if (asked.query.object.empty()) return failed({"--object", "is needed; --objects lists them"});
  if (!asked.stated.empty())
    if (auto done = widths->state(asked.stated); !done) return failed(done.error());
  const auto platform = enum_named<SearchPlatform>(asked.platform);
  const auto sensor = enum_named<SearchSensor>(asked.sensor);
  if (!platform) return failed({"--from", "is boat, helicopter or aeroplane"});
  if (!sensor) return failed({"--sensor", "is eye, infrared or radar"});
  asked.query.platform = *platform;
  asked.query.sensor = *sensor;
  asked.query.height_m = converted(asked.height_ft, [](double ft) { return ft * 0.3048; });
  asked.query.visibility_m = converted(asked.visibility_nm, metres_from_nm);
  asked.query.wind_mps = converted(asked.wind_kn, mps_from_knots);
  asked.query.speed_mps = converted(asked.speed_kn, mps_from_knots);
  const auto answer = widths->width(asked.query);
  if (!answer) return failed(answer.error());
  if (asked.json) {
    say("{}\n", canonical_of(*answer));
  } else {
    if (answer->width_m)
      say("{:.2f} NM ({:.0f} m)\n", nm_from_metres(*answer->width_m), *answer->width_m);
    else
      say("not known: {}\n", answer->missing);
    for (const auto& note : answer->notes) say("{}\n", note);
    if (!answer->source.empty()) say("{}\n", answer->source);
  }
  return answer->width_m ? 0 : 3;
}

void add_pod(CLI::App& search, int& status) {
  auto* command = search.add_subcommand("pod", "Probability of detection of a coverage");
  const auto asked = std::make_shared<PodAsked>();
  command->add_option("--law", asked->law, "random, inverse_cube, definite_range")->capture_default_str();
  command->add_option("--coverage", asked->coverage, "sweep width × track / area")->check(not_below_zero());
  command->add_option("--width-nm", asked->width_nm, "or: sweep width")->check(not_below_zero());
  command->add_option("--track-nm", asked->track_nm, "track")->check(not_below_zero());
  command->add_option("--area-nm2", asked->area_nm2, "and area searched, square miles")->check(above_zero());
  command->add_flag("--json", asked->json, "one JSON object");
  command->footer(
      "Example:\n  varne search pod --law inverse_cube --width-nm 0.8 --track-nm 60 --area-nm2 40");
  command->callback([asked, &status] { status = print_pod(*asked); });
}

void add_width(CLI::App& search, int& status) {
  auto* command = search.add_subcommand("width", "Sweep width of a lookout for an object");
  const auto asked = std::make_shared<WidthAsked>();
  command->add_option("--object", asked->query.object, "what is looked for, as the table names it");
  command->add_flag("--objects", asked->objects, "list them");
  command->add_option("--from", asked->platform, "boat, helicopter, aeroplane")->capture_default_str();
  command->add_option("--height-ft", asked->height_ft, "height of eye, or altitude")->check(above_zero());
  command->add_option("--visibility-nm", asked->visibility_nm, "meteorological")->check(above_zero());
  command->add_option("--wind-kn", asked->wind_kn, "wind speed")->check(not_below_zero());
  command->add_option("--sea-m", asked->query.sea_m, "height of waves")->check(not_below_zero());
  command->add_option("--speed-kn", asked->speed_kn, "of an aircraft")->check(above_zero());
  command->add_flag("--tired", asked->query.tired, "a crew that is tired");
  command->add_flag("--night", asked->query.night, "in the dark: no table covers it");
  command->add_option("--sensor", asked->sensor, "eye, infrared, radar")->capture_default_str();
  command->add_option("--stated", asked->stated,
                      "TOML file with widths that somebody stands for (docs/search.md)");
  command->add_flag("--json", asked->json, "one JSON object");
  command->footer(
      "Exit status 3: it is not known.\n\nExample:\n"
      "  varne search width --object \"raft 10 person\" --height-ft 14 --visibility-nm 10 --wind-kn 12 "
      "--sea-m 0.5");
  command->callback([asked, &status] { status = print_width(*asked); });
}

}  // namespace

void add_search(CLI::App& app, int& status) {
  auto* search =
      app.add_subcommand("search", "Where to look: sweep width, POD, and which unit searches which box");
  search->require_subcommand(1);
  add_pod(*search, status);
  add_width(*search, status);
  add_search_plan(*search, status);
  add_search_allocate(*search, status);
  add_search_after(*search, status);
  add_search_datum(*search, status);
}

}  // namespace varne::app
