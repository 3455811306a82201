/// Keys, their files, and proofs that stand on them.

#include "varne/record/keys.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include "entries.h"
#include "support.h"
#include "varne/record/disk.h"
#include "varne/record/ledger.h"
#include "varne/record/proof.h"

namespace varne {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> bytes(const char* digits) {
  std::array<std::uint8_t, N> out{};
  const auto read = *from_hex(digits);
  std::copy(read.begin(), read.end(), out.begin());
  return out;
}

// RFC 8032, section 7.1, test 2; the secret key as OpenSSL 3 writes it.
constexpr const char* rfc_8032_key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr const char* rfc_8032_signature =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
    "387b2eaeb4302aeeb00d291612bb0c00";
constexpr const char* rfc_8032_file =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
    "-----END PRIVATE KEY-----\n";

TEST(Keys, agree_with_rfc_8032) {
  const auto key = bytes<32>(rfc_8032_key);
  const auto signature = bytes<64>(rfc_8032_signature);
  EXPECT_TRUE(signed_by(key, "\x72", signature));
  EXPECT_FALSE(signed_by(key, "\x73", signature));
  EXPECT_FALSE(signed_by(PublicKey{}, "\x72", signature));
}

TEST(Keys, a_file_is_the_pkcs_8_that_other_programs_read_and_write) {
  const test::Scratch scratch;
  const auto folder = scratch.file("keys");
  const auto key = bytes<32>(rfc_8032_key);
  ASSERT_EQ(::mkdir(folder.c_str(), 0700), 0);
  const auto file = key_file(folder, key);
  const auto load = [&](const std::string& text) {
    scratch.write("keys/" + std::filesystem::path(file).filename().string(), text);
    EXPECT_EQ(::chmod(file.c_str(), 0600), 0);
    return SigningKey::load(folder, key);
  };
  const auto read = load(rfc_8032_file);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->public_key(), key);
  EXPECT_EQ(read->sign("\x72"), bytes<64>(rfc_8032_signature));

  const auto copy = scratch.file("copy");
  ASSERT_TRUE(read->save(copy));
  EXPECT_EQ(*read_bytes(key_file(copy, key)), rfc_8032_file);
  EXPECT_FALSE(read->save(copy));  // a key is never written over another

  const std::string whole = rfc_8032_file;
  for (std::size_t cut = 0; cut < whole.size(); ++cut) EXPECT_FALSE(load(whole.substr(0, cut))) << cut;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto changed = whole;
    changed[at] = changed[at] == '*' ? '?' : '*';
    EXPECT_FALSE(load(changed)) << at;
  }
}

int mode_of(const std::string& path) {
  struct stat state {};
  EXPECT_EQ(::stat(path.c_str(), &state), 0) << path;
  return static_cast<int>(state.st_mode & 0777);
}

std::string refusal(const std::string& path) {
  const auto ledger = open_ledger(path);
  return ledger ? "" : ledger.error().text();
}

TEST(Keys, are_made_on_the_first_start_for_nobody_else_to_read) {
  const test::Scratch scratch;
  const auto path = scratch.file("watch.db");
  ASSERT_EQ(refusal(path), "");
  const auto key = verify_ledger(path)->keys.at(0);
  const auto file = key_file(path + ".keys", key);
  EXPECT_EQ(mode_of(path + ".keys"), 0700);
  EXPECT_EQ(mode_of(file), 0600);
  ASSERT_EQ(refusal(path), "");
  EXPECT_EQ(verify_ledger(path)->keys, std::vector{key});  // the same key goes on

  ::chmod(file.c_str(), 0640);
  EXPECT_NE(refusal(path).find(file + ": may be read or written by other accounts"), std::string::npos);
  ::chmod(file.c_str(), 0600);
  ::chmod((path + ".keys").c_str(), 0755);
  EXPECT_NE(refusal(path).find("chmod 700 " + path + ".keys"), std::string::npos) << refusal(path);
  ::chmod((path + ".keys").c_str(), 0700);
  EXPECT_EQ(refusal(path), "");
}

TEST(Keys, a_record_whose_key_is_lost_or_another_is_refused) {
  const test::Scratch scratch;
  const auto path = scratch.file("watch.db");
  ASSERT_EQ(refusal(path), "");
  const auto file = key_file(path + ".keys", verify_ledger(path)->keys.at(0));
  std::filesystem::rename(file, file + ".away");
  EXPECT_NE(refusal(path).find("the key that signs this record is not there"), std::string::npos);

  ASSERT_TRUE(SigningKey::make().save(scratch.file("other")));
  for (const auto& other : std::filesystem::directory_iterator(scratch.file("other")))
    std::filesystem::copy(other.path(), file);
  ::chmod(file.c_str(), 0600);
  EXPECT_NE(refusal(path).find("holds another key"), std::string::npos) << refusal(path);
  scratch.write("watch.db.keys/" + std::filesystem::path(file).filename().string(), "no key");
  EXPECT_NE(refusal(path).find("holds no Ed25519 key"), std::string::npos) << refusal(path);
  std::filesystem::rename(file + ".away", file);
  EXPECT_EQ(refusal(path), "");
}

TEST(Keys, a_new_one_is_vouched_for_by_the_old_which_is_not_needed_any_more) {
  const test::Scratch scratch;
  const auto path = scratch.file("watch.db");
  {
    const auto ledger = *open_ledger(path);
    ASSERT_TRUE(ledger->append(test::entries_from(1, 3)));
    ASSERT_TRUE(ledger->change_key());
    ASSERT_TRUE(ledger->append(test::entries_from(4, 3)));
    ASSERT_TRUE(ledger->change_key());
  }
  const auto keys = verify_ledger(path)->keys;
  ASSERT_EQ(keys.size(), 3U);
  std::filesystem::remove(key_file(path + ".keys", keys[0]));
  std::filesystem::remove(key_file(path + ".keys", keys[1]));
  ASSERT_TRUE((*open_ledger(path))->append(test::entries_from(7, 3)));
  const auto verified = *verify_ledger(path);
  EXPECT_TRUE(verified.problems.empty()) << verified.problems[0].text();
  EXPECT_EQ(verified.signed_head->key, keys[2]);
  const auto proven = check_proof(*prove(path, 2), keys[0]);
  ASSERT_TRUE(proven) << proven.error().text();
  EXPECT_EQ(proven->entry, test::entry_number(2));
  EXPECT_EQ(proven->keys, keys);
}

const std::vector<std::string>& proofs() {
  static const std::vector<std::string> made = [] {
    const test::Scratch scratch;
    const auto path = scratch.file("watch.db");
    {
      const auto ledger = *open_ledger(path);
      EXPECT_TRUE(ledger->append(test::entries_from(1, 30)));
      EXPECT_TRUE(ledger->change_key());
    }
    std::vector<std::string> out;
    for (std::uint64_t number = 1; number <= 30; ++number) out.push_back(*prove(path, number));
    return out;
  }();
  return made;
}

/// One byte anywhere in it is changed: no proof any more, whichever it is.
RC_GTEST_PROP(ProofLaws, a_changed_byte_makes_it_no_proof, ()) {
  auto proof = *rc::gen::elementOf(proofs());
  RC_ASSERT(check_proof(proof).has_value());
  const auto at = *rc::gen::inRange<std::size_t>(0, proof.size());
  proof[at] = static_cast<char>(proof[at] ^ *rc::gen::inRange(1, 128));
  RC_ASSERT(!check_proof(proof).has_value());
}

RC_GTEST_PROP(ProofLaws, parts_of_two_proofs_are_none, ()) {
  const auto one = *rc::gen::inRange<std::size_t>(0, 30);
  const auto other = *rc::gen::inRange<std::size_t>(0, 30);
  const auto& text = proofs()[one];
  const auto path = text.find("\"path\"");
  const auto end = text.find(']', path);
  const auto& second = proofs()[other];
  const auto its_path = second.find("\"path\"");
  const auto mixed = text.substr(0, path) + second.substr(its_path, second.find(']', its_path) - its_path) +
                     text.substr(end);
  RC_ASSERT(check_proof(mixed).has_value() == (one == other));
}

TEST(Proof, an_entry_that_no_head_stands_for_yet_has_none) {
  const test::Scratch scratch;
  const auto path = scratch.file("watch.db");
  const auto ledger = *open_ledger(path, {.keys = {}, .sign_within = std::chrono::hours(1)});
  ASSERT_TRUE(ledger->append(test::entries_from(1, 1)));
  ASSERT_TRUE(ledger->append(test::entries_from(2, 1)));
  EXPECT_TRUE(prove(path, 1));  // also while somebody writes
  EXPECT_NE(
      prove(path, 2).error().text().find("entry 2: is not signed for yet; the last signed head stands at "
                                         "entry 1"),
      std::string::npos);
}

}  // namespace
}  // namespace varne
