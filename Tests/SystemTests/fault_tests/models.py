"""Models: a part of them is no other set of them."""
import os
import shutil
import signal
import subprocess
import time

from .harness import DAEMON, MODELS, SCRATCH, Spool, children, fault, mixture, records

WEIGHTS = "rocky-B.safetensors"


def copy(name):
    folder = os.path.join(SCRATCH, name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(MODELS, folder)
    return folder


def model_sets(spool):
    """The hashes of the model sets that results of records were made with."""
    return {n.rsplit("-", 1)[1] for n in spool.results() if n.startswith("record")}


@fault(4, "weights, or a card, missing at the start: check and run say so")
def half_a_model():
    problems = {"wrong": []}
    for missing in (WEIGHTS, "rocky-B.json", "robert-emission.safetensors", "completion-eclipse.safetensors"):
        folder = copy("half")
        os.remove(os.path.join(folder, missing))
        spool = Spool("half_a_model")
        for command in (["check"], ["run", "--once"]):
            status = subprocess.run([DAEMON, *command, "--models", folder, "--spool", spool.path],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")
            if status.returncode != 78 or missing.split(".")[0].encode() not in status.stderr:
                problems["wrong"].append("%s without %s: status %d" % (command[0], missing, status.returncode))
    return problems


@fault(4, "models removed in part, workers killed, models back one by one")
def models_come_back():
    folder = copy("back")
    spool = Spool("models_come_back")
    spool.models = folder
    spool.start()
    spool.drop(records(40))
    spool.wait(lambda: spool.count("archive") >= 5)
    for name in os.listdir(folder):
        if not name.startswith("layered."):
            os.remove(os.path.join(folder, name))
    for worker in children(spool.daemon.pid):
        os.kill(worker, signal.SIGKILL)
    spool.drop(records(40, first=100))
    time.sleep(3)
    for name in sorted(os.listdir(MODELS)):
        shutil.copy(os.path.join(MODELS, name), folder)
        time.sleep(0.1)
    spool.finish()
    problems = spool.audit()
    if len(model_sets(spool)) != 1:
        problems["wrong"].append("results of the model sets %s" % ", ".join(sorted(model_sets(spool))))
    return problems


@fault(4, "a file of weights cut off while the service runs, workers killed, then repaired")
def models_cut():
    folder = copy("cut")
    spool = Spool("models_cut")
    spool.models = folder
    files = mixture(60)
    spool.start()
    spool.drop(files)
    spool.wait(lambda: spool.count("archive") >= 5)
    os.truncate(os.path.join(folder, WEIGHTS), 1000)
    for worker in children(spool.daemon.pid):
        os.kill(worker, signal.SIGKILL)
    time.sleep(3)
    shutil.copy(os.path.join(MODELS, WEIGHTS), folder)
    spool.finish()
    return spool.audit()


@fault(4, "SIGHUP to models that are not there: refused, the old ones stay")
def reload_without_models():
    folder = copy("reload")
    spool = Spool("reload_without_models")
    spool.models = folder
    spool.start()
    spool.drop(records(20))
    spool.wait(lambda: spool.count("archive") >= 20)
    moved = folder + ".moved"
    shutil.rmtree(moved, ignore_errors=True)
    os.rename(folder, moved)
    spool.daemon.send_signal(signal.SIGHUP)
    time.sleep(1)
    spool.drop(records(20, first=50))
    spool.finish()
    problems = spool.audit()
    if not spool.said("configuration not reloaded"):
        problems["wrong"].append("the reload was not refused")
    return problems
