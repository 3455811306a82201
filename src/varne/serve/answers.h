#pragma once
/// The answer to each route (routes.h).

#include "varne/serve/routes.h"

namespace varne::answers {

void page(const Ask& ask, Send send);
void state(const Ask& ask, Send send);
void map(const Ask& ask, Send send);
void entries(const Ask& ask, Send send);
void track(const Ask& ask, Send send);
void incident(const Ask& ask, Send send);
void forecast(const Ask& ask, Send send);
void search(const Ask& ask, Send send);
void sea(const Ask& ask, Send send);
void health(const Ask& ask, Send send);
void metrics(const Ask& ask, Send send);
void socket(const Ask& ask, Send send);
void report(const Ask& ask, Send send);
void play(const Ask& ask, Send send);

}  // namespace varne::answers
