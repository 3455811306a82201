#pragma once
/// Where a record lies: SQLite or PostgreSQL. A store keeps rows and knows nothing of what they mean; what
/// they must come to is for `Ledger` and `verify`. A new store is one file in this folder.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "varne/core/hash.h"
#include "varne/core/result.h"
#include "varne/record/entry.h"
#include "varne/record/journal_place.h"
#include "varne/record/ledger.h"
#include "varne/record/merkle.h"
#include "varne/record/signed_head.h"

namespace varne {

/// A word that is no entry; `hash` is SHA-256(name, a zero byte, value).
struct Label {
  std::uint64_t number = 0;  ///< from 1 without a gap
  std::string name;
  std::string value;
  Hash hash{};
};
Hash label_hash(std::string_view name, std::string_view value);

/// What is read of a record. Any thread may call.
class StoreReader {
 public:
  virtual ~StoreReader() = default;
  /// Its path or address, as messages name it; never with a password.
  [[nodiscard]] virtual std::string name() const = 0;
  /// The size and root that were written with the last entry.
  [[nodiscard]] virtual Result<LedgerHead> head() const = 0;
  /// The number of the last entry that is there.
  [[nodiscard]] virtual Result<std::uint64_t> last_entry() const = 0;
  /// Entries from number `first` (>= 1), at most `most`; `kept` gets the hash kept with each, where it is
  /// asked for (32 zero bytes for one that is no hash).
  [[nodiscard]] virtual Result<std::vector<Entry>> read(std::uint64_t first, std::size_t most,
                                                        std::vector<Hash>* kept = nullptr) const = 0;
  /// The hash kept with an entry, which must be there.
  [[nodiscard]] virtual Result<Hash> kept(std::uint64_t number) const = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> label(const std::string& name) const = 0;
  [[nodiscard]] virtual Result<std::vector<Label>> labels() const = 0;  ///< in the order they were set
  [[nodiscard]] virtual Result<std::vector<KeyChange>> keys() const = 0;
  [[nodiscard]] virtual Result<std::vector<SignedHead>> heads() const = 0;
  [[nodiscard]] virtual Result<std::optional<SignedHead>> last_head() const = 0;
};

/// What one transaction brings; all of it or nothing, and durable when it returns.
struct Batch {
  std::span<const Entry> entries;
  std::span<const Hash> kept;  ///< as many
  LedgerHead after;            ///< where the record stands then; looked at only where there are entries
  const Label* label = nullptr;
  const SignedHead* head = nullptr;
  const KeyChange* key = nullptr;
};

class StoreWriter {
 public:
  virtual ~StoreWriter() = default;
  virtual Done add(const Batch& batch) = 0;
  /// Says that the writer lives, to whoever waits to take over; nothing where nobody can.
  virtual Done alive() { return {}; }
  /// Another writer has gone on with the store: this one writes nothing any more. Any thread may ask.
  [[nodiscard]] virtual bool taken_over() const { return false; }
};

/// A store that is written; nobody else can write it as long as the writer is there.
struct Store {
  std::unique_ptr<StoreReader> reader;
  std::unique_ptr<StoreWriter> writer;
  std::unique_ptr<JournalWriter> journal = nullptr;  ///< null where a journal lies in a folder of its own
};

/// Opens or makes one, and refuses a second writer. docs/record.md has the formats.
Result<Store> open_sqlite_store(const std::string& path);
/// Reads one moment of a record that may be growing.
Result<std::unique_ptr<StoreReader>> read_sqlite_store(const std::string& path);

/// The same of a PostgreSQL database, by libpq's URL; docs/record.md has what it must allow.
Result<Store> open_postgres_store(const std::string& url);
Result<std::unique_ptr<StoreReader>> read_postgres_store(const std::string& url);
/// Reads it as it grows: each answer is of its own moment.
std::unique_ptr<StoreReader> follow_postgres_store(const std::string& url);

/// What a library says, without what the address of a database holds besides the database: it likes to repeat
/// it.
std::string without_secrets(std::string what, const std::string& url);

/// Whichever it is.
Result<std::unique_ptr<StoreReader>> read_store(const std::string& where);

/// `verify_ledger` for each.
Result<Verification> verify_sqlite_store(const std::string& path, const Noted& noted,
                                         const VerifyProgress& progress);
Result<Verification> verify_postgres_store(const std::string& url, const Noted& noted,
                                           const VerifyProgress& progress);

/// Where the proofs of a record are read from; the store must outlive it.
MerkleSource merkle_source(const StoreReader& store);

}  // namespace varne
