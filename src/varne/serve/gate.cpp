#include "varne/serve/gate.h"

#include <fmt/format.h>

#include "varne/core/text.h"
#include "varne/desk/journal_items.h"

namespace varne {
namespace http = boost::beast::http;
namespace {

constexpr std::string_view bearer = "Bearer ";

}  // namespace

std::string_view cookie_in(std::string_view header, std::string_view name) {
  for (auto part : split(header, ';')) {
    part = trim(part);
    if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=')
      return part.substr(name.size() + 1);
  }
  return "";
}

Gate::Gate(Accounts* accounts, bool secure, std::function<Time()> now)
    : accounts_(accounts), secure_(secure), now_(std::move(now)) {
  listens_at(0);
}

/// With the prefix __Host- a browser takes it over TLS alone, and from this very host (RFC 6265bis, 4.1.3.2).
void Gate::listens_at(std::uint16_t port) {
  cookie_name_ = fmt::format("{}varne-{}", secure_ ? "__Host-" : "", port);
}

std::string Gate::cookie(const std::string& secret) const {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", cookie_name_, secret,
                     secure_ ? "; Secure" : "", secret.empty() ? "; Max-Age=0" : "");
}

Credential Gate::credential(const http::request_header<>& header,
                            const std::optional<Certified>& certificate) const {
  Credential out;
  if (accounts_ == nullptr) return out;
  const auto authorization = view(header[http::field::authorization]);
  if (authorization.starts_with(bearer)) out.token = trim(authorization.substr(bearer.size()));
  out.session = cookie_in(view(header[http::field::cookie]), cookie_name_);
  out.certificate = certificate;
  return out;
}

Caller Gate::caller(const Credential& credential) {
  if (accounts_ == nullptr) return {speaker_of(typed_feed), acts_without_accounts()};
  if (!credential.token.empty()) {
    if (const auto program = accounts_->program(credential.token))
      return {{SpeakerKind::feed, program->name, false}, acts_of(program->scopes), true};
    return {{}, acts_of_nobody()};
  }
  if (!credential.session.empty()) {
    if (const auto account = accounts_->session(credential.session, now()))
      return {
          {SpeakerKind::account, account->name, true, std::string(enum_name(account->role)), account->unit},
          acts_of(account->role),
          true,
          true,
          credential.session};
  }
  if (const auto& shown = credential.certificate; shown && shown->holder) {
    const auto kind = *shown->holder == Holder::feed ? SpeakerKind::feed : SpeakerKind::partner;
    return {{kind, shown->name, false}, acts_of(*shown->holder), true};
  }
  return {{}, acts_of_nobody()};
}

}  // namespace varne
