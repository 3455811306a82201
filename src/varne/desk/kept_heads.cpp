#include "varne/desk/kept_heads.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "varne/core/json.h"
#include "varne/record/merkle.h"
#include "varne/record/read_record.h"
#include "varne/room/entries_partner.h"
#include "varne/room/heads.h"

namespace varne {
namespace {

/// By how many entries they stand for; a desk that told two roots for as many told at least one lie.
using Heads = std::map<std::uint64_t, std::set<Hash>>;

Result<Heads> heads_in(const std::string& kept_by, std::span<const PublicKey> keys) {
  Heads out;
  const auto read = each_entry(kept_by, [&](const Entry& entry) -> Result<bool> {
    if (entry.kind != entries::LetterSaid::kind) return true;
    const auto body = parse_json(entry.body);
    entries::LetterSaid letter;
    letters::Head head;
    if (!body || !read_json(*body, letter) || letter.way != "heard" || letter.what != letters::Head::kind)
      return true;
    const auto said = parse_json(letter.body.text);
    if (!said || !read_json(*said, head)) return true;
    const auto signed_head = signed_head_of(head);
    const bool own = std::find(keys.begin(), keys.end(), head.key) != keys.end();
    if (own && signed_head && head.size > 0 &&
        signed_by(head.key, head_text(*signed_head), signed_head->signature))
      out[head.size].insert(head.root);
    return true;
  });
  if (!read) return std::unexpected(read.error());
  return out;
}

}  // namespace

Result<KeptHeads> held_against(const std::string& record, std::span<const PublicKey> keys,
                               const std::string& kept_by) {
  const auto heads = heads_in(kept_by, keys);
  if (!heads) return std::unexpected(heads.error());
  KeptHeads out{.heads = heads->size(), .last = heads->empty() ? 0 : heads->rbegin()->first, .problems = {}};
  if (heads->empty()) {
    out.problems.emplace_back(kept_by, "keeps no head that a key of this record has signed");
    return out;
  }
  MerkleTree tree;
  auto next = heads->begin();
  const auto read = each_entry(record, [&](const Entry& entry) -> Result<bool> {
    tree.add(leaf_hash(entry_line(entry)));
    if (tree.size() < next->first) return true;
    if (next->second != std::set{tree.root()})
      out.problems.emplace_back(
          fmt::format("entry {}", next->first),
          fmt::format("up to here the record comes to {}, and {} keeps {}: it was written anew",
                      hex(tree.root()), kept_by, hex(*next->second.begin())));
    return ++next != heads->end();
  });
  if (!read) return std::unexpected(read.error());
  if (next != heads->end())
    out.problems.emplace_back(
        fmt::format("entry {}", out.last),
        fmt::format("is not there, and {} keeps a head that stands for it: the record's end is gone",
                    kept_by));
  if (out.problems.size() > 1) {
    const std::size_t more = out.problems.size() - 1;
    out.problems.resize(1);
    out.problems.emplace_back(kept_by, fmt::format("keeps {} more heads that do not fit", more));
  }
  return out;
}

}  // namespace varne
