/// Two centres as they are run: two `varne serve`, two nats-servers, a link that is cut and desks that are
/// killed while one boat changes hands.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "exchange/nats_support.h"
#include "program.h"
#include "ran.h"
#include "serve/client.h"
#include "varne/core/philox.h"
#include "varne/core/time.h"

namespace varne {
namespace {

using test::in_time;
using test::Program;
using test::ran_varne;

const std::string uk_name = "MRCC Dover", fr_name = "CROSS Gris-Nez";

/// One centre: its key, its file, its desk.
class Centre {
 public:
  Centre(const std::string& own, const test::NatsServer& server, std::string domain)
      : own_(own), domain_(std::move(domain)), url_(server.url) {
    const auto made = ran_varne("exchange-key --out " + folder_.file("keys"));
    EXPECT_EQ(made.status, 0) << made.out;
    key_ = made.out.substr(7, 64);
  }
  void join(const Centre& other) {
    folder_.write("exchange.toml",
                  fmt::format("own = \"{}\"\nkey = \"{}\"\nkeys = \"keys\"\nurl = \"{}\"\ndomain = \"{}\"\n"
                              "[[joined]]\ncentre = \"{}\"\nkey = \"{}\"\ndomain = \"{}\"\n",
                              own_, key_, url_, domain_, other.own_, other.key_, other.domain_));
  }
  void start() {
    desk_ = std::make_unique<Program>(
        folder_, std::vector<std::string>{"serve", "--port", "0", "--record", folder_.file("desk.db"),
                                          "--wind", "250,8", "--exchange", folder_.file("exchange.toml")});
    port_ = desk_->port();
    ASSERT_NE(port_, 0) << desk_->said();
  }
  void kill() {
    EXPECT_EQ(desk_->end(SIGKILL), -SIGKILL);
    desk_.reset();
  }
  int say(Json report) {
    report["id"] = "w" + std::to_string(++reports_);
    report["time"] = iso(std::chrono::floor<Duration>(std::chrono::system_clock::now()));
    if (!report.contains("from")) report["from"] = own_;
    return test::post(port_, "/api/reports", report).status;
  }
  int order(const std::string& task, Json more = Json::object()) {
    more.update({{"kind", "order"}, {"boat", "Charlie"}, {"task", task}});
    return say(more);
  }
  [[nodiscard]] Json incident(const std::string& id) const {
    const auto answer = test::get(port_, "/api/state");
    if (answer.status != 200) return nullptr;
    const Json state = answer.json();
    for (const Json& one : state["incidents"])
      if (one["id"] == id) return one;
    return nullptr;
  }
  [[nodiscard]] int detail(const std::string& id) const {
    return test::get(port_, "/api/incidents/" + id).status;
  }
  [[nodiscard]] bool linked() const {
    const auto answer = test::get(port_, "/api/health");
    const Json health = answer.json();
    for (const Json& feed : health["feeds"])
      if (feed["feed"].get<std::string>().starts_with("partner ")) return feed["up"];
    return false;
  }
  /// Number and body of each letter, of one way.
  [[nodiscard]] std::vector<std::pair<std::uint64_t, std::string>> letters(const std::string& way) const {
    std::vector<std::pair<std::uint64_t, std::string>> out;
    std::uint64_t last = 0;
    for (;;) {
      const auto page =
          test::get(port_, fmt::format("/api/entries?after={}&limit=1000", last)).json()["entries"];
      if (page.empty()) return out;
      for (const Json& entry : page) {
        last = entry["number"].get<std::uint64_t>();
        if (entry["kind"] == "letter" && entry["body"]["way"] == way)
          out.emplace_back(entry["body"]["letter"], canonical(entry["body"]["body"]));
      }
    }
  }
  [[nodiscard]] std::string said() const { return desk_->said(); }
  [[nodiscard]] std::string record() const { return folder_.file("desk.db"); }
  [[nodiscard]] Json heads_kept() const {
    return test::get(port_, "/api/health").json().value("heads", Json::array());
  }
  /// The last entries, for whoever looks into a failure.
  [[nodiscard]] std::string last_words() const {
    std::string out = own_ + ": " + test::get(port_, "/api/health").body + "\n";
    const Json page =
        test::get(port_, "/api/entries?kinds=report,order,refused,incident,letter_refused&limit=12").json();
    for (const Json& entry : page["entries"])
      out += entry["kind"].get<std::string>() + ": " + entry["body"]["text"].get<std::string>() + "\n";
    return out;
  }

 private:
  test::Scratch folder_;
  std::string own_, domain_, url_, key_;
  std::unique_ptr<Program> desk_;
  std::uint16_t port_ = 0;
  int reports_ = 0;
};

class TwoCentres : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::has_nats_server()) GTEST_SKIP() << "no nats-server here: scripts/setup tests brings it";
    servers_ = std::make_unique<test::TwoServers>();
    uk_ = std::make_unique<Centre>(uk_name, servers_->dover, "dover");
    fr_ = std::make_unique<Centre>(fr_name, servers_->gris_nez, "gris-nez");
    uk_->join(*fr_);
    fr_->join(*uk_);
    uk_->start();
    fr_->start();
    ASSERT_TRUE(in_time([&] { return uk_->linked() && fr_->linked(); })) << uk_->said() << fr_->said();
    ASSERT_EQ(uk_->say({{"kind", "call"},
                        {"from", "caller"},
                        {"boat", "Charlie"},
                        {"persons", {30, 34}},
                        {"at", {1.5, 51.0}},
                        {"taking_water", true}}),
              200);
    ASSERT_TRUE(in_time([&] { return !fr_->incident(there).is_null(); }));
  }
  [[nodiscard]] std::string holder_at_uk() const { return uk_->incident("I1").value("centre", ""); }
  [[nodiscard]] std::string holder_at_fr() const { return fr_->incident(there).value("centre", ""); }
  void expect_letters_alike() {
    const auto alike = [&] {
      return uk_->letters("told") == fr_->letters("heard") && fr_->letters("told") == uk_->letters("heard");
    };
    EXPECT_TRUE(in_time(alike, std::chrono::seconds(60)));
    std::printf("%zu and %zu letters, each heard once\n", uk_->letters("told").size(),
                fr_->letters("told").size());
  }

  static constexpr const char* there = "I1@MRCC-Dover";
  static constexpr std::chrono::seconds settled{90};  ///< on a machine that does much else
  std::unique_ptr<test::TwoServers> servers_;
  std::unique_ptr<Centre> uk_, fr_;
};

TEST_F(TwoCentres, share_a_boat_and_hand_it_over_through_a_cut_and_a_killed_desk) {
  EXPECT_EQ(holder_at_fr(), uk_name);
  EXPECT_EQ(fr_->detail("I1%40MRCC-Dover"), 200) << "as a browser asks for it";
  EXPECT_EQ(fr_->detail("I1%4"), 404);
  ASSERT_EQ(uk_->order("hand_over", {{"to", fr_name}}), 200);
  ASSERT_TRUE(in_time([&] { return fr_->incident(there).value("offered_to", "") == fr_name; }))
      << uk_->last_words() << fr_->last_words() << fr_->incident(there).dump();
  servers_->line.cut();
  ASSERT_EQ(fr_->order("accept_hand_over"), 200);
  // Who has it keeps it, and each says that the other cannot be reached.
  ASSERT_TRUE(in_time([&] { return !uk_->linked() && !fr_->linked(); }));
  EXPECT_EQ(holder_at_uk(), uk_name);
  EXPECT_EQ(holder_at_fr(), uk_name);
  fr_->kill();
  servers_->line.mend();
  fr_->start();
  ASSERT_TRUE(in_time([&] { return holder_at_uk() == fr_name && holder_at_fr() == fr_name; }))
      << holder_at_uk() << " " << holder_at_fr();
  ASSERT_TRUE(in_time([&] { return !uk_->incident("I1").value("stands_by", false); }));
  expect_letters_alike();
}

TEST_F(TwoCentres, keep_the_heads_of_each_others_records) {
  const auto kept = [&] { return uk_->heads_kept().size() == 1 && fr_->heads_kept().size() == 1; };
  ASSERT_TRUE(in_time(kept)) << fr_->said();
  EXPECT_EQ(fr_->heads_kept()[0]["centre"], uk_name);
  const auto sound = ran_varne("verify " + uk_->record() + " --kept-by " + fr_->record());
  EXPECT_EQ(sound.status, 0) << sound.out;
  EXPECT_NE(sound.out.find("Comes to all 1 heads of it that "), std::string::npos) << sound.out;
  const auto other = ran_varne("verify " + uk_->record() + " --kept-by " + uk_->record());
  EXPECT_EQ(other.status, 1) << "it keeps no head of its own record: " << other.out;
}

/// As often as VARNE_CUTS says: both desks at work, the link cut and either desk killed at any moment.
TEST_F(TwoCentres, never_both_have_a_boat_and_lose_no_word_whatever_is_cut_or_killed) {
  const char* asked = std::getenv("VARNE_CUTS");
  const int rounds = asked == nullptr ? 3 : std::atoi(asked);
  Random random(20211124, 15, 0);
  const auto pick = [&](std::uint32_t n) { return random.bits() % n; };
  for (int round = 0; round < rounds; ++round) {
    const std::string holder = holder_at_uk();
    const std::string next = holder == uk_name ? fr_name : uk_name;
    Centre& giver = holder == uk_name ? *uk_ : *fr_;
    Centre& taker = holder == uk_name ? *fr_ : *uk_;
    const std::string at_taker = holder == uk_name ? there : "I1";
    const auto wait = [&] { std::this_thread::sleep_for(std::chrono::milliseconds(pick(300))); };
    const auto perhaps_kill = [&](Centre& one) {
      if (pick(4) != 0) return;
      one.kill();
      one.start();
    };
    if (pick(2) == 0) servers_->line.cut();
    ASSERT_EQ(giver.order("hand_over", {{"to", next}}), 200);
    wait();
    perhaps_kill(giver);
    servers_->line.mend();
    ASSERT_TRUE(in_time([&] { return taker.incident(at_taker).value("offered_to", "") == next; }))
        << round << "\n"
        << uk_->last_words() << fr_->last_words();
    if (pick(2) == 0) servers_->line.cut();
    ASSERT_EQ(taker.order("accept_hand_over"), 200);
    perhaps_kill(taker);
    wait();
    perhaps_kill(giver);
    servers_->line.mend();
    ASSERT_TRUE(in_time([&] { return holder_at_uk() == next && holder_at_fr() == next; }, settled))
        << round << "\n"
        << uk_->last_words() << fr_->last_words();
  }
  expect_letters_alike();
  // Each term was released once, by who had held the one before.
  std::map<std::string, std::string> released;
  for (const auto& [who, centre] : {std::pair{uk_name, uk_.get()}, {fr_name, fr_.get()}})
    for (const auto& [number, body] : centre->letters("told")) {
      const Json said = parse_json(body).value();
      if (said.value("word", "") != "release") continue;
      const auto [at, fresh] = released.emplace(said["term"].dump(), who);
      EXPECT_TRUE(fresh || at->second == who) << "term " << at->first << " released by both";
    }
  EXPECT_EQ(static_cast<int>(released.size()), rounds);
  std::printf("%d hand-overs\n", rounds);
}

TEST(ExchangeOfADesk, what_cannot_be_joined_is_refused_in_words) {
  const test::Scratch folder;
  const auto refused = [&](const std::string& text) {
    const auto file = folder.write("x.toml", text);
    const auto ran =
        ran_varne("serve --port 0 --record " + folder.file("desk.db") + " --exchange " + file + " 2>&1");
    EXPECT_NE(ran.status, 0);
    return ran.out;
  };
  const std::string key(64, 'a');
  const auto file_of = [&](const std::string& own, const std::string& other) {
    return fmt::format(
        "own = \"{}\"\nkey = \"{}\"\nkeys = \"keys\"\nurl = \"nats://127.0.0.1:1\"\n"
        "[[joined]]\ncentre = \"{}\"\nkey = \"{}\"\n",
        own, key, other, key);
  };
  EXPECT_NE(refused("own = 1").find("x.toml:1: own"), std::string::npos);
  EXPECT_NE(refused(file_of(uk_name, fr_name)).find("keys"), std::string::npos) << "no secret half";
  ASSERT_EQ(ran_varne("exchange-key --out " + folder.file("keys")).status, 0);
  const auto made = ran_varne("exchange-key --out " + folder.file("keys"));
  const std::string own_key = made.out.substr(7, 64);
  std::string text = file_of(uk_name, "CROSS Atlantis");
  text.replace(text.find(key), 64, own_key);
  EXPECT_NE(refused(text).find("\"CROSS Atlantis\" is no centre of the Dover Strait; there are MRCC Dover"),
            std::string::npos);
}

}  // namespace
}  // namespace varne
