/// What lies on the disk is for its owner and the group, whatever the umask; what is printed names no
/// password.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "support.h"
#include "varne/record/journal.h"
#include "varne/record/ledger.h"

namespace varne {
namespace {

/// Everything a process makes is open to all.
class OpenUmask {
 public:
  OpenUmask() : before_(umask(0)) {}
  OpenUmask(const OpenUmask&) = delete;
  OpenUmask& operator=(const OpenUmask&) = delete;
  ~OpenUmask() { umask(before_); }

 private:
  mode_t before_;
};

TEST(Modes, no_file_of_a_record_or_journal_can_be_read_by_others_or_written_by_the_group) {
  const test::Scratch folder;
  const OpenUmask open;
  const auto place = folder.file("desk");
  std::filesystem::create_directory(place);
  auto ledger = open_ledger(place + "/watch.db");
  ASSERT_TRUE(ledger) << ledger.error().text();
  auto journal = Journal::open(place + "/deep/journal");
  ASSERT_TRUE(journal) << journal.error().text();
  ASSERT_TRUE(journal->append({time_from_millis(1636588800000), "nmea", "x"}));
  ASSERT_TRUE(journal->sync());
  ASSERT_TRUE((*ledger)->label("a", "b"));
  int seen = 0;
  for (const auto& one : std::filesystem::recursive_directory_iterator(place)) {
    struct stat state {};
    ASSERT_EQ(stat(one.path().c_str(), &state), 0);
    const mode_t most = one.is_directory() ? 0750 : 0640;
    EXPECT_EQ(state.st_mode & 0777 & ~most, 0U)
        << one.path() << " has mode " << std::oct << (state.st_mode & 0777);
    ++seen;
  }
  EXPECT_GE(seen, 7) << "the record, its log, its lock, the key, the journal and its folders";
}

TEST(Passwords, stand_in_no_name_that_is_shown) {
  for (const char* url :
       {"postgresql://desk:hunter2@db.example/dover", "postgresql://desk:hun@ter2@db.example/dover",
        "postgresql://desk:hunter2@db.example/dover?sslmode=require",
        "postgresql://db.example/dover?user=desk&password=hunter2",
        "postgres://desk:hunter2/x@db.example/dover#hunter2"}) {
    const auto shown = shown_record(url);
    EXPECT_EQ(shown.substr(shown.find("://")), "://db.example/dover") << url;
  }
  EXPECT_EQ(shown_record("watch@home?.db"), "watch@home?.db");
}

TEST(Passwords, are_not_echoed_by_what_a_database_refuses) {
  for (const char* url :
       {"postgresql://desk:hunter2@127.0.0.1:1/dover", "postgresql://desk:hunter2@127.0.0.1:1/dover?hunter2",
        "postgresql://desk:hunter2@127.0.0.1:1/dover?nonsense=hunter2",
        "postgresql://desk:hunter2 @127.0.0.1:1/x", "postgresql://desk:%zzhunter2@127.0.0.1:1/dover"}) {
    const auto record = verify_ledger(url);
    ASSERT_FALSE(record) << url;
    EXPECT_EQ(record.error().text().find("hunter2"), std::string::npos) << record.error().text();
    const auto ledger = open_ledger(url);
    ASSERT_FALSE(ledger) << url;
    EXPECT_EQ(ledger.error().text().find("hunter2"), std::string::npos) << ledger.error().text();
  }
}

}  // namespace
}  // namespace varne
