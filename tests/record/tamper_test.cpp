/// `verify` against hands and against decay: what was done to a record, and what is said of it.

#include "tamper.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "entries.h"
#include "support.h"
#include "varne/core/philox.h"
#include "varne/record/merkle.h"
#include "varne/record/store.h"

namespace varne {
namespace {

using test::entries_from;
using test::tamper;

/// A record of so many entries, closed.
std::string made(const test::Scratch& scratch, std::size_t count, std::size_t padding = 0) {
  const auto path = scratch.file("record.db");
  auto ledger = open_ledger(path);
  EXPECT_TRUE(ledger.has_value());
  EXPECT_TRUE((*ledger)->append(entries_from(1, count, padding)));
  EXPECT_TRUE((*ledger)->label("day", "2021-11-11"));
  return path;
}

/// All that is said, a problem a line.
std::string said(const std::string& path) {
  const auto verified = verify_ledger(path);
  if (!verified) return "refused: " + verified.error().text() + "\n";
  std::string out;
  for (const Error& problem : verified->problems) out += problem.text() + "\n";
  return out;
}

std::string after(const std::string& sql, std::size_t count = 20) {
  const test::Scratch scratch;
  const auto path = made(scratch, count);
  EXPECT_EQ(said(path), "");
  tamper(path, sql);
  return said(path);
}

TEST(Verify, names_the_entry_whose_words_were_changed) {
  const std::string changed = "entry 5: was changed since it was written\n";
  EXPECT_EQ(after("UPDATE entry SET body = replace(body, 'R5', 'R6') WHERE number = 5"), changed);
  EXPECT_EQ(after("UPDATE entry SET time = time + 1 WHERE number = 5"), changed);
  EXPECT_EQ(after("UPDATE entry SET kind = 'order' WHERE number = 5"), changed);
  EXPECT_EQ(after("UPDATE entry SET body = 'gone' WHERE number = 5"), changed);
  EXPECT_EQ(after("UPDATE entry SET kind = 'order' WHERE number = 1"),
            "entry 1: was changed since it was written\n");
  EXPECT_EQ(after("UPDATE entry SET kind = 'order' WHERE number = 6"),
            "entry 6: was changed since it was written, or entry 5 was replaced together with its hash\n");
  EXPECT_EQ(after("UPDATE entry SET kind = 'order' WHERE number = 20"),
            "entry 20: was changed since it was written, or entry 19 or 18 was replaced together with its "
            "hash\n");
}

TEST(Verify, names_each_of_several) {
  EXPECT_EQ(after("UPDATE entry SET kind = 'order' WHERE number IN (5, 9)"),
            "entry 5: was changed since it was written\nentry 9: was changed since it was written\n");
  EXPECT_EQ(after("UPDATE entry SET kind = 'order' WHERE number IN (5, 6)"),
            "entry 5: was changed since it was written\n"
            "entry 6: was changed, or the hash it stands on was lost with entry 5\n");
}

TEST(Verify, tells_a_changed_hash_from_changed_words) {
  const std::string sound = ": the hash kept with it was changed; its words are as they were written\n";
  EXPECT_EQ(after("UPDATE entry SET hash = zeroblob(32) WHERE number = 5"), "entry 5" + sound);
  EXPECT_EQ(after("UPDATE entry SET hash = x'00' WHERE number = 1"), "entry 1" + sound);
  EXPECT_EQ(after("UPDATE entry SET hash = zeroblob(32) WHERE number = 20"), "entry 20" + sound);
}

TEST(Verify, names_what_is_missing) {
  EXPECT_EQ(after("DELETE FROM entry WHERE number = 5"),
            "entry 5: missing\nentry 6: cannot be checked without entry 5\n");
  EXPECT_EQ(after("DELETE FROM entry WHERE number BETWEEN 1 AND 3"),
            "entries 1 to 3: missing\nentry 4: cannot be checked without entry 3\n");
  EXPECT_EQ(after("DELETE FROM entry WHERE number > 15"),
            "entries 16 to 20: missing: cut off at the end of the record\n");
  EXPECT_EQ(after("DELETE FROM entry"), "entries 1 to 20: missing: cut off at the end of the record\n");
  EXPECT_EQ(after("DELETE FROM head"),
            "head: missing or damaged: whether the record was cut off at its end cannot be told\n");
}

TEST(Verify, names_entries_that_changed_places) {
  const auto swap = [](int a, int b) {
    return fmt::format(
        "UPDATE entry SET number = 1000 WHERE number = {0}; UPDATE entry SET number = {0} WHERE number = {1};"
        "UPDATE entry SET number = {1} WHERE number = 1000",
        a, b);
  };
  const std::string stands = "; what stands here was entry ";
  EXPECT_EQ(after(swap(5, 6)), "entry 5: was changed since it was written" + stands +
                                   "6\nentry 6: was changed, or the hash it stands on was lost with entry 5" +
                                   stands + "5\n");
  EXPECT_EQ(after(swap(5, 9)), "entry 5: was changed since it was written" + stands +
                                   "9\nentry 6: was changed, or the hash it stands on was lost with entry 5\n"
                                   "entry 9: was changed since it was written" +
                                   stands + "5\n");
}

TEST(Verify, names_what_was_added) {
  EXPECT_EQ(after("INSERT INTO entry SELECT 21, time, kind, body, hash FROM entry WHERE number = 20"),
            "entry 21: was changed since it was written\n"
            "entry 21: added by something that is not Varne\n");
  EXPECT_NE(after("INSERT INTO entry SELECT -3, time, kind, body, hash FROM entry WHERE number = 20")
                .find("entry -3: stands where it cannot"),
            std::string::npos);
}

/// SQL that gives entry 5 other words, and it and everything after it the hashes that go with them.
std::string rewritten(std::size_t count, std::size_t up_to, MerkleTree* tree = nullptr) {
  MerkleTree own;
  if (tree == nullptr) tree = &own;
  std::string sql;
  for (Entry entry : entries_from(1, count)) {
    if (entry.number == 5) entry.kind = "order";
    const Hash kept = tree->add(leaf_hash(entry_line(entry)));
    if (entry.number <= up_to)
      sql += fmt::format("UPDATE entry SET kind = '{}', hash = x'{}' WHERE number = {};", entry.kind,
                         hex(kept), entry.number);
  }
  return sql;
}

TEST(Verify, an_entry_replaced_with_its_hash_breaks_what_stands_on_it) {
  EXPECT_EQ(after(rewritten(20, 5)),
            "entry 6: was changed since it was written, or entry 5 was replaced together with its hash\n");
  EXPECT_EQ(after(rewritten(20, 6)),
            "entry 8: was changed since it was written, or entry 7 or 6 or 4 was replaced together with its "
            "hash\n");
  EXPECT_EQ(
      after(rewritten(5, 5), 5),
      "entries 4 to 5: one of them was replaced together with its hash: the head signed at entry 5 does "
      "not fit\n");
}

std::string blob(std::string_view bytes) {
  return "x'" + hex(bytes) + "'";
}
template <std::size_t N>
std::string blob(const std::array<std::uint8_t, N>& bytes) {
  return blob(std::string_view(reinterpret_cast<const char*>(bytes.data()), N));
}

/// A record rewritten throughout, by somebody who signs with a key of their own.
std::string forged(std::size_t count, const SigningKey& key, bool with_key) {
  MerkleTree tree;
  auto sql = rewritten(count, count, &tree);
  sql += fmt::format("UPDATE head SET hash = {};", blob(tree.root()));
  MerkleTree labels;
  for (std::uint64_t number = 1; number <= 2; ++number) {
    SignedHead head{number, count, tree.root(), number - 1, labels.root(), {}, key.public_key(), {}};
    head.signature = key.sign(head_text(head));
    sql += fmt::format("UPDATE signed SET root = {}, time = 0, key = {}, signature = {} WHERE number = {};",
                       blob(head.root), blob(head.key), blob(head.signature), number);
    labels.add(label_hash("day", "2021-11-11"));
  }
  if (!with_key) return sql;
  KeyChange change{1, 0, {}, key.public_key(), key.public_key(), {}};
  change.signature = key.sign(key_text(change));
  return sql + fmt::format("UPDATE key SET time = 0, key = {0}, by = {0}, signature = {1}", blob(change.key),
                           blob(change.signature));
}

TEST(Verify, a_record_rewritten_throughout_no_longer_fits_what_was_signed) {
  MerkleTree tree;
  auto sql = rewritten(20, 20, &tree);
  sql += fmt::format("UPDATE head SET hash = {}", blob(tree.root()));
  EXPECT_EQ(after(sql),
            "entries 16 to 20: one of them was replaced together with its hash: the head signed at entry 20 "
            "does not fit\n");
}

TEST(Verify, another_key_is_not_the_records_own) {
  EXPECT_EQ(after(forged(20, SigningKey::make(), false)),
            "signed head 1: is signed by a key that did not sign this record then\n"
            "signed head 2: is signed by a key that did not sign this record then\n");
}

/// What no record can show of itself, and what shows it: a head or a key that somebody noted elsewhere.
TEST(Verify, a_record_forged_with_its_key_shows_only_against_what_was_noted) {
  const test::Scratch scratch;
  const auto path = made(scratch, 20);
  const auto before = *verify_ledger(path);
  ASSERT_EQ(before.keys.size(), 1U);
  const Noted key{.key = before.keys[0], .head = {}};
  const Noted head{.key = {}, .head = LedgerHead{7, *(*open_ledger(path))->root_at(7)}};
  EXPECT_TRUE(verify_ledger(path, key)->problems.empty());
  EXPECT_TRUE(verify_ledger(path, head)->problems.empty());
  tamper(path, forged(20, SigningKey::make(), true));
  EXPECT_EQ(said(path), "");
  EXPECT_EQ(verify_ledger(path, key)->problems[0].text(),
            "keys: the key " + hex(before.keys[0]) + " that was noted elsewhere never signed this record");
  EXPECT_EQ(verify_ledger(path, head)->problems[0].text(),
            "entries 4 to 7: one of them was replaced together with its hash: the head noted elsewhere does "
            "not fit");
}

TEST(Verify, a_record_cut_off_with_all_its_heads_shows_against_a_noted_one) {
  const test::Scratch scratch;
  const auto path = made(scratch, 20);
  const Noted noted{.key = {}, .head = verify_ledger(path)->head};
  MerkleTree tree;
  for (const Entry& entry : entries_from(1, 15)) tree.add(leaf_hash(entry_line(entry)));
  tamper(path, fmt::format("DELETE FROM entry WHERE number > 15; DELETE FROM signed;"
                           "UPDATE head SET size = 15, hash = {}",
                           blob(tree.root())));
  EXPECT_EQ(said(path), "signed heads: missing: nobody answers for this record\n");
  EXPECT_EQ(verify_ledger(path, noted)->problems[0].text(),
            "entries 16 to 20: missing: cut off at the end of the record");
}

TEST(Verify, watches_keys_and_signed_heads) {
  EXPECT_EQ(after("UPDATE signed SET time = time + 1 WHERE number = 2"),
            "signed head 2: was changed since it was signed\n");
  EXPECT_EQ(after("DELETE FROM signed WHERE number = 1"),
            "signed head 1: missing, or another was put before it\n");
  EXPECT_EQ(after("UPDATE key SET time = time + 1"), "key 1: was changed since it was made\n");
  EXPECT_EQ(after("DELETE FROM signed"), "signed heads: missing: nobody answers for this record\n");
  EXPECT_EQ(
      after("INSERT INTO key SELECT 2, heads, time, x'" + std::string(64, '0') + "', by, signature FROM key"),
      "key 2: is not vouched for by key 1: it was put there by somebody else, or changed\n"
      "signed head 1: is signed by a key that did not sign this record then\n"
      "signed head 2: is signed by a key that did not sign this record then\n");
}

TEST(Verify, watches_labels_and_triggers_too) {
  EXPECT_EQ(after("UPDATE label SET value = '2021-11-12'"), "label day: was changed since it was set\n");
  EXPECT_EQ(after("DELETE FROM label"), "labels: 1 of 1 missing\n");
  EXPECT_EQ(after(fmt::format("UPDATE label SET value = '2021-11-12', hash = x'{}'",
                              hex(label_hash("day", "2021-11-12")))),
            "labels: one was replaced together with its hash: the head signed at entry 20 does not fit\n");
  const test::Scratch scratch;
  const auto path = made(scratch, 3);
  tamper(path, "CREATE TABLE x (y)");
  EXPECT_EQ(said(path), "file: its tables or triggers are not those that a record is made with\n");
}

TEST(Verify, stops_at_twenty_problems) {
  const test::Scratch scratch;
  const auto path = made(scratch, 100);
  tamper(path, "UPDATE entry SET kind = 'order'");
  EXPECT_EQ(verify_ledger(path)->problems.size(), 20U);
}

TEST(Verify, triggers_keep_a_slip_from_altering_the_record) {
  const test::Scratch scratch;
  const auto path = made(scratch, 5);
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  for (const char* sql :
       {"UPDATE entry SET kind = 'order' WHERE number = 3", "DELETE FROM entry", "DELETE FROM head",
        "REPLACE INTO entry VALUES (3, 0, 'order', '{}', zeroblob(32))", "UPDATE head SET size = 1",
        "DELETE FROM label", "UPDATE label SET value = 'x'",
        "REPLACE INTO label VALUES (1, 'day', 'x', zeroblob(32))", "DELETE FROM signed",
        "UPDATE signed SET size = 1", "DELETE FROM key", "REPLACE INTO key SELECT * FROM key",
        "UPDATE key SET time = 1", "REPLACE INTO signed SELECT * FROM signed"})
    EXPECT_NE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  sqlite3_close(db);
  EXPECT_EQ(said(path), "");
}

/// Entries on one page each and on several, many to a page and few.
std::string mixed(const test::Scratch& scratch) {
  const auto path = scratch.file("record.db");
  auto ledger = *open_ledger(path);
  for (std::uint64_t n = 1; n <= 120; ++n)
    EXPECT_TRUE(ledger->append(entries_from(n, 1, n % 40 == 0 ? 9000 : n * 7 % 300)));
  EXPECT_TRUE(ledger->label("day", "2021-11-11"));
  return path;
}

/// Either something is said, or every entry still reads as it was written.
bool found_or_unharmed(const test::Scratch& scratch, const std::string& damaged,
                       const std::vector<Entry>& entries) {
  for (const char* left : {"copy.db", "copy.db-wal", "copy.db-shm"})
    std::filesystem::remove(scratch.file(left));
  const auto path = scratch.write("copy.db", damaged);
  const auto verified = verify_ledger(path);
  if (!verified || !verified->problems.empty()) return true;
  const auto ledger = open_ledger(path, {.keys = scratch.file("record.db.keys")});
  return ledger && (*ledger)->head().size == entries.size() && *(*ledger)->read(1, 1000) == entries &&
         *(*ledger)->label("day") == "2021-11-11";
}

TEST(Verify, a_flipped_byte_anywhere_is_found_or_harmless) {
  const test::Scratch scratch;
  const auto path = mixed(scratch);
  const auto entries = *(*open_ledger(path))->read(1, 1000);
  const auto whole = test::read_all(path);
  Random random(20211111, 1, 0);
  for (int i = 0; i < 2000; ++i) {
    std::string damaged = whole;
    const std::size_t at = i < 400 ? static_cast<std::size_t>(i) % 100 : random.bits() % damaged.size();
    damaged[at] = static_cast<char>(damaged[at] ^ (1 + random.bits() % 255));
    ASSERT_TRUE(found_or_unharmed(scratch, damaged, entries)) << "byte " << at;
  }
}

TEST(Verify, lost_pages_and_cut_files_are_found) {
  const test::Scratch scratch;
  const auto path = mixed(scratch);
  const auto entries = *(*open_ledger(path))->read(1, 1000);
  const auto whole = test::read_all(path);
  const std::size_t page = 4096;
  for (std::size_t at = 0; at < whole.size(); at += page) {
    std::string damaged = whole;
    damaged.replace(at, page, page, '\0');
    EXPECT_TRUE(found_or_unharmed(scratch, damaged, entries)) << "page " << at / page;
  }
  Random random(20211111, 2, 0);
  for (int i = 0; i < 100; ++i)
    EXPECT_TRUE(found_or_unharmed(scratch, whole.substr(0, random.bits() % whole.size()), entries));
}

TEST(Verify, names_the_entries_that_a_damaged_page_held) {
  const test::Scratch scratch;
  const auto path = made(scratch, 2000);
  auto bytes = test::read_all(path);
  const auto at = bytes.find("Contact R1000 ");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at / 4096 * 4096, 4096, 4096, '\xff');
  const auto verified = verify_ledger(scratch.write("copy.db", bytes));
  ASSERT_TRUE(verified) << verified.error().text();
  ASSERT_GE(verified->problems.size(), 1U);
  const auto& lost = verified->problems[0];
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  ASSERT_EQ(std::sscanf(lost.where.c_str(), "entries %lu to %lu", &first, &last), 2) << lost.text();
  EXPECT_LE(first, 1000U);
  EXPECT_GE(last, 1000U);
  EXPECT_LT(last - first, 60U);
  EXPECT_EQ(lost.what, "cannot be read: the file is damaged there");
  EXPECT_EQ(verified->head.size, 2000U);
}

}  // namespace
}  // namespace varne
