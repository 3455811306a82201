/// Any line as a claim: refused with a named field, or one that can be asked about and said.
#include "varne/people/claims.h"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "varne/people/publications.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  varne::Publications all;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::size_t taken = 0;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (const auto json = varne::parse_json(line)) {
      auto claim = varne::claim_from(*json);
      if (!claim && claim.error().what.empty()) std::abort();
      if (claim && (!claim->about || varne::spoken(*claim).empty())) std::abort();
      if (claim && all.claims().add(std::move(*claim))) ++taken;
    }
    // The same bytes as the body of an entry, as a record that somebody else made could hold it.
    const auto entry = varne::claim_said(1, {}, line);
    if (entry && varne::spoken(*entry).empty()) std::abort();
  }
  const varne::DateSpan ever{*varne::parse_date("0001-01-01"), *varne::parse_date("9999-12-31")};
  if (all.standing(ever, varne::known_for_ever).size() != taken) std::abort();  // none is dropped
  return 0;
}
