#include "varne/sea/channel.h"

#include "varne/core/place_of_data.h"
#include "varne/sea/tides.h"

namespace varne {

Result<std::shared_ptr<const Coast>> channel_coast() {
  static const auto coast = Coast::load(gshhg_path(), channel_area);
  return coast;
}

Result<std::shared_ptr<const SeaSource>> channel_tides() {
  static const auto tides = open_tides(data_path("tides/channel.csv.gz"));
  return tides;
}

Done add_channel(Sea& sea) {
  const auto coast = channel_coast();
  if (!coast) return fail(coast.error());
  const auto tides = channel_tides();
  if (!tides) return fail(tides.error());
  sea.add(*coast);
  sea.add(*tides);
  return {};
}

}  // namespace varne
