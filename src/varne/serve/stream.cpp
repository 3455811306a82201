#include "varne/serve/stream.h"

namespace varne {
Stream::Stream(Socket socket, std::shared_ptr<TlsContext> tls)
    : context_(std::move(tls)), tcp_(std::make_unique<boost::beast::tcp_stream>(std::move(socket))) {
  if (context_)
    tls_ = std::make_unique<boost::asio::ssl::stream<boost::beast::tcp_stream&>>(*tcp_, *context_);
}

std::string Stream::certificate_trouble() const {
  const long verdict = tls_ ? SSL_get_verify_result(tls_->native_handle()) : X509_V_OK;
  return verdict == X509_V_OK ? "" : X509_verify_cert_error_string(verdict);
}

}  // namespace varne
