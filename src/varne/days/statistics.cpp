#include "varne/days/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace varne::days {

double mean_of(const std::vector<double>& v) {
  return v.empty() ? 0 : std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
}

double variance_of(const std::vector<double>& v) {
  if (v.size() < 2) return 0;
  const double mean = mean_of(v);
  double sum = 0;
  for (const double x : v) sum += (x - mean) * (x - mean);
  return sum / static_cast<double>(v.size() - 1);
}

double quantile_of(std::vector<double> v, double p) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  const double at = p * static_cast<double>(v.size() - 1);
  const auto i = static_cast<std::size_t>(at);
  if (i + 1 >= v.size()) return v.back();
  return v[i] + (at - static_cast<double>(i)) * (v[i + 1] - v[i]);
}

double autocorrelation(const std::vector<double>& v, std::size_t lag) {
  const double mean = mean_of(v);
  double with = 0;
  double all = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    all += (v[i] - mean) * (v[i] - mean);
    if (i + lag < v.size()) with += (v[i] - mean) * (v[i + lag] - mean);
  }
  return all > 0 ? with / all : 0;
}

double ratio_of(const std::vector<double>& above, const std::vector<double>& below,
                std::vector<double>& influence) {
  influence.assign(above.size(), 0);
  const double sum = std::accumulate(below.begin(), below.end(), 0.0);
  if (sum <= 0) return 0;
  const double value = std::accumulate(above.begin(), above.end(), 0.0) / sum;
  for (std::size_t d = 0; d < above.size(); ++d)
    influence[d] = (above[d] - value * below[d]) / (sum / static_cast<double>(above.size()));
  return value;
}

}  // namespace varne::days
