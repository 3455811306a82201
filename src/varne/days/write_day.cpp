/// A simulated day as a folder that `varne replay` takes.

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "varne/days/simulated_day.h"

namespace varne::days {
namespace {

Done write(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return fail(path, "could not be written; is the disk full, or the folder not yours?");
  return {};
}

std::string day_toml(const Strait& strait, const Policy& policy, const DayDraw& draw,
                     const SimulatedDay& day) {
  const Time start{draw.day};
  std::string out = fmt::format(
      "# A simulated day of the scenario {}, policy {}: nothing in it happened.\nname = \"{}\"\ntitle = "
      "\"{}\"\nexercise = "
      "true\nnotice = \"EXERCISE. A simulated day; nothing in it happened.\"\nstart = \"{}\"\nend = "
      "\"{}\"\nseed = {}\nunits = "
      "\"units.toml\"\ndoctrines = [",
      strait.scenario.name, policy.name, iso_date(draw.day), strait.scenario.title, iso(start),
      iso(start + std::chrono::hours(day_hours)), draw.seed);
  for (const std::string& name : policy.doctrines)
    out += fmt::format("{}\"{}\"", out.back() == '[' ? "" : ", ", name);
  out += "]\n\n[proposals]\nby_forecast = false\naround_land = false\n";
  for (const auto& file : day.files)
    out += fmt::format("\n[[feed]]\nkind = \"{}\"\nname = \"{}\"\nfile = \"{}\"\n", file.kind, file.name,
                       file.file);
  out += "\n[sea]\ntides = true\n";
  for (std::size_t h = 0; h < day.weather.hours.size(); ++h) {
    const auto& hour = day.weather.hours[h];
    out += fmt::format(
        "\n[[sea.stated]]\nfrom = \"{}\"\nwind_from_deg = {}\nwind_kn = {}\nwave_height_m = {}\n"
        "water_temperature_c = {}\n",
        iso(start + std::chrono::hours(h)), hour.wind_from_deg, hour.wind_kn, hour.wave_m,
        day.weather.water_c);
  }
  return out;
}

}  // namespace

Done write_day(const Strait& strait, const Policy& policy, const DayDraw& draw, const SimulatedDay& day,
               const std::string& folder) {
  std::error_code wrong;
  std::filesystem::create_directories(folder, wrong);
  if (wrong) return fail(folder, "could not be made: " + wrong.message());
  if (auto done =
          write(folder + "/units.toml", units_of_day(strait.units_text, policy.without, day.off_duty));
      !done)
    return done;
  for (const auto& file : day.files)
    if (auto done = write(folder + "/" + file.file, file.text); !done) return done;
  return write(folder + "/day.toml", day_toml(strait, policy, draw, day));
}

}  // namespace varne::days
