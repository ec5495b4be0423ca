#include "ChordAbsorption.h"

#include "Lanes.h"

enum { width = exospool_lanes, block = exospool_ray_block };

// Rays behind an optical depth of 16 are dark: 1.1e-7 of their light is left.
static const float dark = 16, log_dark = 2.77258872f;
// Up to 2e-3 what is absorbed is the optical depth itself to 2e-6 of 1, up to 0.06 three terms of its series are to 5e-7.
// Below 5e-8 there is nothing to see.
static const float thin = 2e-3f, log_short_series = -2.81341072f, log_nothing = -16.8112428f;
static const float nothing = 5e-8f;
// Added to logarithms, makes them positive.
static const float positive = 256;

// 2 (sqrt(r_j^2 - b^2) - sqrt(r_(j-1)^2 - b^2)); (r - b)(r + b) keeps the digits that r^2 - b^2 loses.
EVERY_CPU void exospool_chord_lengths_f64(const double *outer, double tangent, double *lengths, long count) {
  for (long j = 0; j < count; j++)
    lengths[j] = __builtin_elementwise_sqrt((outer[j] - tangent) * (outer[j] + tangent));
  for (long j = count - 1; j > 0; j--) lengths[j] = 2 * (lengths[j] - lengths[j - 1]);
  lengths[0] = 2 * lengths[0];
}

enum { sums = 8 };

// Sums over the layers j >= i of lengths[i][j] a[j] and lengths[i][j] b[j], always in the same order.
EVERY_CPU void exospool_chord_columns_f64(const double *lengths, const double *a, const double *b, double *of_a,
                                          double *of_b, long count) {
  for (long i = 0; i < count; i++) {
    const double *row = lengths + i * count;
    double parts_a[sums] = {0}, parts_b[sums] = {0};
    long j = i;
    for (; j + sums <= count; j += sums)
      for (long lane = 0; lane < sums; lane++) {
        parts_a[lane] += row[j + lane] * a[j + lane];
        parts_b[lane] += row[j + lane] * b[j + lane];
      }
    for (; j < count; j++) {
      parts_a[0] += row[j] * a[j];
      parts_b[0] += row[j] * b[j];
    }
    of_a[i] = of_b[i] = 0;
    for (long lane = 0; lane < sums; lane++) {
      of_a[i] += parts_a[lane];
      of_b[i] += parts_b[lane];
    }
  }
}

// transmittance = exp(-(column of n) s - (column of n^2) s2 - more)
EVERY_WIDTH void exospool_continuum_lanes_f32(const float *density_columns, const float *density,
                                              const float *square_columns, const float *squares, const double *more,
                                              long more_stride, long count, float *transmittance, long rays) {
  const lanes_f32 s = LOAD(density), s2 = LOAD(squares);
  for (long ray = 0; ray < rays; ray++) {
    lanes_f32 depth = density_columns[ray] * s + square_columns[ray] * s2;
    if (more)
      for (long j = 0; j < count; j++) depth[j] += (float)more[ray * more_stride + j];
    AT(transmittance + ray * width) = DECAY(depth);
  }
}

// The lowest ray from `first` on through which light comes in any of the bins.
EVERY_WIDTH long exospool_first_visible_f32(const float *transmittance, long first, long rays) {
  while (first < rays && LARGEST(LOAD(transmittance + first * width)) < 1.2e-7f) first++;
  return first;
}

INLINE void multiply_by_rest(const float *absorbed, long first, long rays, float *transmittance) {
  for (long ray = first; ray < rays; ray++) {
    lanes_f32 rest = LARGER(1 - LOAD(absorbed + ray * width), LANES(0));
    AT(transmittance + ray * width) = LOAD(transmittance + ray * width) * rest;
  }
}

// transmittance *= sum of w_g exp(-k_g(p_i) N_i), k at the layer where ray i is tangent. Within a run k is a geometric
// progression.
EVERY_WIDTH void exospool_absorb_tangent_f32(const float *below, const float *above, float temperature_fraction,
                                             long points, float offset, const float *weights,
                                             const struct exospool_pressure_run *runs, long run_count,
                                             const float *columns, const float *log_columns, long first, long rays,
                                             float *absorbed, float *transmittance) {
  for (long ray = first; ray < rays; ray++) AT(absorbed + ray * width) = LANES(0);
  for (long g = 0; g < points; g++) {
    const lanes_f32 w = LANES(weights[g]);
    for (long r = run_count - 1; r >= 0; r--) {
      const struct exospool_pressure_run run = runs[r];
      if (run.end <= first) break;
      const long start = run.first > first ? run.first : first;
      const long from = (run.lower * points + g) * width, to = (run.upper * points + g) * width;
      const lanes_f32 a = LOAD(below + from) + temperature_fraction * (LOAD(above + from) - LOAD(below + from));
      const lanes_f32 b = LOAD(below + to) + temperature_fraction * (LOAD(above + to) - LOAD(below + to));
      const lanes_f32 slope = b - a;
      const lanes_f32 lowest = a + (run.fraction + run.step * (start - run.first)) * slope + offset;
      const lanes_f32 highest = a + (run.fraction + run.step * (run.end - 1 - run.first)) * slope + offset;
      const lanes_f32 low_end = lowest + positive, high_end = highest + positive;
      const float deepest = LARGEST(LARGER(low_end, high_end)) - positive + log_columns[start];
      if (deepest < log_nothing) continue;
      if (SMALLEST(SMALLER(low_end, high_end)) - positive + log_columns[run.end - 1] > log_dark) {
        for (long ray = start; ray < run.end; ray++) AT(absorbed + ray * width) += w;
        continue;
      }
      lanes_f32 k = EXPONENTIAL(lowest);
      const lanes_f32 ratio = EXPONENTIAL(run.step * slope);
      if (deepest < log_short_series) {
        for (long ray = start; ray < run.end; ray++) {
          const lanes_f32 depth = k * columns[ray];
          AT(absorbed + ray * width) += w * depth * (1 - depth * (0.5f - depth * (1.0f / 6)));
          k *= ratio;
        }
      } else {
        for (long ray = start; ray < run.end; ray++) {
          AT(absorbed + ray * width) += w * (1 - DECAY(k * columns[ray]));
          k *= ratio;
        }
      }
    }
  }
  multiply_by_rest(absorbed, first, rays, transmittance);
}

// k_g x of every layer from `first` on, points x layers, in an atmosphere of one temperature.
EVERY_WIDTH void exospool_isothermal_lanes_f32(const float *below, const float *above, float temperature_fraction,
                                               long points, float offset, const struct exospool_pressure_run *runs,
                                               long run_count, const float *ratios, float *k, long first,
                                               long layers) {
  for (long g = 0; g < points; g++) {
    float *restrict row = k + g * layers * width;
    lanes_f32 value = LANES(0.0f), ratio = LANES(0.0f);
    for (long r = 0; r < run_count; r++) {
      const struct exospool_pressure_run run = runs[r];
      if (run.end <= first) continue;
      const long start = run.first > first ? run.first : first;
      const int goes_on = start > first && run.step == runs[r - 1].step && run.lower == runs[r - 1].lower;
      const long from = (run.lower * points + g) * width, to = (run.upper * points + g) * width;
      const lanes_f32 a = LOAD(below + from) + temperature_fraction * (LOAD(above + from) - LOAD(below + from));
      const lanes_f32 b = LOAD(below + to) + temperature_fraction * (LOAD(above + to) - LOAD(below + to));
      if (!goes_on) {
        value = EXPONENTIAL(a + (run.fraction + run.step * (start - run.first)) * (b - a) + offset);
        ratio = EXPONENTIAL(run.step * (b - a));
      }
      for (long layer = start; layer < run.end; layer++) {
        AT(row + layer * width) = value * ratios[layer];
        value *= ratio;
      }
    }
  }
}

// ln k where a layer lies in the table: bilinear.
INLINE void log_at(const float *table, long pressures, long points, long g, const struct exospool_table_position at,
                   lanes_f32 *result) {
  const float *low = table + ((long)at.temperature * pressures * points + g) * width;
  const float *high = table + ((long)at.next_temperature * pressures * points + g) * width;
  const long from = at.pressure * points * width, to = at.next_pressure * points * width;
  const lanes_f32 a = LOAD(low + from) + at.pressure_fraction * (LOAD(low + to) - LOAD(low + from));
  const lanes_f32 b = LOAD(high + from) + at.pressure_fraction * (LOAD(high + to) - LOAD(high + from));
  *result = a + at.temperature_fraction * (b - a);
}

INLINE int is_same(const struct exospool_table_position a, const struct exospool_table_position b) {
  return a.temperature == b.temperature && a.next_temperature == b.next_temperature && a.pressure == b.pressure &&
         a.next_pressure == b.next_pressure && a.temperature_fraction == b.temperature_fraction &&
         a.pressure_fraction == b.pressure_fraction;
}

// k_g x of every layer from `first` on, points x layers.
EVERY_WIDTH void exospool_local_lanes_f32(const float *table, long pressures, long points, float offset,
                                          const struct exospool_table_position *positions, const float *ratios,
                                          float *k, long first, long layers) {
  for (long g = 0; g < points; g++) {
    float *restrict row = k + g * layers * width;
    lanes_f32 value = LANES(0);
    for (long layer = first; layer < layers; layer++) {
      if (layer == first || !is_same(positions[layer], positions[layer - 1])) {
        lanes_f32 logarithm;
        log_at(table, pressures, points, g, positions[layer], &logarithm);
        value = EXPONENTIAL(logarithm + offset);
      }
      AT(row + layer * width) = value * ratios[layer];
    }
  }
}

// Chord-effective k where temperature changes: k = R_g x and tangent = k_g / R_g of every layer from `first` on, points x layers; R is the
// product of k(p_l, T_(l+1)) / k(p_l, T_l) over the layers l beneath, from `first` on. raised[l] is where p_l, T_(l+1) lies.
EVERY_WIDTH void exospool_following_lanes_f32(const float *table, long pressures, long points, float offset,
                                              const struct exospool_table_position *positions,
                                              const struct exospool_table_position *raised, const float *ratios,
                                              float *k, float *tangent, long first, long layers) {
  for (long g = 0; g < points; g++) {
    lanes_f32 log_followed = LANES(0), followed = LANES(1), value = LANES(0);
    for (long layer = first; layer < layers; layer++) {
      lanes_f32 here, above;
      log_at(table, pressures, points, g, positions[layer], &here);
      value = EXPONENTIAL(here - log_followed + offset);
      const long place = (g * layers + layer) * width;
      AT(k + place) = followed * ratios[layer];
      AT(tangent + place) = value;
      if (layer + 1 < layers && !is_same(raised[layer], positions[layer])) {
        log_at(table, pressures, points, g, raised[layer], &above);
        log_followed += above - here;
        followed = EXPONENTIAL(log_followed);
      }
    }
  }
}

// Optical depths of `block` neighbouring rays: sum over the layers from the lowest ray's own to `end` of path x k.
INLINE void path_sums(const float *restrict paths, const float *restrict k, long start, long end, lanes_f32 *sums) {
  lanes_f32 s[block];
  for (long ray = 0; ray < block; ray++) s[ray] = LANES(0);
  for (long layer = start; layer < end; layer++) {
    const lanes_f32 here = LOAD(k + layer * width);
#pragma clang loop unroll(full)
    for (long ray = 0; ray < block; ray++) s[ray] += paths[layer * block + ray] * here;
  }
  for (long ray = 0; ray < block; ray++) sums[ray] = s[ray];
}

enum { most_points = 64, most_blocks = 128, near_layers = exospool_near_layers };

// What of one point's absorption need not be computed, from bounds block by block of rays: k_min near <= tau <= k_max N, with
// the columns N and the paths `near` through a ray's own and the next `near_layers - 1` layers.
struct bounds {
  // Rays of blocks from thin_from on absorb what their optical depth is; those from unseen_from on nothing; layers from
  // seen_to on add nothing to any ray.
  long thin_from, unseen_from, seen_to;
  uint8_t is_dark[most_blocks];
};

INLINE void find_bounds(const float *row, const float *factor, const float *columns, const float *near, long first_block,
                        long layers, struct bounds *found) {
  const long blocks = (layers + block - 1) / block;
  lanes_f32 above = LANES(0.0f), largest_factor = LANES(1.0f);
  if (factor)
    for (long layer = first_block * block; layer < layers; layer++)
      largest_factor = LARGER(largest_factor, LOAD(factor + layer * width));
  found->thin_from = found->unseen_from = blocks;
  found->seen_to = layers;
  int is_thin = 1, is_unseen = 1, adds_nothing = 1;
  for (long b = blocks - 1; b >= first_block; b--) {
    const long start = b * block, end = start + block < layers ? start + block : layers;
    const long reach = end + near_layers - 1 < layers ? end + near_layers - 1 : layers;
    lanes_f32 high = LOAD(row + start * width), low = high, factor_high = LANES(1.0f), factor_low = LANES(1.0f);
    for (long layer = start + 1; layer < reach; layer++) {
      high = LARGER(high, LOAD(row + layer * width));
      low = SMALLER(low, LOAD(row + layer * width));
    }
    if (factor) {
      factor_high = factor_low = LOAD(factor + start * width);
      for (long layer = start + 1; layer < end; layer++) {
        factor_high = LARGER(factor_high, LOAD(factor + layer * width));
        factor_low = SMALLER(factor_low, LOAD(factor + layer * width));
      }
    }
    above = LARGER(above, high);
    if (is_thin) {
      const float most = LARGEST(above * factor_high) * columns[start];
      is_unseen = is_unseen && most < nothing;
      is_thin = most < thin;
      if (is_unseen) found->unseen_from = b;
      if (is_thin) found->thin_from = b;
    }
    if (adds_nothing) {
      adds_nothing = LARGEST(above * largest_factor) * columns[start] < nothing;
      if (adds_nothing) found->seen_to = start;
    }
    found->is_dark[b] = !is_thin && SMALLEST(low * factor_low) * near[end - 1] > dark;
  }
}

// transmittance *= sum of w_g exp(-tau_g), tau_g = t_g,i sum over j of paths[i][j] k_g,j, t the `tangent` factor or 1.
//
// Where without a factor t all of a point's rays from some block on are thin, their weighted k are added up, and one sum
// along the rays serves all points. From layer `uniform` on k is the same in all layers: there columns do.
EVERY_WIDTH void exospool_absorb_paths_f32(const float *k, const float *tangent, long points, const float *weights,
                                           const float *paths, const float *columns, const float *near, long uniform,
                                           long first, long layers, float *sum, float *absorbed,
                                           float *transmittance) {
  const long blocks = (layers + block - 1) / block, first_block = first / block;
  for (long layer = first_block * block; layer < blocks * block; layer++) AT(absorbed + layer * width) = LANES(0.0f);
  for (long layer = first_block * block; layer < layers; layer++) AT(sum + layer * width) = LANES(0.0f);

  // Points in the order in which they become thin.
  struct bounds bounds[most_points];
  long order[most_points];
  for (long g = 0; g < points; g++) {
    const float *factor = tangent ? tangent + g * layers * width : 0;
    find_bounds(k + g * layers * width, factor, columns, near, first_block, layers, &bounds[g]);
    if (tangent) bounds[g].thin_from = blocks;
    long place = g;
    for (; place > 0 && bounds[order[place - 1]].thin_from > bounds[g].thin_from; place--)
      order[place] = order[place - 1];
    order[place] = g;
  }

  lanes_f32 depth[block];
  long seen = 0;
  for (long n = 0; n < points; n++) {
    const struct bounds *here = &bounds[order[n]];
    const float *row = k + order[n] * layers * width;
    const float *factor = tangent ? tangent + order[n] * layers * width : 0;
    const lanes_f32 w = LANES(weights[order[n]]);
    const long thin_start = here->thin_from > first_block ? here->thin_from : first_block;
    const long thick_end = thin_start < here->unseen_from ? thin_start : here->unseen_from;
    for (long b = first_block; b < thick_end; b++) {
      const long start = b * block, end = start + block < layers ? start + block : layers;
      if (here->is_dark[b]) {
        for (long ray = start; ray < end; ray++) AT(absorbed + ray * width) += w;
        continue;
      }
      if (start >= uniform) {
        for (long ray = start; ray < end; ray++) depth[ray - start] = columns[ray] * LOAD(row + ray * width);
      } else {
        path_sums(paths + b * block * layers, row, start, here->seen_to, depth);
      }
      if (factor)
        for (long ray = start; ray < end; ray++) depth[ray - start] *= LOAD(factor + ray * width);
      for (long ray = start; ray < end; ray++)
        AT(absorbed + ray * width) += w * (1 - DECAY(depth[ray - start]));
    }
    // This point is thin from here on, the following ones later.
    for (long layer = thin_start * block; layer < here->seen_to; layer++)
      AT(sum + layer * width) += w * LOAD(row + layer * width);
    seen = here->seen_to > seen ? here->seen_to : seen;
    const long next = n + 1 < points ? bounds[order[n + 1]].thin_from : blocks;
    for (long b = thin_start; b < next && b * block < seen; b++) {
      const long start = b * block, end = start + block < layers ? start + block : layers;
      path_sums(paths + start * layers, sum, start, seen, depth);
      for (long ray = start; ray < end; ray++) AT(absorbed + ray * width) += depth[ray - start];
    }
  }
  multiply_by_rest(absorbed, first, layers, transmittance);
}

// area += rings (1 - transmittance)
EVERY_WIDTH void exospool_add_rings_f64(const float *transmittance, const double *rings, long first, long rays,
                                        double *area) {
  double sums[width];
  for (long j = 0; j < width; j++) sums[j] = area[j];
  for (long ray = first; ray < rays; ray++)
    for (long j = 0; j < width; j++) sums[j] += rings[ray] * (double)(1 - transmittance[ray * width + j]);
  for (long j = 0; j < width; j++) area[j] = sums[j];
}
