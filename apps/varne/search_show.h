#pragma once
/// A search plan as a person reads it.

#include "varne/search/asked.h"

namespace varne::app {

void print_plan(const SearchAnswer& found);

}  // namespace varne::app
