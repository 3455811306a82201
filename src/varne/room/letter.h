#pragma once
/// A letter: what one centre's desk tells another's. docs/exchange.md has what is told and when; who signs it
/// and how it travels is exchange/envelope.h. What both look after is the same series of reports and orders
/// in both rooms, and the same machines make the same of it.
///
/// An incident has a name of its own in both records, "MRCC Dover/I7": whose desk opened it, and its number
/// there. Every letter about it gives that.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/fields_json.h"
#include "varne/core/geo.h"
#include "varne/core/hash.h"
#include "varne/core/time.h"
#include "varne/room/coordination.h"

namespace varne {
namespace letters {

/// How it stands by the desk that tells.
struct Incident {
  static constexpr std::string_view kind = "incident";
  static constexpr std::string_view says = "an incident that both look after from now on, and who has it";
  std::string incident = {}, boat = {}, phase = {}, why = {}, centre = {};
  std::uint64_t term = 1;
  Time opened = {};
  static constexpr auto fields() {
    using I = Incident;
    return std::tuple{always("incident", &I::incident, "its name in both records"),
                      said("boat", &I::boat, "the label that the centres agreed on"),
                      always("phase", &I::phase, "`uncertainty`, `alert`, `distress`"),
                      always("why", &I::why, "it is in this phase"),
                      always("centre", &I::centre, "who coordinates"),
                      always("term", &I::term, "that they hold"),
                      always("opened", &I::opened, "by the clock of the desk that opened it")};
  }
};

/// What was heard of it, as it came. Of no incident: a departure that was prevented.
struct Word {
  static constexpr std::string_view kind = "report";
  static constexpr std::string_view says =
      "a report, an order or an agreement about it; without an incident, a departure that was prevented";
  std::string incident = {}, other = {};
  std::vector<std::string> may_be = {};
  Time heard = {};
  CanonicalJson report = {};
  static constexpr auto fields() {
    using W = Word;
    return std::tuple{said("incident", &W::incident, ""),
                      said("other", &W::other, "an order's second incident"),
                      said("may_be", &W::may_be, "other incidents that it may be about"),
                      always("heard", &W::heard, "by the clock of the desk that tells"),
                      always("report", &W::report, "[its fields](feeds.md), as it came")};
  }
};

/// A step on its way from one centre to the other (coordination.h).
struct Passing {
  static constexpr std::string_view kind = "hand_over";
  static constexpr std::string_view says = "a word of its hand-over, as above";
  std::string incident = {};
  HandOverWord word = HandOverWord::propose;
  std::uint64_t term = 1, offer = 0;
  static constexpr auto fields() {
    using P = Passing;
    return std::tuple{
        always("incident", &P::incident, ""),
        always("word", &P::word, "`propose`, `withdraw`, `accept`, `refuse`, `release`, `taken`"),
        always("term", &P::term, "`release`, `taken`: the new one"),
        always("offer", &P::offer, "0 with `release` and `taken`")};
  }
};

/// What the desk that tells made of it. It is kept, and changes nothing.
struct Told {
  static constexpr std::string_view kind = "told";
  static constexpr std::string_view says = "a verdict or a count of people that the other desk came to";
  std::string incident = {}, what = {}, text = {};
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using T = Told;
    return std::tuple{always("incident", &T::incident, ""), always("what", &T::what, "`verdict`, `people`"),
                      always("text", &T::text, "in its words"),
                      always("entry", &T::entry, "in the record of the desk that tells")};
  }
};

/// A craft that a centre's radars see near the other's region, as that desk has it. It is nobody's sensor
/// here: it is shown beside the picture, and never in it.
struct NearTrack {
  std::string id = {};  ///< in the picture of the desk that tells
  std::optional<Place> at = {};
  std::optional<double> course_deg = {}, speed_mps = {}, error_m = {};
  Time time = {};
  bool gone = false;
  static constexpr auto fields() {
    using N = NearTrack;
    return std::tuple{
        always("id", &N::id, "in the picture of the desk that tells"),
        said("at", &N::at, "where it was"),
        said("course_deg", &N::course_deg, "over ground, true").decimals(0),
        said("speed_mps", &N::speed_mps, "over ground").decimals(1),
        said("error_m", &N::error_m, "longer half axis of what holds it in 95 of 100 cases").decimals(0),
        always("time", &N::time, "when it was there, by the clock of the desk that tells"),
        said("gone", &N::gone, "it is seen there no more")};
  }
};

struct Tracks {
  static constexpr std::string_view kind = "tracks";
  static constexpr std::string_view says =
      "craft that radar alone knows, in the other centre's region or within 6 nautical miles of it";
  std::vector<NearTrack> tracks = {};
  static constexpr auto fields() {
    return std::tuple{always("tracks", &Tracks::tracks,
                             "those that are new, moved 50 m, were not told for five minutes, or are gone: "
                             "`id`, `at`, `course_deg`, `speed_mps`, `error_m`, `time`, `gone`")};
  }
};

/// A unit that its centre offers. Who wants it asks; nothing is tasked by it.
struct OfferedUnit {
  static constexpr std::string_view kind = "unit";
  static constexpr std::string_view says = "a unit of the centre that it offers to lend, or no longer offers";
  std::string unit = {};
  std::optional<Place> at = {};
  std::string text = {};
  bool offered = false;
  static constexpr auto fields() {
    using U = OfferedUnit;
    return std::tuple{always("unit", &U::unit, "its name in the list of units"),
                      said("at", &U::at, "where it was last heard of"),
                      said("text", &U::text, "what its centre says to it"),
                      said("offered", &U::offered, "it is, and has not been taken back")};
  }
};

/// Where the record of the desk that tells stands (record/signed_head.h), and that it goes on from the head
/// that it told before. Whoever keeps it holds the record to it: its past cannot be written anew unseen.
struct Head {
  static constexpr std::string_view kind = "head";
  static constexpr std::string_view says =
      "where the record of the desk that tells stands, and that it goes on from where it stood";
  std::uint64_t number = 0, size = 0;
  Hash root = {};
  std::uint64_t labels = 0;
  Hash labels_root = {};
  Time time = {};
  Hash key = {};
  std::string signature = {};
  std::uint64_t earlier = 0;
  std::vector<Hash> proof = {};
  static constexpr auto fields() {
    using H = Head;
    return std::tuple{
        always("number", &H::number, "of the head in its record, from 1"),
        always("size", &H::size, "so many entries"),
        always("root", &H::root, "of their tree"),
        always("labels", &H::labels, "so many [labels](record.md)"),
        always("labels_root", &H::labels_root, "of theirs"),
        always("time", &H::time, "when it was signed, by the clock of the machine that tells"),
        always("key", &H::key, "that signs that record; the letter's own signature vouches for it"),
        always("signature", &H::signature, "Ed25519 over [the head](record.md), 128 digits"),
        always("earlier", &H::earlier, "entries of the head that was told before, 0: this is the first"),
        always("proof", &H::proof, "RFC 9162's, that the tree of `size` goes on from that of `earlier`")};
  }
};

}  // namespace letters

using Letter = std::variant<letters::Incident, letters::Word, letters::Passing, letters::Told, letters::Head,
                            letters::Tracks, letters::OfferedUnit>;

/// Another centre's desk says something. It was signed by that desk, for this one, and comes once and in
/// order: exchange/mailbox.h saw to that, and the room looks again.
struct PartnerLetter {
  std::string centre;        ///< whose desk
  std::uint64_t number = 0;  ///< of its letters to this desk, from 1
  Time sent;                 ///< by its clock
  Letter said;
};

/// What a letter is, in a few words for an entry.
std::string in_short(const Letter& letter);

/// The table of docs/exchange.md.
std::string letters_table();

}  // namespace varne
