#include "varne/core/hash.h"

#include <openssl/evp.h>

#include <cassert>

namespace varne {
namespace {

/// OpenSSL uses the processor's own SHA instructions; libsodium's takes three times as long for a line of the
/// record. One context a thread: making one costs as much as hashing a line.
class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new()) {}
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  ~Digest() { EVP_MD_CTX_free(context_); }

  Hash of(std::string_view first, std::string_view second) {
    Hash out;
    [[maybe_unused]] bool good = EVP_DigestInit_ex(context_, EVP_sha256(), nullptr) == 1;
    good = good && EVP_DigestUpdate(context_, first.data(), first.size()) == 1;
    good = good && EVP_DigestUpdate(context_, second.data(), second.size()) == 1;
    good = good && EVP_DigestFinal_ex(context_, out.data(), nullptr) == 1;
    assert(good);  // only a broken library fails here
    return out;
  }

 private:
  EVP_MD_CTX* context_;
};

Hash digest(std::string_view first, std::string_view second) {
  thread_local Digest digest;
  return digest.of(first, second);
}

}  // namespace

Hash sha256(std::string_view bytes) {
  return digest(bytes, {});
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
