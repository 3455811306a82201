#include "varne/core/fields_json.h"

#include <fmt/format.h>

namespace varne {

Done read_json(const Json& json, bool& out) {
  if (!json.is_boolean()) return fail("", "must be true or false");
  out = json.get<bool>();
  return {};
}

Done read_json(const Json& json, double& out) {
  if (!json.is_number()) return fail("", "must be a number");
  out = json.get<double>();
  return {};
}

Done read_whole(const Json& json, std::int64_t least, std::int64_t most, std::int64_t& out) {
  const bool whole = json.is_number() && std::floor(json.get<double>()) == json.get<double>() &&
                     json.get<double>() >= static_cast<double>(least) &&
                     json.get<double>() <= static_cast<double>(most);
  if (!whole) return fail("", fmt::format("must be a whole number from {} to {}", least, most));
  out = static_cast<std::int64_t>(json.get<double>());
  return {};
}

Done read_json(const Json& json, std::string& out) {
  if (!json.is_string()) return fail("", "must be a text");
  out = json.get<std::string>();
  return {};
}

Done read_json(const Json& json, Time& out) {
  if (!json.is_string()) return fail("", "must be a time like 2021-11-11T05:00:00Z");
  const auto time = parse_time(json.get_ref<const std::string&>());
  if (!time) return fail(time.error());
  out = *time;
  return {};
}

Done read_json(const Json& json, Duration& out) {
  double s = 0;
  if (auto done = read_json(json, s); !done || !(std::abs(s) < 1e12))
    return fail("", "must be a number of seconds");
  out = Duration(std::llround(s * 1000));
  return {};
}

Done read_json(const Json& json, Place& out) {
  if (!json.is_array() || json.size() != 2 || !json[0].is_number() || !json[1].is_number())
    return fail("", "must be [longitude, latitude]");
  const Place place{json[0].get<double>(), json[1].get<double>()};
  if (!valid(place))
    return fail("", "is no place: longitude comes first, -180 to 180, then latitude, -90 to 90");
  out = place;
  return {};
}

Done read_json(const Json& json, HeadCount& out) {
  HeadCount count;
  if (!json.is_array() || json.size() != 2 || !read_json(json[0], count.low) ||
      !read_json(json[1], count.high) || count.low < 0 || count.high < count.low)
    return fail("", "must be [at least, at most]");
  out = count;
  return {};
}

Done read_json(const Json& json, Hash& out) {
  const auto hash = json.is_string() ? hash_from_hex(json.get_ref<const std::string&>()) : std::nullopt;
  if (!hash) return fail("", "must be a hash: 64 hexadecimal digits");
  out = *hash;
  return {};
}

Done read_json(const Json& json, CanonicalJson& out) {
  out.text = canonical(json);
  return {};
}

}  // namespace varne
