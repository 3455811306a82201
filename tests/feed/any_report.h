#pragma once
/// Reports of any kind, made from the kinds' own lists of fields: a new kind or field comes up by itself.

#include <rapidcheck.h>

#include <concepts>
#include <string>
#include <vector>

#include "varne/feed/report_reader.h"

namespace varne {

// A value for one field within its limits; `may` leaves out what may be.

template <class Limits>
void make(const Limits& limits, std::string& out) {
  const bool anything = limits.words == Wording::free;
  out = limits.words == Wording::boat && *rc::gen::arbitrary<bool>() ? "I7" : "n";
  // Reports come from outside as UTF-8; blanks, quotes and accents have to survive.
  for (const char c : *rc::gen::container<std::string>(
           rc::gen::oneOf(rc::gen::inRange<char>(' ', 127),
                          rc::gen::elementOf(std::string(anything ? "\"\\/\t\n" : "\"\\/"))))) {
    if (out.size() < 100 && out != "I7") out += c;
  }
  if (out != "I7" && *rc::gen::arbitrary<bool>()) out += "é";
}
template <class Limits>
void make(const Limits& limits, std::vector<std::string>& out) {
  out.resize(*rc::gen::inRange<std::size_t>(1, most_names + 1));
  for (std::string& one : out) make(limits, one);
}
template <class Limits>
void make(const Limits& /*limits*/, bool& out) {
  out = *rc::gen::arbitrary<bool>();
}
template <class Limits>
void make(const Limits& limits, double& out) {
  const double least = std::max(limits.least, -1000.0);
  out = (least +
         *rc::gen::inRange(1, 10 * std::min(100, static_cast<int>(std::min(limits.most, 100.0)))) / 10.0) *
        limits.unit;
}
template <class Limits, std::signed_integral Whole>
void make(const Limits& limits, Whole& out) {
  out = *rc::gen::inRange<Whole>(static_cast<Whole>(std::max(0.0, limits.least)), 50);
}
template <class Limits>
void make(const Limits& /*limits*/, HeadCount& out) {
  const int low = *rc::gen::inRange(0, 300);
  out = {low, low + *rc::gen::element(0, 0, 1, 10)};
}
template <class Limits>
void make(const Limits& /*limits*/, Place& out) {
  out = {*rc::gen::inRange(-1800000, 1800001) / 1e4, *rc::gen::inRange(-900000, 900001) / 1e4};
}
template <class Limits>
void make(const Limits& /*limits*/, Time& out) {
  out = time_from_millis(*rc::gen::inRange<std::int64_t>(0, 4102444800000));
}
template <class Limits>
void make(const Limits& limits, SaidValue& out) {
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      return make(limits, out.emplace<bool>());
    case 1:
      return make(limits, out.emplace<double>());
    default:
      return make(limits, out.emplace<std::string>());
  }
}
template <class Limits, class T>
void make(const Limits& limits, std::optional<T>& out) {
  make(limits, out.emplace());
}

// What one field alone cannot know.
inline void make_fit(ReportHead& /*as it is*/) {}
inline void make_fit(reports::Recovered& r) {
  if (!r.persons) r.dead.reset();
}
inline void make_fit(reports::HandedOver& r) {
  if (r.unit.empty() == r.port.empty())
    (*rc::gen::arbitrary<bool>() ? r.unit : r.port) = r.unit.empty() ? "n" : "";
}
inline void make_fit(reports::Claim& r) {
  r.status = *rc::gen::elementOf(std::vector<std::string>{"provisional", "final", "disputed"});
  if (!r.persons && !r.boats) r.boats = 3;
}
inline void make_fit(reports::Override& r) {
  r.text = "because";
}

/// Any report that the reader takes.
inline Report any_report() {
  std::size_t left = *rc::gen::inRange<std::size_t>(0, std::variant_size_v<Report>);
  Report out;
  for_each_kind<Report>([&]<class Kind>() {
    if (left-- != 0) return;
    Kind kind;
    for_each_field<Kind>([&](const auto& field) {
      if (!field.optional || *rc::gen::arbitrary<bool>()) make(field, kind.*field.member);
    });
    if constexpr (requires { kind.children; }) {
      for (auto* part : {&kind.children, &kind.injured}) {
        if (*part) (*part)->low = 0;
      }
    }
    if constexpr (requires { kind.dead; }) {
      if (kind.dead) kind.dead->low = 0;
    }
    make_fit(kind);
    out = std::move(kind);
  });
  return out;
}

}  // namespace varne
