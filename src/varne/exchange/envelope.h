#pragma once
/// A letter as it travels: one line of canonical JSON (RFC 8785), signed by the desk that sends it (Ed25519)
/// for the one it is meant for. docs/exchange.md has the fields.

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "varne/core/fields.h"
#include "varne/core/fields_json.h"
#include "varne/core/result.h"
#include "varne/core/time.h"
#include "varne/record/entry.h"
#include "varne/record/keys.h"
#include "varne/room/letter.h"

namespace varne {

/// What this version writes, and all it reads.
inline constexpr int letter_version = 1;
/// Bytes of a letter as it travels. A report has at most a tenth of it.
inline constexpr std::size_t longest_letter = 64 * 1024;

struct Envelope {
  int version = letter_version;
  std::string from = {}, to = {};
  std::uint64_t number = 0;
  Time sent = {};
  std::string kind = {};
  CanonicalJson body = {};
  std::string signature = {};
  static constexpr auto fields() {
    using E = Envelope;
    return std::tuple{
        always("version", &E::version, "1; any other is refused"),
        always("from", &E::from, "the centre whose desk sends it"),
        always("to", &E::to, "the centre whose desk it is for"),
        always("number", &E::number, "of the letters from this desk to that, from 1 without a gap"),
        always("sent", &E::sent, "by the sender's clock"),
        always("kind", &E::kind, ""),
        always("body", &E::body, ""),
        said("signature", &E::signature, "Ed25519 over the same line without this field, 128 digits")};
  }
};

/// The letter of an entry (kind "letter", `way` "told"), ready to travel.
/// @param own  the centre whose desk sends it
std::string sealed_letter(const Entry& told, const std::string& own, const SigningKey& key);

/// Reads a letter that was checked when it came. Refuses, naming the field, what is none.
Result<PartnerLetter> read_letter(std::string_view line);

/// The same of one that has just come. Refuses too: one that is too long, speaks another version, is not from
/// this centre's desk or not for this one, or is not signed with that desk's key.
Result<PartnerLetter> check_letter(std::string_view line, const std::string& own, const std::string& partner,
                                   const PublicKey& key);

}  // namespace varne
