/// What is shared beside the incidents, and as each centre chooses: tracks near the line, units that are
/// offered. It stays whose it is.
#include "exchange/two_desks.h"
#include "picture/picture_support.h"
#include "varne/exchange/partner_file.h"

namespace varne::test {
namespace {

const std::set<Sharable> all_of_it{Sharable::verdicts, Sharable::counts, Sharable::prevented, Sharable::units,
                                   Sharable::tracks};

struct Sharing {
  explicit Sharing(std::optional<std::set<Sharable>> uk_shares) : uk(dover, std::move(uk_shares)) {}
  CentreDesk uk, fr{gris_nez};
  std::size_t brought = 0;

  void bring() {
    fr.now = std::max(fr.now, uk.now);
    while (brought < uk.letters.size()) fr.deliver(uk.letters[brought++], uk.key());
  }
  /// Turns of a radar in which craft drift north at 1 m/s from where they are said to be.
  void watch(const std::vector<Place>& craft, int turns = 12) {
    for (int turn = 0; turn < turns; ++turn, ++turns_) {
      uk.now += std::chrono::seconds(10);
      std::vector<Place> seen;
      for (const Place& at : craft) seen.push_back(destination(at, 0, 10.0 * turns_));
      uk.take_event({uk.now, recorded, scan(static_cast<std::uint32_t>(turns_ + 1), seen, uk.now)});
    }
    bring();
  }
  [[nodiscard]] const PartnerView& view() const { return *fr.room().partners().view_of(dover); }
  std::vector<Json> told(const std::string& what) const {
    std::vector<Json> out;
    for (const Json& letter : bodies(uk.all, "letter"))
      if (letter["way"] == "told" && letter["what"] == what) out.push_back(letter);
    return out;
  }

 private:
  int turns_ = 0;
};

const Place near_the_line{1.45, 51.0}, far_from_it{0.0, 50.6};

TEST(Shared, tracks_near_the_line_are_told_where_that_is_chosen_and_are_never_the_others_own) {
  Sharing both(all_of_it);
  both.watch({near_the_line, far_from_it});
  ASSERT_EQ(both.view().tracks.size(), 1U) << texts(both.uk.all);
  const auto& [id, seen] = *both.view().tracks.begin();
  EXPECT_LT(distance_m(*seen.track.at, near_the_line), 300);
  EXPECT_GT(seen.track.error_m.value(), 0);
  // It is no track, no contact and no incident there.
  EXPECT_TRUE(both.fr.room().picture().tracks().empty());
  EXPECT_TRUE(both.fr.room().incidents().empty());
  EXPECT_TRUE(bodies(both.fr.all, "track").empty());
  const auto heard = bodies(both.fr.all, "letter");
  ASSERT_FALSE(heard.empty());
  EXPECT_EQ(heard.front()["centre"], dover) << "whose it is";
  EXPECT_EQ(heard.front()["way"], "heard");
  const std::size_t letters = both.told("tracks").size();
  EXPECT_LE(letters, 3U) << "once a minute at most";
  // One that is seen no more is told as gone, and forgotten.
  for (int i = 0; i < 60; ++i) both.uk.wait(std::chrono::minutes(1));
  both.bring();
  EXPECT_TRUE(both.view().tracks.empty());
  EXPECT_TRUE(both.told("tracks").back()["body"]["tracks"][0].value("gone", false));
}

TEST(Shared, tracks_of_a_line_that_is_cut_are_forgotten) {
  Sharing both(all_of_it);
  both.watch({near_the_line});
  ASSERT_EQ(both.view().tracks.size(), 1U);
  both.fr.restart();
  ASSERT_EQ(both.view().tracks.size(), 1U) << "a desk that was killed has them again";
  both.fr.wait(Partners::track_kept - std::chrono::minutes(2));
  EXPECT_EQ(both.view().tracks.size(), 1U);
  both.fr.wait(std::chrono::minutes(5));
  EXPECT_TRUE(both.view().tracks.empty());
}

TEST(Shared, where_nobody_chose_no_track_is_told_and_where_little_was_chosen_little) {
  Sharing both({});
  both.watch({near_the_line});
  EXPECT_TRUE(both.told("tracks").empty());
  const Json call{{"kind", "call"},
                  {"boat", "Charlie"},
                  {"persons", {30, 34}},
                  {"at", {1.45, 51.0}},
                  {"taking_water", true}};
  both.uk.hear(call);
  EXPECT_FALSE(both.told("told").empty()) << "verdicts and counts";
  Sharing little(std::set<Sharable>{});
  little.uk.hear(call);
  EXPECT_TRUE(little.told("told").empty());
  EXPECT_EQ(little.told("incident").size(), 1U) << "the incident is of both, whatever is chosen";
  EXPECT_FALSE(little.told("report").empty());
  little.uk.hear({{"kind", "departure_prevented"}, {"persons", {20, 20}}, {"country", "FR"}});
  EXPECT_EQ(texts(little.uk.all).find("CROSS Gris-Nez is told: caller prevented"), std::string::npos);
}

TEST(Shared, a_unit_is_offered_and_taken_back_and_nothing_is_tasked_by_it) {
  TwoDesks both;
  const auto offer = [&](const std::string& task, const std::string& unit, const std::string& to = gris_nez) {
    return texts(both.uk.order("", task, {{"unit", unit}, {"to", to}, {"text", "until 18:00"}}));
  };
  offer("offer_unit", "RNLI Dover");
  both.bring_all();
  const auto& units = both.fr.room().partners().view_of(dover)->units;
  ASSERT_TRUE(units.contains("RNLI Dover")) << texts(both.uk.all);
  EXPECT_EQ(units.at("RNLI Dover").unit.text, "until 18:00");
  EXPECT_TRUE(both.uk.room().partners().offered_to(gris_nez).contains("RNLI Dover"));
  EXPECT_TRUE(both.fr.room().tasking().tasks().empty());
  EXPECT_NE(offer("offer_unit", "RNLI Dover").find("is offered to CROSS Gris-Nez already"),
            std::string::npos);
  EXPECT_NE(offer("offer_unit", "Abeille Normandie").find("is no unit of MRCC Dover"), std::string::npos);
  EXPECT_NE(offer("offer_unit", "RNLI Dungeness", "CROSS Jobourg").find("is joined to this one"),
            std::string::npos);
  offer("withdraw_unit", "RNLI Dover");
  both.bring_all();
  EXPECT_TRUE(units.empty());
  // A desk that offers what is not its own is found.
  const auto said = both.fr.take({dover, both.fr.room().partners().heard_from(dover) + 1, both.fr.now,
                                  letters::OfferedUnit{.unit = "Abeille Normandie", .offered = true}});
  EXPECT_NE(texts(said).find("is of CROSS Gris-Nez, which alone can offer it"), std::string::npos);
}

TEST(Shared, a_unit_of_the_other_centre_is_asked_for_and_goes_by_its_own_centres_order) {
  TwoDesks both;
  both.uk.hear({{"kind", "call"},
                {"boat", "Charlie"},
                {"persons", {30, 34}},
                {"at", {1.45, 51.0}},
                {"taking_water", true}});
  both.bring_all();
  const std::string unit = "Abeille Normandie";
  const auto asked = texts(both.uk.order("Charlie", "rescue", {{"unit", unit}}));
  EXPECT_NE(asked.find("MRCC Dover asks Abeille Normandie: rescue, boat Charlie; recorded as a request"),
            std::string::npos)
      << asked;
  both.bring_all();
  EXPECT_FALSE(both.uk.room().tasking().tasks().contains(unit));
  EXPECT_FALSE(both.fr.room().tasking().tasks().contains(unit));
  EXPECT_NE(
      texts(both.fr.all).find("alarm: ALARM: MRCC Dover asks for Abeille Normandie, boat I1@MRCC-Dover"),
      std::string::npos)
      << texts(both.fr.all);
  both.fr.order("Charlie", "rescue", {{"unit", unit}});
  both.bring_all();
  for (const CentreDesk* desk : {&both.fr, &both.uk})
    EXPECT_TRUE(desk->room().tasking().tasks().contains(unit)) << texts(desk->all);
  // One's own need no asking.
  both.uk.order("Charlie", "rescue", {{"unit", "RNLI Dover"}});
  EXPECT_TRUE(both.uk.room().tasking().tasks().contains("RNLI Dover"));
}

TEST(Shared, tracks_that_cannot_be_are_refused) {
  TwoDesks both;
  std::uint64_t number = 0;
  const auto refused = [&](letters::Tracks tracks, const std::string& why) {
    const auto said = texts(both.fr.take({dover, ++number, both.fr.now, std::move(tracks)}));
    EXPECT_NE(said.find(why), std::string::npos) << said;
    EXPECT_TRUE(both.fr.room().partners().view_of(dover)->tracks.empty());
  };
  refused({{{.id = "R1"}}}, "R1 is nowhere");
  refused({{{.id = "", .at = Place{1.4, 51}}}}, "has a name of none");
  letters::Tracks many;
  for (std::size_t i = 0; i <= Partners::most_tracks; ++i)
    many.tracks.push_back({.id = "R" + std::to_string(i), .at = Place{1.4, 51}});
  refused(many, "are more than 500");
}

TEST(Shared, what_a_centre_is_told_stands_in_the_file_and_what_is_none_is_refused) {
  const Scratch folder;
  const auto read = [&](const std::string& share) {
    const std::string key(64, 'a');
    return load_partner_file(folder.write(
        "exchange.toml", "own = \"MRCC Dover\"\nkey = \"" + key +
                             "\"\nkeys = \"keys\"\nurl = \"nats://127.0.0.1:1\"\n[[joined]]\ncentre = \"" +
                             gris_nez + "\"\nkey = \"" + key + "\"\n" + share));
  };
  EXPECT_FALSE(read("").value().joined.front().share);
  EXPECT_EQ(read("share = [\"tracks\", \"units\"]").value().joined.front().share,
            (std::set{Sharable::units, Sharable::tracks}));
  EXPECT_EQ(read("share = []").value().joined.front().share, std::set<Sharable>{});
  const auto wrong = read("share = [\"everything\"]");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().text().find("exchange.toml:8: share: \"everything\" is nothing that can be shared"),
            std::string::npos)
      << wrong.error().text();
}

}  // namespace
}  // namespace varne::test
