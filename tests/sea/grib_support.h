#pragma once
/// GRIB files, told as GRIB and made by ecCodes.

#include <eccodes.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace varne::test {

/// One message: a sample of ecCodes' with these keys, and values by the points in the order they are sent.
struct Message {
  const char* sample = "regular_ll_sfc_grib2";
  std::vector<std::pair<const char*, long>> wholes = {};
  std::vector<std::pair<const char*, double>> numbers = {};
  std::function<double(std::size_t point)> value = {};
};

inline codes_handle* handle_of(const Message& message) {
  codes_handle* handle = codes_grib_handle_new_from_samples(nullptr, message.sample);
  EXPECT_NE(handle, nullptr) << message.sample;
  for (const auto& [key, value] : message.wholes)
    EXPECT_EQ(codes_set_long(handle, key, value), CODES_SUCCESS) << key;
  for (const auto& [key, value] : message.numbers)
    EXPECT_EQ(codes_set_double(handle, key, value), CODES_SUCCESS) << key;
  long columns = 0;
  long rows = 0;
  EXPECT_EQ(codes_get_long(handle, "Ni", &columns), CODES_SUCCESS);
  EXPECT_EQ(codes_get_long(handle, "Nj", &rows), CODES_SUCCESS);
  std::vector<double> values;
  for (std::size_t k = 0; k < static_cast<std::size_t>(columns * rows); ++k)
    values.push_back(message.value(k));
  EXPECT_EQ(codes_set_double_array(handle, "values", values.data(), values.size()), CODES_SUCCESS);
  return handle;
}

inline void write(const std::string& path, const std::vector<Message>& messages) {
  std::ofstream file(path, std::ios::binary);
  for (const Message& each : messages) {
    codes_handle* handle = handle_of(each);
    const void* bytes = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(codes_get_message(handle, &bytes, &size), CODES_SUCCESS);
    file.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    codes_handle_delete(handle);
  }
}

/// The fields again for every hour, each field's values all the same: large fields in a small file.
inline void write_hours(const std::string& path, const std::vector<Message>& fields, long hours) {
  std::ofstream file(path, std::ios::binary);
  for (const Message& each : fields) {
    codes_handle* handle = handle_of(each);
    for (long hour = 0; hour < hours; ++hour) {
      ASSERT_EQ(codes_set_long(handle, "forecastTime", hour), CODES_SUCCESS);
      const void* bytes = nullptr;
      std::size_t size = 0;
      ASSERT_EQ(codes_get_message(handle, &bytes, &size), CODES_SUCCESS);
      file.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    }
    codes_handle_delete(handle);
  }
}

/// All fields in one message of edition 2, as some centres send u and v. @param from  the section that
/// repeats
inline void write_as_one(const std::string& path, const std::vector<Message>& fields, int from) {
  codes_multi_handle* all = codes_grib_multi_handle_new(nullptr);
  for (const Message& each : fields) {
    codes_handle* handle = handle_of(each);
    ASSERT_EQ(codes_grib_multi_handle_append(handle, from, all), CODES_SUCCESS);
    codes_handle_delete(handle);
  }
  std::FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_EQ(codes_grib_multi_handle_write(all, file), CODES_SUCCESS);
  std::fclose(file);
  codes_grib_multi_handle_delete(all);
}

/// 1 to 2 E, 51.5 to 50.5 N from north to south, steps of half a degree.
inline const std::vector<std::pair<const char*, double>> box = {
    {"latitudeOfFirstGridPointInDegrees", 51.5}, {"latitudeOfLastGridPointInDegrees", 50.5},
    {"longitudeOfFirstGridPointInDegrees", 1},   {"longitudeOfLastGridPointInDegrees", 2},
    {"iDirectionIncrementInDegrees", 0.5},       {"jDirectionIncrementInDegrees", 0.5}};

/// A wind of the run of 11 November 2021, 00 UTC: grows by 1 a column to the east and by 10 a row to the
/// south.
/// @param number  of WMO's table 4.2-0-2: 2 eastward, 3 northward
inline Message wind(long number, long hour, double least, long height_m = 10) {
  return {.wholes = {{"discipline", 0},
                     {"parameterCategory", 2},
                     {"parameterNumber", number},
                     {"typeOfFirstFixedSurface", 103},
                     {"scaleFactorOfFirstFixedSurface", 0},
                     {"scaledValueOfFirstFixedSurface", height_m},
                     {"dataDate", 20211111},
                     {"dataTime", 0},
                     {"forecastTime", hour},
                     {"Ni", 3},
                     {"Nj", 3}},
          .numbers = box,
          .value = [=](std::size_t k) {
            return least + static_cast<double>(k % 3) + 10 * static_cast<double>(k / 3);
          }};
}

/// A wind and a current of 1000 by 1000 points from 1 E 50.5 N to 2 E 51.5 N, of which 70 hours do not fit
/// the gibibyte that a file may take: 5 m/s to the east and 3 to the north, and 0.3 and 0.1 m/s.
inline void write_large(const std::string& path) {
  std::vector<Message> fields{wind(2, 0, 0), wind(3, 0, 0), wind(2, 0, 0), wind(3, 0, 0)};
  const double values[] = {5, 3, 0.3, 0.1};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    Message& field = fields[i];
    for (auto& [key, value] : field.wholes) {
      if (std::string_view(key) == "Ni" || std::string_view(key) == "Nj") value = 1000;
      if (i < 2) continue;
      if (std::string_view(key) == "discipline") value = 10;
      if (std::string_view(key) == "parameterCategory") value = 1;
      if (std::string_view(key) == "typeOfFirstFixedSurface") value = 1;
    }
    for (auto& [key, value] : field.numbers) {
      if (std::string_view(key).find("Increment") != std::string_view::npos) value = 1.0 / 999;
    }
    field.value = [value = values[i]](std::size_t) { return value; };
  }
  write_hours(path, fields, 70);
}

}  // namespace varne::test
