#pragma once
/// What goes into the room: one thing that was said or happened, when it arrived, and who says so.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

#include "varne/core/fields.h"
#include "varne/core/hash.h"
#include "varne/core/time.h"
#include "varne/drift/leeway.h"
#include "varne/feed/observation.h"
#include "varne/room/letter.h"

namespace varne {

/// How it is known who speaks.
enum class SpeakerKind : std::uint8_t {
  desk,       ///< the desk itself: its clock, its journal, its slow work
  feed,       ///< a live feed
  recording,  ///< a feed of a recorded day, played again
  console,    ///< typed in at the desk's own console
  account,    ///< somebody who signed in
  partner,    ///< another centre's desk
};
template <>
struct EnumNames<SpeakerKind> {
  static constexpr std::array values{
      std::pair{SpeakerKind::desk, "desk"},           std::pair{SpeakerKind::feed, "feed"},
      std::pair{SpeakerKind::recording, "recording"}, std::pair{SpeakerKind::console, "console"},
      std::pair{SpeakerKind::account, "account"},     std::pair{SpeakerKind::partner, "partner"}};
};

/// Who brings an event. What a report claims (`from`, `role`) is only as good as this; authority.h decides.
struct Speaker {
  SpeakerKind kind = SpeakerKind::desk;
  std::string name = {};  ///< of the feed, console, account or partner; "" the desk itself
  /// Whether the desk may believe the office that this one claims. False of a feed that anybody on a network
  /// can send to, of a program and of a partner's desk: it reports, and what it orders is a request.
  bool proven = true;
  std::string role = {};  ///< of an account its office, as access/role.h names it
  std::string unit = {};  ///< of an account whom it speaks for: a captain's unit, another's centre
  friend bool operator==(const Speaker&, const Speaker&) = default;
  /// The journal keeps it with what was said.
  static constexpr auto fields() {
    return std::tuple{always("kind", &Speaker::kind, "how it is known who speaks"),
                      always("name", &Speaker::name, "of the account, feed or partner"),
                      always("proven", &Speaker::proven, "the office that it claims is to be believed"),
                      said("role", &Speaker::role, "of an account: its office"),
                      said("unit", &Speaker::unit, "of an account: whom it speaks for")};
  }
};

struct ClockTick {
  auto members() { return std::tie(); }
};

/// The answer to a forecast that the room asked for.
struct ForecastAnswer {
  std::string request;
  Hash inputs{};
  std::shared_ptr<const DriftRun> run;  ///< null: it could not be made
  std::string refusal;                  ///< why not

  /// As bytes it goes to the journal, so that a desk that starts again need not compute it again.
  auto members() { return std::tie(request, inputs, run, refusal); }
};

/// A segment of the journal is closed: what it was, for the record (kind "segment").
struct SegmentClosed {
  std::string file;  ///< name within the journal's folder
  Hash hash{};       ///< of its bytes
  auto members() { return std::tie(file, hash); }
};

/// A line of a feed that no reader could take (kind "line_refused").
struct LineRefused {
  std::string feed;
  std::string why;        ///< in the reader's words
  std::string raw;        ///< as it came, 500 characters of it at most, '?' for what cannot be shown
  bool distress = false;  ///< it speaks of distress: an officer has to look at once
  static constexpr auto fields() {
    return std::tuple{always("feed", &LineRefused::feed, "whose line it is"),
                      always("why", &LineRefused::why, "in the reader's words"),
                      said("raw", &LineRefused::raw, "as it came, 500 characters of it at most"),
                      said("distress", &LineRefused::distress, "it speaks of distress")};
  }
};
/// @param raw  the line, of any bytes and length
/// @returns its refusal, `distress` set where the line holds the word distress or mayday, in any case
LineRefused line_refused(std::string feed, std::string why, std::string_view raw);

enum class FeedHealth : std::uint8_t {
  heard,      ///< as it should be
  silent,     ///< connected, and nothing comes
  refusing,   ///< much of what comes cannot be read
  dropping,   ///< more comes than can be taken, and some is lost
  clock_off,  ///< its clock is not the desk's
  down,       ///< not connected
};
template <>
struct EnumNames<FeedHealth> {
  static constexpr std::array values{
      std::pair{FeedHealth::heard, "heard"},         std::pair{FeedHealth::silent, "silent"},
      std::pair{FeedHealth::refusing, "refusing"},   std::pair{FeedHealth::dropping, "dropping"},
      std::pair{FeedHealth::clock_off, "clock_off"}, std::pair{FeedHealth::down, "down"}};
};

/// What became of a feed, said when it changes (kind "feed").
struct FeedState {
  std::string feed;
  FeedHealth health = FeedHealth::heard;
  std::string text;                           ///< for a person: "nothing heard since 05:12 UTC"
  Time since;                                 ///< it is so since then
  std::optional<double> clock_offset_s = {};  ///< its clock less the desk's
  std::uint64_t lines = 0;                    ///< since the desk began: taken,
  std::uint64_t refused = 0;                  ///< of them not understood,
  std::uint64_t dropped = 0;                  ///< and lost before they could be taken
  static constexpr auto fields() {
    return std::tuple{
        always("feed", &FeedState::feed, "which"),
        always("health", &FeedState::health, "how it stands"),
        always("text", &FeedState::text, "the same for a person"),
        always("since", &FeedState::since, "it is so since then"),
        said("clock_offset_s", &FeedState::clock_offset_s, "its clock less the desk's").decimals(1),
        always("lines", &FeedState::lines, "taken since the desk began"),
        always("refused", &FeedState::refused, "of them not understood"),
        always("dropped", &FeedState::dropped, "lost before they could be taken")};
  }
};

/// The version that begins, or goes on with, this record (kind "program").
struct ProgramStarted {
  std::string version;
  static constexpr auto fields() {
    return std::tuple{always("version", &ProgramStarted::version, "and build")};
  }
};

/// The desk had its record signed, for the centres that keep its heads (kind "letter").
struct RecordSigned {
  letters::Head head;  ///< `earlier` is `Partners::last_head`'s
};

/// `at` is the arrival; it never goes back from one event to the next.
struct Event {
  Time at;
  Speaker speaker;
  std::variant<ClockTick, Observation, ForecastAnswer, SegmentClosed, LineRefused, FeedState, ProgramStarted,
               PartnerLetter, RecordSigned>
      what;
};

}  // namespace varne
