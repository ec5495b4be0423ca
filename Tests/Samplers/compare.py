#!/usr/bin/env python3
"""Holds `exospool-lab complete --json` against nested sampling of the same spectrum with the same options.

    exospool-lab complete SPECTRUM [options] --json > ours.json
    python3 compare.py NESTED.json ours.json [ours-of-another-seed.json ...]

NESTED.json is what nested.py wrote. Of each coordinate of the box that `complete` tells: the difference of the medians in standard
deviations (half of the central 68 %), the ratio of the widths of the central 68 and 95 %; then ln evidence.
"""
import json, math, sys

nested = json.load(open(sys.argv[1]))
print(f"nested: {nested['sampler']}, {nested['live']} live, ln Z {nested['logz']:.2f} +- {nested['logzerr']:.2f}, "
      f"{nested['calls']} calls, {nested['seconds']:.0f} s, ESS {nested['ess']:.0f}")
logarithms = {"lnTemperature": "temperature", "lnStarRadius": "starRadius", "lnErrorInflation": "errorInflation",
              "lnPlanetRadius": "planetRadius"}
for path in sys.argv[2:]:
    ours = json.load(open(path))
    print(f"{path}: ln Z {ours['logEvidence']:.2f} +- {ours['logEvidenceError']:.2f}, "
          f"difference {ours['logEvidence'] - nested['logz']:+.2f}; ESS {ours['effectiveSampleSize']:.0f}, "
          f"{ours['spectra']} forward models, {ours['seconds']:.2f} s")
    worst, narrowest, widest = ("", 0), ("", 1), ("", 1)
    for key, (p025, p16, p50, p84, p975) in nested["q"].items():
        told = ours["parameters"].get(logarithms.get(key, key))
        if told is None: continue
        value = (lambda name: math.log(told[name])) if key in logarithms else (lambda name: told[name])
        deviation = (p84 - p16) / 2
        shift = (value("p50") - p50) / deviation
        width = (value("p84") - value("p16")) / (p84 - p16)
        print(f"  {key:20s} median {value('p50'):9.3f} nested {p50:9.3f}  {shift:+5.2f} sd  width {width:4.2f}  "
              f"95 % {(value('p975') - value('p025')) / (p975 - p025):4.2f}")
        if abs(shift) > abs(worst[1]): worst = (key, shift)
        if width < narrowest[1]: narrowest = (key, width)
        if width > widest[1]: widest = (key, width)
    print(f"  furthest median {worst[0]} {worst[1]:+.2f} sd; widths {narrowest[1]:.2f} to {widest[1]:.2f}")
