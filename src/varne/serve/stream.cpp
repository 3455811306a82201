#include "varne/serve/stream.h"

namespace varne {
namespace ssl = boost::asio::ssl;

Result<std::shared_ptr<TlsContext>> tls_context(const std::string& certificate, const std::string& key) {
  auto context = std::make_shared<TlsContext>(ssl::context::tls_server);
  boost::system::error_code wrong;
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                           ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::single_dh_use,
                       wrong);
  if (!wrong) context->use_certificate_chain_file(certificate, wrong);
  if (wrong) return fail(certificate, "is no certificate in PEM that can be read: " + wrong.message());
  context->use_private_key_file(key, ssl::context::pem, wrong);
  if (wrong) return fail(key, "is no private key of that certificate: " + wrong.message());
  return context;
}

Stream::Stream(Socket socket, std::shared_ptr<TlsContext> tls)
    : context_(std::move(tls)), tcp_(std::make_unique<boost::beast::tcp_stream>(std::move(socket))) {
  if (context_)
    tls_ = std::make_unique<boost::asio::ssl::stream<boost::beast::tcp_stream&>>(*tcp_, *context_);
}

}  // namespace varne
