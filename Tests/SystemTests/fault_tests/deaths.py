"""The daemon dies, again and again, with files in hand."""
import os
import random
import signal
import time

from .harness import Spool, calm, children, fault, mixture, records


@fault(6, "killed 25 times with a healthy file in hand each time")
def innocent_files():
    spool = Spool("innocent_files", attempts=3, workers=2)
    spool.drop(records(150))
    for _ in range(25):
        spool.start()
        spool.wait(lambda: spool.count("active") >= 2, 20)
        time.sleep(0.05)
        spool.kill()
    spool.start()
    spool.finish()
    return spool.audit()


@fault(6, "40 kills of the daemon and 40 of workers")
def kills():
    files = mixture(300)
    undisturbed = calm(files, "mixture300")
    spool = Spool("kills", attempts=100)
    spool.drop(files)
    chance = random.Random(7)
    killed = workers = 0
    for _ in range(40):
        before = spool.ended()
        spool.start("--once")
        # Not before it is at work, however busy the machine is.
        spool.wait(lambda: spool.ended() > before or spool.daemon.poll() is not None)
        time.sleep(0.2 * chance.random())
        found = children(spool.daemon.pid)
        if found:
            try:
                os.kill(chance.choice(found), signal.SIGKILL)
                workers += 1
            except ProcessLookupError:
                pass
            time.sleep(0.05)
        if spool.daemon.poll() is None:
            spool.kill()
            killed += 1
    spool.start()
    spool.finish()
    problems = spool.audit(undisturbed)
    problems["note"] = ["%d kills of the daemon at work, %d of workers" % (killed, workers)]
    return problems


@fault(6, "told to stop 25 times in the middle of the work")
def stops():
    files = mixture(200)
    undisturbed = calm(files, "mixture200")
    spool = Spool("stops", stop_timeout_seconds=0)
    spool.drop(files)
    problems = {}
    for _ in range(25):
        before = spool.ended()
        spool.start()
        spool.wait(lambda: spool.ended() > before)
        status = spool.stop(20)
        if status != 0:
            problems.setdefault("stuck", []).append("the daemon ended with %s" % status)
    spool.start()
    spool.finish()
    for kind, sentences in spool.audit(undisturbed).items():
        problems.setdefault(kind, []).extend(sentences)
    return problems
