"""check.py PROGRAM [FOLDER]: runs `PROGRAM analyze` on every file of expected.csv and compares (needs numpy, astropy).

Beside the numbers: `alternative`, the other outcome that is right as well (`read:` a flag or a word of a remark, `refuse:`
words); `words` that the sentence of a refusal holds, or with `!` does not; `flags` of the result; OBJECT; RSTAR.
"""
import csv, glob, json, os, shutil, subprocess, sys, tempfile
from astropy.io import fits


def close(a, b, tolerance):
    return abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-300)


def outcome(program, path):
    """What came of a file: a sentence, or what was read."""
    folder = tempfile.mkdtemp()
    try:
        run = subprocess.run(
            [program, "analyze", "--retrieval-spectra", "0", "--output", folder, path], capture_output=True, text=True)
        results = glob.glob(folder + "/*/result.fits")
        if run.returncode not in (0, 65):
            return {"crash": run.returncode}
        if not results:
            return {"refused": run.stderr.strip().split(": ", 2)[-1]}
        header = fits.getheader(results[0])
        table = fits.getdata(results[0], "SPECTRUM")
        summary = json.load(open(os.path.dirname(results[0]) + "/summary.json"))["spectrum"]
        value = "DEPTH" if "DEPTH" in table.names else "FLUX"
        return {
            "kind": header["EXOKIND"], "min": table["WAVELENGTH"].min(), "max": table["WAVELENGTH"].max(),
            "n": len(table), "value": table[value][0],
            "up": table["ERROR_UP"][0] if "ERROR_UP" in table.names else None,
            "lo": table["WAVE_MIN"][0], "hi": table["WAVE_MAX"][0], "object": header.get("OBJECT"),
            "rstar": header.get("RSTAR"), "flags": summary["flags"], "assumptions": summary["assumptions"],
            "seen": [m["name"] for m in summary.get("molecules") or [] if m["verdict"] == "seen"]}
    finally:
        shutil.rmtree(folder)


def verdict(row, got):
    if "crash" in got:
        return "CRASH rc %d" % got["crash"]
    kind, _, word = (row["alternative"] or "").partition(":")
    if "refused" in got:
        if row["outcome"] == "read" and not (kind == "refuse" and word in got["refused"]):
            return "REFUSED: " + got["refused"]
        words = (row["words"] or "").split("|") if row["outcome"] == "refuse" else []
        bad = [w for w in words if w and (w[1:] in got["refused"] if w[0] == "!" else w not in got["refused"])]
        return ("WRONG WORDS %s: " % bad if bad else "ok (refused): ") + got["refused"]
    text = "%s um %.5g-%.5g n %d first %.6g %s" % (
        got["kind"], got["min"], got["max"], got["n"], got["value"],
        "no error" if got["up"] is None else "+-%.4g" % got["up"])
    if row["outcome"] == "refuse":
        said = word in got["flags"] or any(word in a for a in got["assumptions"])
        return ("ok (flagged): " if kind == "read" and said and not got.get("seen") else "READ: ") + text
    bad = []
    if got["kind"] != row["kind"]: bad.append("kind")
    if not close(got["min"], float(row["wavelength_min_um"]), 2e-3) or not close(
            got["max"], float(row["wavelength_max_um"]), 2e-3): bad.append("wavelength")
    if got["n"] != int(row["points"]): bad.append("points")
    if row["first_value"] and not close(got["value"], float(row["first_value"]), 2e-3): bad.append("value")
    if row["first_error_up"]:
        if got["up"] is None: bad.append("error absent")
        elif not close(got["up"], float(row["first_error_up"]), 2e-2): bad.append("error")
    if row["first_bin_min_um"] and not (close(got["lo"], float(row["first_bin_min_um"]), 1e-3) and close(
            got["hi"], float(row["first_bin_max_um"]), 1e-3)): bad.append("bin edges")
    for flag in (row["flags"] or "").split("|"):
        if flag and flag not in got["flags"]: bad.append("flag " + flag)
        if flag == "errors-implausible" and got.get("seen"): bad.append("seen")
    if row["object"] and got["object"] != row["object"]: bad.append("object")
    if row["rstar"] and got["rstar"] != float(row["rstar"]): bad.append("rstar")
    return ("ok: " if not bad else "WRONG %s: " % ",".join(bad)) + text


def main(program, folder):
    right = total = 0
    for row in csv.DictReader(open(folder + "/expected.csv")):
        said = verdict(row, outcome(program, folder + "/" + row["file"]))
        right += said.startswith("ok")
        total += 1
        print("%-40s %s" % (row["file"], said))
    print(right, "of", total)
    return right == total


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(os.path.abspath(__file__))))
