#include "varne/access/password.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <cstdlib>

namespace varne {
namespace {

/// Libsodium wants to be woken once, by whichever thread comes first.
void wake() {
  static const int woken = sodium_init();
  if (woken < 0) std::abort();  // a machine without randomness: nobody could be told apart
}

constexpr auto passes = crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE;
constexpr auto memory = crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE;

}  // namespace

std::string unfit_password(std::string_view password) {
  if (password.size() < shortest_password)
    return fmt::format("is too short; {} characters are the least", shortest_password);
  if (password.size() > longest_password)
    return fmt::format("is too long; {} bytes are the most", longest_password);
  return "";
}

std::string password_hash(std::string_view password) {
  wake();
  std::array<char, crypto_pwhash_argon2id_STRBYTES> out{};
  if (crypto_pwhash_argon2id_str(out.data(), password.data(), password.size(), passes, memory) != 0)
    throw std::bad_alloc();
  return out.data();
}

bool password_fits(const std::string& hash, std::string_view password) {
  wake();
  // Somebody who is not known has to wait as long as somebody who is.
  static const std::string nobodys = password_hash(new_secret());
  const std::string& against = hash.empty() ? nobodys : hash;
  const bool fits = crypto_pwhash_argon2id_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return fits && !hash.empty();
}

std::string new_secret() {
  wake();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

}  // namespace varne
