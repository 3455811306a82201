#pragma once
/// Connections to a PostgreSQL server as a record needs them: one that asks, and one that has the turn to
/// write. Not for use outside this folder.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <pqxx/pqxx>
#include <string>
#include <type_traits>

#include "varne/core/hash.h"
#include "varne/core/result.h"

namespace varne {

/// What went wrong with the database at `url`, in words a watch officer can act on and without its secrets.
Error postgres_error(const std::exception& wrong, const std::string& url);

/// A connection of its own, so that a console reads on while the writer waits for the disk. Any thread may
/// ask.
class PostgresAsker {
 public:
  /// @param one_moment  all that is read is of one moment
  PostgresAsker(std::string url, bool one_moment) : url_(std::move(url)), one_moment_(one_moment) {}

  [[nodiscard]] const std::string& url() const { return url_; }

  /// Asks the database; a connection that broke is made anew with the next question.
  template <class Question>
  auto ask(const Question& question) const
      -> Result<std::invoke_result_t<Question, pqxx::transaction_base&>> {
    const std::lock_guard guard(mutex_);
    try {
      if (!connection_) {
        connection_ = std::make_unique<pqxx::connection>(url_);
        if (one_moment_) {
          asking_ = std::make_unique<OneMoment>(*connection_);
        } else {
          asking_ = std::make_unique<pqxx::nontransaction>(*connection_);
        }
      }
      return question(*asking_);
    } catch (const std::exception& wrong) {
      asking_.reset();
      connection_.reset();
      return std::unexpected(postgres_error(wrong, url_));
    }
  }

 private:
  using OneMoment = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

  std::string url_;
  bool one_moment_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<pqxx::connection> connection_;
  mutable std::unique_ptr<pqxx::transaction_base> asking_;
};

/// The turn to write a database's record: an advisory lock, which the server lets go of when the connection
/// ends, and a number that each new writer raises. A transaction commits only under the number it began with,
/// so that a writer which was taken for dead and comes back writes nothing any more. Used by one thread at a
/// time.
class PostgresTurn {
 public:
  explicit PostgresTurn(std::string url) : url_(std::move(url)) {}

  /// Connects where that is not done, takes the lock, and at the first time the next turn. Makes the tables
  /// that are not there. Refuses where another has the lock, or has taken the turn since.
  Done ready() {
    const std::lock_guard guard(mutex_);
    return connect();
  }

  /// `what(transaction)` and that the writer is alive, all of it or nothing; durable when it returns.
  template <class What>
  Done write(const What& what) {
    const std::lock_guard guard(mutex_);
    if (auto good = connect(); !good) return good;
    try {
      pqxx::work transaction(*connection_);
      auto good = begin(transaction);
      if (!good) return good;
      what(transaction);
      transaction.commit();
      return {};
    } catch (const std::exception& wrong) {
      if (dynamic_cast<const pqxx::broken_connection*>(&wrong) != nullptr || !connection_->is_open()) {
        connection_.reset();
        if (auto again = connect(); lost_) return again;  // that is why
      }
      return std::unexpected(postgres_error(wrong, url_));
    }
  }

  /// Another has taken the turn: this one never writes again.
  [[nodiscard]] bool lost() const { return lost_; }

 private:
  Done connect();
  Done take_lock();
  Done make_or_check();
  Done take_turn();
  bool is_mine(pqxx::transaction_base& database) const;
  Done begin(pqxx::work& transaction);
  Done taken_over();

  std::string url_;
  std::mutex mutex_;
  std::unique_ptr<pqxx::connection> connection_;
  int holder_ = 0;         ///< the server's process that has the lock
  std::int64_t turn_ = 0;  ///< from 1; 0 before the first `ready`
  std::atomic<bool> lost_ = false;
};

/// How PostgreSQL reads a bytea.
std::string written_bytea(std::string_view bytes);
std::string bytes_of(const pqxx::field& field);

/// A number that Varne keeps as PostgreSQL's bigint.
std::uint64_t count_of(const pqxx::field& field);

}  // namespace varne
