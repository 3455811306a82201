#pragma once
/// Certificates made here: an authority, what it vouches for, and who vouches for themselves.

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <string>

#include "support.h"

namespace varne::test {

/// A key and a certificate as two PEM files.
class Certificate {
 public:
  struct Wish {
    std::string name = "127.0.0.1";  ///< CN
    std::string unit = "";           ///< OU, "" none
    long from_s = -60;               ///< good from then on, from now
    long until_s = 3600;
    long serial = 1;
  };
  /// @param by  who vouches for it; null: it does itself
  Certificate(const Scratch& folder, const std::string& file, const Wish& wish,
              const Certificate* by = nullptr)
      : certificate(folder.file(file + ".crt")), key(folder.file(file + ".key")) {
    pair_.reset(EVP_EC_gen("P-256"));
    made_.reset(X509_new());
    X509* made = made_.get();
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), wish.serial);
    X509_gmtime_adj(X509_getm_notBefore(made), wish.from_s);
    X509_gmtime_adj(X509_getm_notAfter(made), wish.until_s);
    X509_set_pubkey(made, pair_.get());
    X509_NAME* subject = X509_get_subject_name(made);
    put(subject, "CN", wish.name);
    if (!wish.unit.empty()) put(subject, "OU", wish.unit);
    if (by == nullptr) may_vouch(made);
    X509_set_issuer_name(made, by == nullptr ? subject : X509_get_subject_name(by->made_.get()));
    EXPECT_GT(X509_sign(made, by == nullptr ? pair_.get() : by->pair_.get(), EVP_sha256()), 0);
    write();
  }
  /// In place of what another had written.
  void write_over(const Certificate& other) {
    certificate = other.certificate;
    key = other.key;
    write();
  }
  [[nodiscard]] long serial() const { return ASN1_INTEGER_get(X509_get_serialNumber(made_.get())); }

  std::string certificate;
  std::string key;

 private:
  /// An authority has to say of itself that it is one (RFC 5280, 4.2.1.9).
  static void may_vouch(X509* made) {
    X509_EXTENSION* says = X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE");
    X509_add_ext(made, says, -1);
    X509_EXTENSION_free(says);
  }
  static void put(X509_NAME* subject, const char* what, const std::string& text) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's own way
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.c_str());
    X509_NAME_add_entry_by_txt(subject, what, MBSTRING_UTF8, bytes, -1, -1, 0);
  }
  void write() const {
    std::FILE* out = std::fopen(certificate.c_str(), "w");
    PEM_write_X509(out, made_.get());
    std::fclose(out);
    out = std::fopen(key.c_str(), "w");
    PEM_write_PrivateKey(out, pair_.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
  }
  struct Free {
    void operator()(X509* one) const { X509_free(one); }
    void operator()(EVP_PKEY* one) const { EVP_PKEY_free(one); }
  };
  std::unique_ptr<EVP_PKEY, Free> pair_;
  std::unique_ptr<X509, Free> made_;
};

}  // namespace varne::test
