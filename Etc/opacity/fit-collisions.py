#!/usr/bin/env python3
"""Fits the components of H2-H2 or H2-He in Sources/MolecularBands/Collisions/HydrogenPairs.swift, 1000-3000 K, to HITRAN
2012 (Abel et al. 2011, 2012) as nemesispy 0.0.10 carries it. Prints the rows of that file and the rms of ln absorption.

  pip install numpy scipy && pip download --no-deps nemesispy==0.0.10 && unzip nemesispy-0.0.10-py3-none-any.whl
  python3 fit-collisions.py H2-He HydrogenPairs.swift nemesispy/data/cia/exocia_hitran12_200-3800K.tab

Each fit starts from the row of the file and is drawn to it with a weight of 0.02 a parameter; the second overtone of H2-H2,
which that table does not hold, stays as it is. Below 950 K the table of H2-He is not continuous (its logarithm at 2 um runs
-13.8, -15.6, -14.9, -14.4, -13.5 from 350 to 950 K): nothing is fitted to that.
"""
import re
import sys

import numpy as np
from scipy.io import FortranFile
from scipy.optimize import least_squares
from scipy.special import k1e

C2 = 1.438776877
# Column of the table, components, how many of them are free, last wavenumber.
PAIRS = {
    "H2-H2": (0, [(0, "q"), (0, "i"), (1, "q"), (1, "d"), (1, "i"), (2, "q"), (2, "d"), (3, "q")], 7, 9900),
    "H2-He": (1, [(0, "q"), (0, "i"), (1, "q"), (1, "i"), (2, "q"), (2, "i"), (3, "q"), (3, "i")], 8, 14900),
}


def energy(v, j):
    h, p = v + 0.5, j * (j + 1)
    vibration = 4401.21 * h - 121.34 * h * h - (4401.21 * 0.5 - 121.34 * 0.25)
    return vibration + (60.853 - 3.062 * h) * p - (0.0471 - 0.0027 * h) * p * p + 4.9e-5 * p**3


def coupling(j, upper):
    if upper == j:
        return 0 if j == 0 else j * (j + 1) / ((2 * j - 1) * (2 * j + 3))
    if upper == j + 2:
        return 3 * (j + 1) * (j + 2) / (2 * (2 * j + 1) * (2 * j + 3))
    return 3 * j * (j - 1) / (2 * (2 * j - 1) * (2 * j + 1))


def lines(v, induction, temperature):
    js = range(19)
    weight = np.array([(1, 3)[j % 2] * (2 * j + 1) * np.exp(-C2 * energy(0, j) / temperature) for j in js])
    share = weight / weight.sum()
    mean = sum(share[j] * (energy(v, j) - energy(0, j)) for j in js)
    for j in js:
        if induction == "i":
            yield energy(v, j) - energy(0, j), share[j]
            continue
        for upper in (u for u in (j - 2, j, j + 2) if u >= 0):
            origin = energy(v, upper) if induction == "q" else mean + energy(0, upper)
            yield origin - energy(0, j), share[j] * coupling(j, upper)


def spectrum(components, parameters, temperature, nu):
    total, tau0 = np.zeros_like(nu), C2 / (2 * temperature)
    for index, (v, induction) in enumerate(components):
        strength, tau1, tau2 = np.exp(parameters[3 * index : 3 * index + 3])
        for origin, weight in lines(v, induction, temperature):
            x = nu - origin
            d = 1 + (x * tau1) ** 2
            z = np.sqrt(d * (tau2**2 + tau0**2)) / tau1
            total += strength * weight * tau1 / np.pi * np.exp(tau2 / tau1 + tau0 * x - z) * z * k1e(z) / d
    return total * nu * -np.expm1(-C2 * nu / temperature)


def main(pair, swift, table):
    column, components, count, last = PAIRS[pair]
    text = open(swift).read().split("/// H2-He.")[column]
    rows = {
        int(t): np.array([float(x) for x in numbers.replace("_", "").split(",") if x.strip()])
        for t, numbers in re.findall(r"\(\s*(\d+),\s*\[([^\]]+)\]", text)
    }
    file = FortranFile(table, "r")
    axis, values = file.read_reals("float64"), file.read_reals("float32").astype(float)
    logs = np.log(np.maximum(values.reshape(-1, len(axis), 9)[:, :, column], 1e-300))
    nu = np.arange(400, last, 40.0)
    for temperature in (t for t in sorted(rows) if t >= 1000):
        known = [np.interp(np.log(temperature), np.log(axis), row) for row in logs]
        goal = np.interp(nu, 10.0 * np.arange(len(logs)), known)
        start, free = rows[temperature], 3 * count
        full = lambda q: np.concatenate([q, start[free:]])
        model = lambda q: np.log(spectrum(components, full(q), temperature, nu))
        fit = least_squares(
            lambda q: np.concatenate([model(q) - goal, 0.02 * (q - start[:free])]),
            np.clip(start[:free], np.tile([-39.9, -8.9, -8.9], count), np.tile([-5.1, -2.6, -2.6], count)),
            bounds=(np.tile([-40.0, -9, -9], count), np.tile([-5.0, -2.5, -2.5], count)),
            max_nfev=40,
        )
        error = model(fit.x) - goal
        print(f"{temperature} K, rms {np.sqrt(np.mean(error**2)):.3f}")
        print(", ".join(f"{x:.4f}" for x in full(fit.x)))


if __name__ == "__main__":
    main(*sys.argv[1:])
