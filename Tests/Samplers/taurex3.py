#!/usr/bin/env python3
"""One WFC3 spectrum retrieved by TauREx 3 (nestle) and by `exospool-lab complete` with the same cross-sections.

    python3 -m venv venv; venv/bin/pip install taurex nestle astropy
    venv/bin/python taurex3.py tables CROSS_SECTIONS.fits ../../Etc/opacity OPACITY_DIR   tables for exospool
    venv/bin/python taurex3.py spectrum CROSS_SECTIONS.fits SPECTRUM.txt                  26 points, 1.12-1.65 um, 50 ppm
    venv/bin/python taurex3.py run CROSS_SECTIONS.fits SPECTRUM.txt TAUREX.npz [SEED]     TauREx's own sampler, with its seconds
    exospool-lab complete SPECTRUM.txt --space transmission --gases H2O --mass 0.69:0.002 --star-radius 1.16:0 --errors-as-given \\
      --hold cloudFraction=1 --hold log10Haze=-1 --hold hazeSlope=-4 --opacities OPACITY_DIR --threads 1 --output OURS.json
    venv/bin/python taurex3.py compare TAUREX.npz OURS.json [OURS.json ...]

CROSS_SECTIONS.fits holds synthetic cross-sections at a resolution of 100 (H2O by pressure, temperature and wavenumber, cm2) and
H2-H2 and H2-He absorption. Free are radius, temperature, log H2O and the deck's top; the star and the mass are known. TauREx is uniform
in radius and temperature, exospool in their logarithms: `compare` weighs exospool's samples to TauREx's prior.
"""
import json, sys, time
import numpy as np

RADII, TEMPERATURES, GAS, TOPS = (1.0, 1.7), (300, 2800), (1e-10, 1e-1), (1e-1, 1e6)  # R_J, K, -, Pa


def tables(reference, shipped, output):
    from astropy.io import fits
    source = fits.open(reference)
    low, high = (fits.open(f"{shipped}/OH.fits")["BINS"].data[name] * 1e-6 for name in ("LOW", "HIGH"))
    centres = np.log(np.sqrt(low * high))
    waves = np.log(1e-2 / np.array(source["AXIS_WN"].data, float))
    order = np.argsort(waves)
    binned = lambda values: np.apply_along_axis(lambda row: np.interp(centres, waves[order], row[order]), -1, values)

    def header(hdu, name=None):
        result = hdu.header.copy()
        for key in ("CHECKSUM", "DATASUM"): result.remove(key, ignore_missing=True)
        if name:
            for key, value in list(result.items()):
                if value == "OH": result[key] = name
        return result

    def axis(like, values, name):
        column = like.columns[0]
        return fits.BinTableHDU.from_columns(
            [fits.Column(column.name, "D", unit=column.unit, array=values)], name=name)

    def image(values, name, like):
        result = fits.ImageHDU(values, name=name)
        for key, value in header(like).items():
            if key not in result.header: result.header[key] = value
        return result

    like = fits.open(f"{shipped}/OH.fits")
    values = np.log(np.maximum(np.array(source["H2O"].data, float) * 1e-4, 1e-50))
    values = np.transpose(binned(values), (1, 0, 2))
    quadrature = len(like["QUADRATURE"].data)
    values = np.repeat(values[..., None], quadrature, axis=3).astype("f4")
    fits.HDUList([
        fits.PrimaryHDU(header=header(like[0], "H2O")), like["QUADRATURE"], like["BINS"],
        axis(like["TEMPERATURE"], np.array(source["AXIS_T"].data, float), "TEMPERATURE"),
        axis(like["PRESSURE"], np.array(source["AXIS_P"].data, float), "PRESSURE"), image(values, "LNK", like["LNK"]),
    ]).writeto(f"{output}/H2O.fits", overwrite=True, checksum=True)
    for pair, name in (("H2-H2", "H2-H2"), ("H2-HE", "H2-He")):
        like = fits.open(f"{shipped}/{name}.fits")
        values = binned(np.log(np.maximum(np.array(source[f"CIA_{pair}_SIGMA"].data, float) * 1e-10, 1e-80)))
        fits.HDUList([
            fits.PrimaryHDU(header=header(like[0])), like["BINS"],
            axis(like["TEMPERATURE"], np.array(source[f"CIA_{pair}_T"].data, float), "TEMPERATURE"),
            image(values.astype("f4"), "LNKAPPA", like["LNKAPPA"]),
        ]).writeto(f"{output}/{name}.fits", overwrite=True, checksum=True)


def taurex_model(reference):
    import taurex.log
    taurex.log.disableLogging()
    from astropy.io import fits
    from taurex.cache import CIACache, OpacityCache
    from taurex.chemistry import ConstantGas, TaurexChemistry
    from taurex.cia.cia import CIA
    from taurex.contributions import AbsorptionContribution, CIAContribution, RayleighContribution, SimpleCloudsContribution
    from taurex.model import TransmissionModel
    from taurex.opacity.interpolateopacity import InterpolatingOpacity
    from taurex.planet import Planet
    from taurex.stellar import BlackbodyStar
    from taurex.temperature import Isothermal
    source = fits.open(reference)
    axes = {name: np.array(source["AXIS_" + name].data, float) for name in ("WN", "T", "P")}

    class Water(InterpolatingOpacity):
        def __init__(self):
            super().__init__("water")
            self.sections = np.array(source["H2O"].data, float)
        moleculeName = property(lambda self: "H2O")
        xsecGrid = property(lambda self: self.sections)
        wavenumberGrid = property(lambda self: axes["WN"])
        temperatureGrid = property(lambda self: axes["T"])
        pressureGrid = property(lambda self: axes["P"])
        resolution = property(lambda self: 100)

    class Pair(CIA):
        def __init__(self, pair):
            super().__init__("pair " + pair, pair)
            self.temperatures = np.array(source[f"CIA_{pair.upper()}_T"].data, float)
            self.sections = np.array(source[f"CIA_{pair.upper()}_SIGMA"].data, float)
        wavenumberGrid = property(lambda self: axes["WN"])
        temperatureGrid = property(lambda self: self.temperatures)

        def compute_cia(self, temperature):
            t, all = np.clip(temperature, self.temperatures[0], self.temperatures[-1]), self.temperatures
            i = min(max(np.searchsorted(all, t, side="right") - 1, 0), len(all) - 2)
            share = (t - all[i]) / (all[i + 1] - all[i])
            return (1 - share) * self.sections[i] + share * self.sections[i + 1]

        def cia(self, temperature, wngrid=None):
            values = self.compute_cia(temperature) * 1e-10
            return values if wngrid is None else np.interp(wngrid, axes["WN"], values)

    OpacityCache().add_opacity(Water())
    for pair in ("H2-H2", "H2-He"): CIACache().add_cia(Pair(pair))
    chemistry = TaurexChemistry(fill_gases=["H2", "He"], ratio=0.172)
    chemistry.addGas(ConstantGas("H2O", 3e-4))
    model = TransmissionModel(
        planet=Planet(planet_mass=0.69, planet_radius=1.35), star=BlackbodyStar(temperature=6070, radius=1.16),
        temperature_profile=Isothermal(1200), chemistry=chemistry, atm_min_pressure=1e-4, atm_max_pressure=1e6, nlayers=100)
    for part in (AbsorptionContribution(), CIAContribution(cia_pairs=["H2-H2", "H2-He"]), RayleighContribution(),
                 SimpleCloudsContribution(clouds_pressure=3e3)):
        model.add_contribution(part)
    model.build()
    model.model(wngrid=None)
    return model


def observed(rows):
    from taurex.data.spectrum.array import ArraySpectrum
    return ArraySpectrum(rows)


def spectrum(reference, output):
    edges = np.linspace(1.12, 1.65, 27)
    centres, widths = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    points = observed(np.column_stack([centres, np.zeros(26), np.full(26, 5e-5), widths]))
    depths = points.create_binner().bin_model(taurex_model(reference).model())[1]
    depths = depths + 5e-5 * np.random.default_rng(3).normal(size=26)
    rows = np.column_stack([points.wavelengthGrid, depths, np.full(26, 5e-5), np.full(26, widths[0])])
    np.savetxt(output, rows[np.argsort(rows[:, 0])], header="EXOKIND = transmission\nwavelength_um depth error width_um")


def run(reference, path, output, seed=1):
    from taurex.optimizer.nestle import NestleOptimizer
    np.random.seed(int(seed))
    model = taurex_model(reference)
    sampler = NestleOptimizer(num_live_points=200, method="multi", tol=0.5)
    sampler.set_model(model)
    sampler.set_observed(observed(np.loadtxt(path)[::-1]))
    for name, bounds in (("planet_radius", RADII), ("T", TEMPERATURES), ("H2O", GAS), ("clouds_pressure", TOPS)):
        sampler.enable_fit(name)
        sampler.set_boundary(name, list(bounds))
    calls, compute = [0], model.model
    def counted(*arguments, **options):
        calls[0] += 1
        return compute(*arguments, **options)
    model.model = counted
    wall, processor = time.perf_counter(), time.process_time()
    sampler.fit()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    np.savez(output, samples=sampler.get_samples(0), weights=sampler.get_weights(0), wall=wall, processor=processor, calls=calls[0])
    print(f"{wall:.1f} s ({processor:.1f} s of the processor), {calls[0]} model calls, {len(sampler.get_weights(0))} samples")


def quantiles(values, weights):
    order = np.argsort(values)
    cumulated = np.cumsum(weights[order]) - weights[order] / 2
    return np.interp([.025, .16, .5, .84, .975], cumulated / weights.sum(), values[order])


def compare(theirs, *paths):
    theirs = np.load(theirs)
    names = ["planetRadius", "temperature", "log10H2O", "cloudTop"]
    samples = theirs["samples"].copy()
    samples[:, 3] -= 5  # log10 Pa to bar
    weights = theirs["weights"]
    print(f"TauREx: {float(theirs['wall']):.1f} s, {int(theirs['calls'])} model calls, ESS "
          f"{weights.sum() ** 2 / (weights ** 2).sum():.0f}")
    told = [quantiles(samples[:, i], weights) for i in range(4)]
    for path in paths:
        ours = json.load(open(path))
        rows = np.array(ours["rows"])[:, [ours["keys"].index(name) for name in names]]
        radius, temperature = rows[:, 0] / 7.1492e7, rows[:, 1]
        inside = ((radius > RADII[0]) & (radius < RADII[1]) & (temperature > TEMPERATURES[0])
                  & (temperature < TEMPERATURES[1]) & (rows[:, 3] < np.log10(TOPS[1]) - 5))
        rows[:, 0] = radius
        moved = np.array(ours["weights"]) * inside * radius * temperature
        moved /= moved.sum()
        print(f"{path}: {ours['seconds']:.3f} s, {ours['spectra']} forward models, ESS {ours['effectiveSampleSize']:.0f}, "
              f"to TauREx's prior {1 / (moved ** 2).sum():.0f}")
        for name, (a, b, c, d, e), column in zip(names, told, rows.T):
            p, q, r, s, t = quantiles(column, moved)
            print(f"  {name:14s} TauREx {c:9.4f} (-{c - b:.4f} +{d - c:.4f})  ours {r:9.4f}  {2 * (r - c) / (d - b):+5.2f} sd  "
                  f"width {(s - q) / (d - b):4.2f}  95 % {(t - p) / (e - a):4.2f}")


if __name__ == "__main__":
    dict(tables=tables, spectrum=spectrum, run=run, compare=compare)[sys.argv[1]](*sys.argv[2:])
