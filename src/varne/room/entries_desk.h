#pragma once
/// What the room says of the desk, its feeds, the rules in force and who is out there. See entries.h.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/fields_json.h"
#include "varne/core/geo.h"
#include "varne/core/hash.h"
#include "varne/core/head_count.h"
#include "varne/core/time.h"

namespace varne::entries {

struct Day {
  static constexpr std::string_view kind = "day";
  static constexpr std::string_view when = "first of all";
  std::string text = {}, title = {};
  bool exercise = false;
  std::string notice = {}, seed = {};
  std::vector<std::string> sea = {}, sea_notes = {};
  std::string version = {};
  std::optional<Hash> inputs = {};
  static constexpr auto fields() {
    return std::tuple{
        always("text", &Day::text, ""),
        always("title", &Day::title, ""),
        always("exercise", &Day::exercise, ""),
        always("notice", &Day::notice, ""),
        always("seed", &Day::seed, "text: 64 bits do not fit a JSON number"),
        always("sea", &Day::sea, "names of its sources, by priority"),
        said("sea_notes", &Day::sea_notes,
             "what their readers chose, joined, filled in or dropped, each with its source before it"),
        always("version", &Day::version, ""),
        said("inputs", &Day::inputs,
             "hash of the doctrines and their vocabulary, and of the day's files where it is a day")};
  }
};

struct RuleText {
  std::string id = {}, says = {}, citation = {};
  std::optional<Time> from = {}, until = {};
  static constexpr auto fields() {
    return std::tuple{always("id", &RuleText::id, ""), always("says", &RuleText::says, ""),
                      always("citation", &RuleText::citation, ""), said("from", &RuleText::from, ""),
                      said("until", &RuleText::until, "")};
  }
};

struct ResponseText {
  std::string id = {}, title = {}, kind = {}, stance = {}, citation = {};
  static constexpr auto fields() {
    return std::tuple{always("id", &ResponseText::id, ""), always("title", &ResponseText::title, ""),
                      always("kind", &ResponseText::kind, ""), always("stance", &ResponseText::stance, ""),
                      always("citation", &ResponseText::citation, "")};
  }
};

struct Rules {
  static constexpr std::string_view kind = "doctrine";
  static constexpr std::string_view when = "after the day, one a doctrine that verdicts are given by";
  std::string text = {}, doctrine = {}, title = {}, authority = {}, territory = {};
  std::optional<Time> from = {}, until = {};
  Hash hash{};
  std::optional<Hash> vocabulary = {};
  std::vector<RuleText> rules = {};
  std::vector<ResponseText> responses = {};
  static constexpr auto fields() {
    return std::tuple{always("text", &Rules::text, ""),
                      always("doctrine", &Rules::doctrine, "its name"),
                      always("title", &Rules::title, ""),
                      always("authority", &Rules::authority, ""),
                      always("territory", &Rules::territory, ""),
                      said("from", &Rules::from, ""),
                      said("until", &Rules::until, ""),
                      always("hash", &Rules::hash, "SHA-256 of its file"),
                      said("vocabulary", &Rules::vocabulary, "SHA-256 of facts.toml as it was read"),
                      always("rules", &Rules::rules, "`id`, `says`, `citation`, `from`, `until`"),
                      always("responses", &Rules::responses, "`id`, `title`, `kind`, `stance`, `citation`")};
  }
};

struct Program {
  static constexpr std::string_view kind = "program";
  static constexpr std::string_view when = "another version of Varne goes on with the record";
  std::string text = {}, version = {};
  static constexpr auto fields() {
    return std::tuple{always("text", &Program::text, ""), always("version", &Program::version, "")};
  }
};

struct TrackSaid {
  static constexpr std::string_view kind = "track";
  static constexpr std::string_view when = "see below";
  std::string text = {}, track = {}, change = {};
  Place at = {};
  double speed_mps = 0, course_deg = 0;
  std::optional<std::uint32_t> mmsi = {};
  std::string name = {};
  std::optional<double> ellipse_m = {};
  static constexpr auto fields() {
    return std::tuple{always("text", &TrackSaid::text, ""),
                      always("track", &TrackSaid::track, ""),
                      always("change", &TrackSaid::change,
                             "`started`, `confirmed`, `identified`, `updated`, `coasting`, `dropped`"),
                      always("at", &TrackSaid::at, ""),
                      always("speed_mps", &TrackSaid::speed_mps, "").decimals(1),
                      always("course_deg", &TrackSaid::course_deg, ""),
                      said("mmsi", &TrackSaid::mmsi, "of a ship"),
                      said("name", &TrackSaid::name, "of a ship"),
                      said("ellipse_m", &TrackSaid::ellipse_m,
                           "of an unidentified craft: the larger half axis of its 95 % ellipse")
                          .decimals(0)};
  }
};

struct UnitMoved {
  static constexpr std::string_view kind = "unit";
  static constexpr std::string_view when = "a unit's AIS position, every ten minutes while it moves";
  std::string text = {}, unit = {};
  Place at = {};
  double speed_mps = 0, course_deg = 0;
  static constexpr auto fields() {
    return std::tuple{always("text", &UnitMoved::text, ""), always("unit", &UnitMoved::unit, ""),
                      always("at", &UnitMoved::at, ""),
                      always("speed_mps", &UnitMoved::speed_mps, "").decimals(1),
                      always("course_deg", &UnitMoved::course_deg, "")};
  }
};

struct SegmentTold {
  static constexpr std::string_view kind = "segment";
  static constexpr std::string_view when = "a segment of the journal of raw feeds closed (a live desk)";
  std::string text = {}, file = {};
  Hash hash{};
  static constexpr auto fields() {
    using S = SegmentTold;
    return std::tuple{always("text", &S::text, ""), always("file", &S::file, ""),
                      always("hash", &S::hash, "SHA-256 of its bytes")};
  }
};

struct RefusedLine {
  static constexpr std::string_view kind = "line_refused";
  static constexpr std::string_view when = "a line of a live feed that no reader could take";
  std::string text = {}, feed = {}, why = {}, raw = {};
  bool distress = false;
  static constexpr auto fields() {
    using L = RefusedLine;
    return std::tuple{always("text", &L::text, ""), always("feed", &L::feed, ""),
                      always("why", &L::why, "in the reader's words"),
                      always("raw", &L::raw, "its first 500 characters, `?` for what cannot be shown"),
                      said("distress", &L::distress,
                           "it holds the word distress or mayday, and an officer has to look at it")};
  }
};

struct FeedSaid {
  static constexpr std::string_view kind = "feed";
  static constexpr std::string_view when = "what became of a feed changed (a live desk)";
  std::string text = {}, feed = {}, health = {};
  Time since = {};
  std::optional<double> clock_offset_s = {};
  std::uint64_t lines = 0, refused = 0, dropped = 0;
  static constexpr auto fields() {
    using F = FeedSaid;
    return std::tuple{
        always("text", &F::text, ""),
        always("feed", &F::feed, ""),
        always("health", &F::health, "`heard`, `silent`, `refusing`, `dropping`, `clock_off`, `down`"),
        always("since", &F::since, ""),
        said("clock_offset_s", &F::clock_offset_s, "its clock less the desk's").decimals(1),
        always("lines", &F::lines, "since the desk began"),
        always("refused", &F::refused, "of them"),
        always("dropped", &F::dropped, "beside them")};
  }
};

struct Beacon {
  static constexpr std::string_view kind = "beacon";
  static constexpr std::string_view when =
      "an AIS distress beacon (SART, MOB, EPIRB) began to be heard, moved or said something else; or a ship "
      "says that she is one";
  std::string text = {};
  std::uint32_t mmsi = 0;
  std::string station = {}, state = {}, words = {};
  std::optional<int> status = {};
  std::optional<Place> at = {};
  std::string source = {}, incident = {};
  static constexpr auto fields() {
    using B = Beacon;
    return std::tuple{
        always("text", &B::text, ""),
        always("mmsi", &B::mmsi, ""),
        always("station", &B::station, "`AIS-SART`, `MOB beacon`, `EPIRB-AIS`; of a ship what she is"),
        always("state", &B::state,
               "`alarm`, `test`, or `claim`: a ship's, which opens no incident and has to be acknowledged"),
        said("words", &B::words, "its safety text"),
        said("status", &B::status, "navigational status: 14 active, 15 under test"),
        said("at", &B::at, "absent: somewhere within reach of the receiver"),
        always("source", &B::source, "the feed that heard it"),
        said("incident", &B::incident, "of an alarm")};
  }
};

struct SafetyText {
  static constexpr std::string_view kind = "safety_text";
  static constexpr std::string_view when =
      "an AIS safety text (types 12 and 14), the same of one sender at most every ten minutes";
  std::string text = {}, words = {};
  std::uint32_t mmsi = 0;
  std::string station = {}, name = {};
  std::optional<std::uint32_t> to = {};
  std::optional<Place> at = {};
  std::string source = {};
  static constexpr auto fields() {
    using S = SafetyText;
    return std::tuple{always("text", &S::text, ""),
                      always("words", &S::words, "as sent"),
                      always("mmsi", &S::mmsi, "the sender"),
                      said("station", &S::station, "what the form of its number says it is"),
                      said("name", &S::name, "where it is known"),
                      said("to", &S::to, "type 12: the MMSI it is meant for"),
                      said("at", &S::at, "the sender's place, where it is known"),
                      always("source", &S::source, "the feed")};
  }
};

struct AlarmRaised {
  static constexpr std::string_view kind = "alarm";
  static constexpr std::string_view when = "something nobody at the desk may miss";
  std::string text = {}, what = {}, subject = {};
  std::uint64_t about = 0;
  std::string incident = {};
  static constexpr auto fields() {
    using A = AlarmRaised;
    return std::tuple{
        always("text", &A::text, ""),
        always("what", &A::what,
               "`nobody_goes`, `worse`, `safety_text`, `active_sart_claim`, `refused_distress`, "
               "`hand_over_unanswered`, `offered_to_us`, `partner_refused`, `unit_asked_for`"),
        always("subject", &A::subject, "the incident, the sender's MMSI, the feed or the centre"),
        said("about", &A::about, "the entry to look at"), said("incident", &A::incident, "")};
  }
};

struct AlarmSeen {
  static constexpr std::string_view kind = "alarm_seen";
  static constexpr std::string_view when = "somebody acknowledged an alarm, for all consoles";
  std::string text = {};
  std::uint64_t alarm = 0;
  std::string from = {}, source = {}, incident = {};
  static constexpr auto fields() {
    using A = AlarmSeen;
    return std::tuple{always("text", &A::text, ""), always("alarm", &A::alarm, "the entry that raised it"),
                      always("from", &A::from, ""), said("source", &A::source, "report id"),
                      said("incident", &A::incident, "")};
  }
};

}  // namespace varne::entries
