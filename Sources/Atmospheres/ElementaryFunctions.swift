// The few functions of the C library that the physics needs, in one place.
#if canImport(Glibc)
  import Glibc
#endif

func log(_ x: Double) -> Double { Glibc.log(x) }
func log10(_ x: Double) -> Double { Glibc.log10(x) }
func exp(_ x: Double) -> Double { Glibc.exp(x) }
func expMinusOne(_ x: Double) -> Double { Glibc.expm1(x) }
func pow(_ x: Double, _ y: Double) -> Double { Glibc.pow(x, y) }
func sin(_ x: Double) -> Double { Glibc.sin(x) }
func cos(_ x: Double) -> Double { Glibc.cos(x) }
