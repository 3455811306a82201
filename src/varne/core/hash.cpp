#include "varne/core/hash.h"

#include <sodium.h>

namespace varne {
namespace {

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Hash sha256(std::string_view bytes) {
  Hash out;
  crypto_hash_sha256(out.data(), raw(bytes), bytes.size());
  return out;
}

Hash sha256(const Hash& before, std::string_view bytes) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, before.data(), before.size());
  crypto_hash_sha256_update(&state, raw(bytes), bytes.size());
  Hash out;
  crypto_hash_sha256_final(&state, out.data());
  return out;
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
