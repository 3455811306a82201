#include "varne/exchange/envelope.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

#include "varne/core/hash.h"
#include "varne/core/text.h"
#include "varne/room/entries_partner.h"

namespace varne {
namespace {

Result<Envelope> envelope_in(std::string_view line) {
  const auto json = parse_json(line);
  if (!json) return std::unexpected(json.error().in("letter"));
  // Said first: what another version has in its fields is not known here.
  if (json->is_object())
    if (const auto version = json->find("version");
        version != json->end() && version->is_number_integer() && *version != letter_version)
      return fail("version",
                  fmt::format("is {}; this desk speaks version {}: bring both desks to one version",
                              version->dump(), letter_version));
  Envelope out;
  if (auto read = read_json(*json, out); !read) return std::unexpected(read.error().in("letter"));
  if (out.number == 0) return fail("number", "is 0; letters are numbered from 1");
  return out;
}

template <std::size_t N>
std::string digits(const std::array<std::uint8_t, N>& bytes) {
  return hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), N));
}

std::optional<Signature> signature_in(std::string_view text) {
  const auto bytes = from_hex(text);
  Signature out{};
  if (!bytes || bytes->size() != out.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

std::string signed_text(Envelope envelope) {
  envelope.signature.clear();
  return canonical_of(envelope);
}

Result<Letter> letter_in(const Envelope& envelope) {
  const auto json = parse_json(envelope.body.text);
  if (!json) return std::unexpected(json.error().in("body"));
  Result<Letter> out = fail("kind", fmt::format("\"{}\" is no kind of letter", shown(envelope.kind)));
  for_each_kind<Letter>([&]<class Body>() {
    if (envelope.kind != Body::kind) return;
    Body body;
    const auto read = read_json(*json, body);
    out = read ? Result<Letter>(body) : Result<Letter>(std::unexpected(read.error().in("body")));
  });
  return out;
}

Result<PartnerLetter> letter_of(const Envelope& envelope) {
  auto said = letter_in(envelope);
  if (!said) return std::unexpected(said.error());
  return PartnerLetter{envelope.from, envelope.number, envelope.sent, std::move(*said)};
}

}  // namespace

std::string sealed_letter(const Entry& told, const std::string& own, const SigningKey& key) {
  entries::LetterSaid letter;
  [[maybe_unused]] const auto read = read_json(*parse_json(told.body), letter);
  assert(read && letter.way == "told");
  Envelope envelope{.from = own,
                    .to = letter.centre,
                    .number = letter.letter,
                    .sent = told.time,
                    .kind = letter.what,
                    .body = letter.body};
  envelope.signature = digits(key.sign(signed_text(envelope)));
  return canonical_of(envelope);
}

Result<PartnerLetter> read_letter(std::string_view line) {
  const auto envelope = envelope_in(line);
  if (!envelope) return std::unexpected(envelope.error());
  return letter_of(*envelope);
}

Result<PartnerLetter> check_letter(std::string_view line, const std::string& own, const std::string& partner,
                                   const PublicKey& key) {
  if (line.size() > longest_letter)
    return fail("letter", fmt::format("has {} bytes; {} are taken at most", line.size(), longest_letter));
  const auto envelope = envelope_in(line);
  if (!envelope) return std::unexpected(envelope.error());
  if (envelope->from != partner)
    return fail("from", fmt::format("is \"{}\"; on this line {} speaks", shown(envelope->from), partner));
  if (envelope->to != own)
    return fail("to", fmt::format("is \"{}\"; this is the desk of {}", shown(envelope->to), own));
  const auto signature = signature_in(envelope->signature);
  if (!signature || !signed_by(key, signed_text(*envelope), *signature))
    return fail("signature", fmt::format("is not by the key that {} is known by here", partner));
  return letter_of(*envelope);
}

}  // namespace varne
