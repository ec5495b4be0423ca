#include <hdf5.h>

// These are macros that call H5open() first, which Swift does not import.
static inline hid_t exo_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t exo_c_string(void) { return H5T_C_S1; }
static inline hid_t exo_dataset_access(void) { return H5P_DATASET_ACCESS; }
