#pragma once
/// The stores that a record may lie in, each tested alike; and a PostgreSQL of the tests' own.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <string>

#include "support.h"
#include "varne/record/ledger.h"

namespace varne::test {

/// A server on a socket in a folder of its own, with fsync on, gone with the process. Debian's package is
/// enough; root starts it as the user `postgres`, as PostgreSQL wants it.
class PrivatePostgres {
 public:
  /// The one that tests share; nothing where the package is not installed.
  static PrivatePostgres* get() {
    static PrivatePostgres server;
    return server.runs_ ? &server : nullptr;
  }
  /// The address of a new, empty database.
  /// @param folder  where it is to lie, "" among the others
  std::string fresh(const std::string& folder = "") {
    const auto name = fmt::format("desk{}_{}", ::getpid(), ++made_);
    pqxx::connection connection(url("postgres"));
    pqxx::nontransaction database(connection);
    if (folder.empty()) {
      database.exec0("CREATE DATABASE " + name);
    } else {
      EXPECT_EQ(std::system(("chown postgres " + folder).c_str()), 0);
      database.exec0(fmt::format("CREATE TABLESPACE {} LOCATION '{}'", name, folder));
      database.exec0(fmt::format("CREATE DATABASE {0} TABLESPACE {0}", name));
    }
    return url(name);
  }
  PrivatePostgres(const PrivatePostgres&) = delete;
  PrivatePostgres& operator=(const PrivatePostgres&) = delete;
  PrivatePostgres() {
    for (const auto& version : {"15", "16", "17"}) {
      const auto bin = fmt::format("/usr/lib/postgresql/{}/bin", version);
      if (!std::filesystem::exists(bin + "/initdb")) continue;
      bin_ = bin;
      break;
    }
    if (bin_.empty()) return;
    const auto home = folder_.file("");
    if (::geteuid() == 0 && std::system(("chown postgres " + home).c_str()) != 0) return;
    runs_ = as_postgres(fmt::format("{}/initdb -D {}data -A trust -U postgres --no-sync", bin_, home)) &&
            set(home) && as_postgres(fmt::format("{}/pg_ctl -D {}data -l {}log -w start", bin_, home, home));
    owner_ = ::getpid();
  }
  ~PrivatePostgres() {
    if (runs_ && owner_ == ::getpid())
      as_postgres(fmt::format("{}/pg_ctl -D {}data -m immediate stop", bin_, folder_.file("")));
  }
  [[nodiscard]] bool runs() const { return runs_; }

 private:
  static bool as_postgres(const std::string& command) {
    const auto quiet = command + " >/dev/null 2>&1";
    const auto as = ::geteuid() == 0 ? "cd / && su postgres -s /bin/sh -c '" + quiet + "'" : quiet;
    return std::system(as.c_str()) == 0;
  }
  static bool set(const std::string& home) {
    std::ofstream settings(home + "data/postgresql.conf", std::ios::app);
    settings << fmt::format("\nlisten_addresses = ''\nunix_socket_directories = '{}'\nfsync = on\n", home);
    return settings.flush().good();
  }
  [[nodiscard]] std::string url(const std::string& database) const {
    return fmt::format("postgresql:///{}?host={}&user=postgres", database, folder_.file(""));
  }

  Scratch folder_;
  std::string bin_;
  bool runs_ = false;
  pid_t owner_ = 0;
  int made_ = 0;
};

inline constexpr const char* without_postgres =
    "NOT TESTED on PostgreSQL: it is not installed, or could not be started (apt install postgresql-15)";

/// A test on a new, empty database of the tests' own server.
class OnPostgres : public testing::Test {
 protected:
  void SetUp() override {
    if (PrivatePostgres::get() == nullptr) GTEST_SKIP() << without_postgres;
    url_ = PrivatePostgres::get()->fresh();
  }
  std::string url_;
};

/// A record that is not there yet, and how it is to be kept.
struct Place {
  std::string where;
  LedgerOptions options;

  [[nodiscard]] std::unique_ptr<Ledger> open() const {
    auto ledger = open_ledger(where, options);
    EXPECT_TRUE(ledger.has_value()) << ledger.error().text();
    return ledger ? std::move(*ledger) : nullptr;
  }
};

/// A test that runs for "sqlite" and for "postgresql".
class InEachStore : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (is_postgres() && PrivatePostgres::get() == nullptr) GTEST_SKIP() << without_postgres;
  }
  [[nodiscard]] bool is_postgres() const { return std::string(GetParam()) == "postgresql"; }
  [[nodiscard]] Place place(const std::string& name = "record") {
    const auto file = scratch_.file(name + ".db");
    return {is_postgres() ? PrivatePostgres::get()->fresh() : file, {.keys = file + ".keys"}};
  }
  Scratch scratch_;
};

#define VARNE_IN_EACH_STORE(suite)                                                 \
  INSTANTIATE_TEST_SUITE_P(Record, suite, testing::Values("sqlite", "postgresql"), \
                           [](const auto& test_info) { return std::string(test_info.param); })

}  // namespace varne::test
