"""Spools, daemons and audits for the faults; each fault is a function with the decorator `fault`."""
import collections
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))
PROGRAMS = os.path.abspath(os.environ.get("EXO", os.path.join(ROOT, ".build/release")))
DAEMON, TOOL = PROGRAMS + "/exospoold", PROGRAMS + "/exospool"
MODELS = os.path.abspath(os.environ.get("MODELS", os.path.join(ROOT, "Etc/models")))
SCRATCH = os.environ.get("BASE", "/dev/shm/exospool-faults-%d" % os.getpid())
# On a disk, for what memory cannot show.
DISK = os.environ.get("DISK", "/var/tmp/exospool-faults-%d" % os.getpid())
STATES = ["inbox", "active", "archive", "deferred", "hold", "corrupt", "failed"]
# The service is what is looked at: the methods that take seconds a file are off.
QUICK = {
    "settle_seconds": 0, "table_settle_seconds": 0, "retry_delay_seconds": 0.2, "rescan_interval_seconds": 1,
    "log_level": "info", "minimum_free_megabytes": 0, "retrieval_spectra": 0, "interior_planets": 0,
    "sensitivity": "off",
}
FAULTS = {}


class Skipped(Exception):
    """The fault cannot be injected here."""


def fault(item, title, root=False):
    """Registers a fault: `item` of what it is a case, `title` in one line."""
    def register(body):
        body.item, body.title, body.root = item, title, root
        FAULTS[body.__name__] = body
        return body
    return register


# Spools and daemons

class Spool:
    """A new spool with what was submitted to it."""

    def __init__(self, name, where=None, program=DAEMON, models=MODELS, **settings):
        self.path = os.path.join(where or SCRATCH, name)
        self.errors = os.path.join(SCRATCH, name + ".err")
        self.settings = {**QUICK, **settings}
        self.submitted = collections.Counter()
        self.daemon = None
        self.program, self.models = program, models
        self.worker = []
        shutil.rmtree(self.path, ignore_errors=True)
        if os.path.exists(self.errors):
            os.remove(self.errors)
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        subprocess.run(self.command("--create", "--once"), check=True, cwd="/")

    def command(self, *extra, **settings):
        # An older build, to compare with, does not know every key.
        chosen = {k: v for k, v in {**self.settings, **settings}.items() if k in known_keys(self.program)}
        return [self.program, "run", "--spool", self.path, "--models", self.models, *self.worker, *extra,
                *[x for k, v in chosen.items() for x in ("--set", "%s=%s" % (k, v))]]

    def start(self, *extra, env=None, **settings):
        with open(self.errors, "ab") as errors:
            self.daemon = subprocess.Popen(
                self.command(*extra, **settings), stderr=errors, stdout=errors, cwd="/", env=env)
        RUNNING.append(self.daemon)
        return self.daemon

    def once(self, timeout=300, **settings):
        """Lets a daemon work off the spool; its exit status, or `timeout`."""
        self.start("--once", **settings)
        try:
            return self.daemon.wait(timeout)
        except subprocess.TimeoutExpired:
            self.stop()
            return "timeout"

    def stop(self, within=60):
        """Exit status of a daemon that is told to stop, or `hung`."""
        if self.daemon.poll() is None:
            self.daemon.send_signal(signal.SIGTERM)
            try:
                return self.daemon.wait(within)
            except subprocess.TimeoutExpired:
                self.kill()
                return "hung"
        return self.daemon.returncode

    def kill(self):
        self.daemon.kill()
        self.daemon.wait()

    def drop(self, files, rename=True):
        """Submits {name: bytes}, by a rename or written in place."""
        for name, data in files.items():
            self.submitted[digest(data)] += 1
            path = self.file("inbox", name)
            with open(self.file("inbox", ".new") if rename else path, "wb") as f:
                f.write(data)
            if rename:
                os.rename(self.file("inbox", ".new"), path)

    def work_cheaply(self, is_older=False):
        """Gives the daemon workers whose analyses cost nothing."""
        script = os.path.join(SCRATCH, os.path.basename(self.path) + ".worker")
        with open(script, "w") as f:
            f.write("#!/bin/sh\nREAL_DAEMON='%s' exec '%s' '%s' %s \"$@\"\n" % (
                self.program, sys.executable, os.path.join(os.path.dirname(__file__), "cheap_worker.py"),
                "older" if is_older else ""))
        os.chmod(script, 0o755)
        self.worker = ["--worker-executable", script]

    def file(self, *parts):
        return os.path.join(self.path, *parts)

    def inputs(self, state):
        folder = self.file(state)
        names = [n for n in os.listdir(folder) if not n.startswith(".") and not n.endswith(".reason")]
        return [os.path.join(folder, n) for n in names if os.path.isfile(os.path.join(folder, n))]

    def count(self, *states):
        return sum(len(self.inputs(s)) for s in states)

    def ended(self):
        return self.count("archive", "corrupt", "failed")

    def wait(self, condition, seconds=60):
        end = time.time() + seconds
        while time.time() < end:
            if condition():
                return True
            time.sleep(0.05)
        return condition()

    def finish(self, seconds=60):
        """Waits until all that was submitted has ended, or for so long nothing has, and stops the daemon."""
        total, ended, last = sum(self.submitted.values()), -1, time.time()
        while time.time() - last < seconds:
            if self.ended() != ended:
                ended, last = self.ended(), time.time()
            if ended >= total and self.count("active", "inbox", "deferred") == 0:
                break
            time.sleep(0.1)
        return self.stop()

    def said(self, text):
        """How many lines of the daemon's have the text."""
        with open(self.errors, errors="replace") as f:
            return sum(text in line for line in f)

    def results(self):
        found = {}
        for name in os.listdir(self.file("results")):
            if not name.startswith("."):
                folder = self.file("results", name)
                found[name] = {f: digest_of(os.path.join(folder, f)) for f in sorted(os.listdir(folder))}
        return found

    def records(self, state):
        """{path of an input: its record as {key: [values]}}"""
        found = {}
        for path in self.inputs(state):
            record = collections.defaultdict(list)
            name = "." + os.path.basename(path).split(",")[0] + ".job"
            try:
                with open(os.path.join(os.path.dirname(path), name), errors="replace") as f:
                    for line in f.read().splitlines()[1:]:
                        key, _, value = line.partition(" ")
                        record[key].append(value)
            except FileNotFoundError:
                pass
            found[path] = record
        return found

    def audit(self, calm=None, may_fail=0):
        """What is wrong with the spool now that its work is over.
        `calm`: a spool that the same files went through undisturbed: results and lines are compared byte for byte."""
        problems = collections.defaultdict(list)
        have = collections.Counter(digest_of(p) for s in STATES for p in self.inputs(s))
        for content, n in (self.submitted - have).items():
            problems["lost"].append("%d x content %s" % (n, content[:12]))
        for content, n in (have - self.submitted).items():
            problems["wrong" if content not in self.submitted else "duplicated"].append(
                "%d x content %s beyond what was submitted" % (n, content[:12]))
        for state in ("inbox", "active", "deferred"):
            for path in self.inputs(state):
                problems["stuck"].append(path)
        failed = self.inputs("failed")
        if len(failed) > may_fail:
            problems["wrong"].append("%d healthy files in failed/" % len(failed))
        results, holders = self.results(), collections.Counter()
        for path, record in self.records("archive").items():
            if record["duplicate-of"]:
                continue
            name = (record["result"] or [None])[0]
            holders[name] += 1
            if record["content"] != [digest_of(path)]:
                problems["wrong"].append("%s is not what its result is of" % os.path.basename(path))
            elif name not in results:
                problems["lost"].append("the result %s" % name)
        for name in results:
            if holders[name] == 0:
                problems["duplicated"].append("%s is nobody's result" % name)
        for name, n in holders.items():
            if n > 1:
                problems["wrong"].append("%d jobs have the result %s" % (n, name))
        texts, jsons, bad = self.lines()
        if bad:
            problems["wrong"].append("%d lines of results.jsonl are not JSON" % bad)
        jobs = [j for _, j in jsons]
        expected = sum(len(r["json-line"]) for r in self.records("archive").values() if not r["duplicate-of"])
        if len(jobs) < expected:
            problems["lost"].append("%d lines of results.jsonl" % (expected - len(jobs)))
        if len(jobs) > expected:
            problems["duplicated"].append("%d lines of results.jsonl" % (len(jobs) - expected))
        if calm:
            theirs, ours = calm.results(), results
            for name in set(theirs) & set(ours):
                if theirs[name] != ours[name]:
                    problems["wrong"].append("%s has other bytes than undisturbed" % name)
            for name in set(theirs) - set(ours):
                problems["lost"].append("the result %s" % name)
            for name in set(ours) - set(theirs):
                problems["wrong"].append("%s is no result of the undisturbed run" % name)
            t, j, _ = calm.lines()
            for kind, a, b in (("log", [x for x, _ in t], [x for x, _ in texts]),
                               ("jsonl", [x for x, _ in j], [x for x, _ in jsons])):
                a, b = collections.Counter(a), collections.Counter(b)
                if a - b:
                    problems["lost"].append("%d lines of results.%s" % (sum((a - b).values()), kind))
                if b - a:
                    problems["duplicated"].append("%d lines of results.%s" % (sum((b - a).values()), kind))
        return problems

    def lines(self):
        """[(line without time and id, id)] of both logs, and the number of lines that are no JSON."""
        def read(name):
            path = self.file("log", name)
            return open(path, errors="replace").read().splitlines() if os.path.exists(path) else []
        texts = [(re.sub(r"^\S+ \S+ ", "", x), (x.split() + ["", ""])[1]) for x in read("results.log")]
        jsons, bad = [], 0
        for line in read("results.jsonl"):
            try:
                value = json.loads(line)
                value.pop("time", 0)
                jsons.append((json.dumps({k: v for k, v in value.items() if k != "job"}, sort_keys=True),
                              value["job"]))
            except (ValueError, KeyError):
                bad += 1
        return texts, jsons, bad


RUNNING = []
KEYS = {}


def known_keys(program):
    """The keys of a daemon's configuration."""
    if program not in KEYS:
        printed = subprocess.run([program, "check", "--print-default"], stdout=subprocess.PIPE, text=True).stdout
        KEYS[program] = set(re.findall(r"^# (\w+) = ", printed, re.M))
    return KEYS[program]


def digest(data):
    return hashlib.sha256(data).hexdigest()


def digest_of(path):
    with open(path, "rb") as f:
        return digest(f.read())


def children(pid):
    found = []
    try:
        for task in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/children" % (pid, task)) as f:
                found += [int(x) for x in f.read().split()]
    except OSError:
        pass
    return found


def processor(pid):
    """Seconds of processor time of a process, and of those of its children that have ended."""
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return sum(int(x) for x in fields[11:13]) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    """MB resident and open descriptors of a process."""
    with open("/proc/%d/status" % pid) as f:
        kilobytes = int(re.search(r"^VmRSS:\s+(\d+)", f.read(), re.M).group(1))
    return kilobytes / 1024, len(os.listdir("/proc/%d/fd" % pid))


# Files to submit

def records(count, first=0):
    """Planet records, no two alike."""
    found = {}
    for i in range(first, first + count):
        found["record-%05d.xml" % i] = (
            "<system><name>S%d</name><star><mass>1</mass><radius>1</radius><temperature>%d</temperature><planet>"
            "<name>S%d b</name><mass>%.6f</mass><radius>%.6f</radius><period>%d</period><semimajoraxis>%.3f"
            "</semimajoraxis></planet></star></system>\n"
            % (i, 4000 + i % 2000, i, 0.003 + 1e-6 * (i % 5000), 0.09 + 1e-5 * (i % 3000), 5 + i % 300,
               0.05 + 0.001 * (i % 900))).encode()
    return found


def spectra(count):
    """Synthetic spectra in many layouts."""
    folder = os.path.join(SCRATCH, "spectra-%d" % count)
    if not os.path.isdir(folder):
        subprocess.run([os.path.join(ROOT, "Tests/SystemTests/make-spectra"), folder, str(count)], check=True,
                       stdout=subprocess.DEVNULL)
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            found[name] = f.read()
    return found


def mixture(count):
    """Records and spectra, half of each; a few of the spectra are to be refused."""
    return {**records(count - count // 2), **spectra(count // 2)}


CALM = {}


def calm(files, key, **settings):
    """A spool that the files went through undisturbed."""
    if key not in CALM:
        spool = Spool("calm-" + key, **settings)
        spool.drop(files)
        spool.once()
        CALM[key] = spool
    return CALM[key]


# Mounts

MOUNTED = []


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)
    MOUNTED.append(arguments[-1])


def unmount(path):
    subprocess.run(["umount", path], stderr=subprocess.DEVNULL)
    if path in MOUNTED:
        MOUNTED.remove(path)


def clean_up():
    for process in RUNNING:
        if process.poll() is None:
            process.kill()
            process.wait()
    for path in list(MOUNTED):
        unmount(path)


# The table

KINDS = ["lost", "duplicated", "wrong", "stuck"]


def run(name):
    """One row of the table: the problems of a fault, or why it was left out."""
    body = FAULTS[name]
    if body.root and os.geteuid() != 0:
        return "needs root"
    try:
        return body()
    except Skipped as reason:
        return str(reason)
    except Exception:
        return {"stuck": ["the script: " + traceback.format_exc().strip().splitlines()[-1]]}
    finally:
        clean_up()
        RUNNING.clear()


def main(arguments, usage):
    if not arguments or arguments[0] in ("-h", "--help"):
        print(usage)
        return 0 if arguments else 64
    if arguments == ["--list"]:
        for name, body in sorted(FAULTS.items(), key=lambda x: x[1].item):
            print("%-24s %2d  %s" % (name, body.item, body.title))
        return 0
    names = []
    for argument in arguments:
        chosen = [n for n, b in sorted(FAULTS.items(), key=lambda x: x[1].item)
                  if argument in ("all", n, b.__module__.rsplit(".", 1)[1], str(b.item))]
        if not chosen:
            print("faults: there is no fault %s; --list lists them" % argument, file=sys.stderr)
            return 64
        names += [n for n in chosen if n not in names]
    if not os.access(DAEMON, os.X_OK):
        print("faults: %s is missing: swift build -c release" % DAEMON, file=sys.stderr)
        return 69
    os.makedirs(SCRATCH, exist_ok=True)
    rows, status = [], 0
    for name in names:
        began = time.time()
        problems = run(name)
        if isinstance(problems, str):
            row = "%-24s %s" % (name, "left out: " + problems)
        else:
            counts = [len(problems.get(k, [])) for k in KINDS]
            row = "%-24s %5d %11d %6d %6d %6.0f s  %s" % (
                name, *counts, time.time() - began, FAULTS[name].title)
            for kind in KINDS:
                for sentence in problems.get(kind, [])[:5]:
                    row += "\n%24s %s: %s" % ("", kind, sentence)
            for sentence in problems.get("note", []):
                row += "\n%24s %s" % ("", sentence)
            status = max(status, int(any(counts)))
        print(row, file=sys.stderr, flush=True)
        rows.append(row)
    print("\n%-24s %5s %11s %6s %6s %8s" % ("fault", *KINDS, "time"))
    print("\n".join(rows))
    shutil.rmtree(SCRATCH, ignore_errors=True)
    shutil.rmtree(DISK, ignore_errors=True)
    return status
