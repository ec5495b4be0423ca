"""Workers that a stranger's file has taken over, reloads, stops and operators: what worker-faults tries, row by row."""
import os
import subprocess

from .harness import PROGRAMS, ROOT, Skipped, fault

WORKER = os.environ.get("FAULTY_WORKER", os.path.join(ROOT, ".build/debug/faulty-worker"))


def rows(name):
    if not os.access(WORKER, os.X_OK):
        raise Skipped("needs the tests' worker (swift build --build-tests), or FAULTY_WORKER")
    done = subprocess.run(
        [os.path.join(ROOT, "Tests/SystemTests/worker-faults"), name], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "EXOSPOOL_PROGRAMS": PROGRAMS, "FAULTY_WORKER": WORKER})
    lines = done.stdout.splitlines()
    problems = {
        "wrong": [line[6:].strip() for line in lines if line.startswith("WRONG")],
        "note": ["%d rows" % sum(line.startswith(("ok", "WRONG")) for line in lines)],
    }
    if done.returncode not in (0, 1):
        problems["stuck"] = ["worker-faults %s ended with %d" % (name, done.returncode)]
    return problems


@fault(15, "70 calls on three threads of a confined worker, and the filter on all of them")
def confinement():
    return rows("confinement")


@fault(16, "workers that leave links, pipes, forged lines and the like")
def hostile():
    return rows("hostile")


@fault(11, "40 SIGHUPs while workers hang; a reload without models")
def reloads():
    return rows("reload")


@fault(12, "SIGTERM while workers are stopped, at work and idle")
def stopped_workers():
    return rows("stop")


@fault(9, "root, strangers and unreadable files", root=True)
def operators():
    return rows("operators")
