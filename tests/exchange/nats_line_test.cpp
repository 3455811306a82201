/// Letters over real nats-servers, with the link between them cut at random moments.
#include "varne/exchange/nats_line.h"

#include <map>
#include <mutex>

#include "exchange/nats_support.h"
#include "exchange/two_desks.h"
#include "varne/core/philox.h"

namespace varne::test {
namespace {

int asked_for(const char* name, int otherwise) {
  const char* asked = std::getenv(name);
  return asked == nullptr ? otherwise : std::atoi(asked);
}

/// One end: it keeps what it sent as a record would, and what came as a room would.
class End {
 public:
  End(const NatsServer& server, const std::string& own, const std::string& domain, const std::string& partner,
      const std::string& partner_domain)
      : own_(own), partner_(partner), key_(SigningKey::make()) {
    const PartnerFile file{.own = own,
                           .key = {},
                           .keys = {},
                           .url = server.url,
                           .domain = domain,
                           .credentials = {},
                           .authority = {},
                           .certificate = {},
                           .private_key = {},
                           .joined = {{partner, {}, partner_domain}}};
    line_ = nats_line(io_, file).value();
    line_->came = [this](const std::string&, const std::string& letter, const std::function<void()>& taken) {
      const auto read = read_letter(letter);
      const std::lock_guard guard(mutex_);
      ASSERT_TRUE(read) << read.error().text();
      ++came_;
      if (read->number > heard_.size() + 1) {
        line_->ask_again(partner_, heard_.size() + 1);
      } else if (read->number == heard_.size() + 1) {
        heard_.push_back(letter);
      }
      taken();
    };
    line_->wanted = [this](const std::string&, std::uint64_t number) {
      const std::lock_guard guard(mutex_);
      ready_ = true;
      for (auto n = number; n <= told_.size(); ++n) line_->send(partner_, n, told_[n - 1]);
    };
    line_->stands = [this](const std::string&, bool up, const std::string&) { up_ = up; };
    line_->start();
    thread_ = std::thread([this] { io_.run(); });
  }
  ~End() {
    boost::asio::post(io_, [this] {
      line_.reset();
      guard_.reset();
    });
    thread_.join();
  }

  void tell() {
    boost::asio::post(io_, [this] {
      const std::lock_guard guard(mutex_);
      const entries::LetterSaid said{.text = "x",
                                     .way = "told",
                                     .centre = partner_,
                                     .letter = told_.size() + 1,
                                     .what = "told",
                                     .body = {canonical_of(letters::Told{.incident = "X/I1", .text = "so"})}};
      told_.push_back(sealed_letter({1, midnight, "letter", canonical_of(said)}, own_, key_));
      if (ready_) line_->send(partner_, told_.size(), told_.back());
    });
  }
  [[nodiscard]] std::vector<std::string> told() const { return copy(told_); }
  [[nodiscard]] std::vector<std::string> heard() const { return copy(heard_); }
  [[nodiscard]] std::size_t came() const {
    const std::lock_guard guard(mutex_);
    return came_;
  }
  [[nodiscard]] bool up() const { return up_; }

 private:
  [[nodiscard]] std::vector<std::string> copy(const std::vector<std::string>& list) const {
    const std::lock_guard guard(mutex_);
    return list;
  }
  std::string own_, partner_;
  SigningKey key_;
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_ =
      boost::asio::make_work_guard(io_);
  std::unique_ptr<Line> line_;
  mutable std::mutex mutex_;
  bool ready_ = false;
  std::vector<std::string> told_, heard_;
  std::size_t came_ = 0;
  std::atomic<bool> up_ = false;
  std::thread thread_;
};

TEST(NatsLine, brings_every_letter_once_and_in_order_however_often_the_link_is_cut) {
  if (!has_nats_server()) GTEST_SKIP() << "no nats-server here: scripts/setup tests brings it";
  const int cuts = asked_for("VARNE_CUTS", 4);
  TwoServers servers;
  End uk(servers.dover, dover, "dover", gris_nez, "gris-nez");
  End fr(servers.gris_nez, gris_nez, "gris-nez", dover, "dover");
  ASSERT_TRUE(in_time([&] { return uk.up() && fr.up(); })) << "the two are never linked";
  Random random(20211124, 13, 0);
  for (int cut = 0; cut < cuts; ++cut) {
    for (std::uint32_t n = random.bits() % 12; n > 0; --n) (random.bits() % 2 == 0 ? uk : fr).tell();
    std::this_thread::sleep_for(std::chrono::milliseconds(random.bits() % 60));
    servers.line.cut();
    for (std::uint32_t n = random.bits() % 12; n > 0; --n) (random.bits() % 2 == 0 ? uk : fr).tell();
    std::this_thread::sleep_for(std::chrono::milliseconds(random.bits() % 400));
    servers.line.mend();
    if (random.bits() % 2 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(random.bits() % 2500));
  }
  const auto all_there = [&] { return uk.heard() == fr.told() && fr.heard() == uk.told(); };
  EXPECT_TRUE(in_time(all_there, std::chrono::seconds(60)))
      << uk.heard().size() << " of " << fr.told().size() << ", " << fr.heard().size() << " of "
      << uk.told().size();
  std::printf("%d cuts: %zu and %zu letters, each heard once; %zu and %zu came\n", cuts, fr.told().size(),
              uk.told().size(), uk.came(), fr.came());
}

TEST(NatsLine, says_that_the_other_cannot_be_reached_and_goes_on_when_it_can) {
  if (!has_nats_server()) GTEST_SKIP() << "no nats-server here: scripts/setup tests brings it";
  TwoServers servers;
  End uk(servers.dover, dover, "dover", gris_nez, "gris-nez");
  End fr(servers.gris_nez, gris_nez, "gris-nez", dover, "dover");
  ASSERT_TRUE(in_time([&] { return uk.up() && fr.up(); }));
  servers.line.cut();
  EXPECT_TRUE(in_time([&] { return !uk.up() && !fr.up(); }));
  uk.tell();
  servers.line.mend();
  EXPECT_TRUE(in_time([&] { return fr.heard() == uk.told() && !fr.heard().empty(); }));
  // A server that dies and comes back keeps what it was given.
  servers.dover.stop();
  fr.tell();
  servers.dover.start();
  EXPECT_TRUE(in_time([&] { return uk.heard() == fr.told() && !uk.heard().empty(); }));
}

}  // namespace
}  // namespace varne::test
