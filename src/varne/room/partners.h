#pragma once
/// The other centres whose desks are joined to this one: what they are told, and how far they were heard.
/// docs/exchange.md has the rules. What is told is an entry (kind "letter"): the record is the outbox, and a
/// letter that was lost on the way is read from it again.

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
#include "varne/room/event.h"
#include "varne/room/heads.h"
#include "varne/room/incidents.h"
#include "varne/room/letter.h"
#include "varne/room/log.h"
#include "varne/room/world.h"

namespace varne {

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
  void update(Log& log, const Incidents& incidents);

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

  auto members() { return std::tie(joined_, theirs_, last_head_, last_head_at_, news_); }

 private:
  /// An incident that a centre looks after too.
  struct Shared {
    std::uint64_t known = 0;  ///< entry of the last word of it that they were told
    std::optional<HandOver> said = {};
    auto members() { return std::tie(known, said); }
  };
  struct Joined {
    std::uint64_t heard = 0;
    std::vector<std::uint64_t> told;
    std::map<std::string, Shared> incidents;  ///< by id
    std::set<std::string> peer_of;            ///< incidents that changed hands with it, or may
    std::optional<KeptHead> head;             ///< of its record
    bool head_told = false;                   ///< it keeps ours
    auto members() { return std::tie(heard, told, incidents, peer_of, head, head_told); }
  };
  [[nodiscard]] std::string named(const Incident& incident) const;
  [[nodiscard]] bool concerns(const std::string& centre, const Incidents& incidents,
                              const Incident& incident) const;
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
};

}  // namespace varne
