#!/usr/bin/env python3
"""Densities of hcp iron at 300 K for EquationOfStateTests.swift.

P(x) = 3 K0 (1 - x) / x^2 exp(1.5 (K' - 1) (1 - x)), x = (rho0/rho)^(1/3) (Vinet et al. 1987, J. Geophys. Res. 92,
9319), solved by bisection with the published parameters; nothing of exospool is used.
"""
from math import exp

# rho0 in kg m-3, K0 in GPa, K'
PUBLISHED = {
    # Smith et al. 2018, Nature Astronomy 2, 452: ramp compression to 1.4 TPa.
    "Smith 2018": (8430, 177.7, 5.64),
    # Dewaele et al. 2006, Phys. Rev. Lett. 97, 215504: static, to 205 GPa; 11.234 cubic Angstrom an atom.
    "Dewaele 2006": (55.845 / 6.02214076e23 / 11.234e-30 / 1e3, 163.4, 5.38),
}


def pressure(rho, rho0, k0, derivative):
    x = (rho0 / rho) ** (1 / 3)
    return 3 * k0 * (1 - x) / (x * x) * exp(1.5 * (derivative - 1) * (1 - x))


for name, parameters in PUBLISHED.items():
    for p in (100, 300):
        low, high = 8000.0, 30000.0
        for _ in range(200):
            middle = (low + high) / 2
            if pressure(middle, *parameters) < p:
                low = middle
            else:
                high = middle
        print(name, p, "GPa", round(low, 3), "kg m-3")
