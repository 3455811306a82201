/// A letter as it travels: what is signed comes out as it went in, and nothing else is taken.
#include "varne/exchange/envelope.h"

#include "exchange/two_desks.h"
#include "varne/core/philox.h"
#include "varne/exchange/partner_file.h"

namespace varne::test {
namespace {

struct Sent {
  SigningKey key = SigningKey::make();
  std::string line = sealed_letter(
      {7, midnight, "letter",
       canonical_of(entries::LetterSaid{
           .text = "told",
           .way = "told",
           .centre = gris_nez,
           .letter = 3,
           .what = "hand_over",
           .incident = "I1",
           .body = {canonical_of(letters::Passing{
               .incident = "MRCC Dover/I1", .word = HandOverWord::propose, .term = 1, .offer = 2})}})},
      dover, key);
  [[nodiscard]] std::string refusal(const std::string& text, const std::string& own = gris_nez,
                                    const std::string& from = dover) const {
    const auto read = check_letter(text, own, from, key.public_key());
    return read ? "" : read.error().text();
  }
  [[nodiscard]] std::string with(const std::string& old, const std::string& now) const {
    std::string out = line;
    const auto at = out.find(old);
    EXPECT_NE(at, std::string::npos) << old << " in " << line;
    return at == std::string::npos ? out : out.replace(at, old.size(), now);
  }
};

TEST(Envelope, brings_what_was_told) {
  const Sent sent;
  const auto read = check_letter(sent.line, gris_nez, dover, sent.key.public_key());
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->centre, dover);
  EXPECT_EQ(read->number, 3U);
  EXPECT_EQ(read->sent, midnight);
  const auto& said = std::get<letters::Passing>(read->said);
  EXPECT_EQ(said.incident, "MRCC Dover/I1");
  EXPECT_EQ(said.word, HandOverWord::propose);
  EXPECT_EQ(said.offer, 2U);
}

TEST(Envelope, another_version_centre_key_or_word_is_refused_and_named) {
  const Sent sent;
  EXPECT_NE(sent.refusal(sent.with("\"version\":1", "\"version\":2"))
                .find("version: is 2; this desk speaks version 1"),
            std::string::npos);
  EXPECT_NE(sent.refusal(sent.line, dover).find("to: is \"CROSS Gris-Nez\"; this is the desk of MRCC Dover"),
            std::string::npos);
  EXPECT_NE(sent.refusal(sent.line, gris_nez, "CROSS Jobourg").find("from: is \"MRCC Dover\""),
            std::string::npos);
  for (const auto& [old, now] : {std::pair{"\"offer\":2", "\"offer\":3"},
                                 {"\"number\":3", "\"number\":4"},
                                 {"propose", "release"},
                                 {"2021-11-11", "2021-11-12"},
                                 {"Dover/I1", "Dover/I2"}})
    EXPECT_NE(sent.refusal(sent.with(old, now)).find("signature: is not by the key"), std::string::npos)
        << old;
  EXPECT_NE(sent.refusal(sent.with("\"hand_over\"", "\"handover\"")).find("signature"), std::string::npos);
  EXPECT_NE(check_letter(sent.line, gris_nez, dover, SigningKey::make().public_key())
                .error()
                .text()
                .find("signature"),
            std::string::npos);
  EXPECT_NE(sent.refusal(sent.line + std::string(longest_letter, ' ')).find("are taken at most"),
            std::string::npos);
  for (const char* none : {"", "[]", "{}", "null", "{\"version\":1}", "\xff"})
    EXPECT_NE(sent.refusal(none), "") << none;
}

TEST(Envelope, no_byte_of_it_can_be_changed) {
  const Sent sent;
  Random random(20211124, 14, 0);
  for (int i = 0; i < 2000; ++i) {
    std::string line = sent.line;
    const std::size_t at = random.bits() % line.size();
    const char now = static_cast<char>(random.bits());
    if (line[at] == now) continue;
    line[at] = now;
    const auto read = check_letter(line, gris_nez, dover, sent.key.public_key());
    // Blanks between the words and digits of the signature in capitals say the same.
    if (read) EXPECT_EQ(in_short(read->said), "\"propose\" of MRCC Dover/I1, term 1, offer 2") << line;
  }
}

TEST(Envelope, the_manual_has_the_letters_as_they_are) {
  const std::string manual = read_all(std::string(VARNE_ROOT) + "/docs/exchange.md");
  EXPECT_NE(manual.find(letters_table()), std::string::npos) << "put this into docs/exchange.md:\n"
                                                             << letters_table();
}

TEST(PartnerFileOfADesk, is_read_or_refused_by_line_and_field) {
  const Scratch folder;
  const std::string key(64, 'a');
  const std::string good = "own = \"MRCC Dover\"\nkey = \"" + key +
                           "\"\nkeys = \"dover.exchange\"\nurl = \"nats://127.0.0.1:4222\"\n\n"
                           "[[joined]]\ncentre = \"CROSS Gris-Nez\"\nkey = \"" +
                           key + "\"\ndomain = \"gris-nez\"\n";
  const auto read = load_partner_file(folder.write("a.toml", good));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->own, dover);
  EXPECT_EQ(read->keys, folder.file("dover.exchange"));
  EXPECT_EQ(read->joined.at(0).domain, "gris-nez");
  const auto refused = [&](const std::string& old, const std::string& now) {
    std::string text = good;
    text.replace(text.find(old), old.size(), now);
    const auto wrong = load_partner_file(folder.write("b.toml", text));
    return wrong ? "" : wrong.error().text();
  };
  EXPECT_NE(refused("nats://127", "http://127").find("url: must be nats://"), std::string::npos);
  EXPECT_NE(refused("CROSS Gris-Nez", "MRCC Dover").find("is this desk's own"), std::string::npos);
  EXPECT_NE(refused(key, "abc").find("b.toml:2: key: is no public key"), std::string::npos);
  EXPECT_NE(refused("domain =", "damain =").find("damain"), std::string::npos);
  EXPECT_NE(refused("own =", "certificate = \"x\"\nown =").find("certificate: stands alone"),
            std::string::npos);
  EXPECT_NE(refused(good.substr(good.find("[[joined]]")), "").find("joins no centre"), std::string::npos);
}

}  // namespace
}  // namespace varne::test
