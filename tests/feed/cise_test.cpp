/// Vessel positions in CISE's terms.
#include <gtest/gtest.h>

#include "varne/core/text.h"
#include "varne/core/units.h"
#include "varne/feed/cise_feed.h"
#include "varne/feed/reader.h"

namespace varne {
namespace {

const Time noon = time_from_millis(1636632000000);

std::string vessel(const std::string& inside) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ns4:Push "
         "xmlns:ns4=\"http://www.cise.eu/servicemodel/v1/message/\">\n  <Payload>\n    <Vessel>\n" +
         inside + "\n    </Vessel>\n  </Payload>\n</ns4:Push>\n";
}
const std::string located =
    "<Name>Nord</Name><LocationRel><Location><Geometry><Latitude>50.93</Latitude><Longitude>1.25</Longitude>"
    "</Geometry></Location><PeriodOfTime><StartDate>2021-11-11</StartDate><StartTime>05:00:00</StartTime>"
    "</PeriodOfTime><COG>107.0</COG><Speed>16.6</Speed></LocationRel><MMSI>255806157</MMSI>";

std::vector<Observation> read(const std::string& text, std::string* refused = nullptr) {
  std::vector<Observation> out;
  const auto reader = *make_reader("cise", "cise");
  for (const auto line : split(text, '\n'))
    if (const auto done = reader->take(line, noon, out); !done && refused != nullptr)
      *refused += done.error().text();
  reader->finish(out);
  return out;
}

TEST(Cise, a_vessel_is_a_position_and_a_name) {
  std::string refused;
  const auto all = read(vessel(located), &refused);
  EXPECT_EQ(refused, "");
  ASSERT_EQ(all.size(), 2U);
  const auto& position = std::get<AisPosition>(all[0].what);
  EXPECT_EQ(position.mmsi, 255806157U);
  EXPECT_EQ(position.place, (Place{1.25, 50.93}));
  EXPECT_NEAR(*position.speed_mps, mps_from_knots(16.6), 1e-9);
  EXPECT_EQ(iso(all[0].time), "2021-11-11T05:00:00Z");
  EXPECT_TRUE(all[0].time_given);
  EXPECT_NE(std::string(std::string_view(all[0].raw)).find("<MMSI>255806157</MMSI>"), std::string::npos);
  EXPECT_EQ(std::get<AisIdentity>(all[1].what).name, "Nord");
}

TEST(Cise, one_by_its_type_counts_too_and_several_messages_follow_each_other) {
  const std::string object =
      "<a:Pull xmlns:a=\"x\"><Object xsi:type=\"v:Vessel\" "
      "xmlns:xsi=\"y\"><MMSI>1</MMSI><LocationRel><Location>"
      "<Geometry><Latitude>1</Latitude><Longitude>2</Longitude></Geometry></Location></LocationRel></"
      "Object></a:Pull>";
  const auto all = read(object + object + "\n" + vessel(located));
  ASSERT_EQ(all.size(), 4U);
  EXPECT_FALSE(all[0].time_given);
  EXPECT_EQ(all[0].time, noon);
}

TEST(Cise, what_cannot_be_used_is_named_and_the_rest_stands) {
  for (const auto& [inside, said] : std::vector<std::pair<std::string, std::string>>{
           {"<MMSI>x</MMSI>", "vessel 1 of the message: \"x\" is no MMSI"},
           {"<MMSI>1</MMSI><LocationRel><Location><Geometry><Latitude>91</Latitude><Longitude>1</Longitude>"
            "</Geometry></Location></LocationRel>",
            "Latitude \"91\""},
           {"<MMSI>1</MMSI><LocationRel><Location><Geometry><Latitude>9</Latitude><Longitude>1</Longitude>"
            "</Geometry></Location><DateTime><StartDate>2021-02-31</StartDate><StartTime>05:00:00</StartTime>"
            "</DateTime></LocationRel>",
            "is no time"}}) {
    std::string refused;
    const auto all = read(vessel(inside + "</Vessel><Vessel>" + located), &refused);
    EXPECT_NE(refused.find(said), std::string::npos) << refused;
    EXPECT_EQ(all.size(), 2U);
  }
}

TEST(Cise, what_is_no_xml_or_has_no_end_is_refused_and_let_go) {
  std::string refused;
  EXPECT_TRUE(read("<Push><Vessel></Push>\n", &refused).empty());
  EXPECT_NE(refused.find("no XML"), std::string::npos) << refused;
  refused.clear();
  EXPECT_EQ(read("</x>\nnothing\n" + vessel(located), &refused).size(), 2U);
  EXPECT_NE(refused, "");
  refused.clear();
  std::string endless = "<Push>\n";
  for (int i = 0; i < 30000; ++i) endless += "<Vessel><Name>a name that goes on and on</Name></Vessel>\n";
  (void)read(endless, &refused);
  EXPECT_NE(refused.find("without its closing tag"), std::string::npos);
}

TEST(Cise, no_entity_is_followed) {
  std::string refused;
  const auto all = read("<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" +
                            vessel("<MMSI>255806157</MMSI><Name>&e;</Name>").substr(39),
                        &refused);
  ASSERT_EQ(all.size(), 1U) << refused;
  EXPECT_EQ(std::get<AisIdentity>(all[0].what).name, "&e;");
}

}  // namespace
}  // namespace varne
