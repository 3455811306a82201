#pragma once
/// A day of twenty minutes on disk: a call, a recovery, a landing, some radar plots and a published figure.

#include <fmt/format.h>

#include <string>

#include "support.h"

namespace varne::test {

inline const char* const small_day_toml =
    "name = \"small\"\n"
    "title = \"A small day\"\n"
    "exercise = true\n"
    "notice = \"EXERCISE. A small day.\"\n"
    "start = \"2021-11-11T05:00:00Z\"\n"
    "end = \"2021-11-11T05:20:00Z\"\n"
    "seed = 3\n"
    "units = \"units.toml\"\n"
    "[[feed]]\nkind = \"plots\"\nname = \"radar\"\nfile = \"plots.csv\"\n"
    "[[feed]]\nkind = \"reports\"\nname = \"reports\"\nfile = \"reports.jsonl\"\n"
    "[sea]\n"
    "[[sea.stated]]\nfrom = \"2021-11-10T00:00:00Z\"\nwind_from_deg = 240\nwind_kn = 10\n"
    "current_towards_deg = 40\ncurrent_kn = 1.5\n";

inline const char* const small_reports =
    R"({"id":"1","time":"2021-11-11T05:01:00Z","kind":"call","from":"caller","boat":"Alpha","craft":"inflatable","at":[1.4,51.0],"persons":[30,36],"distress":true})"
    "\n"
    R"({"id":"2","time":"2021-11-11T05:10:00Z","kind":"recovered","from":"RNLI Dover","boat":"Alpha","unit":"RNLI Dover","persons":33,"empty":true})"
    "\n"
    R"({"id":"3","time":"2021-11-11T05:18:00Z","kind":"landing","from":"Border Force","unit":"RNLI Dover","persons":33,"port":"Dover","country":"UK"})"
    "\n"
    R"({"id":"4","time":"2021-11-12T09:00:00Z","kind":"claim","from":"a <b>paper</b>","subject":"arrived","persons":30,"status":"provisional","about":"2021-11-11"})"
    "\n";

/// Writes the day into the scratch folder and gives its path.
inline std::string write_small_day(const Scratch& scratch) {
  scratch.write("day.toml", small_day_toml);
  scratch.write(
      "units.toml",
      "[[unit]]\nname = \"RNLI Dover\"\nkind = \"lifeboat\"\nstate = \"UK\"\ncentre = \"MRCC Dover\"\n"
      "base = \"Dover\"\nhome = [1.32, 51.12]\nspeed_kn = 25\ncapacity = 80\n");
  std::string plots = "time,radar,scan,plot,lon,lat,sigma_m\n";
  for (int scan = 1; scan <= 40; ++scan)
    plots += fmt::format("2021-11-11T05:{:02}:{:02}Z,dover,{},1,{:.5f},51.02,60\n", scan / 4, scan % 4 * 15,
                         scan, 1.3 + scan * 0.0005);
  scratch.write("plots.csv", plots);
  scratch.write("reports.jsonl", small_reports);
  return scratch.file("");
}

}  // namespace varne::test
