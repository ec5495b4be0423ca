#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ten to the power of a number, as headers write wavelengths.
func exponential10(_ value: Double) -> Double { pow(10, value) }

/// e to the power of a number.
func exponential(_ value: Double) -> Double { exp(value) }
