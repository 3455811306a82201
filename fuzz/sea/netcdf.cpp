/// Any bytes as a classic netCDF file: its header, layout, times, units and grid are read or refused with the
/// file's name, and what is read answers with numbers or not at all. HDF5 (netCDF-4) goes through a child
/// process and has its own test.
#include <cstdint>
#include <string_view>

#include "forcing_file.h"

using namespace varne;
using namespace varne::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t largest = 1 << 14;
  if (size < 4 || size > largest || std::string_view(reinterpret_cast<const char*>(data), 3) != "CDF")
    return -1;
  const MemoryFile file(data, size);
  const auto sources = open_forcing({file.path()});
  read_or_refused(sources, file.path());
  return 0;
}
