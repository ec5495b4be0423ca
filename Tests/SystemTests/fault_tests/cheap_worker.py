"""A worker whose analysis costs nothing, so that the service's own time is seen.

REAL_DAEMON names the program whose worker says which models there are. An older daemon, from before workers were confined,
speaks another protocol: `older` as the first argument.
"""
import hashlib
import json
import os
import subprocess
import sys

PRODUCTS = {"result.xml": b"x" * 5000, "summary.json": b"y" * 5000, "report.html": b"z" * 50000}


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def models(arguments, setup):
    """What a real worker with these arguments has found."""
    worker = subprocess.Popen([os.environ["REAL_DAEMON"], *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    worker.stdin.write(setup.encode())
    worker.stdin.flush()
    answer = json.loads(worker.stdout.readline())
    worker.kill()
    worker.wait()
    return answer["models"]


def work(request, scratch, is_older):
    with open(request["path"], "rb") as f:
        content = f.read()
        status = os.fstat(f.fileno())
    digest = hashlib.sha256(content).hexdigest()
    if not is_older:
        say({"kind": "read", "stamp": "%d %d %d %d" % (
            status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)})
    say({"kind": "hash", "contentHash": digest, "modelSetHash": "0" * 64})
    if sys.stdin.readline().strip() == "skip":
        return
    for name, data in PRODUCTS.items():
        with open(os.path.join(scratch, name), "wb") as f:
            f.write(data)
            f.flush()
            if is_older:
                # Then the workers made their products durable.
                os.fsync(f.fileno())
    say({"kind": "done", "products": list(PRODUCTS), "contentHash": digest,
         "logLines": [request["name"]], "jsonLines": [json.dumps({"file": request["name"]})]})


def main():
    is_older = sys.argv[1] == "older"
    scratch = None
    if is_older:
        say({"kind": "ready"})
    else:
        setup = sys.stdin.readline()
        scratch = json.loads(setup)["scratch"]
        say({"kind": "ready", "models": models(sys.argv[1:], setup)})
    for line in sys.stdin:
        request = json.loads(line)
        work(request, scratch or request["scratch"], is_older)


main()
