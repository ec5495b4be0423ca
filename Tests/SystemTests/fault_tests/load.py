"""Rates on a real disk, under arrivals, beside many deferred jobs; a large archive; a long run."""
import collections
import os
import re
import shutil
import subprocess
import time

from .harness import DISK, MODELS, TOOL, Spool, children, digest, fault, memory, mixture, records

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def job_id(milliseconds):
    number, text = milliseconds << 20, ""
    for _ in range(13):
        text = ALPHABET[number % 32] + text
        number //= 32
    return text


def load_average():
    """What else the machine does, beside every figure of time."""
    return "load %s" % " ".join("%.1f" % x for x in os.getloadavg())


def rate(spool, seconds, meanwhile=lambda: None):
    """Files that end in a second."""
    before, began = spool.ended(), time.time()
    while time.time() - began < seconds:
        meanwhile()
        time.sleep(0.05)
    return (spool.ended() - before) / (time.time() - began)


def builds():
    """This build, after an older one where BEFORE names its folder and BEFORE_MODELS its models."""
    found = {"now": {}}
    if "BEFORE" in os.environ:
        older = {"program": os.path.abspath(os.environ["BEFORE"]) + "/exospoold",
                 "models": os.path.abspath(os.environ.get("BEFORE_MODELS", MODELS))}
        found = {"before": older, **found}
    return found


def disk_run(build, count):
    """Files a second of a spool on a disk, without the start, and the spool. The analyses cost nothing."""
    spool = Spool("disk_rate", DISK, log_level="warning", **build)
    spool.work_cheaply(is_older=bool(build))
    spool.drop(records(count))
    os.sync()
    spool.start("--once")
    first = count // 10
    spool.wait(lambda: spool.ended() >= first, 120)
    first, began = spool.ended(), time.time()
    spool.wait(lambda: spool.ended() >= count, 300)
    seconds = time.time() - began
    spool.daemon.wait()
    return (count - first) / seconds, spool


def syncs_a_job(spool, count=60):
    trace = DISK + "/trace"
    spool.drop(records(count, first=5000))
    command = ["strace", "-f", "-qq", "-o", trace, "-e", "trace=fsync,fdatasync,sync_file_range,syncfs,sync",
               *spool.command("--once")]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    with open(trace) as f:
        return sum(1 for line in f if re.search(r"(fsync|fdatasync|syncfs|sync_file_range)\(", line)) / count


@fault(13, "files a second on a disk, and syncs a job; beside an older build's where BEFORE names one")
def disk_rate():
    rates, syncs = collections.defaultdict(list), {}
    for _ in range(3):
        for name, build in builds().items():
            found, spool = disk_run(build, 400)
            rates[name].append(found)
    problems = spool.audit()
    for name, build in builds().items():
        if shutil.which("strace"):
            syncs[name] = syncs_a_job(Spool("disk_syncs", DISK, log_level="warning", **build))
    if "before" in syncs and syncs["now"] < syncs["before"]:
        problems["wrong"].append("fewer syncs a job than before")
    problems["note"] = ["%s: %s files/s%s" % (
        name, " ".join("%.1f" % x for x in found), ", %.1f syncs a job" % syncs[name] if name in syncs else "")
        for name, found in rates.items()] + [load_average()]
    return problems


@fault(13, "100,000 files wait, and 20 come every second")
def arrivals():
    spool = Spool("arrivals", settle_seconds=2, log_level="warning")
    spool.work_cheaply()
    text = b"<system><name>S%06d</name><star><mass>1</mass><planet><name>S%06d b</name></planet></star></system>"
    for number in range(100_000):
        data = text % (number, number)
        with open(spool.file("inbox", "%06d.xml" % number), "wb") as f:
            f.write(data)
        spool.submitted[digest(data)] += 1
    began = time.time()
    spool.start()
    spool.wait(lambda: spool.ended() > 0, 60)
    first = time.time() - began
    quiet = rate(spool, 10)
    new = [0]

    def arrive():
        new[0] += 1
        spool.drop({"new-%06d.xml" % new[0]: text % (900_000 + new[0], 0)})
    busy = rate(spool, 15, arrive)
    resident, open_files = memory(spool.daemon.pid)
    spool.stop()
    problems = spool.audit()
    # The rest waits; that is no fault.
    problems["stuck"] = []
    if busy < quiet / 3:
        problems["wrong"].append("the rate falls to less than a third")
    problems["note"] = ["first end after %.1f s; %.0f files/s, with arrivals %.0f; %.0f MB, %d open files"
                        % (first, quiet, busy, resident, open_files), load_average()]
    return problems


@fault(13, "5,000 jobs are deferred, and 1,500 files come")
def many_deferred():
    spool = Spool("many_deferred", log_level="warning")
    spool.work_cheaply()
    due = (time.time() + 3000) * 1e9
    for number in range(5000):
        job = job_id(1_780_000_000_000 + number)
        with open(spool.file("deferred", "%s,1,x%d.xml" % (job, number)), "w") as f:
            f.write("x%d" % number)
        with open(spool.file("deferred", ".%s.job" % job), "w") as f:
            f.write("exospool-job 1\nname x%d.xml\nexcused-claims 0\nnot-before %d x\n" % (number, due))
    spool.start()
    time.sleep(2)
    began = time.time()
    files = records(1500)
    spool.drop(files)
    spool.wait(lambda: spool.count("archive") >= 1500, 120)
    seconds = time.time() - began
    spool.stop()
    problems = spool.audit()
    for path in spool.inputs("deferred"):
        problems["stuck"].remove(path)
    problems["wrong"] = [p for p in problems["wrong"] if "beyond" not in p]
    problems["note"] = ["%.0f files/s beside 5,000 deferred jobs" % (1500 / seconds), load_average()]
    return problems


@fault(13, "200,000 archived jobs: start and show within 2 s")
def large_archive():
    spool = Spool("large_archive", log_level="warning")
    os.makedirs(spool.file("results", ".index"), exist_ok=True)
    for number in range(200_000):
        job = job_id(1_780_000_000_000 + number)
        open(spool.file("archive", "%s,1,x%d.xml" % (job, number)), "w").close()
        with open(spool.file("archive", ".%s.job" % job), "w") as f:
            f.write("exospool-job 1\nname x%d.xml\nexcused-claims 0\n" % number)
        with open(spool.file("results", ".index", "%064x-81675c36" % number), "w") as f:
            f.write("%s\nx\n" % job)
    problems, times = {"stuck": [], "wrong": []}, {}

    def take(name, run):
        began = time.time()
        run()
        times[name] = time.time() - began
    take("start and stop", lambda: spool.once())
    spool.start()
    time.sleep(2)
    job = job_id(1_780_000_000_000 + 5)
    for name, words in (("show by id", ["show", job]), ("show by name", ["show", "x7777.xml"]),
                        ("status", ["status"])):
        take(name, lambda: subprocess.run([TOOL, *words, "--spool", spool.path], stdout=subprocess.DEVNULL,
                                          check=True))
    resident, _ = memory(spool.daemon.pid)
    spool.stop()
    for name, seconds in times.items():
        if seconds > 2 and name != "status":
            problems["wrong"].append("%s takes %.1f s" % (name, seconds))
    problems["note"] = [", ".join("%s %.2f s" % x for x in times.items()) + ", %.0f MB" % resident, load_average()]
    return problems


def long_run(name, batches, cheaply):
    """Memory and open files at the start, in the middle and at the end of a long run."""
    spool = Spool(name, log_level="warning")
    if cheaply:
        spool.work_cheaply()
    spool.start()
    seen = []

    def look():
        workers = children(spool.daemon.pid)
        seen.append((spool.ended(), *memory(spool.daemon.pid), sum(memory(c)[0] for c in workers), len(workers)))
    for number, files in enumerate(batches):
        spool.drop(files)
        total = sum(spool.submitted.values())
        spool.wait(lambda: spool.ended() >= total, 300)
        if number in (0, len(batches) // 2, len(batches) - 1):
            look()
    spool.stop()
    problems = spool.audit()
    (_, first_mb, first_files, first_workers, _), (_, last_mb, last_files, last_workers, _) = seen[0], seen[-1]
    if last_files > first_files + 5 or last_mb > first_mb + 60 or last_workers > first_workers + 200:
        problems["wrong"].append("memory or open files grow")
    problems["note"] = ["after %d jobs: %.0f MB, %d open files; workers %.0f MB (%d)" % x for x in seen]
    return problems


@fault(13, "10,000 jobs in one run, their analyses for nothing: memory and open files at start, middle, end")
def soak():
    return long_run("soak", [records(400, first=first) for first in range(0, 10_000, 400)], cheaply=True)


@fault(13, "600 records and spectra in one run, analysed: memory and open files at start, middle, end")
def soak_analysed():
    files = list(mixture(600).items())
    # In batches alike: every one has records and spectra.
    return long_run("soak_analysed", [dict(files[first::6]) for first in range(6)], cheaply=False)
