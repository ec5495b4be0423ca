// Emission of layers seen at several slants, 16 bins at a time; see EmissionKernels.swift.
#ifndef EXOSPOOL_LAYEREMISSION_H
#define EXOSPOOL_LAYEREMISSION_H

/* A gas: k x mixing ratio, points x layers x 16; weights; its optical depth from space down, points x 16. */
struct exospool_layer_gas {
  const float *k, *weights;
  long points;
  float *depth;
};

enum { exospool_most_slants = 16, exospool_most_gases = 64 };

void exospool_emit_lanes_f64(const struct exospool_layer_gas *gases, long gas_count, int muting, long layers,
                             long lowest, const float *amounts, const double *continuum, const double *sources,
                             const double *brightest, long stride, long count, const float *slants, const double *weights, long slant_count,
                             double *depth, float *above, double *flux);

#endif
