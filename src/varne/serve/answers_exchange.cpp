/// The answers in other people's terms: CAP alerts and CISE payloads.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "varne/core/json.h"
#include "varne/core/text.h"
#include "varne/exchange/cap.h"
#include "varne/exchange/cise.h"
#include "varne/serve/answers.h"

namespace varne::answers {
namespace http = boost::beast::http;
namespace {

/// Most messages of one incident that an alert says it takes the place of.
constexpr std::size_t most_messages = 200;

/// No real day: by the world's word, or because it is played again.
bool is_exercise(const Desk& desk) {
  const Json header = desk.header();
  return header.value("exercise", false) || header.value("mode", "") == "replay";
}

}  // namespace

void cap_feed(const Ask& ask, Send send) {
  const Desk& desk = ask.sources.desk;
  send(respond(ask.request, http::status::ok, "application/atom+xml",
               varne::cap_feed(desk.room(), is_exercise(desk))));
}

void cap_alert(const Ask& ask, Send send) {
  Desk& desk = ask.sources.desk;
  const std::string id(ask.part);
  if (!desk.room().incidents().contains(id))
    return send(
        refused(ask.request, http::status::not_found, fmt::format("there is no incident {}", shown(id))));
  EntryQuery wanted{.words = {"\"incident\":" + varne::quoted(id)}, .most = most_messages};
  for (const std::string_view kind : cap_kinds) wanted.kinds.emplace(kind);
  desk.find(std::move(wanted),
            [request = ask.request, id, &desk, send = std::move(send)](const Result<FoundEntries>& found) {
              if (!found)
                return send(refused(request, http::status::internal_server_error, found.error().text()));
              const auto incident = desk.room().incidents().find(id);
              const CapThread thread = cap_thread(found->entries, id);
              if (incident == desk.room().incidents().end() || thread.now.entry == 0)
                return send(refused(request, http::status::not_found,
                                    fmt::format("nothing is recorded of incident {} yet", shown(id))));
              send(respond(request, http::status::ok, "application/cap+xml",
                           varne::cap_alert(desk.room(), incident->second, thread, is_exercise(desk))));
            });
}

void cise_vessels(const Ask& ask, Send send) {
  send(respond(ask.request, http::status::ok, "application/xml",
               varne::cise_vessels(ask.sources.desk.room())));
}

void cise_incidents(const Ask& ask, Send send) {
  send(respond(ask.request, http::status::ok, "application/xml",
               varne::cise_incidents(ask.sources.desk.room())));
}

}  // namespace varne::answers
