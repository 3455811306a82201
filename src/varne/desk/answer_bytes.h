#pragma once
/// Answers of slow work as the journal keeps them: a desk that starts again reads them back and never
/// computes them again, whatever engine or sea it has by then.
///
/// The bytes begin with the number of their format: a version whose runs are made of other members gives its
/// format another, and goes on reading this one.

#include <string>
#include <string_view>

#include "varne/core/result.h"
#include "varne/room/room.h"

namespace varne {

/// "F3\n", a format number, the answer.
std::string answer_bytes(const ForecastAnswer& answer);

/// The same back. One without bytes, only "F3", is of a version that kept none: `known` is false, and it has
/// to be computed again. Refuses bytes of a format this version does not know, and damaged ones.
struct JournaledAnswer {
  ForecastAnswer answer;  ///< where it is not `known`, only the request's id is
  bool known = false;
};
Result<JournaledAnswer> answer_from(std::string_view bytes);

}  // namespace varne
