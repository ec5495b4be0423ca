#!/usr/bin/env python3
"""Writes the HDF5 files of this folder: python3 cross_sections.py   (needs h5py, numpy)."""
import h5py
import numpy as np

EDGES = 0.3 * 1.01 ** np.arange(401)  # um
T = [1000.0, 500.0, 2000.0]  # not in order, as a file may have them
P = [1e-6, 1e-2, 10.0]  # bar


def shape(x):
    """Cross-section in cm2 at x bins from 0.3 um, 1000 K and 1 bar: seven peaks a bin over three decades."""
    return 1e-21 * np.exp(3.5 * np.cos(2 * np.pi * 7 * x) + 0.8 * np.sin(2 * np.pi * 0.3 * x))


def good(samples=60, first=154, count=4):
    """`samples` points in each of `count` bins from bin `first`, in ascending wavenumber."""
    x = first + (np.arange(samples * count) + 0.5) / samples
    nu = (1e4 / (0.3 * 1.01**x))[::-1]
    row = shape(x)[::-1]
    sigma = np.array([[row * (t / 1000) ** 2 * p**0.1 for t in T] for p in P])
    return dict(bin_edges=nu, t=np.array(T), p=np.array(P), xsecarr=sigma, mol_name=b"HCN", DOI=b"10.0/made-up")


def write(name, data, unit="bar", drop=()):
    with h5py.File(name + ".h5", "w") as f:
        for key, value in data.items():
            if key not in drop:
                f.create_dataset(key, data=value)
        if unit is not None and "p" in f:
            f["p"].attrs["units"] = unit


write("distribution", good())
coarse = good()
centres = (1e4 / (0.5 * (EDGES[1:] + EDGES[:-1])))[::-1]
coarse.update(bin_edges=centres, xsecarr=np.array([[1e-22 * (1 + np.arange(400)) * t * p for t in T] for p in P]))
with h5py.File("bins.h5", "w") as f:
    for key in ("bin_edges", "t", "p", "xsecarr"):
        kw = dict(compression="gzip", chunks=(2, 2, 100)) if key == "xsecarr" else {}
        f.create_dataset(key, data=coarse[key], **kw)
    f.create_dataset("mol_name", data=["H2O"], dtype=h5py.string_dtype())
    f["p"].attrs["units"] = "Pa"

# What must be refused: a small file each.
small = good(samples=2)
for key in ("xsecarr", "bin_edges", "t", "p", "mol_name"):
    write("no-" + key, small, drop=(key,))
write("no-unit", small, unit=None)
write("odd-unit", small, unit="furlong")
write("wrong-shape", small | dict(xsecarr=small["xsecarr"].transpose(1, 0, 2)[:, :2]))
write("edges", small | dict(bin_edges=np.append(small["bin_edges"], 1e5)))
write("isotopologue", small | dict(mol_name=b"1H2-16O"))
negative = small["xsecarr"].copy()
negative[1, 2, 3] = -1e-25
write("negative", small | dict(xsecarr=negative))
notanumber = small["xsecarr"].copy()
notanumber[0, 0, 0] = np.nan
write("nan", small | dict(xsecarr=notanumber))
write("microns", small | dict(bin_edges=1e4 / small["bin_edges"][::-1]))
write("twice", small | dict(t=np.array([500.0, 500.0, 900.0])))
write("texts", small | dict(xsecarr=np.full((3, 3, 8), b"a")))
write("k-table", small | dict(kcoeff=np.zeros((1, 1, 1, 1))), drop=("xsecarr",))
with h5py.File("huge.h5", "w") as f:  # declares 8e15 numbers and holds none
    for key in ("t", "p", "mol_name"):
        f.create_dataset(key, data=small[key])
    f["p"].attrs["units"] = "bar"
    f.create_dataset("bin_edges", shape=(2_000_000_000,), chunks=(1000,), dtype="f8")
    f.create_dataset("xsecarr", shape=(3, 3, 2_000_000_000), chunks=(1, 1, 1000), dtype="f8")
with h5py.File("huge-chunk.h5", "w") as f:
    for key in ("t", "p", "mol_name", "bin_edges"):
        f.create_dataset(key, data=small[key])
    f["p"].attrs["units"] = "bar"
    f.create_dataset("xsecarr", shape=(3, 3, 8), maxshape=(None, None, None), chunks=(40, 40, 40_000), dtype="f8")
