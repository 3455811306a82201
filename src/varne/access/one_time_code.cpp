#include "varne/access/one_time_code.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>

namespace varne {
namespace {

constexpr std::int64_t step_s = 30;

}  // namespace

std::int64_t code_step(Time now) {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() / step_s;
}

std::string one_time_code(std::string_view secret, std::int64_t step, int digits) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < 8; ++i)
    counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(),
       &size);
  const std::size_t at = mac[size - 1] & 0x0FU;
  const std::uint32_t cut = (mac[at] & 0x7FU) << 24U | static_cast<std::uint32_t>(mac[at + 1]) << 16U |
                            static_cast<std::uint32_t>(mac[at + 2]) << 8U | mac[at + 3];
  std::uint32_t most = 1;
  for (int i = 0; i < digits; ++i) most *= 10;
  return fmt::format("{:0{}}", cut % most, digits);
}

std::optional<std::int64_t> code_accepted(std::string_view secret, std::string_view code, Time now,
                                          std::int64_t used) {
  const std::int64_t here = code_step(now);
  std::optional<std::int64_t> found;
  for (const std::int64_t step : {here - 1, here, here + 1}) {
    const std::string right = one_time_code(secret, step);
    const bool same =
        code.size() == right.size() && sodium_memcmp(code.data(), right.data(), right.size()) == 0;
    if (same && step > used) found = step;
  }
  return found;
}

std::string new_code_secret() {
  std::string bytes(20, '\0');
  if (sodium_init() < 0) std::abort();
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = held << 8U | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> static_cast<unsigned>(bits - 5) & 31U];
  }
  if (bits > 0) out += letters[held << static_cast<unsigned>(5 - bits) & 31U];
  return out;
}

std::string code_uri(std::string_view account, std::string_view secret) {
  return fmt::format("otpauth://totp/Varne:{}?secret={}&issuer=Varne", account, base32(secret));
}

}  // namespace varne
