#!/usr/bin/env python3
"""Counts and sums over a folder of Open Exoplanet Catalogue records, with ElementTree and nothing of exospool.

Usage: count-records.py FOLDER > record-counts.json

Sums run over the catalogue's own units, so a value lost, doubled or read in a wrong unit shows in them.
"""
import glob
import json
import math
import os
import sys
import xml.etree.ElementTree as ElementTree

PLANET = ["mass", "radius", "temperature", "semimajoraxis", "period", "eccentricity"]
STAR = ["mass", "radius", "temperature", "metallicity"]
# IAU 2015 nominal values and CODATA 2018 G; the same choice as exospool's, taken from the resolutions.
G, M_SUN, R_SUN, AU = 6.67430e-11, 1.3271244e20 / 6.67430e-11, 6.957e8, 149597870700.0
M_JUP, R_JUP, DAY = 1.2668653e17 / 6.67430e-11, 7.1492e7, 86400.0

counts = {"files": 0, "planets": 0, "planetsInStar": 0, "planetsInBinary": 0, "planetsFree": 0, "filesWithoutPlanet": 0,
          "planetNames": 0, "nonASCIINames": 0, "minimumMasses": 0, "massAndRadius": 0, "asymmetricErrors": 0,
          "lowerErrorAboveValue": 0, "mostPlanetsInAFile": 0, "hostsWithMetallicity": 0}
derived = {"temperatures": 0, "temperatureSum": 0.0, "fromPeriod": 0, "densities": 0, "densitySum": 0.0,
           "gravitySum": 0.0}
sums = {}


def number(text):
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None


def tally(owner, element, field):
    """One field of a planet or of the star it circles."""
    found = element.find(field)
    if found is None:
        return None
    value = number(found.text)
    if field == "eccentricity" and value is not None and not 0 <= value < 1:
        value = None
    key = f"{owner}.{field}"
    entry = sums.setdefault(key, {"values": 0, "sum": 0.0, "plus": 0.0, "minus": 0.0, "upperLimits": 0, "lowerLimits": 0})
    if value is not None:
        entry["values"] += 1
        entry["sum"] += value
        plus, minus = (abs(number(found.get(name)) or 0) for name in ("errorplus", "errorminus"))
        entry["plus"] += plus
        entry["minus"] += minus
        if owner == "planet" and plus != minus:
            counts["asymmetricErrors"] += 1
        if owner == "planet" and field != "eccentricity" and minus >= value:
            counts["lowerErrorAboveValue"] += 1
    entry["upperLimits"] += number(found.get("upperlimit")) is not None
    entry["lowerLimits"] += number(found.get("lowerlimit")) is not None
    return value


def value(element, field):
    return number(element.findtext(field)) if element is not None else None


def derive(planet, stars):
    """Density, gravity, and the equilibrium temperature where the record has no temperature."""
    mass, radius = value(planet, "mass"), value(planet, "radius")
    minimum = planet.find("mass") is not None and planet.find("mass").get("type") == "msini"
    if mass is not None and radius is not None and not minimum:
        derived["densities"] += 1
        derived["densitySum"] += mass * M_JUP / (4 / 3 * math.pi * (radius * R_JUP) ** 3)
        derived["gravitySum"] += G * mass * M_JUP / (radius * R_JUP) ** 2
    if value(planet, "temperature") is not None or not stars:
        return
    light = 0.0
    for star in stars:
        temperature, star_radius = value(star, "temperature"), value(star, "radius")
        if temperature is None or star_radius is None:
            return
        light += temperature ** 4 * (star_radius * R_SUN) ** 2
    axis = value(planet, "semimajoraxis")
    axis = axis * AU if axis is not None else None
    if axis is None:
        period, masses = value(planet, "period"), [value(star, "mass") for star in stars]
        if period is None or None in masses:
            return
        axis = (G * sum(masses) * M_SUN * (period * DAY) ** 2 / (4 * math.pi ** 2)) ** (1 / 3)
        derived["fromPeriod"] += 1
    eccentricity = value(planet, "eccentricity") or 0.0
    eccentricity = eccentricity if 0 <= eccentricity < 1 else 0.0
    derived["temperatures"] += 1
    derived["temperatureSum"] += (light / (4 * axis ** 2 * math.sqrt(1 - eccentricity ** 2))) ** 0.25


flags = {}


def flag(name, holds):
    flags[name] = flags.get(name, 0) + bool(holds)


def limited(planet, field):
    found = planet.find(field)
    return found is not None and (number(found.get("upperlimit")) or number(found.get("lowerlimit"))) is not None


def judge(planet, derivable):
    for field in ("mass", "radius"):
        missing = value(planet, field) is None
        flag(f"{field}-missing", missing and not limited(planet, field))
        flag(f"{field}-is-limit", missing and limited(planet, field))
    mass = planet.find("mass")
    flag("mass-is-minimum", mass is not None and mass.get("type") == "msini")
    flag("temperature-derived", derivable)
    flag("temperature-unknown", value(planet, "temperature") is None and not derivable)
    lists = [element.text for element in planet.findall("list")]
    flag("planet-retracted", "Retracted planet candidate" in lists)
    flag("planet-controversial", "Controversial" in lists)


for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.xml"))):
    root = ElementTree.parse(path).getroot()
    counts["files"] += 1
    parents = {child: parent for parent in root.iter() for child in parent}
    planets = list(root.iter("planet"))
    counts["planets"] += len(planets)
    counts["filesWithoutPlanet"] += not planets
    counts["mostPlanetsInAFile"] = max(counts["mostPlanetsInAFile"], len(planets))
    for planet in planets:
        names = list(dict.fromkeys(" ".join(e.text.split()) for e in planet.findall("name")))
        counts["planetNames"] += len(names)
        counts["nonASCIINames"] += sum(not name.isascii() for name in names)
        values = {field: tally("planet", planet, field) for field in PLANET}
        counts["massAndRadius"] += values["mass"] is not None and values["radius"] is not None
        mass = planet.find("mass")
        counts["minimumMasses"] += mass is not None and mass.get("type") == "msini"
        host = parents[planet]
        counts[{"star": "planetsInStar", "binary": "planetsInBinary", "system": "planetsFree"}[host.tag]] += 1
        before = derived["temperatures"]
        derive(planet, list(host.iter("star")) if host.tag != "system" else [])
        judge(planet, derived["temperatures"] > before)
        if host.tag == "star":
            hosted = {field: tally("star", host, field) for field in STAR}
            counts["hostsWithMetallicity"] += hosted["metallicity"] is not None

json.dump({"counts": counts, "derived": derived, "flags": flags, "sums": sums}, sys.stdout, indent=1, sort_keys=True)
print()
