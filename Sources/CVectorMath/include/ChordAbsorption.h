// Absorption along tangent rays, 16 bins at a time; see ChordKernels.swift for what each one means.
#ifndef EXOSPOOL_CHORDABSORPTION_H
#define EXOSPOOL_CHORDABSORPTION_H

#include <stdint.h>

enum { exospool_lanes = 16, exospool_ray_block = 8, exospool_near_layers = 4 };

/* Layers first ..< end, in which ln p goes evenly from one pressure node to another: layer i lies at fraction + step
   (i - first) from node `lower` to node `upper`. */
struct exospool_pressure_run {
  int32_t first, end, lower, upper;
  float fraction, step;
};

/* Where layers lie in a table: at `temperature_fraction` from temperature `temperature` to the next, and so for the
   pressure nodes. */
struct exospool_table_position {
  int32_t temperature, next_temperature, pressure, next_pressure;
  float temperature_fraction, pressure_fraction;
};

void exospool_chord_lengths_f64(const double *outer, double tangent, double *lengths, long count);

void exospool_chord_columns_f64(const double *lengths, const double *a, const double *b, double *of_a, double *of_b,
                                long count);

void exospool_continuum_lanes_f32(const float *density_columns, const float *density, const float *square_columns,
                                  const float *squares, const double *more, long more_stride, long width,
                                  float *transmittance, long rays);

long exospool_first_visible_f32(const float *transmittance, long first, long rays);

void exospool_absorb_tangent_f32(const float *below, const float *above, float temperature_fraction, long points,
                                 float offset, const float *weights, const struct exospool_pressure_run *runs,
                                 long run_count, const float *columns, const float *log_columns, long first,
                                 long rays, float *absorbed, float *transmittance);

void exospool_isothermal_lanes_f32(const float *below, const float *above, float temperature_fraction, long points,
                                   float offset, const struct exospool_pressure_run *runs, long run_count,
                                   const float *ratios, float *k, long first, long layers);

void exospool_local_lanes_f32(const float *table, long pressures, long points, float offset,
                              const struct exospool_table_position *positions, const float *ratios, float *k,
                              long first, long layers);

void exospool_following_lanes_f32(const float *table, long pressures, long points, float offset,
                                  const struct exospool_table_position *positions,
                                  const struct exospool_table_position *raised, const float *ratios, float *k,
                                  float *tangent, long first, long layers);

void exospool_absorb_paths_f32(const float *k, const float *tangent, long points, const float *weights,
                               const float *paths, const float *columns, const float *near, long uniform, long first,
                               long layers,
                               float *sum, float *absorbed, float *transmittance);

void exospool_add_rings_f64(const float *transmittance, const double *rings, long first, long rays, double *area);

#endif
