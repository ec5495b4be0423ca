"""Clocks that jump."""
import glob
import os
import time

from .harness import SCRATCH, Skipped, Spool, calm, fault, mixture, records


def faketime(spool):
    """The environment of a daemon whose wall clock follows a file."""
    libraries = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    if not libraries:
        raise Skipped("needs faketime")
    return dict(os.environ, LD_PRELOAD=libraries[0], FAKETIME_TIMESTAMP_FILE=clock(spool), FAKETIME_NO_CACHE="1",
                FAKETIME_DONT_FAKE_MONOTONIC="1", DONT_FAKE_MONOTONIC="1",
                # The times of files are the disk's: a worker that cannot read the clock would see others than the daemon.
                NO_FAKE_STAT="1")


def clock(spool):
    return os.path.join(SCRATCH, os.path.basename(spool.path) + ".clock")


def set_clock(spool, offset):
    with open(clock(spool), "w") as f:
        f.write(offset + "\n")


@fault(8, "the clock jumps eight times by hours, a year, 20 years")
def clock_jumps():
    files = mixture(200)
    spool = Spool("clock_jumps")
    environment = faketime(spool)
    spool.drop(files)
    set_clock(spool, "+0")
    spool.start(env=environment)
    for number, offset in enumerate(["+0", "+400d", "-400d", "+0", "-20y", "+1h", "-1h", "+0"]):
        spool.wait(lambda: spool.count("archive") >= 5 + 20 * number, 20)
        set_clock(spool, offset)
    spool.finish()
    return spool.audit(calm(files, "mixture200"))


@fault(8, "jobs put off by a daemon whose clock is a year ahead, taken up by one whose clock is right")
def deferred_ahead():
    spool = Spool("deferred_ahead", retry_delay_seconds=1, retry_delay_limit_seconds=3)
    environment = faketime(spool)
    spool.drop(records(100))
    set_clock(spool, "+365d")
    for pause in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        spool.start(env=environment)
        spool.wait(lambda: spool.count("active") > 0, 10)
        time.sleep(pause)
        spool.kill()
    spool.start(env=environment)
    time.sleep(0.3)
    spool.kill()
    put_off = spool.count("deferred")
    spool.start()
    spool.finish()
    problems = spool.audit()
    problems["note"] = ["%d jobs were put off" % put_off]
    return problems


@fault(8, "the clock set back a year while jobs are put off")
def set_back_while_deferred():
    spool = Spool("set_back_while_deferred", retry_delay_seconds=2, retry_delay_limit_seconds=3, workers=2)
    environment = faketime(spool)
    set_clock(spool, "+365d")
    spool.start(env=environment)
    time.sleep(1)
    spool.drop(records(60))
    spool.wait(lambda: spool.count("active") > 0, 10)
    from .harness import children
    import signal
    for worker in children(spool.daemon.pid):
        os.kill(worker, signal.SIGKILL)
    time.sleep(0.2)
    set_clock(spool, "+0")
    spool.finish()
    return spool.audit()
