// The inner loops of radiative transfer; see AbsorptionKernels.swift for what each one means.
#ifndef EXOSPOOL_RADIATIVETRANSFER_H
#define EXOSPOOL_RADIATIVETRANSFER_H

/* y = exp(x) in double precision to 1.5 units in the last place; beyond |x| = 708 as at 708. */
void exospool_vector_exp_f64(const double *x, double *y, long count);

/* sum += weight (1 - exp(-tau)). */
void exospool_add_absorbed_f64(const double *tau, double weight, double *sum, long count);
/* sum += weight (1 - transmittance). */
void exospool_add_absorbed_f32(const float *transmittance, double weight, double *sum, long count);
/* transmittance = exp(-tau). */
void exospool_transmittance_f32(const double *tau, float *transmittance, long count);

/* y += c[0] r0 + c[1] r1 + c[2] r2 + c[3] r3. */
void exospool_add_rows_f64(double *y, const double *r0, const double *r1, const double *r2, const double *r3,
                           const double *c, long count);

/* transmittance[j] *= sum over g of weights[g] exp(-k[g stride + j] amount[j]); the weights add up to 1. */
void exospool_exponential_mean_f32(const float *k, long stride, const float *weights, long points,
                                   const float *amount, float *transmittance, long count);

/* tau[g][j] += k[g stride + j] amount[j]; then for each slant s
   transmittance[s][j] *= sum over g of weights[g] exp(-slants[s] tau[g][j]). */
void exospool_slant_means_f32(const float *k, long stride, const float *weights, long points,
                              const float *amount, float *tau, const float *slants, long slant_count,
                              float *transmittance, long count);

/* One layer deeper, for each slant s: below = exp(-slants[s] tau); flux += weights[s] source (transmittance - below);
   transmittance = below. */
void exospool_emit_f64(const double *tau, const double *source, const double *slants, const double *weights,
                       long slant_count, double *transmittance, double *flux, long count);
/* The same with `below` given. */
void exospool_emit_f32(const float *below, const double *source, const double *weights, long slant_count,
                       float *transmittance, double *flux, long count);

#endif
