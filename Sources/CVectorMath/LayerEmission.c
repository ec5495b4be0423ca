#include "LayerEmission.h"

#include "ChordAbsorption.h"
#include "Lanes.h"

enum { width = exospool_lanes };

// Optical depths up to 1e-3 are what is absorbed, to 5e-7. What is less than 1.2e-7 of the flux, however bright, is not seen.
static const float thin = 1e-3f;
static const double unseen = 1.2e-7;

// factors[s] = sum of w_g exp(-slant tau_g), tau_g raised by the layer's.
INLINE void pass(const struct exospool_layer_gas gas, long layer, long layers, float amount, const float *slants,
                 long slant_count, lanes_f32 *factors) {
  lanes_f32 mean = LANES(0.0f), most = LANES(0.0f);
  for (long g = 0; g < gas.points; g++) {
    const lanes_f32 depth = LOAD(gas.depth + g * width) + amount * LOAD(gas.k + (g * layers + layer) * width);
    AT(gas.depth + g * width) = depth;
    mean += gas.weights[g] * depth;
    most = LARGER(most, depth);
  }
  const float deepest = LARGEST(most);
  for (long s = 0; s < slant_count; s++) {
    if (deepest * slants[s] < thin) {
      factors[s] = 1 - slants[s] * mean;
      continue;
    }
    lanes_f32 absorbed = LANES(0.0f);
    for (long g = 0; g < gas.points; g++)
      absorbed += gas.weights[g] * (1 - DECAY(slants[s] * LOAD(gas.depth + g * width)));
    factors[s] = LARGER(1 - absorbed, LANES(0.0f));
  }
}

// From the top down: flux += sum over slants of w source (T(top) - T(bottom)), T the product of the gases' and the
// continuum's transmittances from space. With `muting` there is a flux of all gases, then one without each of them.
// `brightest` is the largest source of any layer.
EVERY_WIDTH void exospool_emit_lanes_f64(const struct exospool_layer_gas *gases, long gas_count, int muting,
                                         long layers, long lowest, const float *amounts, const double *continuum,
                                         const double *sources, const double *brightest, long stride, long count,
                                         const float *slants,
                                         const double *weights, long slant_count, double *depth, float *above,
                                         double *flux) {
  const long variants = muting ? gas_count + 1 : 1;
  long steep = 0;
  for (long s = 1; s < slant_count; s++)
    if (slants[s] < slants[steep]) steep = s;
  lanes_f32 factors[exospool_most_gases][exospool_most_slants];
  int is_seen = 1;
  for (long layer = layers - 1; layer >= lowest && is_seen; layer--) {
    const double *here = continuum + layer * stride;
    lanes_f32 common[exospool_most_slants], single = LANES(0.0f);
    for (long j = 0; j < count; j++) {
      depth[j] += here[j];
      single[j] = (float)depth[j];
    }
    for (long s = 0; s < slant_count; s++) common[s] = DECAY(slants[s] * single);
    for (long gas = 0; gas < gas_count; gas++)
      pass(gases[gas], layer, layers, amounts[layer], slants, slant_count, factors[gas]);
    is_seen = 0;
    for (long variant = 0; variant < variants; variant++) {
      for (long s = 0; s < slant_count; s++) {
        lanes_f32 below = common[s];
        for (long gas = 0; gas < gas_count; gas++)
          if (gas != variant - 1) below *= factors[gas][s];
        float *top = above + (variant * slant_count + s) * width;
        const lanes_f32 lost = LOAD(top) - below;
        AT(top) = below;
        for (long j = 0; j < count; j++)
          flux[variant * width + j] += weights[s] * sources[layer * stride + j] * (double)lost[j];
      }
      // The steepest slant lets most through, and the weights add up to 1.
      const float *steepest = above + (variant * slant_count + steep) * width;
      for (long j = 0; j < count; j++)
        is_seen |= (double)steepest[j] * brightest[j] > unseen * flux[variant * width + j];
    }
  }
}
