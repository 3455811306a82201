#include "varne/core/hash.h"

#include <openssl/evp.h>

#include <cassert>
#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

namespace varne {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// OpenSSL uses the processor's own SHA instructions; libsodium's takes twice as long for a line of the
/// record. Looked up once: `EVP_sha256()` is looked up anew at each use, which takes longer than hashing a
/// line.
const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  return found;
}

/// A context of its own for each call: one kept a thread would be gone before what is still hashed while a
/// program ends.
Hash digest(std::string_view first, std::string_view second) {
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Hash out;
  [[maybe_unused]] bool good = EVP_DigestInit_ex(context.get(), sha256_algorithm(), nullptr) == 1;
  good = good && EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1;
  good = good && EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1;
  good = good && EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1;
  assert(good);  // only a broken library fails here
  return out;
}

}  // namespace

Hash sha256(std::string_view bytes) {
  return digest(bytes, {});
}

Hash sha256(std::string_view first, std::string_view second) {
  return digest(first, second);
}

Hash sha256(const Hash& before, std::string_view bytes) {
  return digest({reinterpret_cast<const char*>(before.data()), before.size()}, bytes);
}

Result<Hash> sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(path, "cannot be opened");
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  std::vector<char> piece(std::size_t{1} << 20);
  [[maybe_unused]] bool good = EVP_DigestInit_ex(context.get(), sha256_algorithm(), nullptr) == 1;
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    good =
        good && EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(file.gcount())) == 1;
  }
  if (!file.eof()) return fail(path, "cannot be read to its end");
  Hash out;
  good = good && EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1;
  assert(good);  // only a broken library fails here
  return out;
}

std::string hex(const Hash& hash) {
  return hex(std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()));
}

namespace {
constexpr std::string_view digits = "0123456789abcdef";
}

std::string hex(std::string_view bytes) {
  std::string out;
  out.reserve(2 * bytes.size());
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = digits.find(text[i]);
    const auto low = digits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    out += static_cast<char>(high << 4 | low);
  }
  return out;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  Hash hash;
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes->data(), hash.size());
  return hash;
}

}  // namespace varne
