#include "varne/record/ledger.h"

#include <gtest/gtest.h>

#include <thread>

#include "entries.h"
#include "place.h"
#include "varne/record/merkle.h"

namespace varne {
namespace {

using test::entries_from;

class EachLedger : public test::InEachStore {};
class EachGroupCommit : public test::InEachStore {};
VARNE_IN_EACH_STORE(EachLedger);
VARNE_IN_EACH_STORE(EachGroupCommit);

TEST_P(EachLedger, keeps_what_it_took_and_goes_on_after_a_restart) {
  const auto here = place();
  MerkleTree tree;
  for (const Entry& entry : entries_from(1, 20)) tree.add(leaf_hash(entry_line(entry)));
  {
    const auto ledger = here.open();
    EXPECT_EQ(ledger->head().size, 0U);
    EXPECT_EQ(ledger->head().hash, sha256(""));
    ASSERT_TRUE(ledger->append(entries_from(1, 12)));
    ASSERT_TRUE(ledger->append({}));
  }
  const auto ledger = here.open();
  ASSERT_TRUE(ledger->append(entries_from(13, 8)));
  EXPECT_EQ(ledger->head().size, 20U);
  EXPECT_EQ(ledger->head().hash, tree.root());
  EXPECT_EQ(*ledger->read(1, 100), entries_from(1, 20));
  EXPECT_EQ(*ledger->read(19, 1), entries_from(19, 1));
  EXPECT_TRUE(ledger->read(21, 5)->empty());
  EXPECT_EQ(*ledger->root_at(20), tree.root());
  EXPECT_EQ(*ledger->root_at(0), sha256(""));
  EXPECT_EQ(ledger->root_at(21).error().where, "entry 21");
}

TEST_P(EachLedger, signs_where_it_stands_and_proves_that_it_went_on) {
  const auto here = place();
  SignedHead first;
  {
    const auto ledger = here.open();
    ASSERT_TRUE(ledger->append(entries_from(1, 5)));
    first = ledger->sign().value();
    EXPECT_EQ(first.size, 5U);
    EXPECT_EQ(ledger->sign().value(), first) << "nothing came since";
    EXPECT_TRUE(signed_by(first.key, head_text(first), first.signature));
  }
  const auto ledger = here.open();
  ASSERT_TRUE(ledger->append(entries_from(6, 7)));
  const SignedHead second = ledger->sign().value();
  EXPECT_EQ(second.size, 12U);
  const auto proof = ledger->continuation(first.size, second.size);
  ASSERT_TRUE(proof) << proof.error().text();
  EXPECT_TRUE(consistent(first.size, first.root, second.size, second.root, *proof));
  EXPECT_FALSE(ledger->continuation(5, 13));
  EXPECT_FALSE(ledger->continuation(0, 5));
  EXPECT_FALSE(ledger->continuation(6, 5));
  ASSERT_TRUE(ledger->append(entries_from(13, 1))) << "and goes on";
}

TEST_P(EachLedger, is_rebuilt_from_its_lines) {
  const auto first = place("record").open();
  ASSERT_TRUE(first->append(entries_from(1, 50)));
  const auto second = place("rebuilt").open();
  const auto entries = *first->read(1, 100);
  for (const Entry& entry : entries) {
    const auto again = parse_entry(entry_line(entry));
    ASSERT_TRUE(again);
    ASSERT_TRUE(second->append({&*again, 1}));
  }
  EXPECT_EQ(second->head().hash, first->head().hash);
}

TEST_P(EachLedger, takes_all_of_a_batch_or_nothing) {
  const auto ledger = place("record").open();
  ASSERT_TRUE(ledger->append(entries_from(1, 3)));
  const auto gap = ledger->append(entries_from(5, 2));
  EXPECT_EQ(gap.error().text(), "entry 5: does not follow on the record, whose next is 4");
  EXPECT_FALSE(ledger->append(entries_from(3, 2)));
  auto batch = entries_from(4, 3);
  batch[2].body = "{ }";
  EXPECT_EQ(ledger->append(batch).error().text(),
            "entry 6: body: is no JSON object in the canonical form of RFC 8785");
  EXPECT_EQ(ledger->head().size, 3U);
  EXPECT_TRUE(ledger->append(entries_from(4, 3)));
}

TEST_P(EachLedger, a_second_writer_is_refused_and_a_reader_is_not) {
  const auto here = place();
  auto ledger = here.open();
  ASSERT_TRUE(ledger->append(entries_from(1, 3)));
  const auto second = open_ledger(here.where, here.options);
  ASSERT_FALSE(second);
  const auto holder = is_postgres() ? std::string("is in use by another Varne (the server's process ")
                                    : fmt::format("is in use by another Varne (process {})", getpid());
  EXPECT_NE(second.error().what.find(holder), std::string::npos) << second.error().text();
  const auto verified = verify_ledger(here.where);
  ASSERT_TRUE(verified) << verified.error().text();
  EXPECT_EQ(verified->head.size, 3U);
  EXPECT_TRUE(verified->problems.empty());
  ASSERT_TRUE(ledger->append(entries_from(4, 1)));
  ledger.reset();
  EXPECT_EQ(here.open()->head().size, 4U);
}

TEST(Ledger, refuses_files_that_are_no_record) {
  const test::Scratch scratch;
  const auto text = scratch.write("notes.txt", std::string(5000, 'x'));
  EXPECT_NE(open_ledger(text).error().text().find("is no record of Varne"), std::string::npos);
  EXPECT_EQ(test::read_all(text), std::string(5000, 'x'));
  EXPECT_NE(open_ledger(scratch.file("no/where.db")).error().text().find("cannot be written"),
            std::string::npos);
  EXPECT_NE(open_ledger(scratch.file("")).error().text().find("is a folder"), std::string::npos);

  const auto path = scratch.file("record.db");
  ASSERT_TRUE(open_ledger(path));
  auto bytes = test::read_all(path);
  ASSERT_EQ(bytes.substr(68, 4), "VARN");
  auto later = bytes;
  later[63] = 3;  // user_version, big-endian in bytes 60 to 63 of the header
  EXPECT_NE(open_ledger(scratch.write("later.db", later)).error().text().find("a record of format 3"),
            std::string::npos);
  auto other = bytes;
  other[68] = 'X';
  EXPECT_NE(open_ledger(scratch.write("other.db", other)).error().text().find("no record of Varne"),
            std::string::npos);
}

TEST_P(EachLedger, a_label_is_set_once_and_then_only_confirmed) {
  const auto here = place();
  {
    const auto ledger = here.open();
    EXPECT_EQ(*ledger->label("day"), "");
    EXPECT_TRUE(ledger->label("day", "2021-11-11"));
    EXPECT_TRUE(ledger->label("day", "2021-11-11"));
    EXPECT_FALSE(ledger->label("day", ""));
  }
  const auto ledger = here.open();
  EXPECT_EQ(*ledger->label("day"), "2021-11-11");
  const auto refused = ledger->label("day", "2021-11-12");
  EXPECT_EQ(refused.error().what, "says day \"2021-11-11\", which is not \"2021-11-12\"; give another file");
}

TEST_P(EachLedger, readers_do_not_wait_for_the_writer) {
  const auto here = place();
  const auto ledger = here.open();
  std::thread writer([&] {
    for (std::uint64_t i = 0; i < 60; ++i) ASSERT_TRUE(ledger->append(entries_from(1 + 10 * i, 10)));
  });
  for (std::uint64_t seen = 0; seen < 600;) {
    const auto head = ledger->head();
    const auto entries = ledger->read(1, 1000);
    ASSERT_TRUE(entries);
    ASSERT_GE(entries->size(), head.size);
    ASSERT_EQ(entries->size() % 10, 0U);  // never half a batch
    const auto verified = verify_ledger(here.where);
    ASSERT_TRUE(verified) << verified.error().text();
    ASSERT_TRUE(verified->problems.empty()) << verified->problems[0].text();
    seen = head.size;
  }
  writer.join();
}

TEST(Ledger, goes_on_after_the_connection_to_its_database_broke) {
  auto* server = test::PrivatePostgres::get();
  if (server == nullptr)
    GTEST_SKIP() << "NOT TESTED: PostgreSQL is not installed (apt install postgresql-15)";
  const test::Scratch scratch;
  const test::Place here{server->fresh(), {.keys = scratch.file("keys")}};
  const auto ledger = here.open();
  ASSERT_TRUE(ledger->append(entries_from(1, 3)));
  for (const std::uint64_t next : {4, 7}) {
    {
      pqxx::connection other(here.where);
      pqxx::nontransaction(other).exec(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid "
          "<> "
          "pg_backend_pid()");
    }
    EXPECT_FALSE(ledger->append(entries_from(next, 3)));
    const auto again = ledger->append(entries_from(next, 3));
    ASSERT_TRUE(again) << again.error().text();
  }
  const auto second = open_ledger(here.where, here.options);
  ASSERT_FALSE(second);  // the lock was taken again
  EXPECT_EQ(*ledger->read(1, 100), entries_from(1, 9));
  EXPECT_TRUE(verify_ledger(here.where)->problems.empty());
}

TEST_P(EachGroupCommit, answers_everybody_in_order_once_it_is_durable) {
  const auto ledger = place("record").open();
  std::vector<std::uint64_t> answered;
  std::mutex order;
  std::uint64_t next = 1;
  GroupCommit group(*ledger);
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const std::lock_guard guard(order);
        const auto first = next;
        next += 2;
        group.append(entries_from(first, 2), [&, first](Done done) {
          ASSERT_TRUE(done);
          ASSERT_GE(ledger->head().size, first + 1);
          answered.push_back(first);
        });
      }
      ASSERT_TRUE(group.flush());
    });
  }
  for (auto& caller : callers) caller.join();
  ASSERT_EQ(answered.size(), 200U);
  EXPECT_TRUE(std::is_sorted(answered.begin(), answered.end()));
  EXPECT_EQ(ledger->head().size, 400U);
}

TEST_P(EachGroupCommit, after_a_refusal_everything_later_is_refused) {
  const auto ledger = place("record").open();
  std::vector<bool> taken;
  {
    GroupCommit group(*ledger);
    const auto note = [&](Done done) { taken.push_back(done.has_value()); };
    group.append(entries_from(1, 2), note);
    EXPECT_TRUE(group.flush());
    group.append(entries_from(9, 1), note);
    EXPECT_FALSE(group.flush());
    group.append(entries_from(3, 1), note);
  }
  EXPECT_EQ(taken, (std::vector<bool>{true, false, false}));
  EXPECT_EQ(ledger->head().size, 2U);
}

}  // namespace
}  // namespace varne
