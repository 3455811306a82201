/// The decoder against messages on which independent decoders agree, and against those that break decoders.
#include "varne/feed/ais.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support.h"
#include "varne/core/json.h"
#include "varne/core/units.h"
#include "varne/feed/nmea.h"

namespace varne {
namespace {

std::vector<Observation> read(const std::vector<std::string>& lines, NmeaCounts* counts = nullptr) {
  NmeaReader reader("test");
  std::vector<Observation> out;
  for (const auto& line : lines) (void)reader.take(line, Time{}, out);
  reader.finish();
  if (counts != nullptr) *counts = reader.counts();
  return out;
}

/// Compares an optional with what is expected, null meaning "not available".
void expect_near(const Json& expect, const char* name, const std::optional<double>& got, double within,
                 const std::string& id) {
  const auto at = expect.find(name);
  if (at == expect.end()) return;
  // The other decoders print what M.1371-5 gives no meaning (a heading of 415°, a latitude of 106°); here it
  // is absent.
  const auto has_meaning = [&](double v) {
    const std::string_view field(name);
    return field == "heading" || field == "course" ? v < 360 : field == "alt" ? v < 4095 : true;
  };
  if (at->is_null() || !has_meaning(at->get<double>())) {
    EXPECT_FALSE(got) << id << " " << name;
  } else {
    ASSERT_TRUE(got) << id << " " << name << " expected " << *at;
    EXPECT_NEAR(*got, at->get<double>(), within) << id << " " << name;
  }
}

void expect_place(const Json& e, const std::optional<Place>& place, const std::string& id) {
  const bool sensible = e.contains("lon") && e.contains("lat") && e["lon"].is_number() &&
                        e["lat"].is_number() && valid({e["lon"].get<double>(), e["lat"].get<double>()});
  if (!sensible && e.contains("lon") && e.contains("lat")) EXPECT_FALSE(place) << id;
  if (sensible) expect_near(e, "lon", place ? std::optional(place->lon) : std::nullopt, 1e-6, id);
  if (sensible) expect_near(e, "lat", place ? std::optional(place->lat) : std::nullopt, 1e-6, id);
}

/// The reference gives what was sent; 127 and -127 say to which side and no rate.
void expect_turn(const Json& sent, const std::optional<double>& deg_min, const std::string& id) {
  if (sent.is_null() || std::abs(sent.get<int>()) == 127) {
    EXPECT_FALSE(deg_min) << id;
  } else {
    ASSERT_TRUE(deg_min) << id;
    EXPECT_NEAR(std::copysign(4.733 * std::sqrt(std::abs(*deg_min)), *deg_min), sent.get<int>(), 1e-9) << id;
  }
}

void compare(const AisPosition& p, const Json& e, const std::string& id) {
  EXPECT_EQ(p.mmsi, e.at("mmsi").get<std::uint32_t>()) << id;
  expect_place(e, p.place, id);
  expect_near(e, "speed", p.speed_mps ? std::optional(knots_from_mps(*p.speed_mps)) : std::nullopt, 1e-6, id);
  expect_near(e, "course", p.course_deg, 1e-6, id);
  expect_near(e, "heading", p.heading_deg, 1e-6, id);
  expect_near(e, "alt", p.altitude_m, 1e-6, id);
  if (e.contains("turn")) expect_turn(e["turn"], p.turn_deg_min, id);
  if (e.contains("status")) EXPECT_EQ(p.status.value_or(-1), e["status"].get<int>()) << id;
  if (e.contains("accuracy")) EXPECT_EQ(p.accurate, e["accuracy"].get<bool>()) << id;
}

void expect_text(const Json& e, const char* name, const std::string& got, const std::string& id) {
  if (!e.contains(name)) return;
  EXPECT_EQ(got, e[name].is_null() ? "" : e[name].get<std::string>()) << id << " " << name;
}

void compare(const AisIdentity& p, const Json& e, const std::string& id) {
  EXPECT_EQ(p.mmsi, e.at("mmsi").get<std::uint32_t>()) << id;
  expect_text(e, "shipname", p.name, id);
  expect_text(e, "callsign", p.callsign, id);
  expect_text(e, "destination", p.destination, id);
  if (e.contains("shiptype") && !e["shiptype"].is_null())
    EXPECT_EQ(p.ship_type.value_or(0), e["shiptype"].get<int>()) << id;
  if (e.contains("imo") && !e["imo"].is_null())
    EXPECT_EQ(p.imo.value_or(0), e["imo"].get<std::uint32_t>()) << id;
  if (e.contains("draught") && !e["draught"].is_null())
    EXPECT_NEAR(p.draught_m.value_or(0), e["draught"].get<double>(), 1e-9) << id;
  if (e.contains("to_bow") && e.contains("to_stern"))
    EXPECT_EQ(p.length_m.value_or(0), e["to_bow"].get<double>() + e["to_stern"].get<double>()) << id;
  if (e.contains("to_port") && e.contains("to_starboard"))
    EXPECT_EQ(p.beam_m.value_or(0), e["to_port"].get<double>() + e["to_starboard"].get<double>()) << id;
}

void compare(const AisMark& p, const Json& e, const std::string& id) {
  expect_text(e, "name", p.name, id);
  expect_place(e, p.place, id);
  EXPECT_EQ(p.mmsi, e.at("mmsi").get<std::uint32_t>()) << id;
  // M.1371-5, table 73: the flag is valid only where the time stamp is a second of the minute.
  if (e.contains("off_position") && e.contains("second"))
    EXPECT_EQ(p.off_position, e["off_position"].get<bool>() && e["second"].get<int>() < 60) << id;
  if (e.contains("virtual_aid")) EXPECT_EQ(p.virtual_aid, e["virtual_aid"].get<bool>()) << id;
}

/// Reads every message of the table as well; gives how many observations were compared.
int compared_with(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  int compared = 0;
  while (std::getline(in, line)) {
    const Json d = *parse_json(line);
    const int type = d["type"].get<int>();
    NmeaCounts counts;
    const auto lines = d["nmea"].get<std::vector<std::string>>();
    const auto got = read(lines, &counts);
    EXPECT_EQ(counts.types[static_cast<std::size_t>(type)], 1U) << line;
    for (const auto& o : got) {
      const auto id = d["id"].get<std::string>();
      if (const auto* p = std::get_if<AisPosition>(&o.what)) compare(*p, d["expect"], id);
      if (const auto* p = std::get_if<AisIdentity>(&o.what)) compare(*p, d["expect"], id);
      if (const auto* p = std::get_if<AisMark>(&o.what)) compare(*p, d["expect"], id);
      ++compared;
    }
  }
  return compared;
}

TEST(Ais, agrees_with_independent_decoders_on_messages_of_every_type) {
  EXPECT_EQ(compared_with(VARNE_ROOT "/tests/feed/reference/ais.jsonl"), 52);
}

TEST(Ais, agrees_with_independent_decoders_on_every_reference_message) {
  VARNE_NEEDS_SHARED(path, "reference/ais/decoded.jsonl");
  EXPECT_GT(compared_with(path), 900);
}

void expect_sane(const Observation& o) {
  const auto sane = [](const std::optional<Place>& p) { return !p || valid(*p); };
  if (const auto* p = std::get_if<AisPosition>(&o.what)) {
    EXPECT_TRUE(sane(p->place));
    if (p->speed_mps) EXPECT_LE(*p->speed_mps, mps_from_knots(1022));
    if (p->course_deg) EXPECT_LT(*p->course_deg, 360);
    if (p->heading_deg) EXPECT_LT(*p->heading_deg, 360);
  }
  if (const auto* p = std::get_if<AisMark>(&o.what)) EXPECT_TRUE(sane(p->place));
}

TEST(Ais, messages_that_break_decoders_break_nothing_and_invent_nothing) {
  VARNE_NEEDS_SHARED(path, "reference/ais/edge.nmea");
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  for (const auto& o : read(lines)) expect_sane(o);
}

TEST(Ais, a_position_that_ends_before_its_place_has_none_and_is_marked) {
  const auto m = decode_ais("15M:@d001H@Hb4", 0);
  ASSERT_TRUE(m) << m.error().text();
  ASSERT_EQ(m->what.size(), 1U);
  const auto& p = std::get<AisPosition>(m->what[0]);
  EXPECT_TRUE(p.odd_length);
  EXPECT_FALSE(p.place);
  EXPECT_FALSE(p.course_deg);
}

TEST(Ais, what_is_no_message_is_refused) {
  EXPECT_FALSE(decode_ais("", 0));
  EXPECT_FALSE(decode_ais("1", 0));
  EXPECT_FALSE(decode_ais("15M:@d0XYZ[[[", 0));
  EXPECT_FALSE(decode_ais(std::string(400, 'w'), 0));
  EXPECT_FALSE(decode_ais("15M:@d001H@Hb4", 9));
  EXPECT_FALSE(decode_ais("05M:@d001H@Hb4", 0));
}

/// What it costs on its way: the observation, and its sentence once however many hold it.
TEST(Observation, of_a_ships_position_takes_no_more_than_128_bytes) {
  EXPECT_LE(sizeof(Observation), 128U);
  const auto out = read({"!AIVDM,1,1,,A,13M@`lh02oo?dO>Dvilu=:bL0>`<,0*5C"});
  ASSERT_EQ(out.size(), 1U);
  const Observation copy = out[0];
  EXPECT_EQ(copy.raw.view().data(), out[0].raw.view().data());
  EXPECT_EQ(copy.source.view().data(), out[0].source.view().data());
}

}  // namespace
}  // namespace varne
