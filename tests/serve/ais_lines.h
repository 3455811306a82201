#pragma once
/// AIS as stations send it, a line a call: what a test of a live desk lets its receivers hear.

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "feed/encode.h"
#include "varne/core/geo.h"
#include "varne/core/time.h"

namespace varne::test {

/// What a class A station says of itself in a position report (type 1).
struct ClassA {
  std::uint32_t mmsi = 0;
  std::optional<Place> place;  ///< nothing: 181, 91
  int status = 0;              ///< navigational; 14 of an active SART
  double speed_kn = 12;
  double course_deg = 45;
};

inline AisBits ais_header(int type, std::uint32_t mmsi) {
  AisBits bits;
  bits.put(type, 6).put(0, 2).put(mmsi, 30);
  return bits;
}
inline AisBits& put_place(AisBits& bits, Place place) {
  return bits.put(std::lround(place.lon * 600000), 28).put(std::lround(place.lat * 600000), 27);
}

inline std::string position_line(const ClassA& said) {
  AisBits bits = ais_header(1, said.mmsi);
  bits.put(said.status, 4).put(-128, 8).put(std::lround(said.speed_kn * 10), 10).put(1, 1);
  put_place(bits, said.place.value_or(Place{181, 91}));
  bits.put(std::lround(said.course_deg * 10), 12).put(static_cast<int>(said.course_deg), 9);
  return sentences(bits.put(60, 6).put(0, 25)).front();
}

/// A safety text to all (type 14), or to one station (type 12).
inline std::string text_line(std::uint32_t mmsi, std::string_view words,
                             std::optional<std::uint32_t> to = {}) {
  AisBits bits = ais_header(to ? 12 : 14, mmsi);
  if (to) bits.put(0, 2).put(*to, 30);
  bits.put(0, 2).text(words, words.size());
  return sentences(bits, 200).front();
}

/// A name and a destination (type 5), in two sentences of this sequence number.
inline std::vector<std::string> voyage_lines(std::uint32_t mmsi, std::string_view name, std::string_view to,
                                             int sequence) {
  AisBits bits = ais_header(5, mmsi);
  bits.put(0, 32).text("", 7).text(name, 20).put(70, 8).put(0, 62).text(to, 20).put(0, 2);
  return sentences(bits, 56, sequence);
}

/// An aid to navigation (type 21): a starboard-hand mark.
inline std::string mark_line(std::uint32_t mmsi, std::string_view name, Place place,
                             bool is_virtual = false) {
  AisBits bits = ais_header(21, mmsi);
  bits.put(14, 5).text(name, 20).put(1, 1);
  put_place(bits, place).put(0, 30).put(7, 4).put(60, 6).put(0, 1).put(0, 8).put(0, 1);
  return sentences(bits.put(is_virtual ? 1 : 0, 1).put(0, 2)).front();
}

/// A base station (type 4).
inline std::string base_station_line(std::uint32_t mmsi, Place place) {
  AisBits bits = ais_header(4, mmsi);
  bits.put(2021, 14).put(11, 4).put(11, 5).put(5, 5).put(0, 6).put(0, 6).put(1, 1);
  return sentences(put_place(bits, place).put(7, 4).put(0, 30)).front();
}

/// The line behind a tag block: heard by this station, by its clock at this time.
inline std::string tagged(std::string_view station, Time written, const std::string& line) {
  const auto body = fmt::format("s:{},c:{:.3f}", station, static_cast<double>(millis(written)) / 1000);
  const auto sum = with_checksum(body);
  return "\\" + body + sum.substr(sum.size() - 3) + "\\" + line;
}

}  // namespace varne::test
