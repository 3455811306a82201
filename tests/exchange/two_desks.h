#pragma once
/// Two centres' rooms and a line between them, which is the test's: what each tells the other is signed, and
/// waits until the test brings it.

#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "room/room_support.h"
#include "varne/exchange/envelope.h"
#include "varne/record/merkle.h"
#include "varne/room/heads.h"

namespace varne::test {

inline const std::string dover = "MRCC Dover", gris_nez = "CROSS Gris-Nez";

class CentreDesk {
 public:
  /// @param share  what it tells the other; nothing: what is told where nobody chose
  explicit CentreDesk(const std::string& own, std::optional<std::set<Sharable>> share = {})
      : own_(own),
        partner_(own == dover ? gris_nez : dover),
        share_(std::move(share)),
        key_(SigningKey::make()),
        room_(world()) {}

  /// A report as JSON, without time and number; gives what the room said.
  std::vector<Entry> hear(Json report) {
    now += std::chrono::minutes(1);
    report["id"] = "r" + std::to_string(++reports_);
    if (!report.contains("from")) report["from"] = "caller";
    report["time"] = iso(now);
    const auto read = report_from(report);
    EXPECT_TRUE(read.has_value()) << read.error().text() << " in " << report.dump();
    return apply({now, recorded, Observation{now, "reports", report.dump(), *read}});
  }
  std::vector<Entry> order(const std::string& boat, const std::string& task, Json more = Json::object()) {
    more.update({{"kind", "order"}, {"from", own_}, {"boat", boat}, {"task", task}});
    return hear(more);
  }
  std::vector<Entry> wait(Duration time) { return apply({now += time, {}, ClockTick{}}); }

  /// The line brings a letter. What it refuses, the room never hears.
  std::vector<Entry> deliver(const std::string& letter, const PublicKey& key) {
    auto read = check_letter(letter, own_, partner_, key);
    EXPECT_TRUE(read.has_value()) << read.error().text() << "\n" << letter;
    if (!read) return {};
    return take(std::move(*read));
  }
  std::vector<Entry> take(PartnerLetter letter) {
    return apply({now, {SpeakerKind::partner, partner_, true}, std::move(letter)});
  }

  /// Something of a recorded day.
  std::vector<Entry> take_event(Event event) { return apply(event); }

  /// As a live desk does with its clock (desk/next_head.h), where it is due.
  /// @returns whether a head was told
  bool tell_head() {
    if (!room_.partners().head_due(now)) return false;
    const LedgerHead last = room_.partners().last_head();
    letters::Head head = signed_now();
    if (last.size > 0) {
      head.earlier = last.size;
      head.proof = consistency_proof(source(), last.size, tree_.size()).value();
    }
    apply({now, {}, RecordSigned{std::move(head)}});
    return true;
  }
  /// Where its record stands, signed; without a proof.
  letters::Head signed_now() {
    SignedHead head{
        ++heads_, tree_.size(), tree_.root(), 0, MerkleTree().root(), now, record_key_.public_key(), {}};
    head.signature = record_key_.sign(head_text(head));
    return letter_of(head);
  }
  /// Somebody who has the record and its key writes an entry anew, and all that follows from it.
  void rewrite(std::uint64_t number) {
    all.at(number - 1).kind = "day";
    all.at(number - 1).body = R"({"text":"nothing happened"})";
    tree_ = {};
    kept_.clear();
    for (const Entry& entry : all) kept_.push_back(tree_.add(leaf_hash(entry_line(entry))));
  }

  /// Killed, and started again from what it had written.
  void restart() { room_ = Room::from_state(world(), room_.state()).value(); }

  [[nodiscard]] const Incident& incident(const std::string& id) const { return room_.incidents().at(id); }
  [[nodiscard]] const Room& room() const { return room_; }
  [[nodiscard]] PublicKey key() const { return key_.public_key(); }

  Time now = midnight;
  std::vector<std::string> letters;  ///< all that it ever told, in order
  std::vector<Entry> all;

 private:
  [[nodiscard]] std::shared_ptr<const World> world() const {
    auto made = std::make_shared<World>(*small_world());
    made->own = own_;
    made->partners = {partner_};
    if (share_) made->shares[partner_] = *share_;
    return made;
  }
  std::vector<Entry> apply(const Event& event) {
    auto said = room_.apply(event);
    for (const Entry& entry : said)
      if (entry.kind == "letter" && parse_json(entry.body).value()["way"] == "told")
        letters.push_back(sealed_letter(entry, own_, key_));
    all.insert(all.end(), said.begin(), said.end());
    for (const Entry& entry : said) kept_.push_back(tree_.add(leaf_hash(entry_line(entry))));
    return said;
  }
  [[nodiscard]] MerkleSource source() const {
    return {[this](std::uint64_t n) -> Result<Hash> { return kept_.at(n - 1); },
            [this](std::uint64_t n) -> Result<Hash> { return leaf_hash(entry_line(all.at(n - 1))); }};
  }

  std::string own_, partner_;
  std::optional<std::set<Sharable>> share_;
  SigningKey key_;
  Room room_;
  int reports_ = 0;
  SigningKey record_key_ = SigningKey::make();
  MerkleTree tree_;
  std::vector<Hash> kept_;
  std::uint64_t heads_ = 0;
};

struct TwoDesks {
  CentreDesk uk{dover}, fr{gris_nez};
  std::size_t to_fr = 0, to_uk = 0;  ///< letters brought so far

  bool bring_to_fr() {
    if (to_fr == uk.letters.size()) return false;
    fr.now = std::max(fr.now, uk.now);
    fr.deliver(uk.letters[to_fr++], uk.key());
    return true;
  }
  bool bring_to_uk() {
    if (to_uk == fr.letters.size()) return false;
    uk.now = std::max(uk.now, fr.now);
    uk.deliver(fr.letters[to_uk++], fr.key());
    return true;
  }
  /// Until nobody has anything to say.
  void bring_all() {
    int n = 0;
    while ((bring_to_fr() || bring_to_uk()) && ++n < 1000) {
    }
    EXPECT_LT(n, 1000) << "they never fall silent";
  }
};

}  // namespace varne::test
