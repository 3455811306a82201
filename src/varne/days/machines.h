#pragma once
/// The machines that share a campaign: MPI ranks where the program was built with MPI and started by mpirun
/// or srun, else this one alone. They exchange nothing but files of a folder that all see, and wait for each
/// other.

#include <cstddef>
#include <memory>

#include "varne/core/result.h"

namespace varne::days {

class Machines {
 public:
  virtual ~Machines() = default;
  [[nodiscard]] virtual std::size_t rank() const { return 0; }
  [[nodiscard]] virtual std::size_t count() const { return 1; }
  /// Returns once all have come here.
  virtual void wait_for_all() {}
  /// The campaign cannot go on: ends all ranks, so that none waits for ever for one that is lost. Returns
  /// where there is but one.
  virtual void give_up() {}
};

/// Refuses where the program was started by mpirun with several ranks and built without MPI.
Result<std::unique_ptr<Machines>> all_machines();

}  // namespace varne::days
