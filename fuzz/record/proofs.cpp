/// A proof from anywhere: refused, or one whose every part fits every other.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "varne/record/merkle.h"
#include "varne/record/proof.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto proven = varne::check_proof(text)) {
    if (proven->entry.number < 1 || proven->entry.number > proven->head.size) std::abort();
    if (proven->keys.empty() || proven->keys.back() != proven->head.key) std::abort();
    const varne::PublicKey stranger{};
    if (varne::check_proof(text, stranger)) std::abort();
  }
  if (const auto continued = varne::check_continuation(text)) {
    if (continued->earlier.size < 1 || continued->earlier.size > continued->head.size) std::abort();
    if (continued->keys.empty() || continued->keys.back() != continued->head.key) std::abort();
  }
  // The same bytes as hashes: any number of them, for any leaf of any tree, is refused or ends at the root.
  std::vector<varne::Hash> path(size / sizeof(varne::Hash));
  for (std::size_t i = 0; i < path.size(); ++i)
    std::copy_n(data + i * sizeof(varne::Hash), sizeof(varne::Hash), path[i].begin());
  const std::uint64_t leaves =
      size == 0 ? 0 : data[0] | std::uint64_t{data[size - 1]} << (data[size / 2] % 56);
  for (const std::uint64_t index : {std::uint64_t{0}, leaves / 2, leaves - 1, leaves}) {
    if (varne::included(varne::leaf_hash(""), index, leaves, path, {})) std::abort();
    static_cast<void>(varne::consistent(index, {}, leaves, {}, path));
  }
  return 0;
}
