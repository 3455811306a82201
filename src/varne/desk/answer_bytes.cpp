#include "varne/desk/answer_bytes.h"

#include <fmt/format.h>

#include "varne/core/fields_bytes.h"
#include "varne/core/text.h"

namespace varne {
namespace {

/// Raised with every change of what a DriftRun is made of (its `members()`); tests/desk/answer_bytes_test.cpp
/// notices one.
constexpr std::uint32_t format = 1;

}  // namespace

std::string answer_bytes(const ForecastAnswer& answer) {
  BytesOut out;
  out(format, answer.inputs, answer.refusal, answer.run != nullptr);
  if (answer.run) out(*answer.run);
  return answer.request + '\n' + out.take();
}

Result<JournaledAnswer> answer_from(std::string_view bytes) {
  const auto line = bytes.find('\n');
  JournaledAnswer out;
  out.answer.request = std::string(bytes.substr(0, line));
  if (line == std::string_view::npos) return out;
  BytesIn in(bytes.substr(line + 1));
  std::uint32_t kept_as = 0;
  if (in(kept_as) && kept_as != format)
    return fail("", fmt::format("the answer to {} is kept in format {}; this version of Varne reads {}",
                                shown(out.answer.request), kept_as, format));
  bool made = false;
  in(out.answer.inputs, out.answer.refusal, made);
  if (made) {
    auto run = std::make_shared<DriftRun>();
    in(*run);
    out.answer.run = std::move(run);
  }
  if (!in.at_end()) return fail("", fmt::format("the answer to {} is damaged", shown(out.answer.request)));
  out.known = true;
  return out;
}

}  // namespace varne
