#include "varne/core/hash.h"

#include <openssl/evp.h>

#include <cassert>
#include <memory>

namespace varne {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// OpenSSL uses the processor's own SHA instructions; libsodium's takes twice as long for a line of the
/// record. A context of its own for each call: one kept a thread would be gone before what is still hashed
/// while a program ends.
Hash digest(std::string_view first, std::string_view second) {
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Hash out;
  [[maybe_unused]] bool good = EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
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

std::string hex(const Hash& hash) {
  std::string out(2 * hash.size(), '0');
  constexpr std::string_view digits = "0123456789abcdef";
  for (std::size_t i = 0; i < hash.size(); ++i) {
    out[2 * i] = digits[hash[i] >> 4];
    out[2 * i + 1] = digits[hash[i] & 15];
  }
  return out;
}

}  // namespace varne
