#pragma once
/// A search that somebody asks of the desk: the plan, its routes, its map and its message in one answer.

#include <string>
#include <vector>

#include "varne/core/json.h"
#include "varne/core/result.h"
#include "varne/room/room.h"
#include "varne/search/asked.h"

namespace varne {

/// What of the room a search is planned from, taken on the room's thread; the rest is slow work of another.
struct SearchBasis {
  std::shared_ptr<const DriftRun> run;
  std::string forecast;    ///< "F3"
  Time now;                ///< the room's
  std::string last_known;  ///< where and when, in words
  std::vector<UnitAt> fleet;
  const World* world = nullptr;  ///< outlives the answer
};

/// @param run  the incident's latest forecast
SearchBasis search_basis(const Room& room, const Incident& incident, std::shared_ptr<const DriftRun> run);

/// As text, which is made once and kept: `search_json` (search/asked.h) with "planned" (when), "asked" (the
/// question), "forecast", "at_least", "geojson", "gpx", "rtz": [{"name", "text"}] and "message". Refuses what
/// `answer_search` refuses. Safe on any thread.
Result<std::string> search_answer(const SearchBasis& basis, const SearchAsked& asked);

}  // namespace varne
