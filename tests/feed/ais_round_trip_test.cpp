/// What is encoded comes back, reserved values come back as nothing, and a message cut anywhere gives the
/// same or less, never something else.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "encode.h"
#include "varne/core/units.h"
#include "varne/feed/ais.h"

namespace varne {
namespace {

using test::AisBits;

/// A number of so many bits, with those at the edges and the reserved ones more often than chance has them.
std::int64_t raw(int bits, std::vector<std::int64_t> special = {}) {
  special.push_back(0);
  special.push_back((std::int64_t{1} << bits) - 1);
  return *rc::gen::weightedOneOf<std::int64_t>(
      {{2, rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << bits)}, {1, rc::gen::elementOf(special)}});
}

std::string name(std::size_t most) {
  // Without '@', which ends a text, and blanks at the end, which are filling.
  auto text = *rc::gen::resize(static_cast<int>(most),
                               rc::gen::container<std::string>(rc::gen::oneOf(
                                   rc::gen::inRange<char>(' ', '@'), rc::gen::inRange<char>('A', '`'))));
  text.resize(std::min(text.size(), most));
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

template <class Part>
std::optional<Part> part(const AisBits& bits) {
  const auto message = decode_ais(bits.armoured(), bits.fill());
  if (!message) return std::nullopt;
  for (const auto& what : message->what) {
    if (const auto* p = std::get_if<Part>(&what)) return *p;
  }
  return std::nullopt;
}

/// The fields that types 1–3, 9, 18 and 19 share.
struct Fix {
  std::int64_t speed = raw(10, {1022, 1023});
  std::int64_t accurate = raw(1);
  std::int64_t lon = *rc::gen::weightedOneOf<std::int64_t>(
      {{3, rc::gen::inRange<std::int64_t>(-108000000, 108000001)},
       {1, rc::gen::elementOf(std::vector<std::int64_t>{181 * 600000, 108000001, -108000001, 134217727})}});
  std::int64_t lat = *rc::gen::weightedOneOf<std::int64_t>(
      {{3, rc::gen::inRange<std::int64_t>(-54000000, 54000001)},
       {1, rc::gen::elementOf(std::vector<std::int64_t>{91 * 600000, 54000001, -54000001})}});
  std::int64_t course = raw(12, {3599, 3600, 3601});
  std::int64_t heading = raw(9, {359, 360, 511});

  void write(AisBits& bits) const {
    bits.put(speed, 10).put(accurate, 1).put(lon, 28).put(lat, 27).put(course, 12);
  }
  void agrees(const AisPosition& p, double unit_kn) const {
    RC_ASSERT(p.accurate == (accurate == 1));
    RC_ASSERT(p.speed_mps.has_value() == (speed != 1023));
    if (p.speed_mps)
      RC_ASSERT(std::abs(knots_from_mps(*p.speed_mps) - static_cast<double>(speed) * unit_kn) < 1e-9);
    const bool there = std::abs(lon) <= 108000000 && std::abs(lat) <= 54000000;
    RC_ASSERT(p.place.has_value() == there);
    if (there) {
      RC_ASSERT(std::llround(p.place->lon * 600000) == lon);
      RC_ASSERT(std::llround(p.place->lat * 600000) == lat);
    }
    RC_ASSERT(p.course_deg.has_value() == (course < 3600));
    if (p.course_deg) RC_ASSERT(std::llround(*p.course_deg * 10) == course);
  }
  void heading_agrees(const AisPosition& p) const {
    RC_ASSERT(p.heading_deg.has_value() == (heading < 360));
    if (p.heading_deg) RC_ASSERT(*p.heading_deg == static_cast<double>(heading));
  }
};

AisBits header(int type, std::int64_t mmsi) {
  AisBits bits;
  bits.put(type, 6).put(0, 2).put(mmsi, 30);
  return bits;
}

RC_GTEST_PROP(AisRoundTrip, class_a_positions, ()) {
  const int type = *rc::gen::inRange(1, 4);
  const auto mmsi = raw(30);
  const auto status = raw(4);
  const auto turn = *rc::gen::inRange<std::int64_t>(-128, 128);
  const Fix fix;
  AisBits bits = header(type, mmsi);
  bits.put(status, 4).put(turn, 8);
  fix.write(bits);
  bits.put(fix.heading, 9).put(60, 6).put(0, 2).put(0, 3).put(0, 1).put(0, 19);
  RC_ASSERT(bits.size() == 168U);
  const auto p = part<AisPosition>(bits);
  RC_ASSERT(p.has_value());
  RC_ASSERT(p->mmsi == mmsi);
  RC_ASSERT(p->type == type);
  RC_ASSERT(p->status == status);
  RC_ASSERT(!p->odd_length);
  RC_ASSERT(p->turn_deg_min.has_value() == (std::abs(turn) < 127));
  if (p->turn_deg_min)
    RC_ASSERT(std::llround(std::copysign(4.733 * std::sqrt(std::abs(*p->turn_deg_min)), *p->turn_deg_min)) ==
              turn);
  fix.agrees(*p, 0.1);
  fix.heading_agrees(*p);
}

RC_GTEST_PROP(AisRoundTrip, rescue_aircraft, ()) {
  const auto altitude = raw(12, {4094, 4095});
  const Fix fix;
  AisBits bits = header(9, 111232506);
  bits.put(altitude, 12);
  fix.write(bits);
  bits.put(0, 40);
  const auto p = part<AisPosition>(bits);
  RC_ASSERT(p.has_value());
  RC_ASSERT(p->altitude_m.has_value() == (altitude != 4095));
  if (p->altitude_m) RC_ASSERT(*p->altitude_m == static_cast<double>(altitude));
  RC_ASSERT(!p->heading_deg && !p->status && !p->turn_deg_min);
  fix.agrees(*p, 1);
}

RC_GTEST_PROP(AisRoundTrip, class_b_positions_short_and_extended, ()) {
  const bool extended = *rc::gen::arbitrary<bool>();
  const auto text = name(20);
  const auto bow = raw(9), stern = raw(9), port = raw(6), starboard = raw(6), kind = raw(8);
  const Fix fix;
  AisBits bits = header(extended ? 19 : 18, 235012345);
  bits.put(0, 8);
  fix.write(bits);
  bits.put(fix.heading, 9).put(30, 6);
  if (extended) {
    bits.put(0, 4)
        .text(text, 20)
        .put(kind, 8)
        .put(bow, 9)
        .put(stern, 9)
        .put(port, 6)
        .put(starboard, 6)
        .put(0, 11);
  } else {
    bits.put(0, 29);
  }
  const auto p = part<AisPosition>(bits);
  RC_ASSERT(p.has_value());
  RC_ASSERT(!p->odd_length && !p->status && !p->altitude_m);
  fix.agrees(*p, 0.1);
  fix.heading_agrees(*p);
  const auto who = part<AisIdentity>(bits);
  RC_ASSERT(who.has_value() == extended);
  if (!who) return;
  RC_ASSERT(who->name == text);
  RC_ASSERT(who->ship_type.value_or(0) == kind);
  RC_ASSERT(who->length_m.value_or(0) == static_cast<double>(bow + stern));
  RC_ASSERT(who->beam_m.value_or(0) == static_cast<double>(port + starboard));
}

RC_GTEST_PROP(AisRoundTrip, static_and_voyage_data_of_420_to_426_bits, ()) {
  const auto imo = raw(30);
  const auto call = name(7), ship = name(20), where = name(19);
  const auto bow = raw(9), stern = raw(9), port = raw(6), starboard = raw(6), kind = raw(8), draught = raw(8);
  AisBits bits = header(5, 636012345);
  bits.put(0, 2).put(imo, 30).text(call, 7).text(ship, 20).put(kind, 8);
  bits.put(bow, 9).put(stern, 9).put(port, 6).put(starboard, 6).put(1, 4).put(0, 20).put(draught, 8);
  // Nineteen characters of destination lie wholly in 420 bits.
  bits.text(where, 20).put(0, 4);
  RC_ASSERT(bits.size() == 426U);
  bits.cut(*rc::gen::element<std::size_t>(420, 422, 424, 426));
  const auto p = part<AisIdentity>(bits);
  RC_ASSERT(p.has_value());
  RC_ASSERT(!p->odd_length);
  RC_ASSERT(p->imo.value_or(0) == static_cast<std::uint32_t>(imo));
  RC_ASSERT(p->callsign == call);
  RC_ASSERT(p->name == ship);
  RC_ASSERT(p->destination == where);
  RC_ASSERT(p->ship_type.value_or(0) == kind);
  RC_ASSERT(p->length_m.value_or(0) == static_cast<double>(bow + stern));
  RC_ASSERT(p->beam_m.value_or(0) == static_cast<double>(port + starboard));
  RC_ASSERT(std::llround(p->draught_m.value_or(0) * 10) == draught);
}

RC_GTEST_PROP(AisRoundTrip, aids_to_navigation_with_long_names, ()) {
  const auto text = name(34);
  const auto second = raw(6, {59, 60, 61, 62, 63}), off = raw(1), is_virtual = raw(1);
  const Fix fix;
  AisBits bits = header(21, 992351234);
  bits.put(14, 5).text(text, 20).put(fix.accurate, 1).put(fix.lon, 28).put(fix.lat, 27).put(0, 30).put(7, 4);
  bits.put(second, 6).put(off, 1).put(0, 8).put(0, 1).put(is_virtual, 1).put(0, 1).put(0, 1);
  RC_ASSERT(bits.size() == 272U);
  if (text.size() > 20) bits.text(text.substr(20), text.size() - 20);
  const auto p = part<AisMark>(bits);
  RC_ASSERT(p.has_value());
  RC_ASSERT(p->name == text);
  RC_ASSERT(p->virtual_aid == (is_virtual == 1));
  RC_ASSERT(p->off_position == (off == 1 && second < 60));
  RC_ASSERT(p->place.has_value() == (std::abs(fix.lon) <= 108000000 && std::abs(fix.lat) <= 54000000));
}

RC_GTEST_PROP(AisRoundTrip, static_data_in_two_parts_and_the_mother_ship_of_a_tender, ()) {
  const bool tender = *rc::gen::arbitrary<bool>();
  const std::int64_t mmsi = tender ? 982351234 : 235001234;
  const auto ship = name(20), call = name(7);
  const auto bow = raw(9), stern = raw(9), port = raw(6), starboard = raw(6);
  AisBits a = header(24, mmsi);
  a.put(0, 2).text(ship, 20);
  const auto first = part<AisIdentity>(a);
  RC_ASSERT(first.has_value());
  RC_ASSERT(first->name == ship);
  RC_ASSERT(first->callsign.empty() && !first->length_m && !first->ship_type);

  AisBits b = header(24, mmsi);
  b.put(1, 2)
      .put(37, 8)
      .put(0, 42)
      .text(call, 7)
      .put(bow, 9)
      .put(stern, 9)
      .put(port, 6)
      .put(starboard, 6)
      .put(0, 6);
  RC_ASSERT(b.size() == 168U);
  const auto second = part<AisIdentity>(b);
  RC_ASSERT(second.has_value());
  RC_ASSERT(second->callsign == call);
  RC_ASSERT(second->name.empty());
  RC_ASSERT(second->ship_type == 37);
  // A tender gives its mother ship's MMSI where others give their size.
  RC_ASSERT(second->length_m.value_or(0) == (tender ? 0 : static_cast<double>(bow + stern)));
  RC_ASSERT(second->beam_m.value_or(0) == (tender ? 0 : static_cast<double>(port + starboard)));
}

template <class T>
bool same_or_less(const T& cut, const T& whole) {
  return !cut.has_value() || cut == whole;
}

RC_GTEST_PROP(AisRoundTrip, a_message_cut_anywhere_gives_the_same_or_less, ()) {
  const int type = *rc::gen::element(1, 2, 3, 4, 5, 9, 18, 19, 21, 24);
  AisBits bits = header(type, 235001234);
  while (bits.size() < 432) bits.put(raw(8), 8);
  bits.cut(type == 5 ? 424 : type == 19 ? 312 : type == 21 ? 360 : 168);
  AisBits shorter = bits;
  shorter.cut(*rc::gen::inRange<std::size_t>(40, bits.size()));
  if (const auto p = part<AisPosition>(shorter)) {
    const auto w = *part<AisPosition>(bits);
    RC_ASSERT(p->odd_length);
    RC_ASSERT(same_or_less(p->place, w.place) && same_or_less(p->speed_mps, w.speed_mps));
    RC_ASSERT(same_or_less(p->course_deg, w.course_deg) && same_or_less(p->heading_deg, w.heading_deg));
    RC_ASSERT(same_or_less(p->turn_deg_min, w.turn_deg_min) && same_or_less(p->altitude_m, w.altitude_m));
    RC_ASSERT(!p->accurate || w.accurate);
  }
  if (const auto p = part<AisIdentity>(shorter)) {
    const auto w = *part<AisIdentity>(bits);
    RC_ASSERT(w.name.view().starts_with(p->name) && w.callsign.view().starts_with(p->callsign));
    RC_ASSERT(w.destination.view().starts_with(p->destination));
    RC_ASSERT(same_or_less(p->imo, w.imo) && same_or_less(p->ship_type, w.ship_type));
    RC_ASSERT(same_or_less(p->length_m, w.length_m) && same_or_less(p->beam_m, w.beam_m));
    RC_ASSERT(same_or_less(p->draught_m, w.draught_m));
  }
  if (const auto p = part<AisMark>(shorter)) {
    const auto w = *part<AisMark>(bits);
    RC_ASSERT(w.name.starts_with(p->name) && same_or_less(p->place, w.place));
    RC_ASSERT((!p->virtual_aid || w.virtual_aid) && (!p->off_position || w.off_position));
  }
}

}  // namespace
}  // namespace varne
