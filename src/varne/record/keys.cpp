#include "varne/record/keys.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

#include "varne/core/hash.h"
#include "varne/record/disk.h"

namespace varne {
namespace {

static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);

/// Libsodium wants to be woken once, by whichever thread comes first.
void wake() {
  static const int woken = sodium_init();
  if (woken < 0) std::abort();  // a machine without randomness: nothing could be signed for
}

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

constexpr std::size_t seed_size = crypto_sign_SEEDBYTES;
/// PKCS #8 (RFC 8410, 7) of an Ed25519 key is these bytes and then its seed, so that `openssl pkey` reads the
/// file too.
constexpr std::array<std::uint8_t, 16> pkcs8_before_seed{0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                                         0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
constexpr std::string_view pem_begin = "-----BEGIN PRIVATE KEY-----\n";
constexpr std::string_view pem_end = "\n-----END PRIVATE KEY-----\n";
using Pkcs8 = std::array<std::uint8_t, pkcs8_before_seed.size() + seed_size>;

/// The bytes of such a file, or nothing where it is anything else.
std::optional<Pkcs8> pkcs8_of(std::string_view pem) {
  if (!pem.starts_with(pem_begin) || !pem.ends_with(pem_end)) return std::nullopt;
  pem.remove_prefix(pem_begin.size());
  if (pem.size() < pem_end.size()) return std::nullopt;
  pem.remove_suffix(pem_end.size());
  Pkcs8 out;
  std::size_t size = 0;
  const char* end = nullptr;
  const bool read = sodium_base642bin(out.data(), out.size(), pem.data(), pem.size(), nullptr, &size, &end,
                                      sodium_base64_VARIANT_ORIGINAL) == 0;
  if (!read || size != out.size() || end != pem.data() + pem.size() ||
      !std::equal(pkcs8_before_seed.begin(), pkcs8_before_seed.end(), out.begin()))
    return std::nullopt;
  return out;
}

/// Refuses what another account may read or write.
Done is_private(const std::string& path, const char* mode) {
  struct stat state {};
  if (::stat(path.c_str(), &state) != 0) return fail(path, std::strerror(errno));
  if ((state.st_mode & 077) != 0)
    return fail(path, fmt::format("may be read or written by other accounts, so the signing key may be known "
                                  "to them; make a new key, or if you are sure: chmod {} {}",
                                  mode, path));
  return {};
}

Done make_private_folder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return std::unexpected(disk_error(folder));
  if (auto closed = is_private(folder, "700"); !closed) return closed;
  return sync_folder(std::filesystem::path(folder).parent_path().string());
}

}  // namespace

bool signed_by(const PublicKey& key, std::string_view bytes, const Signature& signature) {
  wake();
  return crypto_sign_verify_detached(signature.data(), data_of(bytes), bytes.size(), key.data()) == 0;
}

void SigningKey::Free::operator()(std::uint8_t* secret) const {
  sodium_free(secret);
}

SigningKey::SigningKey() {
  wake();
  secret_.reset(static_cast<std::uint8_t*>(sodium_malloc(crypto_sign_SECRETKEYBYTES)));
  if (!secret_) throw std::bad_alloc();
}

SigningKey SigningKey::make() {
  SigningKey made;
  PublicKey ignored;
  crypto_sign_keypair(ignored.data(), made.secret_.get());
  return made;
}

std::string key_file(const std::string& folder, const PublicKey& key) {
  return fmt::format("{}/{}.pem", folder, hex(key).substr(0, 16));
}

Result<SigningKey> SigningKey::load(const std::string& folder, const PublicKey& key) {
  const auto path = key_file(folder, key);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    return fail(path, "the key that signs this record is not there; put it back, or begin a new record");
  if (auto closed = is_private(folder, "700"); !closed) return std::unexpected(closed.error());
  if (auto closed = is_private(path, "600"); !closed) return std::unexpected(closed.error());
  auto text = read_bytes(path);
  if (!text) return std::unexpected(text.error());
  auto pkcs8 = pkcs8_of(*text);
  sodium_memzero(text->data(), text->size());
  if (!pkcs8)
    return fail(path, "holds no Ed25519 key (PKCS #8, without a password); put the right file back");
  SigningKey read;
  PublicKey its_public;
  crypto_sign_seed_keypair(its_public.data(), read.secret_.get(), pkcs8->data() + pkcs8_before_seed.size());
  sodium_memzero(pkcs8->data(), pkcs8->size());
  if (its_public != key)
    return fail(path, fmt::format("holds another key than {}, which signs this record; put the right file "
                                  "back",
                                  hex(key)));
  return read;
}

Done SigningKey::save(const std::string& folder) const {
  if (auto made = make_private_folder(folder); !made) return made;
  const auto path = key_file(folder, public_key());
  Pkcs8 pkcs8;
  std::copy(pkcs8_before_seed.begin(), pkcs8_before_seed.end(), pkcs8.begin());
  std::copy_n(secret_.get(), seed_size, pkcs8.begin() + pkcs8_before_seed.size());
  std::array<char, sodium_base64_ENCODED_LEN(pkcs8.size(), sodium_base64_VARIANT_ORIGINAL)> base64;
  sodium_bin2base64(base64.data(), base64.size(), pkcs8.data(), pkcs8.size(), sodium_base64_VARIANT_ORIGINAL);
  auto text = fmt::format("{}{}{}", pem_begin, base64.data(), pem_end);
  sodium_memzero(pkcs8.data(), pkcs8.size());
  sodium_memzero(base64.data(), base64.size());
  auto file = File::open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!file) return std::unexpected(file.error());
  auto done = file->write(text, 0);
  sodium_memzero(text.data(), text.size());
  if (done) done = file->sync();
  if (done) return sync_folder(folder);
  ::unlink(path.c_str());  // half a key is none
  return done;
}

PublicKey SigningKey::public_key() const {
  PublicKey out;
  crypto_sign_ed25519_sk_to_pk(out.data(), secret_.get());
  return out;
}

Signature SigningKey::sign(std::string_view bytes) const {
  Signature out;
  crypto_sign_detached(out.data(), nullptr, data_of(bytes), bytes.size(), secret_.get());
  return out;
}

}  // namespace varne
