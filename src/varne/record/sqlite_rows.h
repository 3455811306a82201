#pragma once
/// The smaller tables of a record's SQLite file, read whole. Not for use outside this folder.

#include <array>
#include <cstring>
#include <vector>

#include "varne/record/sqlite.h"
#include "varne/record/store.h"

namespace varne::sqlite_format {

/// Takes bytes of exactly that length; leaves zeros for any other.
template <std::size_t N>
bool take(std::array<std::uint8_t, N>& out, std::string_view bytes) {
  out = {};
  if (bytes.size() != N) return false;
  std::memcpy(out.data(), bytes.data(), N);
  return true;
}

template <std::size_t N>
std::string_view view(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

/// The entry of a row of `select_entries`.
Entry entry_of(const Statement& row);

Result<LedgerHead> read_head(const Sqlite& file);
Result<std::vector<Label>> read_labels(const Sqlite& file);
Result<std::vector<KeyChange>> read_keys(const Sqlite& file);
Result<std::vector<SignedHead>> read_heads(const Sqlite& file, const char* sql);

}  // namespace varne::sqlite_format
