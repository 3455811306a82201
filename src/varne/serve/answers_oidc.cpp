/// Signing in with a provider's word.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "varne/serve/answers.h"
#include "varne/serve/api.h"

namespace varne::answers {
namespace http = boost::beast::http;
namespace {

HttpResponse not_offered(const Ask& ask) {
  return refused(ask.request, http::status::not_found,
                 "nobody signs in here with a provider's word (varne serve --oidc)");
}

HttpResponse sent_to(const HttpRequest& request, const std::string& address) {
  auto out = respond(request, http::status::see_other, "text/plain; charset=utf-8", "");
  out.set(http::field::location, address);
  return out;
}

/// For a person: it is a page that the browser was sent to.
HttpResponse turned_away(const HttpRequest& request, http::status status, const std::string& why) {
  return respond(request, status, "text/plain; charset=utf-8",
                 fmt::format("You are not signed in: {}.\n\nGo back to the desk's page and try again, or ask "
                             "whoever keeps its accounts.\n",
                             why));
}

}  // namespace

void oidc_offered(const Ask& ask, Send send) {
  send(respond(ask.request, http::status::ok, "application/json",
               api::text({{"offered", ask.sources.oidc != nullptr}})));
}

void oidc_begin(const Ask& ask, Send send) {
  if (ask.sources.oidc == nullptr) return send(not_offered(ask));
  ask.sources.oidc->begin(
      [request = ask.request, send = std::move(send)](const Result<OidcSignIn::Begun>& begun) {
        if (!begun) return send(turned_away(request, http::status::bad_gateway, begun.error().text()));
        auto out = sent_to(request, begun->address);
        out.set(http::field::set_cookie, begun->cookie);
        send(std::move(out));
      });
}

/// What the provider says went wrong is its own affair, and any page could have written it: it is not shown.
void oidc_back(const Ask& ask, Send send) {
  if (ask.sources.oidc == nullptr) return send(not_offered(ask));
  const Query query = query_of(view(ask.request.target()));
  const auto said = [&](const char* name) {
    const auto at = query.find(name);
    return at == query.end() ? std::string() : at->second;
  };
  ask.sources.oidc->finish(
      view(ask.request[http::field::cookie]), said("state"), said("code"),
      [request = ask.request, &gate = ask.sources.gate, over = ask.sources.oidc->no_cookie(),
       send = std::move(send)](const Result<std::string>& session) {
        auto out = session ? sent_to(request, "/")
                           : turned_away(request, http::status::unauthorized, session.error().text());
        out.insert(http::field::set_cookie, over);
        if (session) out.insert(http::field::set_cookie, gate.cookie(*session));
        send(std::move(out));
      });
}

}  // namespace varne::answers
