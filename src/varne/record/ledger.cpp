#include "varne/record/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "varne/core/text.h"
#include "varne/record/merkle.h"
#include "varne/record/store.h"

namespace varne {
namespace {

/// What the entries and labels come to, and who signs it; the rows lie in a store.
class StoredLedger : public Ledger {
 public:
  StoredLedger(Store store, LedgerOptions options) : store_(std::move(store)), options_(std::move(options)) {}
  ~StoredLedger() override;
  Done start();

  Done append(std::span<const Entry> entries) override;
  LedgerHead head() const override {
    const std::lock_guard guard(head_mutex_);
    return head_;
  }
  Result<std::vector<Entry>> read(std::uint64_t first, std::size_t most) const override {
    return store_.reader->read(first, most);
  }
  Result<Hash> root_at(std::uint64_t size) const override;
  Result<SignedHead> sign() override;
  Result<std::vector<Hash>> continuation(std::uint64_t first, std::uint64_t second) const override;
  Done label(const std::string& name, const std::string& value) override;
  Result<std::string> label(const std::string& name) const override;
  JournalWriter* journal() override { return store_.journal.get(); }
  Done alive() override { return store_.writer->alive(); }
  bool taken_over() const override { return store_.writer->taken_over(); }
  Done change_key() override;

 private:
  using Clock = std::chrono::steady_clock;
  Done load_tree();
  Done load_labels();
  Done load_key();
  Done check(std::span<const Entry> entries) const;
  Result<std::span<const Entry>> not_yet_taken(std::span<const Entry> entries);
  Done add(const Batch& batch);
  [[nodiscard]] bool due(std::uint64_t size) const;
  [[nodiscard]] SignedHead signed_head(const MerkleTree& tree) const;
  void note(const SignedHead& head);

  Store store_;
  LedgerOptions options_;

  std::mutex write_mutex_;
  MerkleTree tree_;
  MerkleTree labels_;
  std::optional<SigningKey> key_;
  std::uint64_t keys_ = 0;   ///< how many there have been
  std::uint64_t heads_ = 0;  ///< how many were signed
  std::uint64_t signed_size_ = 0;
  std::uint64_t signed_labels_ = 0;
  Clock::time_point signed_at_;
  bool in_doubt_ = false;  ///< the store failed and could not say what it had taken

  mutable std::mutex head_mutex_;
  LedgerHead head_;
};

Time wall_clock() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Done StoredLedger::start() {
  if (auto loaded = load_tree(); !loaded) return loaded;
  if (auto loaded = load_labels(); !loaded) return loaded;
  return load_key();
}

/// What is signed when nobody appends any more.
StoredLedger::~StoredLedger() {
  if (!key_ || in_doubt_) return;
  if (tree_.size() == signed_size_ && labels_.size() == signed_labels_) return;
  const auto head = signed_head(tree_);
  // A disk that refuses it leaves a few entries unsigned until the next start; they are no less durable.
  static_cast<void>(store_.writer->add({.entries = {}, .kept = {}, .after = {}, .head = &head}));
}

/// Where the store says that it stands, checked against its last entries.
Done StoredLedger::load_tree() {
  const auto lost = [&] {
    return fail(store_.reader->name(),
                "its end is not where it was left; `varne verify` says what is missing");
  };
  const auto head = store_.reader->head();
  if (!head) return head.error().where == "head" ? lost() : std::unexpected(head.error());
  const auto last = store_.reader->last_entry();
  if (!last) return std::unexpected(last.error());
  if (head->size != *last) return lost();
  auto tree = merkle_tree(merkle_source(*store_.reader), head->size);
  if (!tree || tree->root() != head->hash) return lost();
  tree_ = std::move(*tree);
  const std::lock_guard guard(head_mutex_);
  head_ = *head;
  return {};
}

Done StoredLedger::load_labels() {
  const auto labels = store_.reader->labels();
  if (!labels) return std::unexpected(labels.error());
  labels_ = {};
  for (const Label& label : *labels) labels_.add(label.hash);
  return {};
}

/// The key that signed last; a new record gets its first.
Done StoredLedger::load_key() {
  const auto keys = store_.reader->keys();
  if (!keys) return std::unexpected(keys.error());
  const auto last = store_.reader->last_head();
  if (!last) return std::unexpected(last.error());
  if (*last) note(**last);
  keys_ = keys->size();
  if (keys->empty()) return change_key();
  auto key = SigningKey::load(options_.keys, keys->back().key);
  if (!key) return std::unexpected(key.error());
  key_ = std::move(*key);
  return {};
}

Done StoredLedger::change_key() {
  const std::lock_guard guard(write_mutex_);
  auto fresh = SigningKey::make();
  // Saved first: a key that signs and cannot be found again would end the record.
  if (auto saved = fresh.save(options_.keys); !saved) return saved;
  const SigningKey& voucher = key_ ? *key_ : fresh;
  KeyChange change{keys_ + 1, heads_, wall_clock(), fresh.public_key(), voucher.public_key(), {}};
  change.signature = voucher.sign(key_text(change));
  if (auto added = store_.writer->add({.entries = {}, .kept = {}, .after = {}, .key = &change}); !added)
    return added;
  key_ = std::move(fresh);
  ++keys_;
  return {};
}

bool StoredLedger::due(std::uint64_t size) const {
  return heads_ == 0 || size - signed_size_ >= options_.sign_every ||
         Clock::now() - signed_at_ >= options_.sign_within;
}

SignedHead StoredLedger::signed_head(const MerkleTree& tree) const {
  SignedHead head{heads_ + 1,     tree.size(),  tree.root(),        labels_.size(),
                  labels_.root(), wall_clock(), key_->public_key(), {}};
  head.signature = key_->sign(head_text(head));
  return head;
}

void StoredLedger::note(const SignedHead& head) {
  heads_ = head.number;
  signed_size_ = head.size;
  signed_labels_ = head.labels;
  signed_at_ = Clock::now();
}

Done StoredLedger::check(std::span<const Entry> entries) const {
  for (std::uint64_t expected = tree_.size() + 1; const Entry& entry : entries) {
    const auto where = fmt::format("entry {}", entry.number);
    if (entry.number != expected)
      return fail(where, fmt::format("does not follow on the record, whose next is {}", expected));
    if (const auto fit = check_entry(entry); !fit) return fail(fit.error().in(where));
    ++expected;
  }
  return {};
}

/// After a failure that left open what was taken: asks the store, and passes over what it has already.
Result<std::span<const Entry>> StoredLedger::not_yet_taken(std::span<const Entry> entries) {
  if (!in_doubt_) return entries;
  if (auto loaded = start(); !loaded) return std::unexpected(loaded.error());
  in_doubt_ = false;
  while (!entries.empty() && entries.front().number <= tree_.size()) {
    const auto there = store_.reader->read(entries.front().number, 1);
    if (!there) return std::unexpected(there.error());
    if (there->size() != 1 || there->front() != entries.front()) break;
    entries = entries.subspan(1);
  }
  return entries;
}

Done StoredLedger::append(std::span<const Entry> all) {
  const std::lock_guard guard(write_mutex_);
  const auto entries = not_yet_taken(all);
  if (!entries) return std::unexpected(entries.error());
  if (const auto fit = check(*entries); !fit) return fit;
  if (entries->empty()) return {};
  MerkleTree tree = tree_;
  std::vector<Hash> kept;
  kept.reserve(entries->size());
  for (const Entry& entry : *entries) kept.push_back(tree.add(leaf_hash(entry_line(entry))));
  Batch batch{.entries = *entries, .kept = kept, .after = {tree.size(), tree.root()}};
  std::optional<SignedHead> head;
  if (due(tree.size())) head = signed_head(tree);
  if (head) batch.head = &*head;
  if (auto added = add(batch); !added) return added;
  if (head) note(*head);
  tree_ = std::move(tree);
  const std::lock_guard head_guard(head_mutex_);
  head_ = batch.after;
  return {};
}

Done StoredLedger::add(const Batch& batch) {
  auto added = store_.writer->add(batch);
  if (added) return added;
  // Whether a commit that failed has happened after all, only the store can say.
  const auto stands = store_.reader->head();
  in_doubt_ = !stands;
  if (stands && stands->size == batch.after.size && stands->hash == batch.after.hash) return {};
  return added;
}

Result<Hash> StoredLedger::root_at(std::uint64_t size) const {
  if (const auto tree = merkle_tree(merkle_source(*store_.reader), size)) return tree->root();
  return fail(fmt::format("entry {}", size), fmt::format("is not in the record {}", store_.reader->name()));
}

Result<SignedHead> StoredLedger::sign() {
  const std::lock_guard guard(write_mutex_);
  if (in_doubt_) {
    if (auto loaded = start(); !loaded) return std::unexpected(loaded.error());
    in_doubt_ = false;
  }
  const auto last = store_.reader->last_head();
  if (!last) return std::unexpected(last.error());
  if (*last && (*last)->size == tree_.size() && (*last)->labels == labels_.size()) return **last;
  const SignedHead head = signed_head(tree_);
  if (auto added = store_.writer->add({.entries = {}, .kept = {}, .after = {}, .head = &head}); !added) {
    in_doubt_ = true;  // a commit that failed may have happened after all
    return std::unexpected(added.error());
  }
  note(head);
  return head;
}

Result<std::vector<Hash>> StoredLedger::continuation(std::uint64_t first, std::uint64_t second) const {
  if (first < 1 || first > second || second > head().size)
    return fail(fmt::format("entry {}", second),
                fmt::format("is not in the record {}, or not behind entry {}", store_.reader->name(), first));
  return consistency_proof(merkle_source(*store_.reader), first, second);
}

Done StoredLedger::label(const std::string& name, const std::string& value) {
  const std::lock_guard guard(write_mutex_);
  const auto before = label(name);
  if (!before) return std::unexpected(before.error());
  if (*before == value && !value.empty()) return {};
  const auto where = store_.reader->name();
  if (name.empty() || value.empty()) return fail(where, "a label needs a name and a value");
  if (!is_utf8(name) || !is_utf8(value)) return fail(where, "a label must be UTF-8 text");
  if (!before->empty())
    return fail(where, fmt::format("says {} \"{}\", which is not \"{}\"; give another file", name,
                                   shown(*before), shown(value)));
  const Label label{labels_.size() + 1, name, value, label_hash(name, value)};
  if (auto added = store_.writer->add({.entries = {}, .kept = {}, .after = {}, .label = &label}); !added) {
    static_cast<void>(load_labels());  // a commit that failed may have happened after all
    return added;
  }
  labels_.add(label.hash);
  return {};
}

Result<std::string> StoredLedger::label(const std::string& name) const {
  auto value = store_.reader->label(name);
  if (!value) return std::unexpected(value.error());
  return value->value_or("");
}

/// `<path>.keys`; of `postgresql://host/desk?…` it is `desk.keys`.
std::string keys_beside(const std::string& where) {
  if (!is_database(where)) return where + ".keys";
  const auto slash = where.find('/', where.find("://") + 3);
  const auto name = slash == std::string::npos ? "" : where.substr(slash + 1, where.find('?') - slash - 1);
  return (name.empty() ? "varne" : name) + ".keys";
}

}  // namespace

Hash label_hash(std::string_view name, std::string_view value) {
  return sha256(std::string(name) + '\0', value);
}

MerkleSource merkle_source(const StoreReader& store) {
  return {[&store](std::uint64_t number) { return store.kept(number); },
          [&store](std::uint64_t number) -> Result<Hash> {
            const auto entry = store.read(number, 1);
            if (!entry) return std::unexpected(entry.error());
            if (entry->size() != 1 || entry->front().number != number)
              return fail(fmt::format("entry {}", number), "is not in the record");
            return leaf_hash(entry_line(entry->front()));
          }};
}

bool is_database(std::string_view where) {
  return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::string shown_record(const std::string& where) {
  if (!is_database(where)) return where;
  const auto start = where.find("://") + 3;
  std::string address = where.substr(start, where.find_first_of("?#", start) - start);
  // A password may hold '@', '/', '?' and '#' that ought to be escaped: what stands before the last '@' is no
  // address.
  if (const auto at = where.rfind('@'); at != std::string::npos && at >= start)
    address = where.substr(at + 1, where.find_first_of("?#", at) - at - 1);
  return where.substr(0, start) + address;
}

std::string without_secrets(std::string what, const std::string& url) {
  const auto start = url.find("://") + 3;
  const std::string shown = shown_record(url);
  std::vector<std::string> secrets{url, url.substr(start)};
  std::string part;
  for (const char c : url.substr(start) + "&") {
    if (std::string_view(":@/?#&=").find(c) == std::string_view::npos) {
      part += c;
    } else {
      if (shown.find(part) == std::string::npos) secrets.push_back(part);
      part.clear();
    }
  }
  for (const auto& secret : secrets) {
    for (auto at = what.find(secret); !secret.empty() && at != std::string::npos;
         at = what.find(secret, at + 3))
      what.replace(at, secret.size(), "...");
  }
  return what;
}

Result<std::unique_ptr<StoreReader>> read_store(const std::string& where) {
  return is_database(where) ? read_postgres_store(where) : read_sqlite_store(where);
}

Result<std::unique_ptr<Ledger>> open_ledger(const std::string& where, const LedgerOptions& options) {
  auto store = is_database(where) ? open_postgres_store(where) : open_sqlite_store(where);
  if (!store) return std::unexpected(store.error());
  LedgerOptions chosen = options;
  if (chosen.keys.empty()) chosen.keys = keys_beside(where);
  chosen.sign_every = std::clamp<std::uint64_t>(chosen.sign_every, 1, default_sign_every);
  auto ledger = std::make_unique<StoredLedger>(std::move(*store), std::move(chosen));
  if (auto started = ledger->start(); !started) return std::unexpected(started.error());
  return ledger;
}

Result<Verification> verify_ledger(const std::string& where, const Noted& noted,
                                   const VerifyProgress& progress) {
  return is_database(where) ? verify_postgres_store(where, noted, progress)
                            : verify_sqlite_store(where, noted, progress);
}

std::string noted_text(const LedgerHead& head) {
  return fmt::format("{}:{}", head.size, hex(head.hash));
}

Result<LedgerHead> parse_noted(std::string_view text) {
  const auto colon = text.find(':');
  const auto size = parse_whole(text.substr(0, colon));
  const auto root = colon == std::string_view::npos ? std::nullopt : hash_from_hex(text.substr(colon + 1));
  if (!size || *size < 0 || !root)
    return fail("", "is not ENTRIES:HASH, like 20: and 64 lower-case hexadecimal digits");
  return LedgerHead{static_cast<std::uint64_t>(*size), *root};
}

}  // namespace varne
