#include "varne/days/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "varne/core/enum_named.h"
#include "varne/core/lines.h"
#include "varne/core/place_of_data.h"
#include "varne/core/toml.h"
#include "varne/core/units.h"
#include "varne/days/scenario_lists.h"

namespace varne::days {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;
constexpr int most_extended = 8;

/// A parameter that is a spread or the exponent of a shape: not in the quantity's own unit.
bool is_spread(std::string_view name) {
  return name == "sd" || name == "spread" || name == "shape";
}

Number read_number(TomlTable& table, const QuantityWords& words, std::string_view name, bool needs_range) {
  const bool spread = is_spread(name);
  const double least = spread ? (name == "shape" ? 0.2 : 0) : words.least;
  const double most = spread ? (name == "sd" ? words.most - words.least : 20) : words.most;
  Number out;
  out.value = table.number(name, least, most);
  const std::string range = std::string(name) + "_range";
  if (!table.has(range)) {
    if (needs_range)
      table.refuse(name,
                   fmt::format("is assumed and has no range; give {} = [low, high], or its source", range));
    return out;
  }
  const auto ends = table.numbers(range, 2, least, most);
  if (ends.size() != 2) return out;
  if (ends[0] > ends[1])
    table.refuse(range, fmt::format("[{}, {}] is upside down", ends[0], ends[1]));
  else if (out.value < ends[0] || out.value > ends[1])
    table.refuse(range, fmt::format("[{}, {}] does not hold its value {}", ends[0], ends[1], out.value));
  out.range = {ends[0], ends[1]};
  return out;
}

/// What several numbers of one distribution have to be to each other.
void check_shape(TomlTable& table, const Declared& d) {
  const auto& n = d.numbers;
  if (d.shape == Shape::uniform && n[0].value > n[1].value) table.refuse("from", "is above \"to\"");
  if (d.shape == Shape::triangular && (n[0].value > n[1].value || n[1].value > n[2].value))
    table.refuse("mode", "must lie between \"from\" and \"to\"");
  if (d.shape != Shape::uniform && d.shape != Shape::triangular) return;
  // A design goes through the ranges together: no draw may have its numbers in another order.
  const auto names = parameters_of(d.shape);
  for (std::size_t i = 0; i + 1 < n.size(); ++i) {
    const double high = n[i].range ? (*n[i].range)[1] : n[i].value;
    const double low = n[i + 1].range ? (*n[i + 1].range)[0] : n[i + 1].value;
    if (high > low)
      table.refuse(fmt::format("{}_range", names[i]),
                   fmt::format("reaches up to {} and that of \"{}\" down to {}; they may not overlap", high,
                               names[i + 1], low));
  }
}

Declared read_declared(TomlTable table, const QuantityWords& words) {
  Declared out;
  out.where = table.where();
  out.source = table.maybe_text("source").value_or("");
  out.assumed = table.maybe_text("assumed").value_or("");
  if (out.source.empty() == out.assumed.empty())
    table.refuse("source",
                 out.source.empty()
                     ? "is missing; say where the numbers are from, or in \"assumed\" why they were taken"
                     : "is given and \"assumed\" as well; it is one or the other");
  const std::string is = table.maybe_text("is").value_or("fixed");
  if (const auto shape = enum_named<Shape>(is))
    out.shape = *shape;
  else
    table.refuse(
        "is",
        fmt::format("\"{}\" is no distribution; there are fixed, uniform, triangular, normal, lognormal, "
                    "exponential, weibull",
                    is));
  if (words.one_number && out.shape != Shape::fixed)
    table.refuse("is", fmt::format("{} is one number and is drawn from no distribution", words.name));
  for (const std::string_view name : parameters_of(out.shape))
    out.numbers.push_back(read_number(table, words, name, !out.assumed.empty()));
  check_shape(table, out);
  table.only_known();
  return out;
}

/// The quantities of one file: tables by the first part of their names.
void read_quantities(TomlTable root, Scenario& out) {
  std::map<std::string, TomlTable> groups;
  for (const QuantityWords& words : quantity_table()) {
    const auto dot = words.name.find('.');
    const std::string group(words.name.substr(0, dot));
    auto found = groups.find(group);
    if (found == groups.end()) {
      auto table = root.table(group);
      if (!table) continue;
      found = groups.emplace(group, *table).first;
    }
    if (auto one = found->second.table(words.name.substr(dot + 1)))
      out.declared[static_cast<std::size_t>(words.quantity)] = read_declared(*one, words);
  }
  for (auto& [name, group] : groups) group.only_known();
}

/// One file over what it extends.
Done read_file_into(const std::string& path, Scenario& out, std::set<std::string>& seen) {
  const std::string own = std::filesystem::path(path).lexically_normal().string();
  if (!seen.insert(own).second) return fail(path, "extends itself, by way of others or not");
  if (seen.size() > most_extended) return fail(path, fmt::format("is more than {} deep", most_extended));
  const auto text = read_file(path, most_bytes);
  if (!text) return std::unexpected(text.error());
  const auto file = TomlFile::parse(*text, path);
  if (!file) return std::unexpected(file.error());
  TomlTable root = file->root();
  const auto folder = std::filesystem::path(path).parent_path();
  if (const auto base = root.maybe_text("extends")) {
    if (auto done = read_file_into((folder / *base).string(), out, seen); !done) return done;
  }
  const bool first = out.name.empty();
  out.name = root.text("name");
  out.title = root.text("title");
  if (const auto about = root.maybe_text("about")) out.about = *about;
  if (first || root.has("year")) out.year = static_cast<int>(root.whole("year", 1900, 2200));
  if (first || root.has("year")) out.span = year_of(Date(std::chrono::year(out.year) / 1 / 1));
  if (const auto days = root.maybe_text("days")) {
    const auto span = parse_span(*days);
    if (span)
      out.span = *span;
    else
      root.refuse("days", span.error().what);
  }
  if (first || root.has("fleet")) out.units = (folder / root.text("fleet")).lexically_normal().string();
  if (const auto traffic = root.maybe_truth("traffic")) out.traffic = *traffic;
  if (auto forcing = root.table("forcing")) out.forcing = read_forcing(*forcing, folder.string());
  read_quantities(root, out);
  read_lists(root, out);
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  out.files += *text;
  return {};
}

Done check_whole(const std::string& path, const Scenario& s) {
  for (const QuantityWords& words : quantity_table()) {
    if (s[words.quantity].numbers.empty())
      return fail(path, fmt::format("{} is missing: {}", words.name, words.says));
  }
  if (s.beaches.empty()) return fail(path, "has no [[beach]]; boats need one to leave from");
  double share = 0;
  for (const Beach& beach : s.beaches) share += beach.share;
  if (std::abs(share - 1) > 1e-6)
    return fail(path, fmt::format("beach: the shares are {} together and must be 1", share));
  if (s.traffic && s.lanes.empty())
    return fail(path, "traffic is on and there is no [[lane]] for it; name at least one");
  if (s.policies.empty()) return fail(path, "has no [[policy]]; name at least the one in force");
  return {};
}

}  // namespace

std::string Knob::name() const {
  return shape == Shape::fixed
             ? std::string(words_of(quantity).name)
             : fmt::format("{}.{}", words_of(quantity).name, parameters_of(shape)[parameter]);
}

double Numbers::draw(Q q, double p) const {
  const One& one = of(q);
  const QuantityWords& words = words_of(q);
  return std::clamp(quantile(one.shape, one.v, p), words.least, words.most);
}

Numbers Numbers::with(const std::vector<Knob>& knobs, const std::vector<double>& values) const {
  Numbers out = *this;
  for (std::size_t k = 0; k < knobs.size(); ++k) out.set({knobs[k].quantity, knobs[k].parameter, values[k]});
  return out;
}

Numbers Scenario::numbers() const {
  Numbers out;
  for (const QuantityWords& words : quantity_table()) {
    const Declared& d = (*this)[words.quantity];
    std::array<double, 3> v{};
    for (std::size_t i = 0; i < d.numbers.size(); ++i) v[i] = d.numbers[i].value;
    out.set(words.quantity, d.shape, v);
  }
  return out;
}

std::vector<std::string> Scenario::radar_names() const {
  std::vector<std::string> out;
  for (const RadarSite& site : radars) out.push_back(site.name);
  return out;
}

std::vector<Knob> Scenario::knobs() const {
  std::vector<Knob> out;
  for (const QuantityWords& words : quantity_table()) {
    if (!traffic && words.name.starts_with("ships.")) continue;
    const Declared& d = (*this)[words.quantity];
    for (std::size_t i = 0; i < d.numbers.size(); ++i) {
      const auto& range = d.numbers[i].range;
      if (range && (*range)[0] < (*range)[1])
        out.push_back({words.quantity, i, (*range)[0], (*range)[1], d.shape});
    }
  }
  return out;
}

Result<Policy> Scenario::policy(const std::string& wanted) const {
  std::string known;
  for (const Policy& p : policies) {
    if (p.name == wanted) return p;
    known += (known.empty() ? "" : ", ") + p.name;
  }
  return fail("--policies", fmt::format("{} has no policy \"{}\"; there are {}", name, wanted, known));
}

Result<Scenario> load_scenario(const std::string& path) {
  Scenario out;
  std::set<std::string> seen;
  if (auto done = read_file_into(path, out, seen); !done) return std::unexpected(done.error());
  if (auto done = check_whole(path, out); !done) return std::unexpected(done.error());
  if (auto done = check_policies(path, out); !done) return std::unexpected(done.error());
  return out;
}

}  // namespace varne::days
