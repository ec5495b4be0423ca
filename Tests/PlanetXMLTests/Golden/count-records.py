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
counts = {"files": 0, "planets": 0, "planetsInStar": 0, "planetsInBinary": 0, "planetsFree": 0, "filesWithoutPlanet": 0,
          "planetNames": 0, "nonASCIINames": 0, "minimumMasses": 0, "massAndRadius": 0, "asymmetricErrors": 0,
          "lowerErrorAboveValue": 0, "mostPlanetsInAFile": 0, "hostsWithMetallicity": 0}
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
        if host.tag == "star":
            hosted = {field: tally("star", host, field) for field in STAR}
            counts["hostsWithMetallicity"] += hosted["metallicity"] is not None

json.dump({"counts": counts, "sums": sums}, sys.stdout, indent=1, sort_keys=True)
print()
