#include "varne/sea/gshhg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

#include "varne/sea/netcdf_file.h"

namespace varne {
namespace {

constexpr std::int64_t per_bin = 65535;
constexpr int bin_columns = 360;
constexpr int bin_rows = 180;

/// A place in steps of 1/65535 degree from the area's south-western corner: exact, so pieces meet exactly.
struct Node {
  std::int64_t x = 0;
  std::int64_t y = 0;
  friend auto operator<=>(const Node&, const Node&) = default;
};
using Piece = std::vector<Node>;

/// The columns of the file this reader needs, each read where it is wanted.
class Bins {
 public:
  static Result<Bins> open(const std::string& path) {
    auto file = NetcdfFile::open(path);
    if (!file) return fail(file.error());
    Bins bins(std::move(*file));
    if (auto done = bins.read(); !done) return fail(done.error());
    return bins;
  }

  /// Adds the pieces of one bin, moved by `corner`.
  Done pieces(std::size_t bin, Node corner, std::vector<Piece>& into) const;

  /// Whether the bin's south-western corner is land.
  [[nodiscard]] bool land_at_corner(std::size_t bin) const {
    return ((static_cast<unsigned>(corner_levels_[bin]) >> 9) & 7U) >= 1;
  }

 private:
  explicit Bins(NetcdfFile file) : file_(std::move(file)) {}
  Done read();
  [[nodiscard]] Result<std::vector<double>> column(const char* name, double first, double count) const;

  NetcdfFile file_;
  std::vector<double> first_segment_;
  std::vector<double> segments_;
  std::vector<double> corner_levels_;
};

Result<std::vector<double>> Bins::column(const char* name, double first, double count) const {
  const auto* variable = file_.find(name);
  if (variable == nullptr || variable->dimensions.size() != 1) {
    return file_.refuse(name, "is not there; this is no binned GSHHG coastline (binned_GSHHS_f.nc)");
  }
  const auto length = static_cast<double>(variable->dimensions[0].length);
  if (!(first >= 0 && count >= 0 && first + count <= length)) {
    return file_.refuse(name, "is shorter than the file's own index says; install gmt-gshhg-full again");
  }
  return file_.raw(*variable, {static_cast<std::size_t>(first)}, {static_cast<std::size_t>(count)});
}

Done Bins::read() {
  constexpr double all = bin_columns * bin_rows;
  auto size = column("Bin_size_in_minutes", 0, 1);
  if (!size) return fail(size.error());
  if (size->front() != 60) {
    return file_.refuse(
        "Bin_size_in_minutes",
        fmt::format("is {}, not 60; give the full resolution, binned_GSHHS_f.nc", size->front()));
  }
  const std::pair<const char*, std::vector<double>*> columns[] = {
      {"Id_of_first_segment_in_a_bin", &first_segment_},
      {"N_segments_in_a_bin", &segments_},
      {"Embedded_node_levels_in_a_bin", &corner_levels_}};
  for (const auto& [name, into] : columns) {
    auto read = column(name, 0, all);
    if (!read) return fail(read.error());
    *into = std::move(*read);
  }
  return {};
}

Done Bins::pieces(std::size_t bin, Node corner, std::vector<Piece>& into) const {
  const double first = first_segment_[bin];
  const double count = segments_[bin];
  const auto described = column("Embedded_npts_levels_exit_entry_for_a_segment", first, count);
  if (!described) return fail(described.error());
  const auto starts = column("Id_of_first_point_in_a_segment", first, count);
  if (!starts) return fail(starts.error());
  for (std::size_t s = 0; s < described->size(); ++s) {
    const auto bits = static_cast<std::uint32_t>((*described)[s]);
    constexpr std::uint32_t against_the_ocean = 1;
    if (((bits >> 6) & 7U) != against_the_ocean) continue;
    const double points = bits >> 9;
    const auto xs = column("Relative_longitude_from_SW_corner_of_bin", (*starts)[s], points);
    if (!xs) return fail(xs.error());
    const auto ys = column("Relative_latitude_from_SW_corner_of_bin", (*starts)[s], points);
    if (!ys) return fail(ys.error());
    Piece piece;
    for (std::size_t i = 0; i < xs->size(); ++i) {
      // Kept as signed shorts, meant as unsigned.
      piece.push_back({corner.x + static_cast<std::uint16_t>(static_cast<std::int32_t>((*xs)[i])),
                       corner.y + static_cast<std::uint16_t>(static_cast<std::int32_t>((*ys)[i]))});
    }
    if (piece.size() >= 2) into.push_back(std::move(piece));
  }
  return {};
}

/// The border of the area, walked counter-clockwise from its south-western corner.
struct Border {
  std::int64_t width;
  std::int64_t height;

  [[nodiscard]] std::int64_t around() const { return 2 * (width + height); }
  [[nodiscard]] bool has(Node n) const { return n.x == 0 || n.y == 0 || n.x == width || n.y == height; }
  /// How far along the walk a node of the border stands.
  [[nodiscard]] std::int64_t along(Node n) const {
    if (n.y == 0) return n.x;
    if (n.x == width) return width + n.y;
    if (n.y == height) return 2 * width + height - n.x;
    return around() - n.y;
  }
  /// The corners that the walk from one node to another passes, in order.
  [[nodiscard]] std::vector<Node> corners(Node from, Node to) const {
    const Node all[] = {{width, 0}, {width, height}, {0, height}, {0, 0}};
    const std::int64_t start = along(from);
    const std::int64_t walk = distance(from, to);
    std::vector<std::pair<std::int64_t, Node>> passed;
    for (const Node corner : all) {
      const std::int64_t at = (along(corner) - start + around()) % around();
      if (at > 0 && at < walk) passed.emplace_back(at, corner);
    }
    std::sort(passed.begin(), passed.end());
    std::vector<Node> nodes;
    nodes.reserve(passed.size());
    for (const auto& [at, corner] : passed) nodes.push_back(corner);
    return nodes;
  }
  [[nodiscard]] std::int64_t distance(Node from, Node to) const {
    return (along(to) - along(from) + around()) % around();
  }
};

/// Joins pieces that end where another starts, bin after bin, until each is a ring or ends on the border.
std::vector<Piece> joined(std::vector<Piece> pieces) {
  std::multimap<Node, std::size_t> starts;
  std::map<Node, int> ends;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].front() == pieces[i].back()) continue;
    starts.emplace(pieces[i].front(), i);
    ++ends[pieces[i].back()];
  }
  std::vector<Piece> chains;
  std::vector<char> used(pieces.size(), 0);
  const auto follow = [&](std::size_t first) {
    Piece chain = std::move(pieces[first]);
    used[first] = 1;
    while (chain.front() != chain.back()) {
      auto [next, last] = starts.equal_range(chain.back());
      while (next != last && used[next->second] != 0) ++next;
      if (next == last) break;
      used[next->second] = 1;
      const Piece& piece = pieces[next->second];
      chain.insert(chain.end(), piece.begin() + 1, piece.end());
    }
    chains.push_back(std::move(chain));
  };
  // Chains that begin at the border first, from their very beginning; what is left then goes round.
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (used[i] == 0 && !ends.contains(pieces[i].front())) follow(i);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (used[i] == 0) follow(i);
  }
  return chains;
}

/// Closes open chains along the border. Land is on the left, so from where a coast leaves the area land lies
/// along the border, counter-clockwise, up to where the next coast comes in.
Result<std::vector<Piece>> closed(std::vector<Piece> chains, const Border& border, const std::string& path) {
  std::vector<Piece> rings;
  std::vector<Piece> open;
  for (Piece& chain : chains) {
    (chain.front() == chain.back() ? rings : open).push_back(std::move(chain));
  }
  for (const Piece& chain : open) {
    if (!border.has(chain.front()) || !border.has(chain.back())) {
      return fail(path, "a coastline breaks off inside the area; install gmt-gshhg-full again");
    }
  }
  while (!open.empty()) {
    Piece ring = std::move(open.back());
    open.pop_back();
    const Node begin = ring.front();
    while (true) {
      const Node end = ring.back();
      auto next = std::min_element(open.begin(), open.end(), [&](const Piece& a, const Piece& b) {
        return border.distance(end, a.front()) < border.distance(end, b.front());
      });
      const bool home =
          next == open.end() || border.distance(end, begin) <= border.distance(end, next->front());
      const Node to = home ? begin : next->front();
      const auto corners = border.corners(end, to);
      ring.insert(ring.end(), corners.begin(), corners.end());
      if (home) break;
      ring.insert(ring.end(), next->begin(), next->end());
      open.erase(next);
    }
    ring.push_back(begin);
    rings.push_back(std::move(ring));
  }
  return rings;
}

}  // namespace

Box whole_bins(Box area) {
  return {std::floor(area.west), std::floor(area.south), std::ceil(area.east), std::ceil(area.north)};
}

Result<std::vector<std::vector<Place>>> read_gshhg(const std::string& path, Box area) {
  const auto bins = Bins::open(path);
  if (!bins) return fail(bins.error());
  const auto bin_of = [&](int lon, int lat) {
    const int bin = (89 - lat) * bin_columns + (lon + bin_columns) % bin_columns;
    return static_cast<std::size_t>(bin);
  };
  const auto west = static_cast<int>(area.west);
  const auto south = static_cast<int>(area.south);
  const auto east = static_cast<int>(area.east);
  const auto north = static_cast<int>(area.north);
  std::vector<Piece> pieces;
  for (int lat = south; lat < north; ++lat) {
    for (int lon = west; lon < east; ++lon) {
      const Node corner{(lon - west) * per_bin, (lat - south) * per_bin};
      if (auto done = bins->pieces(bin_of(lon, lat), corner, pieces); !done) return fail(done.error());
    }
  }
  const Border border{(east - west) * per_bin, (north - south) * per_bin};
  auto chains = joined(std::move(pieces));
  const bool crossed =
      std::any_of(chains.begin(), chains.end(), [](const Piece& c) { return c.front() != c.back(); });
  if (!crossed && bins->land_at_corner(bin_of(west, south))) {
    chains.push_back({{0, 0}, {border.width, 0}, {border.width, border.height}, {0, border.height}, {0, 0}});
  }
  const auto rings = closed(std::move(chains), border, path);
  if (!rings) return fail(rings.error());
  std::vector<std::vector<Place>> outlines;
  for (const Piece& ring : *rings) {
    std::vector<Place>& outline = outlines.emplace_back();
    for (const Node node : ring) {
      outline.push_back({area.west + static_cast<double>(node.x) / per_bin,
                         area.south + static_cast<double>(node.y) / per_bin});
    }
  }
  return outlines;
}

}  // namespace varne
