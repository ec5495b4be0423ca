#!/usr/bin/env python3
"""Fits laws of level, width and skew of the k-distributions of H2O, CO2 and CH4 in temperature and pressure; writes
them for `exospool-lab opacity recover --shapes` and prints what they agree with.

  pip install numpy scipy astropy
  pip download --no-deps nemesispy==0.0.10 && unzip nemesispy-0.0.10-py3-none-any.whl
  python3 fit-shapes.py opacity_1500K.fits temperature_law.fits band_moments.csv nemesispy/data/ktables laws/shapes.fits

What is recovered at 1500 K gives each bin's mean of ln k and skew at any pressure, and its ln of the mean where spectra
see it (at the pressure where the mean of ln k makes a chord opaque). With d = ln of the mean - mean of ln,

  ln of the mean (T)   = recovered + temperature law + LEVEL(T, bin)
  d(T, p)              = softplus(y), y = softplus^-1(d(1500 K, p)) + WIDTH(T, p, bin) + COUPLING(T, p) clip(y0 - 1, -3, 3)
  rho(T, p)            = rho(1500 K, p) + SKEW(T, p), within +-0.24
  ln k_g               = ln of the mean - ln <e^v> + v_g,  v_g = a (q_g + rho (q_g^2 - 1)), a such that ln <e^v> - <v> = d

WIDTH is linear in ln wavelength between knots (middles of the bands, and every 0.035 um from 1.1 to 1.65 um), a natural
cubic spline in ln T and log p between nodes; LEVEL is such a function plus another times the bin's contrast to its
surroundings. k grows with g at |rho| < 0.243. Pressures are those at the tangent point of a chord: sqrt 2 those at which
a layer has the same k.

Fitted to: band_moments.csv (mean of ln, ln of the mean at 0.1 bar, sd) at FIT_TEMPERATURES and BAND_PRESSURES; k-tables
of nemesispy 0.0.10 (WFC3 channels; ln of the mean, mean of ln, sd) at NEMESIS_TEMPERATURES and NEMESIS_PRESSURES. Printed: the
band moments at 0.01 bar, which is fitted at no temperature, and the k-tables at temperatures and a pressure left out.
H2O at 1500 K stays as recovered: its laws are zero there.
"""
import csv
import sys

import numpy as np
from astropy.io import fits
from scipy.interpolate import CubicSpline, RegularGridInterpolator

GASES = ["H2O", "CO2", "CH4"]
FIT_TEMPERATURES = [300.0, 500, 700, 1100, 1500, 1900, 2700]
FIT_PRESSURES = [1.0, 1e2, 1e3, 1e4, 1e5]  # nodes, Pa at the tangent point
BAND_PRESSURES = [1.0, 1e2, 1e4, 1e5]  # Pa, of a layer
NEMESIS_TEMPERATURES = [400.0, 700, 1000, 1450, 1900, 2500]
NEMESIS_PRESSURES = [1.0, 1e2, 1e3, 1e4, 3e4, 7.07e4]
# Axes of the tables.
TEMPERATURES = [300.0, 350, 400, 450, 500, 575, 650, 750, 850, 1000, 1150, 1300, 1500, 1700, 1950, 2250, 2600, 3000]
PRESSURES = [10 ** (0.5 * i) for i in (0, 2, 3, 4, 5, 6, 7, 8, 9, 10)]
SPITZER = [(3.16, 4.08), (4.08, 5.04)]  # um, found (NemesisComparison.swift)
ERROR_RANGES = [(300, 600), (600, 1000), (1000, 1700), (1700, 3000)]
HIGHEST_SKEW, LEAST_DEFICIT = 0.24, 0.03
FLOOR = np.log(1e-44)
# Bins of CH4 (from the short end) that TauREx 2's own table has a hole in, between 985 and 1004 cm-1.
HOLES = {"CH4": (352, 353)}

EDGES = 0.3 * 1.01 ** np.arange(401)
LOGW = np.log(0.5 * (EDGES[1:] + EDGES[:-1]))


def softplus(y):
    return np.logaddexp(0, y)


def inverse_softplus(d):
    return d + np.log(-np.expm1(-d))


class Shape:
    """v_g by deficit and skew."""

    def __init__(self, q, weights):
        self.q, self.w = q, weights
        d = np.concatenate([[0], np.geomspace(1e-3, 16, 120)])
        rho = np.linspace(-HIGHEST_SKEW, HIGHEST_SKEW, 25)
        dd, rr = np.meshgrid(d, rho, indexing="ij")
        v = self.values(dd, rr)
        variance = v**2 @ self.w - (v @ self.w) ** 2
        self.table = RegularGridInterpolator((d, rho), variance)

    def values(self, d, rho):
        unit = self.q + rho[..., None] * (self.q**2 - 1)
        low, high = np.zeros_like(d), np.full_like(d, 60)
        for _ in range(50):
            a = 0.5 * (low + high)
            v = a[..., None] * unit
            less = np.log(np.exp(v - v.max(-1, keepdims=True)) @ self.w) + v.max(-1) - v @ self.w < d
            low, high = np.where(less, a, low), np.where(less, high, a)
        return 0.5 * (low + high)[..., None] * unit

    def variance(self, d, rho):
        """And its derivatives by deficit and skew."""
        d = np.clip(d, 0, 15.9)
        value = self.table((d, rho))
        up, down = np.clip(rho + 0.01, None, HIGHEST_SKEW), np.clip(rho - 0.01, -HIGHEST_SKEW, None)
        return value, (self.table((d + 0.05, rho)) - value) / 0.05, (self.table((d, up)) - self.table((d, down))) / 0.02


class Nemesis:
    """A .kta table: ln k, cm2, channels x pressures x temperatures x g."""

    def __init__(self, path):
        words = open(path, "rb").read()
        i, f = np.frombuffer(words, "<i4"), np.frombuffer(words, "<f4").astype(float)
        start, channels, pressures, temperatures, points = i[0] - 1, i[1], i[5], i[6], i[7]
        parts = np.split(f[10 : 10 + 2 * points + 2 + pressures + temperatures + channels],
                         np.cumsum([points, points, 2, pressures, temperatures]))
        self.w, self.p, self.t, self.wavelengths = parts[1], parts[3] * 101325, parts[4], parts[5]
        k = f[start : start + channels * pressures * temperatures * points] * 1e-20
        self.lnk = np.log(np.maximum(k, 1e-60)).reshape(channels, pressures, temperatures, points)

    def at(self, t, p):
        i = np.clip(np.searchsorted(self.t, t) - 1, 0, len(self.t) - 2)
        j = np.clip(np.searchsorted(self.p, p) - 1, 0, len(self.p) - 2)
        f = (1 / t - 1 / self.t[i]) / (1 / self.t[i + 1] - 1 / self.t[i])
        h = np.log(p / self.p[j]) / np.log(self.p[j + 1] / self.p[j])
        a = self.lnk[:, j] * (1 - h) + self.lnk[:, j + 1] * h
        return a[:, i] * (1 - f) + a[:, i + 1] * f

    def moments(self, t, p, channel):
        """ln of the mean, mean of ln, sd; the last two are nan where part of the channel has no lines."""
        lnk = self.at(t, p)[channel]
        mean = lnk @ self.w
        sd = np.sqrt(self.w @ (lnk - mean) ** 2)
        return (np.log(np.exp(lnk) @ self.w), mean, sd) if lnk[0] > -80 else (np.log(np.exp(lnk) @ self.w), np.nan, np.nan)


def triangle(wavelength):
    """Shares of the bins in a WFC3 channel of nemesispy (NemesisComparison.swift)."""
    distance = 0.0325 * (2 * (np.arange(2000) + 0.5) / 2000 - 1)
    place = wavelength - 0.006 + distance
    shares = np.zeros(400)
    np.add.at(shares, np.floor(np.log(place / 0.3) / np.log(1.01)).astype(int), (1 - abs(distance) / 0.0325) / place**2)
    return shares / shares.sum()


def box(low, high):
    """Shares of the bins in a band, in wavenumber."""
    a, b = np.maximum(EDGES[:-1], low), np.minimum(EDGES[1:], high)
    shares = np.where(b > a, 1 / a - 1 / np.maximum(b, a), 0)
    return shares / shares.sum()


class Gas:
    def __init__(self, name, level, law, moments, nemesis, shape):
        self.name, self.shape, self.nemesis, self.fixed = name, shape, nemesis, name == "H2O"
        data = level[name].data
        self.c = np.zeros((3, 3, 400))
        for n in range(3):
            for m in range(3):
                if f"C{n}_{m}" in data.names:
                    self.c[n, m] = data[f"C{n}_{m}"][::-1]
        if name in HOLES:
            first, last = HOLES[name][0] - 1, HOLES[name][-1] + 1
            for b in HOLES[name]:
                f = (b - first) / (last - first)
                self.c[:, :, b] = (1 - f) * self.c[:, :, first] + f * self.c[:, :, last]
        self.axis = law["TEMPERATURE"].data["TEMPERATURE"].astype(float)
        self.ratios = law[name].data.astype(float)[:, ::-1]
        self.bands = {k: v for k, v in moments.items() if min(k[1], 16) > 0.31}
        self.band_shares = {k: box(max(k[0], 0.3), min(k[1], 16)) for k in self.bands}
        self.channels = [triangle(w) for w in nemesis.wavelengths[:15]]

        middles = sorted(0.5 * np.log(max(a, 0.3) * min(b, 16)) for a, b in self.bands)
        fine = [m for m in middles if not np.log(1.05) < m < np.log(1.75)]
        fine += list(np.log([0.95, 1.06, 1.72, 1.9])) + list(np.log(nemesis.wavelengths[:15] - 0.006))
        self.knots = np.array(sorted(fine))
        hats = lambda knots: np.array([np.interp(LOGW, knots, e) for e in np.eye(len(knots))]).T
        self.fine, self.coarse = hats(self.knots), hats(np.array(middles))
        mean, logs, _ = self.recovered(1e3)
        kernel = np.exp(-0.5 * ((LOGW[:, None] - LOGW) / 0.1) ** 2)
        self.contrast = np.clip(mean - kernel @ mean / kernel.sum(1), -6, 6)
        seen = np.clip(1e3 * np.exp(-55 - logs), 1, 3e4)
        self.mean = np.array([self.recovered(p)[0][b] for b, p in enumerate(seen)])

        nt, np_ = len(FIT_TEMPERATURES), len(FIT_PRESSURES)
        self.sizes = {
            "width": (len(self.knots), nt, np_), "coupling": (nt, np_), "skew": (nt, np_),
            "level": (len(self.knots), nt), "tilt": (len(middles), nt)}
        self.free = {}
        for key, size in self.sizes.items():
            free = np.ones(size, bool)
            if self.fixed:
                free[(slice(None), 4) if len(size) == 3 or key in ("level", "tilt") else 4] = False
            self.free[key] = free
        self.count = sum(f.sum() for f in self.free.values())
        self.bases = {}
        self.rows = self.regularisation()

    def recovered(self, p):
        """ln of the mean, mean of ln, skew at 1500 K."""
        phi = np.array([1, np.log10(1 + p / 1e3) / 3, np.log10(1 + p / 10) / 5])
        a = np.einsum("nmb,m->nb", self.c, phi)
        q, w = self.shape.q, self.shape.w
        lnk = np.stack([np.ones(8), q, q * q - 1]).T @ a
        rho = np.clip(a[2] / np.maximum(abs(a[1]), 1e-3), -HIGHEST_SKEW, HIGHEST_SKEW)
        return np.log(w @ np.exp(lnk)), w @ lnk, rho

    def ratio(self, t):
        i = np.clip(np.searchsorted(self.axis, t) - 1, 0, len(self.axis) - 2)
        f = (1 / t - 1 / self.axis[i]) / (1 / self.axis[i + 1] - 1 / self.axis[i])
        return self.ratios[i] * (1 - f) + self.ratios[i + 1] * f

    def unpack(self, vector):
        parts, place = {}, 0
        for key, size in self.sizes.items():
            parts[key] = np.zeros(size)
            n = self.free[key].sum()
            parts[key][self.free[key]] = vector[place : place + n]
            place += n
        return parts

    def pack(self, parts):
        return np.concatenate([parts[key][self.free[key]] for key in self.sizes])

    @staticmethod
    def weights(t, p):
        x = np.log(np.array(FIT_TEMPERATURES))
        y = np.log10(np.array(FIT_PRESSURES))
        return (CubicSpline(x, np.eye(len(x)), bc_type="natural")(np.clip(np.log(t), x[0], x[-1])),
                CubicSpline(y, np.eye(len(y)), bc_type="natural")(np.clip(np.log10(p), 0, 5)))

    def state(self, parts, t, p):
        """ln of the mean, deficit, skew in all bins, and what their derivatives need."""
        if p not in self.bases:
            _, logs, rho = self.recovered(p)
            self.bases[p] = np.maximum(self.mean - logs, LEAST_DEFICIT), rho
        d0, rho0 = self.bases[p]
        tw, pw = self.weights(t, p)
        y0 = inverse_softplus(d0)
        coupled = np.clip(y0 - 1, -3, 3)
        h = self.fine @ ((parts["width"] @ pw) @ tw) + (tw @ parts["coupling"] @ pw) * coupled
        d = softplus(y0 + h)
        rho = np.clip(rho0 + tw @ parts["skew"] @ pw, -HIGHEST_SKEW, HIGHEST_SKEW)
        return self.mean + self.ratio(t) + self.level(parts, tw), d, rho, (tw, pw, coupled)

    def level(self, parts, tw):
        return self.fine @ (parts["level"] @ tw) + (self.coarse @ (parts["tilt"] @ tw)) * self.contrast

    def regularisation(self):
        """Priors as rows of a matrix: differences between knots and nodes, and the values, over their scales."""
        apart = np.sqrt(np.minimum(np.diff(self.knots), 0.4) / 0.4)
        decades = np.diff(np.log10(FIT_PRESSURES))
        columns = []
        for unit in np.eye(self.count):
            s = self.unpack(unit)
            w, c, k, l, t = (s[key] for key in ("width", "coupling", "skew", "level", "tilt"))
            columns.append(np.concatenate([a.ravel() for a in (
                np.diff(w, axis=0) / (1.5 * apart[:, None, None]), np.diff(w, 2, axis=1),
                np.diff(np.diff(w, axis=2) / decades, axis=2), w / 6,
                np.diff(c, 2, axis=0) / 0.3, c, k / 0.15, np.diff(k, axis=0) / 0.1, np.diff(k, axis=1) / 0.1,
                l / 0.6, np.diff(l, 2, axis=1) / 0.2, np.diff(l, axis=0) / (0.5 * apart[:, None]),
                t / 0.15, np.diff(t, 2, axis=1) / 0.1, np.diff(t, axis=0) / 0.2)]))
        return np.stack(columns, 1)

    def targets(self):
        """(T, p of a layer, shares, ln of the mean, mean of ln, sd, their scales); nan where there is none."""
        for t in FIT_TEMPERATURES:
            for p in BAND_PRESSURES:
                for band, rows in self.bands.items():
                    # The band of H2O beyond 8.7 um reaches to 20 um, where it is far stronger than to 16 um.
                    if (t, p) not in rows or (self.fixed and band[1] > 16):
                        continue
                    mean, logs, sd = rows[t, p]
                    if mean < np.log(1e-28) or logs < -92:
                        continue
                    pressure = p
                    if p == 1e5:  # Where k is held: sqrt 2 lower.
                        _, logs1, sd1 = rows[t, 1e4]
                        pressure, logs, sd = 1e5 / 2**0.5, 0.85 * logs + 0.15 * logs1, 0.85 * sd + 0.15 * sd1
                    weight = 1 if mean > np.log(1e-25) else 0.3
                    # Below 0.1 bar the eight points of the reference miss line cores.
                    scale = 0.1 if t >= 500 else 0.3
                    yield (t, pressure, self.band_shares[band], mean if p == 1e4 else np.nan, logs, sd,
                           scale / weight, 0.1 / weight, 0.4 / weight)
        for t in NEMESIS_TEMPERATURES:
            for p in NEMESIS_PRESSURES:
                for channel, shares in enumerate(self.channels):
                    mean, logs, sd = self.nemesis.moments(t, p, channel)
                    if mean > np.log(1e-25):
                        yield t, p, shares, mean, logs, sd, 0.1, 0.05, 0.1

    def residuals(self, vector):
        parts, out, jacobian, states = self.unpack(vector), [], [], {}

        def add(value, by_mean, by_deficit, by_skew, state, scale):
            (tw, pw, coupled), slope, skewed = state
            both, h = np.outer(tw, pw), by_deficit * slope
            out.append(value / scale)
            jacobian.append(self.pack({
                "width": (h @ self.fine)[:, None, None] * both, "coupling": (h @ coupled) * both,
                "skew": (by_skew * skewed).sum() * both, "level": (by_mean @ self.fine)[:, None] * tw,
                "tilt": ((by_mean * self.contrast) @ self.coarse)[:, None] * tw}) / scale)

        nothing = np.zeros(400)
        for t, p, shares, mean, logs, sd, s1, s2, s3 in self.known:
            if (t, p) not in states:
                m, d, rho, weights = self.state(parts, t, min(p * 2**0.5, 1e5))
                variance = self.shape.variance(d, rho)
                states[t, p] = m, m - d, variance, (weights, -np.expm1(-d), abs(rho) < HIGHEST_SKEW - 1e-9)
            m, e, (var, by_d, by_rho), state = states[t, p]
            if np.isfinite(mean):
                top = np.exp(m - m.max()) * shares
                add(np.log(top.sum()) + m.max() - mean, top / top.sum(), nothing, nothing, state, s1)
            if np.isfinite(logs):
                ours = e @ shares
                width = np.sqrt(shares @ ((e - ours) ** 2 + var))
                by_e = shares * (e - ours) / width
                add(ours - logs, shares, -shares, nothing, state, s2)
                add(width - sd, by_e, -by_e + shares * by_d / (2 * width), shares * by_rho / (2 * width), state, s3)
        return np.concatenate([out, self.rows @ vector]), np.vstack([jacobian, self.rows])

    def fit(self):
        """Levenberg and Marquardt, from zero."""
        self.known = list(self.targets())
        vector, damping = np.zeros(self.count), 0.01
        r, jacobian = self.residuals(vector)
        for _ in range(30):
            normal, gradient = jacobian.T @ jacobian, jacobian.T @ r
            while damping < 1e6:
                step = np.linalg.solve(normal + damping * np.diag(np.diag(normal)), gradient)
                tried, tried_jacobian = self.residuals(vector - step)
                if tried @ tried < r @ r:
                    break
                damping *= 5
            gain = r @ r - tried @ tried
            if gain <= 0:
                break
            vector, r, jacobian, damping = vector - step, tried, tried_jacobian, damping / 4
            if gain < 1e-3 * (r @ r):
                break
        self.parts = self.unpack(vector)

    def compare(self, t, p, shares, tangent):
        """ln of the mean and mean of ln over shares of bins."""
        m, d, rho, _ = self.state(self.parts, t, min(p * (2**0.5 if tangent else 1), 1e5))
        v = self.shape.values(d, rho)
        lnk = np.maximum(m[:, None] - np.log(np.exp(v) @ self.shape.w)[:, None] + v, FLOOR)
        return np.log(shares @ (np.exp(lnk) @ self.shape.w)), shares @ (lnk @ self.shape.w)

    def report(self):
        cell = lambda x: f"{np.median(abs(x)):.2f} {np.quantile(abs(x), 0.9):.2f} ({np.median(x):+.2f})"
        print(self.name, "median, p90 (signed) of ln of the mean | mean of ln")
        for t in (700.0, 900, 1100, 1500, 1900):
            rows = [np.subtract(self.compare(t, 1e3, self.band_shares[b], False), r[t, 1e3][:2])
                    for b, r in self.bands.items() if (t, 1e3) in r and r[t, 1e3][0] > np.log(1e-25)]
            print(f"  {t:.0f} K, bands at 0.01 bar:", " | ".join(cell(x) for x in np.transpose(rows)))
        for t in (550.0, 850, 1150, 1600, 2050):
            rows = np.array([np.subtract(self.compare(t, 3e3, s, True), m[:2]) for s, m in
                             ((s, self.nemesis.moments(t, 3e3, c)) for c, s in enumerate(self.channels)) if m[0] > np.log(1e-25)])
            print(f"  {t:.0f} K, WFC3 channels at 3 kPa:", " | ".join(cell(x[np.isfinite(x)]) for x in rows.T))

    def errors(self):
        """Rows (um, um, K, K, ln of the mean, mean of ln): rms against what was not fitted, with 0.05 for the references;
        the channels of WFC3 count in the bands they lie in. Those of Spitzer, to which nothing is fitted, are the least that is
        stated in the bands they share 0.3 um with. 1 where nothing is known. The band of H2O beyond 8.7 um reaches
        to 20 um, of which ours has the weaker part: the mean of ln, which suffers less, bounds both."""
        for (low, high), rows in sorted(self.bands.items()):
            for t0, t1 in ERROR_RANGES:
                first, second = [], []
                for (t, p), row in rows.items():
                    if not t0 <= t <= t1 or row[1] < -92 or not (p == 1e3 or (p == 1e4 and t not in FIT_TEMPERATURES)):
                        continue
                    ours = self.compare(t, p, self.band_shares[low, high], True)
                    second.append(ours[1] - row[1])
                    first.append(ours[0] - rows[t, 1e4][0])
                for t in (550.0, 850, 1150, 1600, 2050):
                    for channel, shares in enumerate(self.channels):
                        if t0 <= t <= t1 and low < self.nemesis.wavelengths[channel] < high:
                            mean, logs, _ = self.nemesis.moments(t, 3e3, channel)
                            if mean > np.log(1e-25) and np.isfinite(logs):
                                ours = self.compare(t, 3e3, shares, True)
                                first.append(ours[0] - mean)
                                second.append(ours[1] - logs)
                spitzer = np.array([row for row in self.spitzer(low, high) if t0 <= row[0] <= t1]).reshape(-1, 3)
                rms = lambda x: np.sqrt(np.mean(np.square(x)) + 0.05**2) if len(x) else 1.0
                if self.fixed and high > 16:
                    first = second
                first, second = rms(first), rms(second)
                if len(spitzer):
                    first, second = max(first, rms(spitzer[:, 1])), max(second, rms(spitzer[:, 2]))
                yield max(low, 0.3), min(high, 16), t0, t1, round(first, 2), round(second, 2)

    def spitzer(self, low, high):
        """Rows (K, ours less theirs in ln of the mean, in the mean of ln) of the channels of Spitzer that share 0.3 um with a
        band, boxes as in NemesisComparison.swift."""
        for channel, wavelength in enumerate(self.nemesis.wavelengths):
            for a, b in SPITZER:
                if a < wavelength < b and min(b, high) - max(a, low) > 0.3:
                    for t in (550.0, 700, 850, 1000, 1150, 1600, 2050, 2500):
                        mean, logs, _ = self.nemesis.moments(t, 3e3, channel)
                        if mean > np.log(1e-25) and np.isfinite(logs):
                            ours = self.compare(t, 3e3, box(a, b), True)
                            yield t, ours[0] - mean, ours[1] - logs


def read_moments(path, gas):
    bands = {}
    for row in csv.DictReader(open(path)):
        if row["molecule"] == gas:
            band = float(row["wavelength_min_um"]), float(row["wavelength_max_um"])
            state = float(row["temperature_K"]), round(float(row["pressure_bar"]) * 1e5, 6)
            bands.setdefault(band, {})[state] = tuple(
                float(row[c]) for c in ("ln_of_mean_cm2", "mean_of_ln_cm2", "sd_of_ln"))
    return bands


def table(name, **columns):
    return fits.BinTableHDU.from_columns([fits.Column(k, "D", array=np.array(v)) for k, v in columns.items()], name=name)


def main(level_path, law_path, moments_path, ktables, output):
    level, law = fits.open(level_path), fits.open(law_path)
    shape = Shape(level["QUADRATURE"].data["Q"].astype(float), level["QUADRATURE"].data["WEIGHT"].astype(float))
    primary = fits.PrimaryHDU()
    for line in __doc__.split("\n\n", 2)[2].splitlines() + [
            "Numbers of this project. Fitted to averages of published k-tables (ELeeAstro/Exo-FMS_column_ck) and to those",
            "of nemesispy 0.0.10 (BSD-3)."]:
        primary.header["COMMENT"] = line
    units = [primary, table("TEMPERATURE", TEMPERATURE=TEMPERATURES), table("PRESSURE", PRESSURE=PRESSURES)]
    for name in GASES:
        gas = Gas(name, level, law, read_moments(moments_path, name), Nemesis(f"{ktables}/{name.lower()}.kta"), shape)
        gas.fit()
        gas.report()
        weights = [[gas.weights(t, p) for p in PRESSURES] for t in TEMPERATURES]
        image = lambda key, values: fits.ImageHDU(np.array(values, "f4"), name=f"{name}_{key}")
        units += [
            table(f"{name}_BINS", LNMEAN=gas.mean), table(f"{name}_KNOTS", WAVELENGTH=np.exp(gas.knots)),
            image("LEVEL", [gas.level(gas.parts, row[0][0]) for row in weights]),
            image("WIDTH", [[(gas.parts["width"] @ pw) @ tw for tw, pw in row] for row in weights]),
            image("COUPLING", [[tw @ gas.parts["coupling"] @ pw for tw, pw in row] for row in weights]),
            image("SKEW", [[tw @ gas.parts["skew"] @ pw for tw, pw in row] for row in weights]),
            table(f"{name}_ERROR", **dict(zip(("LOW", "HIGH", "TLOW", "THIGH", "LNMEAN", "MEANLN"), zip(*gas.errors()))))]
    fits.HDUList(units).writeto(output, overwrite=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
