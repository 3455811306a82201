#pragma once
/// A netCDF file held open for reading: a thin door to netCDF-C that gives values and errors instead of
/// status codes. Used by the readers of this folder; `open_forcing` (forcing.h) is the door for everyone
/// else.

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/result.h"

namespace varne {

/// netCDF-C and HDF5 keep global state, so one file is open at a time in the whole process: another `open`
/// waits. Nothing of the file is needed after its reader has copied what it wants.
class NetcdfFile {
 public:
  struct Dimension {
    int id = 0;
    std::string name;
    std::size_t length = 0;
  };
  struct Variable {
    int id = 0;
    int group = 0;
    std::string name;
    std::string path;                   ///< with its groups before it: "forecast/uo"
    std::vector<Dimension> dimensions;  ///< slowest first
    bool numeric = false;
    bool floating = false;  ///< float or double, as stored
    int type = 0;           ///< as netCDF numbers them
  };

  /// Refuses what is absent, no regular file, or no netCDF (classic, 64-bit, netCDF-4), and a file cut short.
  ///
  /// @param trial  what the caller is going to read. HDF5 can crash or spin on damaged bytes, so where a file
  /// is
  ///               HDF5 (netCDF-4) and there is a trial, a child process runs it first; the file is refused
  ///               if the child does not come back.
  static Result<NetcdfFile> open(const std::string& path,
                                 const std::function<void(const NetcdfFile&)>& trial = nullptr);
  NetcdfFile(NetcdfFile&& other) noexcept;
  NetcdfFile& operator=(NetcdfFile&&) = delete;
  ~NetcdfFile();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }
  /// By its path or, in whichever group, its name; null where there is none, the first where there are
  /// several.
  [[nodiscard]] const Variable* find(std::string_view name) const;

  /// Text of an attribute, nothing where it is absent or no text.
  [[nodiscard]] std::optional<std::string> text(const Variable& variable, const char* attribute) const;
  /// Numbers of an attribute, empty where it is absent or no number.
  [[nodiscard]] std::vector<double> numbers(const Variable& variable, const char* attribute) const;

  /// The stored numbers of a block, as they are, row by row; `start` and `count` have one element a
  /// dimension.
  [[nodiscard]] Result<std::vector<double>> raw(const Variable& variable,
                                                const std::vector<std::size_t>& start,
                                                const std::vector<std::size_t>& count) const;
  /// All of a variable, as stored.
  [[nodiscard]] Result<std::vector<double>> raw(const Variable& variable) const;
  /// The same unpacked by the netCDF User Guide (attribute conventions: _Unsigned, scale_factor, add_offset);
  /// what equals _FillValue (or, where none is named, the type's own) or missing_value, or lies outside
  /// valid_min, valid_max or valid_range, comes out as NaN. A valid range counts in packed numbers; one of
  /// the type of scale_factor where that is wider than the packed type counts in unpacked ones. A
  /// missing_value of such a type is looked for in both.
  [[nodiscard]] Result<std::vector<double>> values(const Variable& variable,
                                                   const std::vector<std::size_t>& start,
                                                   const std::vector<std::size_t>& count) const;
  [[nodiscard]] Result<std::vector<double>> values(const Variable& variable) const;

  /// An error about one variable of this file.
  [[nodiscard]] std::unexpected<Error> refuse(std::string_view variable, std::string what) const;

 private:
  NetcdfFile(std::unique_lock<std::mutex> turn, std::string path);
  [[nodiscard]] Done read();
  [[nodiscard]] int read_group(int group, const std::string& path, int depth);
  [[nodiscard]] int type_of(const Variable& variable, const char* attribute) const;

  std::unique_lock<std::mutex> turn_;
  std::string path_;
  int id_ = -1;
  std::vector<Variable> variables_;
};

}  // namespace varne
