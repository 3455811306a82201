#include "varne/sea/forcing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>
#include <numeric>

#include "varne/core/text.h"
#include "varne/sea/grid_source.h"
#include "varne/sea/reading.h"

namespace varne {
namespace {

/// Something that a source will answer, and the files it comes from.
struct Answer {
  Quantity quantity = Quantity::current;
  std::vector<std::size_t> files = {};
  std::vector<std::string> notes = {};
  VectorField vector = {};
  Share share = Share::plain;
  bool mean = false;
  bool no_tide = false;
  SeaField scalar = {};
};

void take(Answer& answer, const Reading& reading) {
  answer.files.insert(answer.files.end(), reading.files.begin(), reading.files.end());
  for (const auto& note : reading.notes) {
    if (std::find(answer.notes.begin(), answer.notes.end(), note) == answer.notes.end())
      answer.notes.push_back(note);
  }
}

/// A field of one moment would hold at that moment only: refused, unless it was said to hold always.
Done check_moments(Reading& reading, const ForcingOptions& options) {
  if (reading.meaning.quantity == Quantity::depth) return {};
  SeaField& field = reading.field;
  if (options.always && field.times.size() <= 1) {
    field.times.clear();
    return {};
  }
  if (field.times.empty())
    return fail(reading.where,
                "has no time axis; forcing must say when it holds (a dimension with units like \"hours since "
                "2023-02-25 12:00:00\"), or be said to hold always (--always)");
  if (field.times.size() == 1)
    return fail(reading.where,
                fmt::format("holds one moment only, {}; give the files before and after it too, or say "
                            "that it holds always (--always)",
                            iso(field.times.front())));
  return {};
}

/// Speed and direction as components.
VectorField components(const Reading& speed, const Reading& direction, CoastRule rule) {
  VectorField vector{speed.field, speed.field, false};
  CoastFill coast(speed.field.grid, rule);
  const double turn = direction.meaning.part == Part::from ? 180 : 0;
  for (std::size_t i = 0; i < speed.field.frames.size(); ++i) {
    const Frame& speeds = *speed.field.frames[i];
    const Frame& degrees = *direction.field.frames[i];
    auto x = std::make_shared<Frame>();
    auto y = std::make_shared<Frame>();
    for (std::size_t k = 0; k < speeds.values.size(); ++k) {
      const double angle = (static_cast<double>(degrees.values[k]) + turn) * std::numbers::pi / 180;
      x->values.push_back(static_cast<float>(static_cast<double>(speeds.values[k]) * std::sin(angle)));
      y->values.push_back(static_cast<float>(static_cast<double>(speeds.values[k]) * std::cos(angle)));
    }
    coast.fill(*x);
    coast.fill(*y);
    vector.x.frames[i] = std::move(x);
    vector.y.frames[i] = std::move(y);
  }
  return vector;
}

bool completes(Part a, Part b) {
  const bool direction = b == Part::from || b == Part::towards;
  return (a == Part::x && b == Part::y) || (a == Part::speed && direction);
}

bool is_first(Part part) {
  return part == Part::x || part == Part::speed;
}

/// Finds each component's other half, in its own file or in another.
Result<std::vector<Answer>> answers_of(std::vector<Reading> readings, const ForcingOptions& options) {
  std::vector<Answer> answers;
  std::vector<bool> used(readings.size());
  for (Reading& reading : readings) {
    if (auto done = check_moments(reading, options); !done) return fail(done.error());
  }
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const Reading& one = readings[i];
    if (one.meaning.part == Part::whole) {
      Answer answer{.quantity = one.meaning.quantity, .scalar = one.field};
      take(answer, one);
      answers.push_back(std::move(answer));
      used[i] = true;
    }
    if (!is_first(one.meaning.part)) continue;
    for (std::size_t j = 0; j < readings.size() && !used[i]; ++j) {
      const Reading& other = readings[j];
      const bool polar = one.meaning.part == Part::speed;
      if (used[j] || !completes(one.meaning.part, other.meaning.part) ||
          one.meaning.quantity != other.meaning.quantity || one.meaning.share != other.meaning.share ||
          one.meaning.family != other.meaning.family || one.mean != other.mean ||
          one.no_tide != other.no_tide || one.field.times != other.field.times ||
          (polar && !one.field.grid->same(*other.field.grid)))
        continue;
      used[i] = used[j] = true;
      Answer answer{.quantity = one.meaning.quantity,
                    .share = one.meaning.share,
                    .mean = one.mean,
                    .no_tide = one.no_tide};
      answer.vector = polar ? components(one, other, options.coast)
                            : VectorField{one.field, other.field, one.meaning.along_axes};
      if (answer.vector.y.grid->same(*answer.vector.x.grid)) answer.vector.y.grid = answer.vector.x.grid;
      take(answer, one);
      take(answer, other);
      answers.push_back(std::move(answer));
    }
  }
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (used[i]) continue;
    return fail(
        readings[i].where,
        fmt::format("is half a {}: its other component (of {}) is in none of the files at the same times",
                    name_of(readings[i].meaning.quantity), readings[i].meaning.family));
  }
  return answers;
}

/// What a current lacks of the tide, in words; "" where that is nothing to speak of.
struct Lack {
  std::string words = {};
  bool all = false;  ///< of the tide: it can be added
};

/// By what its name says, or the length of the mean that it is.
Lack lack_of(const Answer& answer) {
  constexpr double m2_h = 12.4206;  // the tide's main part
  if (answer.no_tide) return {"leaves the tide out, as its standard_name says", true};
  const auto& times = answer.vector.x.times;
  const double over_h = times.size() < 2 ? 24 : seconds(times[1] - times[0]) / 3600;
  if (!answer.mean || over_h < 3) return {};
  if (over_h >= 12) return {"is a mean over half a day or more, without the tide", true};
  const double angle = std::numbers::pi * over_h / m2_h;
  return {fmt::format(
      "is a mean over {:.0f} h, in which {:.0f} % of the tide are lost; nothing is added for that", over_h,
      100 * (1 - std::sin(angle) / angle))};
}

/// A current beside a tide is the rest of it, and both are summed.
void add_tides(std::vector<Answer>& answers, std::vector<CurrentField>& currents,
               const ForcingOptions& options) {
  const auto is = [](const Answer& answer, bool tide) {
    return answer.quantity == Quantity::current && (answer.share == Share::tide) == tide;
  };
  const Answer* plain = nullptr;  // the first
  for (Answer& answer : answers) {
    if (!is(answer, false)) continue;
    CurrentField current{{answer.vector}, nullptr};
    for (Answer& tide : answers) {
      if (!is(tide, true) || tide.files.empty()) continue;
      if (answer.share == Share::total)
        answer.notes.push_back(
            "a total current has its tide in it: the tide that was given too is not added");
      if (answer.share != Share::plain) continue;
      current.parts.push_back(tide.vector);
      answer.notes.push_back("the current is the sum of what the files give without the tide and their tide");
      answer.files.insert(answer.files.end(), tide.files.begin(), tide.files.end());
    }
    if (answer.share == Share::plain && current.parts.size() == 1 && plain == nullptr) plain = &answer;
    if (answer.share == Share::total && plain != nullptr && plain->files != answer.files)
      answer.notes.push_back(
          "this total current is asked only where the one named before it, which may be without the tide, "
          "knows "
          "nothing; name this one first if it is to be used");
    if (const Lack lack = lack_of(answer); !lack.words.empty() && current.parts.size() == 1) {
      if (lack.all) current.tide = options.tide_for_means;
      std::string note = "the current " + lack.words;
      if (current.tide != nullptr)
        note += fmt::format("; the tide of \"{}\" is added to it", current.tide->name());
      else if (lack.all)
        note +=
            ", and stands before the tidal streams instead of being added to them (--sum-tides adds them)";
      answer.notes.push_back(std::move(note));
    }
    currents.push_back(std::move(current));
  }
}

std::string name_of_files(const std::vector<std::string>& paths, const std::vector<std::size_t>& files) {
  const auto name = [&](std::size_t file) { return std::filesystem::path(paths[file]).filename().string(); };
  if (files.size() == 1) return name(files.front());
  return fmt::format("{} to {} ({} files)", name(files.front()), name(files.back()), files.size());
}

Result<Hash> hash_of_files(const std::vector<std::string>& paths, const std::vector<std::size_t>& files,
                           const ForcingOptions& options) {
  std::vector<Hash> hashes;
  for (const std::size_t file : files) {
    auto hash = sha256_of_file(paths[file]);
    if (!hash) return fail(hash.error());
    hashes.push_back(*hash);
  }
  std::string choices;
  for (const auto& [name, variable] : options.map) choices += fmt::format("{}={}\n", name, variable);
  if (options.role) choices += fmt::format("as {}\n", name_of(*options.role));
  if (options.member) choices += fmt::format("member {}\n", *options.member);
  if (options.always) choices += "always\n";
  if (options.coast == CoastRule::largest) choices += "largest neighbour\n";
  if (options.tide_for_means != nullptr) choices += hex(options.tide_for_means->hash());
  std::sort(hashes.begin(), hashes.end());  // whatever the order they were named in
  if (hashes.size() == 1 && choices.empty()) return hashes.front();
  Hash all = sha256(choices);
  for (const Hash& hash : hashes) all = sha256(all, hex(hash));
  return all;
}

/// Sources of the files that are tied together by what was joined from them.
Result<std::vector<std::shared_ptr<const SeaSource>>> sources_of(const std::vector<std::string>& paths,
                                                                 const std::vector<ForcingFile>& files,
                                                                 std::vector<Answer> answers,
                                                                 const ForcingOptions& options) {
  std::vector<CurrentField> currents;
  add_tides(answers, currents, options);
  std::vector<std::size_t> tied(paths.size());
  std::iota(tied.begin(), tied.end(), std::size_t{0});
  for (const Answer& answer : answers) {
    for (const std::size_t file : answer.files) {
      const auto [to, from] = std::minmax({tied[answer.files.front()], tied[file]});
      std::replace(tied.begin(), tied.end(), from, to);
    }
  }
  std::vector<std::shared_ptr<const SeaSource>> sources;
  for (std::size_t group = 0; group < paths.size(); ++group) {
    std::vector<std::size_t> members;
    for (std::size_t file = 0; file < paths.size(); ++file) {
      if (tied[file] == group) members.push_back(file);
    }
    if (members.empty()) continue;
    const auto source = std::make_shared<GridSource>();
    source->called = name_of_files(paths, members);
    auto hash = hash_of_files(paths, members, options);
    if (!hash) return fail(hash.error());
    source->content = *hash;
    for (const std::size_t file : members)
      source->told.insert(source->told.end(), files[file].notes.begin(), files[file].notes.end());
    auto current = currents.begin();
    const bool only_tide = currents.empty();
    for (Answer& answer : answers) {
      const bool is_current = answer.quantity == Quantity::current && answer.share != Share::tide;
      const auto own = is_current ? current++ : currents.end();
      if (tied[answer.files.front()] != group) continue;
      for (const auto& note : answer.notes) {
        if (std::find(source->told.begin(), source->told.end(), note) == source->told.end())
          source->told.push_back(note);
      }
      if (is_current) source->currents.push_back(*own);
      if (answer.quantity == Quantity::current && !is_current && only_tide)
        source->currents.push_back({{std::move(answer.vector)}, nullptr});
      if (answer.quantity == Quantity::wind) source->winds.push_back(std::move(answer.vector));
      if (answer.quantity == Quantity::wave_height) source->waves.push_back(std::move(answer.scalar));
      if (answer.quantity == Quantity::water_temperature)
        source->temperatures.push_back(std::move(answer.scalar));
      if (answer.quantity == Quantity::depth) source->depths.push_back(std::move(answer.scalar));
    }
    // Two of one name would be one in a forecast's account of who answered.
    if (std::ranges::any_of(sources, [&](const auto& other) { return other->name() == source->called; }))
      source->called = paths[members.front()];
    sources.push_back(source);
  }
  return sources;
}

Result<ForcingFile> read_file(const std::string& path, const ForcingOptions& options, bool only_members) {
  return is_grib(path) ? read_grib(path, options, only_members) : read_netcdf(path, options, only_members);
}

}  // namespace

Result<std::vector<std::shared_ptr<const SeaSource>>> open_forcing(const std::vector<std::string>& patterns,
                                                                   const ForcingOptions& options) {
  const auto paths = forcing_files(patterns);
  if (!paths) return fail(paths.error());
  std::vector<ForcingFile> files;
  std::vector<Reading> readings;
  for (std::size_t i = 0; i < paths->size(); ++i) {
    auto file = read_file((*paths)[i], options, false);
    if (!file) return fail(file.error());
    for (Reading& reading : file->readings) {
      reading.files = {i};
      readings.push_back(std::move(reading));
    }
    file->readings.clear();
    files.push_back(std::move(*file));
  }
  for (const auto& [name, variable] : options.map) {
    const bool there = std::any_of(readings.begin(), readings.end(), [&](const Reading& reading) {
      return reading.variable == variable || reading.variable.ends_with("/" + variable);
    });
    if (!there)
      return fail("--map", fmt::format("{}={}: no file has a variable \"{}\" that could be that", shown(name),
                                       shown(variable), shown(variable)));
  }
  if (options.between) drop_far(readings, *options.between);
  auto answers = answers_of(join(std::move(readings), options.between), options);
  if (!answers) return fail(answers.error());
  return sources_of(*paths, files, std::move(*answers), options);
}

Done add_forcing(Sea& sea, const std::vector<std::string>& patterns, const ForcingOptions& options) {
  auto sources = open_forcing(patterns, options);
  if (!sources) return fail(sources.error());
  for (auto& source : *sources) sea.add(std::move(source));
  return {};
}

Result<std::vector<int>> forcing_members(const std::vector<std::string>& patterns,
                                         const ForcingOptions& options) {
  const auto paths = forcing_files(patterns);
  if (!paths) return fail(paths.error());
  std::vector<int> members;
  for (const auto& path : *paths) {
    const auto file = read_file(path, options, true);
    if (!file) return fail(file.error());
    if (file->members.empty() || members == file->members) continue;
    if (!members.empty())
      return fail(path, "has other members than the files before it; give them one by one");
    members = file->members;
  }
  return members;
}

}  // namespace varne
