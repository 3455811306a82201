#pragma once
/// The other centres whose desks are joined to this one: what they are told, and how far they were heard.
/// docs/exchange.md has the rules. What is told is an entry (kind "letter"): the record is the outbox, and a
/// letter that was lost on the way is read from it again.

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/record/ledger.h"
#include "varne/room/entries_partner.h"
#include "varne/room/event.h"
#include "varne/room/heads.h"
#include "varne/room/incidents.h"
#include "varne/room/letter.h"
#include "varne/room/log.h"
#include "varne/room/traffic.h"
#include "varne/room/world.h"

namespace varne {

/// What another centre's desk has told of, beside the incidents: it is shown as theirs. Nothing in this room
/// goes by it: their tracks are no tracks here, and a unit that they offer is asked for like any other.
struct PartnerView {
  /// Of a craft near the line, and when its letter came, by this desk's clock.
  struct Seen {
    letters::NearTrack track;
    Time heard;
    auto members() { return std::tie(track, heard); }
  };
  struct Offered {
    letters::OfferedUnit unit;
    Time heard;
    std::uint64_t entry = 0;
    auto members() { return std::tie(unit, heard, entry); }
  };
  std::map<std::string, Seen> tracks;    ///< by their id
  std::map<std::string, Offered> units;  ///< by name
  auto members() { return std::tie(tracks, units); }
};

class Partners {
 public:
  explicit Partners(std::shared_ptr<const World> world) : world_(std::move(world)) {}

  /// Number of the last letter heard from this centre; 0 none.
  [[nodiscard]] std::uint64_t heard_from(const std::string& centre) const;
  /// The entries of the letters to this centre, in order: the first is that of letter 1.
  [[nodiscard]] const std::vector<std::uint64_t>& told(const std::string& centre) const;

  /// The next letter of a joined centre is taken; said. False, and nothing is, for one that came before or
  /// whose predecessor did not come.
  bool take(Log& log, const Incidents& incidents, const PartnerLetter& letter);
  /// The incident that a letter names, "MRCC Dover/I7", by its id in this room; "" where it names none that
  /// could be.
  [[nodiscard]] std::string id_of(std::string_view name) const;
  /// What came by a letter is not told back.
  /// @param first, last  numbers of the entries that it led to
  void came_by_letter(const std::string& centre, std::uint64_t first, std::uint64_t last);

  /// After every event: what a joined centre should know of it.
  void update(Log& log, const Incidents& incidents, const Traffic& traffic);

  /// A track that nothing is told of for so long is shown no more.
  static constexpr Duration track_kept = std::chrono::minutes(10);
  /// Of one centre's.
  static constexpr std::size_t most_tracks = 500;
  /// Keeps what a centre tells of craft near the line. Refuses more than `most_tracks`, and a track without a
  /// place that is not gone, or with a name of none or of more than 40 bytes.
  Done see(const std::string& centre, const letters::Tracks& said, Time now);
  /// Keeps an offer of a unit, or forgets it. Refuses a unit of the list that is another centre's, and a name
  /// of none or of more than 120 bytes.
  Done hear_offer(const std::string& centre, const letters::OfferedUnit& said, Time now, std::uint64_t entry);
  /// This centre's unit is offered to another, or no longer: said to that one. Refuses, in words, a unit that
  /// is not of this centre, a centre that is not joined or is not told of units, and what is so already.
  Done offer(Log& log, const Traffic& traffic, const reports::Order& order);
  /// What this centre has told; null: it is not joined, or has said nothing yet.
  [[nodiscard]] const PartnerView* view_of(const std::string& centre) const;
  /// Units that it is offered, by name.
  [[nodiscard]] const std::set<std::string>& offered_to(const std::string& centre) const;
  /// Grows with every change of a view or an offer.
  [[nodiscard]] std::uint64_t views() const { return views_; }

  /// A head of this desk's record is told at most so often.
  static constexpr Duration between_heads = std::chrono::minutes(10);
  /// Whether one is to be signed and told: somebody is joined, and there are entries that are not about heads
  /// behind the last that was told.
  [[nodiscard]] bool head_due(Time now) const;
  /// Where this desk's record stood by the last head that was told; `size` 0: none was.
  [[nodiscard]] const LedgerHead& last_head() const { return last_head_; }
  /// Every joined centre is told. One that was never told a head gets it as its first.
  void tell_head(Log& log, letters::Head head);
  /// This entry is one to be signed for.
  void note_news(std::uint64_t entry) { news_ = entry; }
  /// The head that is kept of this centre's record; null: it has told none.
  [[nodiscard]] const KeptHead* head_of(const std::string& centre) const;
  /// Keeps a head that was told, or refuses it and keeps the one that is there (heads.h).
  Done keep_head(const std::string& centre, const letters::Head& head, const KeptHead& heard);

  auto members() {
    return std::tie(joined_, theirs_, last_head_, last_head_at_, news_, tracks_told_, views_);
  }

 private:
  /// An incident that a centre looks after too.
  struct Shared {
    std::uint64_t known = 0;  ///< entry of the last word of it that they were told
    std::optional<HandOver> said = {};
    auto members() { return std::tie(known, said); }
  };
  /// A track as a centre was told it last.
  struct TrackTold {
    Place at;
    Time told;
    auto members() { return std::tie(at, told); }
  };
  struct Joined {
    std::uint64_t heard = 0;
    std::vector<std::uint64_t> told;
    std::map<std::string, Shared> incidents;  ///< by id
    std::set<std::string> peer_of;            ///< incidents that changed hands with it, or may
    std::optional<KeptHead> head;             ///< of its record
    bool head_told = false;                   ///< it keeps ours
    PartnerView view;                         ///< what it told
    std::map<std::string, TrackTold> tracks;  ///< that it was told
    std::set<std::string> offered;            ///< units
    auto members() {
      return std::tie(heard, told, incidents, peer_of, head, head_told, view, tracks, offered);
    }
  };
  [[nodiscard]] std::string named(const Incident& incident) const;
  [[nodiscard]] bool concerns(const std::string& centre, const Incidents& incidents,
                              const Incident& incident) const;
  [[nodiscard]] bool is_near(const std::string& centre, Place at) const;
  void near_tracks(Log& log, const std::string& centre, Joined& joined, const Traffic& traffic);
  void forget_tracks(PartnerView& view, Time now);
  [[nodiscard]] bool came_from(const std::string& centre, std::uint64_t entry) const;
  void share(Log& log, const std::string& centre, Joined& joined, const Incident& incident);
  void words(Log& log, const std::string& centre, Joined& joined, const Incidents& incidents,
             const Incident& incident);
  void coordination(Log& log, const std::string& centre, Joined& joined, const Incident& incident);
  void made_of_it(Log& log, const std::string& centre, Joined& joined, const Incidents& incidents,
                  const std::vector<Entry>& said);
  template <class Body>
  void tell(Log& log, const std::string& centre, Joined& joined, const std::string& incident,
            const std::string& text, const Body& body);

  std::shared_ptr<const World> world_;
  std::map<std::string, Joined> joined_;  ///< by centre
  /// Ranges of entries, first to last, that a letter of this centre led to.
  std::map<std::string, std::map<std::uint64_t, std::uint64_t>> theirs_;
  LedgerHead last_head_;
  Time last_head_at_;
  std::uint64_t news_ = 0;  ///< the last entry that is not about heads
  Time tracks_told_;
  std::uint64_t views_ = 0;
};

template <class Body>
void Partners::tell(Log& log, const std::string& centre, Joined& joined, const std::string& incident,
                    const std::string& text, const Body& body) {
  joined.told.push_back(log.say(entries::LetterSaid{.text = fmt::format("{} is told: {}", centre, text),
                                                    .way = "told",
                                                    .centre = centre,
                                                    .letter = joined.told.size() + 1,
                                                    .what = std::string(Body::kind),
                                                    .incident = incident,
                                                    .body = {canonical_of(body)}}));
}

}  // namespace varne
