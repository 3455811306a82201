#pragma once
/// The answer to each route (routes.h).

#include "varne/serve/routes.h"

namespace varne::answers {

using Query = std::map<std::string, std::string, std::less<>>;
/// The names and values behind the '?', as they were before they were escaped.
Query query_of(std::string_view target);

void page(const Ask& ask, Send send);
void state(const Ask& ask, Send send);
void map(const Ask& ask, Send send);
void entries(const Ask& ask, Send send);
void track(const Ask& ask, Send send);
void incident(const Ask& ask, Send send);
void forecast(const Ask& ask, Send send);
void search(const Ask& ask, Send send);
void last_search(const Ask& ask, Send send);
void sea(const Ask& ask, Send send);
void health(const Ask& ask, Send send);
void metrics(const Ask& ask, Send send);
void socket(const Ask& ask, Send send);
void report(const Ask& ask, Send send);
void play(const Ask& ask, Send send);

// answers_exchange.cpp
void cap_feed(const Ask& ask, Send send);
void cap_alert(const Ask& ask, Send send);
void cise_vessels(const Ask& ask, Send send);
void cise_incidents(const Ask& ask, Send send);

// answers_access.cpp
void me(const Ask& ask, Send send);
void login(const Ask& ask, Send send);
void logout(const Ask& ask, Send send);
void own_password(const Ask& ask, Send send);
void accounts(const Ask& ask, Send send);
void add_account(const Ask& ask, Send send);
void change_account(const Ask& ask, Send send);
void add_program(const Ask& ask, Send send);
void revoke_program(const Ask& ask, Send send);

// answers_oidc.cpp
void oidc_offered(const Ask& ask, Send send);
void oidc_begin(const Ask& ask, Send send);
void oidc_back(const Ask& ask, Send send);

}  // namespace varne::answers
