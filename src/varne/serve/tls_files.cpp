#include "varne/serve/tls_files.h"

#include <openssl/x509.h>

#include <array>
#include <utility>

#include "varne/core/enum_named.h"
#include "varne/serve/certified.h"

namespace varne {
namespace ssl = boost::asio::ssl;
namespace {

Result<std::shared_ptr<TlsContext>> context_of(const TlsFiles::Paths& paths) {
  auto context = std::make_shared<TlsContext>(ssl::context::tls_server);
  boost::system::error_code wrong;
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                           ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::single_dh_use,
                       wrong);
  if (!wrong) context->use_certificate_chain_file(paths.certificate, wrong);
  if (wrong) return fail(paths.certificate, "is no certificate in PEM that can be read: " + wrong.message());
  context->use_private_key_file(paths.key, ssl::context::pem, wrong);
  if (wrong) return fail(paths.key, "is no private key of that certificate: " + wrong.message());
  if (paths.client_ca.empty()) return context;
  context->load_verify_file(paths.client_ca, wrong);
  if (wrong) return fail(paths.client_ca, "is no certificate in PEM that can be read: " + wrong.message());
  // Browsers show none, and are asked to sign in; one that is shown has to be good.
  context->set_verify_mode(ssl::verify_peer, wrong);
  // A resumed session would stand on what was verified before the authority's file changed.
  SSL_CTX_set_session_cache_mode(context->native_handle(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_TICKET);
  return context;
}

/// The first of this name in the certificate's subject; "" none.
std::string subject_part(const X509* certificate, int nid) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, nid, -1);
  if (at < 0) return "";
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (size < 0) return "";
  std::string out(utf8, utf8 + size);
  OPENSSL_free(utf8);
  return out;
}

}  // namespace

std::optional<Certified> certified_in(const SSL* connection) {
  X509* certificate = SSL_get1_peer_certificate(connection);
  if (certificate == nullptr) return std::nullopt;
  Certified out{subject_part(certificate, NID_commonName),
                enum_named<Holder>(subject_part(certificate, NID_organizationalUnitName))};
  X509_free(certificate);
  if (out.name.empty() || out.name.size() > 120) out.holder.reset();
  return out;
}

Result<std::shared_ptr<TlsFiles>> TlsFiles::open(Paths paths) {
  auto files = std::shared_ptr<TlsFiles>(new TlsFiles(std::move(paths)));
  files->read_ = files->stamps();
  auto context = context_of(files->paths_);
  if (!context) return std::unexpected(context.error());
  files->context_ = std::move(*context);
  return files;
}

std::vector<TlsFiles::Stamp> TlsFiles::stamps() const {
  std::vector<Stamp> out;
  for (const std::string& path : {paths_.certificate, paths_.key, paths_.client_ca}) {
    std::error_code gone;
    out.emplace_back(std::filesystem::last_write_time(path, gone), std::filesystem::file_size(path, gone));
  }
  return out;
}

std::shared_ptr<TlsContext> TlsFiles::context() {
  if (stamps() != read_) reload();
  return context_;
}

void TlsFiles::reload() {
  read_ = stamps();
  auto context = context_of(paths_);
  trouble_ = context ? "" : "the certificate on the disk is not used: " + context.error().text();
  if (context) context_ = std::move(*context);
}

}  // namespace varne
