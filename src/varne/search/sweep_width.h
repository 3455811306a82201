#pragma once
/// Sweep widths by table: what an eye sees by day from a boat, a helicopter or an aeroplane, corrected for
/// weather, speed and tired crews (data/sweep_widths.csv, data/sweep_factors.toml, with their sources). What
/// no table covers (night, infrared, radar, fog below a mile) is unknown until somebody states a value with
/// its source.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/fields.h"
#include "varne/core/result.h"

namespace varne {

enum class SearchPlatform { boat, helicopter, aeroplane };
template <>
struct EnumNames<SearchPlatform> {
  static constexpr std::array values{std::pair{SearchPlatform::boat, "boat"},
                                     std::pair{SearchPlatform::helicopter, "helicopter"},
                                     std::pair{SearchPlatform::aeroplane, "aeroplane"}};
};
enum class SearchSensor { eye, infrared, radar };
template <>
struct EnumNames<SearchSensor> {
  static constexpr std::array values{std::pair{SearchSensor::eye, "eye"},
                                     std::pair{SearchSensor::infrared, "infrared"},
                                     std::pair{SearchSensor::radar, "radar"}};
};

/// Who looks for what, and in what conditions; what is left out is unknown.
struct SweepQuery {
  std::string object;  ///< "raft 10 person"; any case
  SearchPlatform platform = SearchPlatform::boat;
  std::optional<double> height_m = {};      ///< of eye, or altitude
  std::optional<double> visibility_m = {};  ///< meteorological
  std::optional<double> wind_mps = {};
  std::optional<double> sea_m = {};      ///< significant height of waves
  std::optional<double> speed_mps = {};  ///< of the searcher; needed for aircraft
  bool tired = false;                    ///< crew on task for long: IAMSAR's 0.9
  bool night = false;
  SearchSensor sensor = SearchSensor::eye;
  std::string authority = "IAMSAR";  ///< whose weather factors; "au" has its own for large objects

  static constexpr auto fields() {
    return std::tuple{always("object", &SweepQuery::object, "what is looked for, as the table names it"),
                      always("platform", &SweepQuery::platform, "who looks: boat, helicopter, aeroplane"),
                      said("height_m", &SweepQuery::height_m, "height of eye, or altitude"),
                      said("visibility_m", &SweepQuery::visibility_m, "meteorological visibility"),
                      said("wind_mps", &SweepQuery::wind_mps, "wind speed at 10 m"),
                      said("sea_m", &SweepQuery::sea_m, "significant height of waves"),
                      said("speed_mps", &SweepQuery::speed_mps, "the searcher's; needed for aircraft"),
                      said("tired", &SweepQuery::tired, "whether the crew is tired"),
                      said("night", &SweepQuery::night, "whether it is dark"),
                      said("sensor", &SweepQuery::sensor, "eye, infrared or radar"),
                      said("authority", &SweepQuery::authority, "whose weather factors: IAMSAR or au")};
  }
};

/// The answer and how it came about.
struct SweepAnswer {
  std::optional<double> width_m = {};        ///< nothing: unknown, see `missing`
  std::optional<double> uncorrected_m = {};  ///< where the table has it
  std::optional<double> weather_factor = {};
  std::optional<double> speed_factor = {};
  double fatigue_factor = 1;
  std::string missing = {};             ///< what would have to be known, one sentence; "" where nothing
  std::vector<std::string> notes = {};  ///< where the answer is weaker than it looks
  std::string source = {};

  static constexpr auto fields() {
    return std::tuple{
        said("width_m", &SweepAnswer::width_m, "sweep width; absent where it is unknown").decimals(1),
        said("uncorrected_m", &SweepAnswer::uncorrected_m, "the table's").decimals(1),
        said("weather_factor", &SweepAnswer::weather_factor, "what it was multiplied by for the weather"),
        said("speed_factor", &SweepAnswer::speed_factor, "and for the searcher's speed"),
        always("fatigue_factor", &SweepAnswer::fatigue_factor, "and for a tired crew"),
        said("missing", &SweepAnswer::missing, "what would have to be known"),
        said("notes", &SweepAnswer::notes, "where it is weaker than it looks"),
        said("source", &SweepAnswer::source, "of the number")};
  }
};

/// A width that a person stands for, where the tables are silent.
struct StatedSweepWidth {
  std::string object;
  SearchSensor sensor = SearchSensor::eye;
  bool night = false;
  std::optional<SearchPlatform> platform = {};  ///< nothing: any
  double width_m = 0;                           ///< > 0; all corrections are in it
  std::string source;                           ///< never empty
};

class SweepWidths {
 public:
  /// Reads both files; refuses by file, line and field.
  static Result<SweepWidths> load(const std::string& table_csv, const std::string& factors_toml);

  /// Reads a TOML file with [[stated]] tables: object, sensor, night, platform (may be left out), width_nm,
  /// source. Refuses a width without a source.
  Done state(const std::string& path);
  void state(StatedSweepWidth stated) { stated_.push_back(std::move(stated)); }

  /// A stated value first, then the table. Between tabulated heights, visibilities and speeds on a straight
  /// line; a clearer day, a higher eye (to 10,000 ft) or a slower aircraft than the table has counts as its
  /// last, and says so; a lower eye, less visibility or a faster aircraft is unknown. Refuses only an object
  /// that no table knows, with the nearest names.
  [[nodiscard]] Result<SweepAnswer> width(const SweepQuery& query) const;

  /// Speeds of the table's columns: none for boats, which it does not correct.
  static std::span<const double> speed_columns_kn(SearchPlatform platform);

  /// Every object there is, sorted.
  [[nodiscard]] std::vector<std::string> objects() const;

 private:
  static constexpr std::size_t columns = 7;
  struct Row {
    double height_ft = 0;
    std::optional<double> width_nm[columns];
  };
  struct Object {
    std::string size;  ///< "small", "large"
    std::map<SearchPlatform, std::vector<Row>> rows;
  };
  struct WeatherRule {
    double low = 1, medium = 1, high = 1;
  };

  Done read_table(const std::string& path);
  Done read_factors(const std::string& path);
  void ask_table(const Object& object, const SweepQuery& query, SweepAnswer& answer) const;
  void ask_weather(const Object& object, const SweepQuery& query, SweepAnswer& answer) const;
  void ask_speed(const SweepQuery& query, SweepAnswer& answer) const;

  std::map<std::string, Object, std::less<>> objects_;
  std::map<std::pair<SearchPlatform, std::string>, std::vector<double>> speed_;
  std::map<std::pair<std::string, std::string>, WeatherRule> weather_;  ///< authority, size
  double medium_wind_kn_ = 0, medium_sea_m_ = 0, high_wind_kn_ = 0, high_sea_m_ = 0;
  std::vector<StatedSweepWidth> stated_;
};

}  // namespace varne
