/// CAP 1.2 alerts: what the standard asks of a message (OASIS CAP 1.2, section 3.2), checked on what is made.
#include "varne/exchange/cap.h"

#include <pugixml.hpp>
#include <regex>
#include <set>

#include "room/room_support.h"

namespace varne::test {
namespace {

struct Element {
  const char* name;
  bool needed = false;
  bool many = false;
};

/// The children of a node come in this order, those needed are there, and no others.
void expect_in_order(const pugi::xml_node& node, const std::vector<Element>& order) {
  std::size_t at = 0;
  std::set<std::string> seen;
  for (const auto& child : node.children()) {
    while (at < order.size() && order[at].name != std::string(child.name())) ++at;
    ASSERT_LT(at, order.size()) << node.name() << " has " << child.name() << " where it may not stand";
    EXPECT_TRUE(seen.insert(child.name()).second || order[at].many) << child.name() << " stands twice";
  }
  for (const Element& one : order)
    EXPECT_TRUE(!one.needed || seen.contains(one.name)) << node.name() << " lacks " << one.name;
}

void expect_one_of(const pugi::xml_node& node, const char* name, const std::set<std::string>& values) {
  EXPECT_TRUE(values.contains(node.child_value(name))) << name << ": " << node.child_value(name);
}

/// What section 3.2 asks of an alert.
void expect_valid(const pugi::xml_document& document) {
  const std::regex time(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d)"), token(R"([^\s,<&]+)");
  const std::regex place(R"(-?\d+\.\d+,-?\d+\.\d+)");
  const auto alert = document.child("alert");
  EXPECT_STREQ(alert.attribute("xmlns").value(), "urn:oasis:names:tc:emergency:cap:1.2");
  expect_in_order(alert, {{"identifier", true},
                          {"sender", true},
                          {"sent", true},
                          {"status", true},
                          {"msgType", true},
                          {"source"},
                          {"scope", true},
                          {"restriction"},
                          {"addresses"},
                          {"code", false, true},
                          {"note"},
                          {"references"},
                          {"incidents"},
                          {"info", true, true}});
  EXPECT_TRUE(std::regex_match(alert.child_value("identifier"), token)) << alert.child_value("identifier");
  EXPECT_TRUE(std::regex_match(alert.child_value("sender"), token)) << alert.child_value("sender");
  EXPECT_TRUE(std::regex_match(alert.child_value("sent"), time)) << alert.child_value("sent");
  expect_one_of(alert, "status", {"Actual", "Exercise", "System", "Test", "Draft"});
  expect_one_of(alert, "msgType", {"Alert", "Update", "Cancel", "Ack", "Error"});
  expect_one_of(alert, "scope", {"Public", "Restricted", "Private"});
  if (std::string(alert.child_value("scope")) == "Restricted")
    EXPECT_STRNE(alert.child_value("restriction"), "");
  if (std::string(alert.child_value("msgType")) != "Alert") {
    const std::string text = alert.child_value("references");
    EXPECT_TRUE(std::regex_match(text, std::regex(R"([^\s,]+,[^\s,]+,[^\s,]+( [^\s,]+,[^\s,]+,[^\s,]+)*)")))
        << text;
  }
  const auto info = alert.child("info");
  expect_in_order(info, {{"language"},
                         {"category", true, true},
                         {"event", true},
                         {"responseType", false, true},
                         {"urgency", true},
                         {"severity", true},
                         {"certainty", true},
                         {"audience"},
                         {"eventCode", false, true},
                         {"effective"},
                         {"onset"},
                         {"expires"},
                         {"senderName"},
                         {"headline"},
                         {"description"},
                         {"instruction"},
                         {"web"},
                         {"contact"},
                         {"parameter", false, true},
                         {"resource", false, true},
                         {"area", false, true}});
  EXPECT_STREQ(info.child_value("category"), "Rescue");
  expect_one_of(info, "urgency", {"Immediate", "Expected", "Future", "Past", "Unknown"});
  expect_one_of(info, "severity", {"Extreme", "Severe", "Moderate", "Minor", "Unknown"});
  expect_one_of(info, "certainty", {"Observed", "Likely", "Possible", "Unlikely", "Unknown"});
  EXPECT_TRUE(std::regex_match(info.child_value("onset"), time));
  for (const auto& parameter : info.children("parameter"))
    expect_in_order(parameter, {{"valueName", true}, {"value", true}});
  for (const auto& area : info.children("area")) {
    expect_in_order(area, {{"areaDesc", true},
                           {"polygon", false, true},
                           {"circle", false, true},
                           {"geocode", false, true},
                           {"altitude"},
                           {"ceiling"}});
    for (const auto& circle : area.children("circle"))
      EXPECT_TRUE(std::regex_match(circle.child_value(), std::regex(R"(-?\d+\.\d+,-?\d+\.\d+ \d+\.\d+)")));
    for (const auto& polygon : area.children("polygon")) {
      std::istringstream corners(polygon.child_value());
      const std::vector<std::string> all{std::istream_iterator<std::string>(corners), {}};
      EXPECT_GE(all.size(), 4U);
      EXPECT_EQ(all.front(), all.back());
      for (const auto& one : all) EXPECT_TRUE(std::regex_match(one, place)) << one;
    }
  }
}

class Cap : public ::testing::Test, public Desk {
 protected:
  void read(const std::string& id, bool exercise = false) {
    text = cap_alert(room, incident(id), cap_thread(all, id), exercise);
    ASSERT_TRUE(document.load_string(text.c_str())) << text;
    expect_valid(document);
    alert = document.child("alert");
    info = alert.child("info");
  }
  std::string text;
  pugi::xml_document document;
  pugi::xml_node alert, info;
};

TEST_F(Cap, a_new_incident_is_an_alert_of_what_is_known) {
  hear(
      {{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}, {"error_m", 500}, {"taking_water", true}});
  read("I1");
  EXPECT_STREQ(alert.child_value("sender"), "MRCC-Dover");
  EXPECT_STREQ(alert.child_value("status"), "Actual");
  EXPECT_STREQ(alert.child_value("msgType"), "Alert") << "the first verdicts are of the same moment";
  EXPECT_STREQ(alert.child_value("incidents"), "I1");
  EXPECT_STREQ(info.child_value("urgency"), "Immediate");
  EXPECT_STREQ(info.child_value("severity"), "Extreme");
  EXPECT_STREQ(info.child_value("certainty"), "Likely");
  EXPECT_STREQ(info.child("area").child_value("circle"), "51.00000,1.40000 0.500");
  EXPECT_NE(text.find("<valueName>phase</valueName><value>distress</value>"), std::string::npos) << text;
  EXPECT_NE(text.find("verdict on rescue"), std::string::npos) << text;
}

TEST_F(Cap, what_changes_it_is_an_update_that_names_all_before) {
  hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}});
  const auto first = cap_thread(all, "I1");
  read("I1");
  const std::string before = alert.child_value("identifier");
  hear({{"kind", "sighting"}, {"boat", "Charlie"}, {"at", {1.42, 51.0}}, {"people_in_water", true}});
  read("I1");
  EXPECT_STREQ(alert.child_value("msgType"), "Update");
  EXPECT_NE(std::string(alert.child_value("references")).find("MRCC-Dover," + before + ","),
            std::string::npos);
  EXPECT_GT(cap_thread(all, "I1").now.entry, first.now.entry);
  EXPECT_STREQ(info.child_value("certainty"), "Observed");
}

TEST_F(Cap, phases_have_urgencies_of_their_own) {
  hear({{"kind", "call"}, {"boat", "Alpha"}, {"at", {1.4, 51.0}}});
  read("I1");
  EXPECT_STREQ(info.child_value("urgency"), "Expected");
  EXPECT_STREQ(info.child_value("severity"), "Moderate");
  hear({{"kind", "sighting"}, {"boat", "Bravo"}, {"at", {1.6, 51.1}}});
  read("I2");
  EXPECT_STREQ(info.child_value("urgency"), incident("I2").phase == Phase::alert ? "Expected" : "Unknown");
}

TEST_F(Cap, one_that_is_closed_is_cancelled) {
  hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}, {"persons", 5}, {"distress", true}});
  hear({{"kind", "landing"}, {"boat", "Charlie"}, {"port", "Dover"}, {"country", "UK"}, {"persons", 5}});
  ASSERT_FALSE(incident("I1").open) << texts(all);
  read("I1");
  EXPECT_STREQ(alert.child_value("msgType"), "Cancel");
  EXPECT_STREQ(info.child_value("urgency"), "Past");
}

TEST_F(Cap, an_exercise_says_so) {
  hear({{"kind", "call"}, {"boat", "Charlie"}});
  read("I1", true);
  EXPECT_STREQ(alert.child_value("status"), "Exercise");
  EXPECT_NE(std::string(info.child_value("headline")).find("EXERCISE"), std::string::npos);
  EXPECT_STREQ(info.child("area").child_value("areaDesc"), "not known");
}

TEST_F(Cap, names_that_are_markup_or_no_characters_stay_text) {
  hear({{"kind", "call"}, {"boat", "<b>&\"]]> été"}, {"text", "x"}, {"at", {1.4, 51.0}}});
  read("I1");
  EXPECT_NE(std::string(info.child_value("headline")).find("<b>&\"]]> été"), std::string::npos) << text;
}

TEST_F(Cap, the_feed_lists_the_open_ones_and_leads_to_their_alerts) {
  hear({{"kind", "call"}, {"boat", "Charlie"}, {"at", {1.4, 51.0}}, {"distress", true}});
  hear({{"kind", "call"}, {"boat", "Delta"}, {"persons", 5}, {"at", {1.5, 51.1}}});
  hear({{"kind", "landing"}, {"boat", "Delta"}, {"port", "Dover"}, {"country", "UK"}, {"persons", 5}});
  ASSERT_TRUE(document.load_string(cap_feed(room, true).c_str()));
  const auto feed = document.child("feed");
  expect_in_order(
      feed, {{"id", true}, {"title", true}, {"updated", true}, {"author", true}, {"entry", true, true}});
  std::size_t count = 0;
  for (const auto& entry : feed.children("entry")) {
    ++count;
    EXPECT_STREQ(entry.child("link").attribute("href").value(), "/api/incidents/I1/cap.xml");
  }
  EXPECT_EQ(count, 1U);
}

}  // namespace
}  // namespace varne::test
