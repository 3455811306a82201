#include <fmt/format.h>

#include "varne/core/lines.h"
#include "varne/record/ledger.h"
#include "varne/record/merkle.h"

namespace varne {

Result<Verification> verify_record_lines(const std::string& path, const Noted& noted,
                                         const VerifyProgress& progress) {
  constexpr std::size_t longest_line = std::size_t{64} << 20;
  auto file = LineFile::open(path, longest_line);
  if (!file) return std::unexpected(file.error());
  Verification out;
  MerkleTree tree;
  const auto report = [&](std::uint64_t line, std::string what) {
    out.problems.push_back({fmt::format("line {}", line), std::move(what)});
  };
  LineFile::Line line;
  while (out.problems.size() < most_verify_problems) {
    const auto more = file->next(line);
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
    const auto entry = line.overlong ? fail("", "is too long for an entry") : parse_entry(line.text);
    const std::uint64_t expected = out.head.size + 1;
    if (!entry) {
      report(line.number, fmt::format("{} (entry {} should stand here)", entry.error().text(), expected));
    } else if (entry->number != expected) {
      report(line.number, fmt::format("is entry {}, where entry {} should stand", entry->number, expected));
    }
    tree.add(leaf_hash(line.text));
    out.head = {entry ? entry->number : expected, {}};
    if (noted.head && noted.head->size == tree.size() && noted.head->hash != tree.root())
      report(line.number, "the lines up to here do not come to the head noted elsewhere");
    if (progress && line.number % 16384 == 0) progress(line.number, 0);
  }
  out.head.hash = tree.root();
  if (noted.head && noted.head->size > tree.size() && out.problems.empty())
    report(tree.size() + 1,
           fmt::format("entries up to {} are missing: the head noted elsewhere stands for them",
                       noted.head->size));
  return out;
}

}  // namespace varne
