#include "varne/core/fields.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "varne/core/fields_bytes.h"
#include "varne/core/fields_json.h"

namespace varne {
namespace {

enum class Colour { red, green };

struct Lamp {
  Colour colour = Colour::red;
  double range_m = 0;
  friend bool operator==(const Lamp&, const Lamp&) = default;
  static constexpr auto fields() {
    return std::tuple{always("colour", &Lamp::colour, "what is seen"),
                      always("range_m", &Lamp::range_m, "how far").decimals(1)};
  }
};

struct Buoy {
  std::string name;
  std::optional<Place> at;
  std::optional<HeadCount> people;
  std::vector<Lamp> lamps;
  std::map<std::string, double> depths;
  std::variant<std::monostate, bool, double, std::string> value;
  Time seen;
  std::int32_t number = 0;
  bool lit = false;
  friend bool operator==(const Buoy&, const Buoy&) = default;
  static constexpr auto fields() {
    return std::tuple{
        always("name", &Buoy::name, ""), said("at", &Buoy::at, ""),         said("people", &Buoy::people, ""),
        said("lamps", &Buoy::lamps, ""), said("depths", &Buoy::depths, ""), said("value", &Buoy::value, ""),
        always("seen", &Buoy::seen, ""), said("number", &Buoy::number, ""), said("lit", &Buoy::lit, "")};
  }
};

class Drawer {
 public:
  std::map<std::uint32_t, Buoy> buoys;
  std::set<std::string> seen;
  std::deque<double> depths;
  std::shared_ptr<const Lamp> lamp;
  auto members() { return std::tie(buoys, seen, depths, lamp); }
};

}  // namespace

template <>
struct EnumNames<Colour> {
  static constexpr std::array values{std::pair{Colour::red, std::string_view("red")},
                                     std::pair{Colour::green, std::string_view("green")}};
};

namespace {

Buoy full() {
  return {.name = "Varne \"S\"",
          .at = Place{1.25, 51},
          .people = HeadCount{2, 3},
          .lamps = {{Colour::green, 12.34}},
          .depths = {{"b", 2}, {"a", 1.5}},
          .value = true,
          .seen = *parse_time("2021-11-11T05:00:00Z"),
          .number = 7,
          .lit = true};
}

TEST(Fields, json_is_canonical_and_leaves_out_what_is_empty) {
  EXPECT_EQ(
      canonical_of(full()),
      R"({"at":[1.25,51],"depths":{"a":1.5,"b":2},"lamps":[{"colour":"green","range_m":12.3}],"lit":true,)"
      R"("name":"Varne \"S\"","number":7,"people":[2,3],"seen":"2021-11-11T05:00:00Z","value":true})");
  EXPECT_EQ(canonical_of(Buoy{}), R"({"name":"","seen":"1970-01-01T00:00:00Z"})");
  EXPECT_EQ(canonical_of(full()), canonical(parse_json(canonical_of(full())).value()));
}

TEST(Fields, what_was_written_is_read_back) {
  Buoy back;
  Buoy same = full();
  same.lamps[0].range_m = 12.3;  // as it was rounded
  same.value = std::monostate{};
  ASSERT_TRUE(read_json(parse_json(canonical_of(same)).value(), back));
  EXPECT_EQ(back, same);
}

TEST(Fields, what_cannot_be_meant_is_refused_by_name) {
  const auto refused = [](const char* text) {
    Buoy buoy;
    const auto done = read_json(parse_json(text).value(), buoy);
    return done ? std::string("taken") : done.error().text();
  };
  EXPECT_EQ(refused(R"({"seen":"2021-11-11T05:00:00Z"})"), "name: is missing");
  EXPECT_EQ(refused(R"({"name":"a","seen":"2021-11-11T05:00:00Z","colour":"red"})"),
            "colour: is no field here");
  EXPECT_EQ(refused(R"({"name":"a","seen":"2021-11-11T05:00:00Z","lamps":[{"colour":"blue","range_m":1}]})"),
            "lamps: [0]: colour: \"blue\" is none of red, green");
  EXPECT_EQ(refused(R"({"name":"a","seen":"2021-11-11T05:00:00Z","at":[51,100]})"),
            "at: is no place: longitude comes first, -180 to 180, then latitude, -90 to 90");
  EXPECT_EQ(refused(R"({"name":"a","seen":"2021-11-11T05:00:00Z","people":[3,2]})"),
            "people: must be [at least, at most]");
  EXPECT_EQ(refused(R"({"name":"a","seen":"2021-11-11T05:00:00Z","number":3e9})"),
            "number: must be a whole number from -2147483648 to 2147483647");
}

TEST(Fields, bytes_come_back_as_they_were) {
  Drawer drawer{.buoys = {{3, full()}, {9, {}}},
                .seen = {"a", "b"},
                .depths = {1, 2.5},
                .lamp = std::make_shared<const Lamp>(Lamp{Colour::green, 3})};
  const auto bytes = bytes_of(drawer);
  const auto back = from_bytes<Drawer>(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->buoys, drawer.buoys);
  EXPECT_EQ(back->seen, drawer.seen);
  EXPECT_EQ(back->depths, drawer.depths);
  EXPECT_EQ(*back->lamp, *drawer.lamp);
  EXPECT_EQ(bytes_of(*back), bytes);
}

TEST(Fields, bytes_cut_anywhere_are_refused) {
  Drawer drawer{.buoys = {{3, full()}}, .seen = {"a"}, .depths = {1}, .lamp = nullptr};
  const auto bytes = bytes_of(drawer);
  for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(from_bytes<Drawer>(bytes.substr(0, n))) << n;
  EXPECT_FALSE(from_bytes<Drawer>(bytes + "x"));
}

RC_GTEST_PROP(Fields, any_bytes_are_read_or_refused, (const std::string& bytes)) {
  const auto drawer = from_bytes<Drawer>(bytes);
  if (drawer) RC_ASSERT(bytes_of(*drawer).size() <= bytes.size());  // a key twice is there once
}

}  // namespace
}  // namespace varne
