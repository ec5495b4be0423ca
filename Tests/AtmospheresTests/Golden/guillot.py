#!/usr/bin/env python3
"""Temperatures of Guillot's profile for ProfileTests.swift.

Guillot (2010, A&A 520, A27), equation 49, with mpmath's exponential integral (30 digits). Reference: nothing of
exospool is used. Prints tau, gamma and T for T_int = 200 K and T_eq = 1400 K.
"""
from mpmath import expint, exp, mp, mpf

mp.dps = 30


def temperature(tau, gamma, internal=200, equilibrium=1400):
    tau, gamma = mpf(tau), mpf(gamma)
    heat = mpf(3) / 4 * internal**4 * (mpf(2) / 3 + tau)
    light = mpf(3) / 4 * equilibrium**4 * (
        mpf(2) / 3
        + 2 / (3 * gamma) * (1 + (gamma * tau / 2 - 1) * exp(-gamma * tau))
        + 2 * gamma / 3 * (1 - tau**2 / 2) * expint(2, gamma * tau))
    return (heat + light) ** mpf("0.25")


for gamma in ("0.4", "3"):
    for tau in ("0.1", "1", "10"):
        print(tau, gamma, mp.nstr(temperature(tau, gamma), 13))
