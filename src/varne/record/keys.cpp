#include "varne/record/keys.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "varne/core/hash.h"
#include "varne/record/disk.h"

namespace varne {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
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
  EVP_PKEY* made = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size());
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  const bool good =
      made != nullptr && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, made) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), data_of(bytes), bytes.size()) == 1;
  EVP_PKEY_free(made);
  return good;
}

void SigningKey::Free::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

SigningKey SigningKey::make() {
  EVP_PKEY* made = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  assert(made != nullptr);  // only a broken library fails here
  return SigningKey(made);
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
  const auto text = read_bytes(path);
  if (!text) return std::unexpected(text.error());
  const std::unique_ptr<BIO, FreeBio> bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  const auto no_password = [](char*, int, int, void*) { return 0; };  // else OpenSSL asks at the terminal
  SigningKey read(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
  if (!read.key_ || EVP_PKEY_get_base_id(read.key_.get()) != EVP_PKEY_ED25519)
    return fail(path, "holds no Ed25519 key (PKCS #8, without a password); put the right file back");
  if (read.public_key() != key)
    return fail(path, fmt::format("holds another key than {}, which signs this record; put the right file "
                                  "back",
                                  hex(key)));
  return read;
}

Done SigningKey::save(const std::string& folder) const {
  if (auto made = make_private_folder(folder); !made) return made;
  const auto path = key_file(folder, public_key());
  const std::unique_ptr<BIO, FreeBio> bio(BIO_new(BIO_s_mem()));
  [[maybe_unused]] const int written =
      PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  assert(written == 1);
  char* text = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(bio.get(), &text));
  auto file = File::open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!file) return std::unexpected(file.error());
  auto done = file->write({text, size}, 0);
  if (done) done = file->sync();
  if (done) return sync_folder(folder);
  ::unlink(path.c_str());  // half a key is none
  return done;
}

PublicKey SigningKey::public_key() const {
  PublicKey out;
  std::size_t size = out.size();
  [[maybe_unused]] const int got = EVP_PKEY_get_raw_public_key(key_.get(), out.data(), &size);
  assert(got == 1 && size == out.size());
  return out;
}

Signature SigningKey::sign(std::string_view bytes) const {
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Signature out{};
  std::size_t size = out.size();
  [[maybe_unused]] const bool good =
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
      EVP_DigestSign(context.get(), out.data(), &size, data_of(bytes), bytes.size()) == 1;
  assert(good && size == out.size());
  return out;
}

}  // namespace varne
