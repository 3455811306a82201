#include "varne/drift/object.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "varne/core/nearest.h"
#include "varne/core/text.h"
#include "varne/core/toml.h"

namespace varne {
namespace {

LeewayAxis read_axis(TomlTable& table, const char* field) {
  const auto numbers = table.numbers(field, 3, -1000, 1000);
  return {numbers[0], numbers[1], numbers[2]};
}

/// Capitals, and nothing but letters and digits: "life raft nb 1" is LIFE-RAFT-NB-1.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

/// How far a key is from what was meant: a key or a description that holds the words comes first.
std::size_t strangeness(const LeewayClass& known, const std::string& wanted) {
  const std::string key = bare(known.key);
  if (!wanted.empty() && key.find(wanted) != std::string::npos) return key.size() - wanted.size();
  if (!wanted.empty() && bare(known.description).find(wanted) != std::string::npos) return 100;
  return 200 + letters_apart(key, wanted);
}

}  // namespace

Result<std::vector<LeewayClass>> load_leeway(const std::string& path) {
  auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  std::vector<LeewayClass> out;
  TomlTable root = file->root();
  for (TomlTable& table : root.tables("class")) {
    LeewayClass c{table.text("key"), table.text("description"), read_axis(table, "downwind"),
                  read_axis(table, "crosswind_positive"), read_axis(table, "crosswind_negative")};
    // A draw is repeated until it goes downwind; a class that hardly ever does would never be drawn.
    if (c.downwind.slope_pct < 0) table.refuse("downwind", "the slope must be 0 or more");
    for (const auto& other : out) {
      if (other.key == c.key) table.refuse("key", fmt::format("\"{}\" stands twice", c.key));
    }
    table.only_known();
    out.push_back(std::move(c));
  }
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  if (out.empty()) return fail(path, "holds no [[class]]");
  return out;
}

Result<LeewayClass> find_class(const std::vector<LeewayClass>& classes, std::string_view wanted) {
  const std::string name = bare(wanted);
  for (const auto& c : classes) {
    if (bare(c.key) == name) return c;
  }
  const auto number = parse_whole(trim(wanted));
  if (number && *number >= 1 && *number <= static_cast<std::int64_t>(classes.size()))
    return classes[static_cast<std::size_t>(*number - 1)];
  std::vector<const LeewayClass*> nearest;
  for (const auto& c : classes) nearest.push_back(&c);
  std::stable_sort(nearest.begin(), nearest.end(), [&](const auto* a, const auto* b) {
    return strangeness(*a, name) < strangeness(*b, name);
  });
  std::string offered;
  for (std::size_t i = 0; i < std::min<std::size_t>(4, nearest.size()); ++i)
    offered += (i == 0 ? "" : ", ") + nearest[i]->key;
  return fail("class", fmt::format("there is no class \"{}\"; the nearest are {}; also a number from 1 to {}",
                                   shown(wanted), offered, classes.size()));
}

LeewayObject leeway_object(const LeewayClass& leeway, double down, double cross, bool positive, Jibe jibe) {
  const auto side = [](const LeewayAxis& axis, double sigmas) {
    const double e = sigmas * axis.std_cm_s;
    return CrosswindSide{0.01 * (axis.slope_pct + e / 20), 0.01 * (axis.offset_cm_s + e / 2)};
  };
  const LeewayAxis& axis = positive ? leeway.crosswind_positive : leeway.crosswind_negative;
  const LeewayAxis& opposite = positive ? leeway.crosswind_negative : leeway.crosswind_positive;
  const double e_down = down * leeway.downwind.std_cm_s;
  LeewayObject out;
  out.down_slope = 0.01 * (leeway.downwind.slope_pct + e_down / 20);
  out.down_offset = 0.01 * (leeway.downwind.offset_cm_s + e_down / 2);
  out.side = side(axis, cross);
  out.other = side(opposite, -cross);
  if (jibe == Jibe::turns_slope) out.other = {out.side.slope - 2 * 0.01 * axis.slope_pct, out.side.offset};
  return out;
}

Vec metres_per_degree(double lat_deg) {
  constexpr double radian = std::numbers::pi / 180;
  constexpr double equator_m = 6378137;
  constexpr double flattening = 1 / 298.257223563;
  constexpr double e2 = flattening * (2 - flattening);
  const double sine = std::sin(lat_deg * radian);
  const double w = 1 - e2 * sine * sine;
  return {equator_m / std::sqrt(w) * std::cos(lat_deg * radian) * radian,
          equator_m * (1 - e2) / (w * std::sqrt(w)) * radian};
}

Vec leeway_of(const LeewayObject& object, Vec wind, bool mirror_crosswind) {
  const double speed = length(wind);
  const Vec along = speed > 0 ? wind * (1 / speed) : object.in_calm;
  // Right of downwind is positive (Allen and Plourde 1999, US Coast Guard report CG-D-08-99: the leeway angle
  // is the drift's direction less that of the wind, to the right positive). OpenDrift took the other sign
  // over from an older program (its issue 1693).
  const Vec right = mirror_crosswind ? Vec{-along.north, along.east} : Vec{along.north, -along.east};
  return along * (object.down_slope * speed + object.down_offset) +
         right * (object.side.slope * speed + object.side.offset);
}

Place drifted(Place place, Vec leeway, Vec current, double dt_s) {
  return moved(moved(place, leeway * dt_s), current * dt_s);
}

std::optional<Place> advanced(Place place, Time from, double dt_s, DriftScheme scheme,
                              const std::function<std::optional<Motion>(Place, Time)>& motion) {
  const auto first = motion(place, from);
  if (!first) return std::nullopt;
  if (scheme == DriftScheme::euler) return drifted(place, first->leeway, first->current, dt_s);

  const auto rate = [](const Motion& m, double lat) {
    const Vec metres = metres_per_degree(lat);
    const Vec over_ground = m.leeway + m.current;
    return Vec{over_ground.east / metres.east, over_ground.north / metres.north};
  };
  const auto at = [&](Vec degrees_per_s, double s) {
    return Place{wrap180(place.lon + degrees_per_s.east * s), place.lat + degrees_per_s.north * s};
  };
  const auto ask = [&](Place where, double s) -> std::optional<Vec> {
    const auto m = motion(where, from + Duration(std::llround(s * 1000)));
    return m ? std::optional(rate(*m, where.lat)) : std::nullopt;
  };
  const Vec k1 = rate(*first, place.lat);
  const auto k2 = ask(at(k1, dt_s / 2), dt_s / 2);
  if (!k2) return std::nullopt;
  if (scheme == DriftScheme::rk2) return at(*k2, dt_s);
  const auto k3 = ask(at(*k2, dt_s / 2), dt_s / 2);
  if (!k3) return std::nullopt;
  const auto k4 = ask(at(*k3, dt_s), dt_s);
  if (!k4) return std::nullopt;
  return at((k1 + (*k2 + *k3) * 2 + *k4) * (1.0 / 6), dt_s);
}

}  // namespace varne
