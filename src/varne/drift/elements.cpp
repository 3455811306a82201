#include "varne/drift/elements.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "varne/core/csv.h"
#include "varne/drift/particles.h"
#include "varne/drift/summary.h"

namespace varne {
namespace {

Result<DriftElement> read_element(const CsvFile& csv, const std::vector<LeewayClass>& classes) {
  const auto leeway = find_class(classes, csv["object_id"]);
  if (!leeway) return fail(csv.where("object_id"), leeway.error().what);
  const auto side = csv["orientation"];
  if (side != "R" && side != "L")
    return fail(csv.where("orientation"), "must be R (right of downwind) or L (left)");
  const auto sigmas = csv.number("eps_sigma");
  if (!sigmas) return fail(sigmas.error());
  const auto lon = csv.number("lon");
  if (!lon) return fail(lon.error());
  const auto lat = csv.number("lat");
  if (!lat) return fail(lat.error());
  const Place place{*lon > 180 ? *lon - 360 : *lon, *lat};
  if (!valid(place)) return fail(csv.where("lon"), "lon and lat are no place on the globe");
  const auto time = csv.time("time_utc");
  if (!time) return fail(time.error());
  return DriftElement{leeway_object(*leeway, *sigmas, *sigmas, side == "R"), place, *time};
}

/// All rows of one element.
void follow(const Sea& sea, std::uint32_t number, const DriftElement& element, const DriftOptions& options,
            std::vector<ElementRow>& rows) {
  const int sign = options.length < Duration::zero() ? -1 : 1;
  const auto motion = [&](Place where, Time when) -> std::optional<Motion> {
    const auto current = sea.current(where, when);
    const auto wind = sea.wind(where, when);
    if (!current || !wind) return std::nullopt;
    return Motion{leeway_of(element.object, *wind, options.opendrift), *current};
  };
  ElementRow row{number, 0, element.place, ParticleState::adrift};
  if (options.stop_on_land && sea.land(row.place).value_or(false)) row.state = ParticleState::ashore;
  rows.push_back(row);
  for (Duration done{}; done != options.length;) {
    const Duration step = std::min(options.step, (options.length - done) * sign) * sign;
    if (row.state == ParticleState::adrift) {
      const auto to = advanced(row.place, element.time + done, seconds(step), options.scheme, motion);
      if (!to) {
        row.state = ParticleState::left;
      } else if (options.stop_on_land && sea.land(*to).value_or(false)) {
        row.place = shoreline(sea, row.place, *to);
        row.state = ParticleState::ashore;
      } else {
        row.place = *to;
      }
    }
    done += step;
    row.t_s = seconds(done);
    rows.push_back(row);
  }
}

const char* status_of(ParticleState state, bool opendrift) {
  if (!opendrift) return name_of(state);
  return state == ParticleState::adrift   ? "active"
         : state == ParticleState::ashore ? "stranded"
                                          : "missing_data";
}

}  // namespace

Result<std::vector<DriftElement>> read_elements(const std::string& path,
                                                const std::vector<LeewayClass>& classes) {
  auto csv = CsvFile::open(path, {"object_id", "orientation", "eps_sigma", "lon", "lat", "time_utc"});
  if (!csv) return fail(csv.error());
  std::vector<DriftElement> out;
  while (true) {
    const auto more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    auto element = read_element(*csv, classes);
    if (!element) return fail(element.error());
    out.push_back(*element);
  }
  if (out.empty()) return fail(path, "holds no element; one a line below the header");
  return out;
}

Result<std::vector<ElementRow>> drift_elements(const Sea& sea, const std::vector<DriftElement>& elements,
                                               const DriftOptions& options) {
  if (const auto done = check_options(options); !done) return fail(done.error());
  std::vector<ElementRow> rows;
  for (std::size_t i = 0; i < elements.size(); ++i)
    follow(sea, static_cast<std::uint32_t>(i), elements[i], options, rows);
  return rows;
}

std::string element_csv(const std::vector<ElementRow>& rows, bool opendrift) {
  std::string out = "element,t_s,lon,lat,status\n";
  for (const ElementRow& row : rows)
    fmt::format_to(std::back_inserter(out), "{},{:.12g},{:.9f},{:.9f},{}\n", row.element, row.t_s,
                   row.place.lon, row.place.lat, status_of(row.state, opendrift));
  return out;
}

}  // namespace varne
