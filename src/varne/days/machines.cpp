#include "varne/days/machines.h"

#include <cstdlib>
#include <string>

#ifdef VARNE_MPI
#include <mpi.h>
#endif

namespace varne::days {
namespace {

/// How many ranks the starter says there are; 1 where nobody does.
int ranks_asked_for() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_NTASKS"}) {
    if (const char* value = std::getenv(name)) {
      // A Slurm job that was not started by srun has the variable and no ranks.
      if (std::string(name) == "SLURM_NTASKS" && std::getenv("SLURM_PROCID") == nullptr) continue;
      return std::atoi(value);
    }
  }
  return 1;
}

#ifdef VARNE_MPI
class Ranks final : public Machines {
 public:
  Ranks() {
    MPI_Init(nullptr, nullptr);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
  }
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  ~Ranks() override { MPI_Finalize(); }
  [[nodiscard]] std::size_t rank() const override { return static_cast<std::size_t>(rank_); }
  [[nodiscard]] std::size_t count() const override { return static_cast<std::size_t>(count_); }
  void wait_for_all() override { MPI_Barrier(MPI_COMM_WORLD); }
  void give_up() override {
    if (count_ > 1) MPI_Abort(MPI_COMM_WORLD, 1);
  }

 private:
  int rank_ = 0;
  int count_ = 1;
};
#endif

}  // namespace

Result<std::unique_ptr<Machines>> all_machines() {
  if (ranks_asked_for() <= 1) return std::make_unique<Machines>();
#ifdef VARNE_MPI
  return std::make_unique<Ranks>();
#else
  return fail("mpirun",
              "this varne was built without MPI (libopenmpi-dev); start it once, without mpirun, and it uses "
              "threads");
#endif
}

}  // namespace varne::days
