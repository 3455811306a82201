#include "varne/record/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/core/text.h"
#include "varne/record/merkle.h"
#include "varne/record/store.h"

namespace varne {
namespace {

/// Reads fields out of an object; the first that is not as it should be is kept.
class Fields {
 public:
  Fields(const Json& object, std::string where) : object_(object), where_(std::move(where)) {}

  std::string text(const char* name) {
    const auto found = object_.is_object() ? object_.find(name) : object_.end();
    if (object_.is_object() && found != object_.end() && found->is_string()) return found->get<std::string>();
    wrong(name, "is missing or no text");
    return {};
  }
  std::uint64_t count(const char* name) {
    const auto found = object_.is_object() ? object_.find(name) : object_.end();
    if (object_.is_object() && found != object_.end() && found->is_number_unsigned() &&
        found->get<std::uint64_t>() <= std::uint64_t{1} << 53)
      return found->get<std::uint64_t>();
    wrong(name, "is missing or no whole number");
    return 0;
  }
  const Json& list(const char* name) {
    static const Json none = Json::array();
    const auto found = object_.is_object() ? object_.find(name) : object_.end();
    if (object_.is_object() && found != object_.end() && found->is_array()) return *found;
    wrong(name, "is missing or no list");
    return none;
  }
  template <std::size_t N>
  void bytes(const char* name, std::array<std::uint8_t, N>& out) {
    const auto read = from_hex(text(name));
    if (read && read->size() == N) {
      std::copy(read->begin(), read->end(), out.begin());
    } else {
      wrong(name, fmt::format("is not {} lower-case hexadecimal digits", 2 * N));
    }
  }
  Time time(const char* name) {
    const auto read = parse_time(text(name));
    if (read) return *read;
    wrong(name, "is no time");
    return {};
  }
  void wrong(const char* name, std::string what) {
    if (state_) state_ = fail(Error{name, std::move(what)}.in(where_));
  }
  [[nodiscard]] const Done& state() const { return state_; }

 private:
  const Json& object_;
  std::string where_;
  Done state_;
};

Result<SignedHead> head_of(const std::string& text, const Signature& signature) {
  const auto json = parse_json(text);
  if (!json) return fail(json.error().in("head"));
  Fields fields(*json, "head");
  SignedHead head;
  head.number = fields.count("number");
  head.size = fields.count("size");
  fields.bytes("root", head.root);
  head.labels = fields.count("labels");
  fields.bytes("labels_root", head.labels_root);
  head.time = fields.time("time");
  fields.bytes("key", head.key);
  head.signature = signature;
  if (!fields.state()) return std::unexpected(fields.state().error());
  if (head_text(head) != text) return fail("head", "is not written as Varne writes it");
  if (!signed_by(head.key, text, signature)) return fail("signature", "does not fit the head and its key");
  return head;
}

Result<std::vector<PublicKey>> keys_of(const Json& list) {
  std::vector<PublicKey> keys;
  for (const Json& item : list) {
    const auto where = fmt::format("keys: key {}", keys.size() + 1);
    Fields outer(item, where);
    const auto text = outer.text("change");
    KeyChange change;
    outer.bytes("signature", change.signature);
    if (!outer.state()) return std::unexpected(outer.state().error());
    const auto json = parse_json(text);
    if (!json) return fail(json.error().in(where));
    Fields fields(*json, where);
    change.number = fields.count("number");
    change.heads = fields.count("heads");
    change.time = fields.time("time");
    fields.bytes("key", change.key);
    fields.bytes("by", change.by);
    if (!fields.state()) return std::unexpected(fields.state().error());
    if (key_text(change) != text || change.number != keys.size() + 1 ||
        change.by != (keys.empty() ? change.key : keys.back()) ||
        !signed_by(change.by, text, change.signature))
      return fail(where, "is not vouched for by the key before it");
    keys.push_back(change.key);
  }
  return keys;
}

Result<std::vector<Hash>> path_of(const Json& list) {
  std::vector<Hash> path;
  for (const Json& item : list) {
    const auto hash = item.is_string() ? hash_from_hex(item.get<std::string>()) : std::nullopt;
    if (!hash) return fail("path", "holds something that is not 64 lower-case hexadecimal digits");
    path.push_back(*hash);
  }
  return path;
}

/// What every proof ends with: a head, its signature, the keys, and the hashes that lead to it.
struct Vouched {
  SignedHead head;
  std::vector<PublicKey> keys;
  std::vector<Hash> path;
};

Result<Vouched> vouched_of(Fields& fields, const std::optional<PublicKey>& noted) {
  const auto head_line = fields.text("head");
  Signature signature{};
  fields.bytes("signature", signature);
  const Json& path_list = fields.list("path");
  const Json& key_list = fields.list("keys");
  if (!fields.state()) return std::unexpected(fields.state().error());
  const auto head = head_of(head_line, signature);
  if (!head) return std::unexpected(head.error());
  auto keys = keys_of(key_list);
  if (!keys) return std::unexpected(keys.error());
  if (keys->empty() || keys->back() != head->key) return fail("keys", "do not end with the key of the head");
  if (noted && std::find(keys->begin(), keys->end(), *noted) == keys->end())
    return fail("keys", fmt::format("the key {} that was noted elsewhere is not among them", hex(*noted)));
  auto path = path_of(path_list);
  if (!path) return std::unexpected(path.error());
  return Vouched{*head, std::move(*keys), std::move(*path)};
}

/// The last signed head, which must stand for so many entries.
Result<SignedHead> head_for(const StoreReader& store, const std::string& where, std::uint64_t size) {
  const auto head = store.last_head();
  if (!head) return std::unexpected(head.error());
  if (!*head || (*head)->size < size)
    return fail(where,
                fmt::format("is not signed for yet; the last signed head stands at entry {}. Ask again "
                            "when more has been recorded, or Varne has been closed",
                            *head ? (*head)->size : 0));
  return **head;
}

/// Adds to a proof what `vouched_of` reads.
Result<std::string> finished(Json out, const StoreReader& store, const SignedHead& head,
                             const std::vector<Hash>& path) {
  const auto keys = store.keys();
  if (!keys) return std::unexpected(keys.error());
  const auto digits = [](const Signature& signature) {
    return hex(std::string_view(reinterpret_cast<const char*>(signature.data()), signature.size()));
  };
  out["head"] = head_text(head);
  out["signature"] = digits(head.signature);
  out["path"] = Json::array();
  for (const Hash& hash : path) out["path"].push_back(hex(hash));
  out["keys"] = Json::array();
  for (const KeyChange& change : *keys) {
    if (change.heads < head.number)
      out["keys"].push_back({{"change", key_text(change)}, {"signature", digits(change.signature)}});
  }
  return canonical(out);
}

Result<std::string> proof_in(const StoreReader& store, std::uint64_t number) {
  const auto where = fmt::format("entry {}", number);
  const auto entries = store.read(std::max<std::uint64_t>(number, 1), 1);
  if (!entries) return std::unexpected(entries.error());
  if (entries->size() != 1 || entries->front().number != number)
    return fail(where, fmt::format("is not in the record {}", store.name()));
  const auto head = head_for(store, where, number);
  if (!head) return std::unexpected(head.error());
  const auto path = inclusion_proof(merkle_source(store), number - 1, head->size);
  if (!path) return std::unexpected(path.error());
  return finished({{"entry", entry_line(entries->front())}, {"index", number - 1}}, store, *head, *path);
}

Result<std::string> continuation_in(const StoreReader& store, const LedgerHead& earlier) {
  const auto where = fmt::format("the head at entry {}", earlier.size);
  if (earlier.size == 0) return fail(where, "stands for no entry: every record goes on from there");
  const auto head = head_for(store, where, earlier.size);
  if (!head) return std::unexpected(head.error());
  const auto tree = merkle_tree(merkle_source(store), earlier.size);
  if (!tree) return std::unexpected(tree.error());
  if (tree->root() != earlier.hash)
    return fail(where,
                fmt::format("is not what the record {} comes to there: {}. Either it was noted wrongly, "
                            "or this is not the record it was noted of, or that record was rewritten",
                            store.name(), hex(tree->root())));
  const auto path = consistency_proof(merkle_source(store), earlier.size, head->size);
  if (!path) return std::unexpected(path.error());
  return finished({{"since", earlier.size}, {"since_root", hex(earlier.hash)}}, store, *head, *path);
}

/// Out of a damaged record comes no proof, rather than one that nobody accepts.
template <class Checked>
Result<std::string> sound(Result<std::string> proof, const std::string& what, const StoreReader& store,
                          Checked (*check)(std::string_view, const std::optional<PublicKey>&)) {
  if (!proof || check(*proof, {})) return proof;
  return fail(what,
              fmt::format("cannot be proven: the record was changed or is damaged; `varne verify {}` says "
                          "where",
                          store.name()));
}

}  // namespace

Result<std::string> prove(const std::string& where, std::uint64_t number) {
  const auto store = read_store(where);
  if (!store) return std::unexpected(store.error());
  return sound(proof_in(**store, number), fmt::format("entry {}", number), **store, check_proof);
}

Result<std::string> prove_continuation(const std::string& where, const LedgerHead& earlier) {
  const auto store = read_store(where);
  if (!store) return std::unexpected(store.error());
  return sound(continuation_in(**store, earlier), fmt::format("the head at entry {}", earlier.size), **store,
               check_continuation);
}

Result<Proven> check_proof(std::string_view proof, const std::optional<PublicKey>& noted) {
  const auto json = parse_json(proof);
  if (!json) return std::unexpected(json.error());
  Fields fields(*json, "");
  const auto line = fields.text("entry");
  const auto index = fields.count("index");
  if (!fields.state()) return std::unexpected(fields.state().error());
  auto entry = parse_entry(line);
  if (!entry) return fail(entry.error().in("entry"));
  if (entry->number != index + 1) return fail("index", "is not that of the entry");
  auto vouched = vouched_of(fields, noted);
  if (!vouched) return std::unexpected(vouched.error());
  if (!included(leaf_hash(line), index, vouched->head.size, vouched->path, vouched->head.root))
    return fail("path", "does not lead from the entry to the root of the head");
  return Proven{std::move(*entry), vouched->head, std::move(vouched->keys)};
}

Result<Continued> check_continuation(std::string_view proof, const std::optional<PublicKey>& noted) {
  const auto json = parse_json(proof);
  if (!json) return std::unexpected(json.error());
  Fields fields(*json, "");
  LedgerHead earlier;
  earlier.size = fields.count("since");
  fields.bytes("since_root", earlier.hash);
  if (earlier.size == 0) fields.wrong("since", "is not a whole number from 1 to 2^53");
  auto vouched = vouched_of(fields, noted);
  if (!vouched) return std::unexpected(vouched.error());
  if (!consistent(earlier.size, earlier.hash, vouched->head.size, vouched->head.root, vouched->path))
    return fail("path", "does not show that the record goes on from the earlier head");
  return Continued{earlier, vouched->head, std::move(vouched->keys)};
}

}  // namespace varne
