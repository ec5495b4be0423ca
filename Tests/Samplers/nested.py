#!/usr/bin/env python3
"""Nested sampling of a spectrum's posterior, with prior and likelihood from `exospool-lab likelihood`.

    python3 -m venv venv; venv/bin/pip install dynesty nautilus-sampler ultranest
    venv/bin/python nested.py OUT.json [--sampler dynesty] [--live 600] [--seed 1] -- SPECTRUM [options of likelihood]

The box, its prior and the likelihood are those of `exospool-lab complete` with the same options. Writes evidence, quantiles of
every coordinate (2.5, 16, 50, 84, 97.5 %), calls and seconds; `compare.py` holds them against what `complete --json` says. The
environment's EXOSPOOL_LAB names the program.
"""
import argparse, concurrent.futures, json, math, os, subprocess, sys, threading, time
import numpy as np


class Likelihood:
    """ln of likelihood times prior density in the unit box, many points at a time."""

    def __init__(self, options):
        command = [os.environ.get("EXOSPOOL_LAB", "exospool-lab"), "likelihood", *options]
        described = subprocess.run([*command, "--describe"], capture_output=True, text=True, check=True)
        lines = [line.split() for line in described.stdout.splitlines() if line.strip()]
        self.keys = [line[0] for line in lines]
        self.low, self.high = (np.array([float(line[i]) for line in lines]) for i in (1, 2))
        self.calls = 0
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def write(self, points):
        for first in range(0, len(points), 200):
            text = "".join(" ".join(map(repr, row)) + "\n" for row in points[first:first + 200].tolist())
            self.process.stdin.write(text.encode())
            self.process.stdin.flush()

    def __call__(self, points):
        points = np.atleast_2d(points)
        self.calls += len(points)
        # Both pipes hold little: a thread of its own keeps neither side waiting for the other.
        if len(points) > 200:
            writer = threading.Thread(target=self.write, args=(points,))
            writer.start()
        else:
            writer = None
            self.write(points)
        values = np.array([sum(map(float, self.process.stdout.readline().split())) for _ in range(len(points))])
        if writer: writer.join()
        # Where the prior is 0 every point gets a value of its own: samplers take ties for a plateau of the likelihood.
        outside = ~np.isfinite(values)
        values[outside] = -1e10 * (1 + points[outside] @ np.sqrt(np.arange(2, 2 + points.shape[1])) % 1)
        return values


class Gathering:
    """A pool for dynesty whose chains run side by side and ask for the likelihood together, which spares them the way through the pipe."""

    def __init__(self, likelihood, size):
        self.likelihood, self.size = likelihood, size
        self.threads = concurrent.futures.ThreadPoolExecutor(size)
        self.lock = threading.Condition()
        self.active, self.waiting, self.answers, self.turn = 0, [], None, 0

    def ask(self):
        self.answers = self.likelihood(np.array(self.waiting))
        self.waiting = []
        self.turn += 1
        self.lock.notify_all()

    def value(self, u):
        with self.lock:
            if self.active == 0: return float(self.likelihood(u)[0])
            place, turn = len(self.waiting), self.turn
            self.waiting.append(np.array(u))
            if len(self.waiting) == self.active: self.ask()
            while self.turn == turn: self.lock.wait()
            return float(self.answers[place])

    def map(self, function, arguments):
        arguments = list(arguments)
        results = []
        for first in range(0, len(arguments), self.size):
            tasks = arguments[first:first + self.size]
            self.active = len(tasks)
            results += self.threads.map(lambda task: self.ran(function, task), tasks)
        return results

    def ran(self, function, task):
        try:
            return function(task)
        finally:
            with self.lock:
                self.active -= 1
                if self.active and len(self.waiting) == self.active: self.ask()


def dynesty(likelihood, a):
    import dynesty
    pool = Gathering(likelihood, a.population)
    sampler = dynesty.NestedSampler(
        pool.value, lambda u: u, len(likelihood.keys), nlive=a.live, rstate=np.random.default_rng(a.seed),
        sample=a.moves, bound="multi", pool=pool, queue_size=a.population, **({"walks": a.walks} if a.walks else {}))
    sampler.run_nested(dlogz=0.05, print_progress=False)
    r = sampler.results
    return r.samples, r.logwt - r.logz[-1], float(r.logz[-1]), float(r.logzerr[-1])


def nautilus(likelihood, a):
    import nautilus
    def ranked(u):
        v = likelihood(u)
        return np.where(v < -1e9, -np.inf, v)
    sampler = nautilus.Sampler(
        lambda u: u, ranked, len(likelihood.keys), n_live=a.live, vectorized=True, pass_dict=False, seed=a.seed,
        n_networks=a.networks)
    sampler.run(n_eff=a.effective, verbose=False)
    points, log_weights, _ = sampler.posterior()
    return points, log_weights, float(sampler.log_z), 1 / math.sqrt(sampler.n_eff)


def ultranest(likelihood, a):
    import logging, ultranest, ultranest.popstepsampler as steps
    logging.getLogger("ultranest").setLevel(logging.WARNING)
    np.random.seed(a.seed)
    sampler = ultranest.ReactiveNestedSampler(likelihood.keys, likelihood, vectorized=True)
    if a.walks:
        sampler.stepsampler = steps.PopulationSliceSampler(
            popsize=a.population, nsteps=a.walks,
            generate_direction=steps.generate_mixture_random_direction)
    r = sampler.run(min_num_live_points=a.live, show_status=False, viz_callback=False, frac_remain=0.01, dlogz=0.5,
                    min_ess=400, max_num_improvement_loops=0)
    w = r["weighted_samples"]
    return w["points"], np.log(np.maximum(w["weights"], 1e-300)), float(r["logz"]), float(r["logzerr"])


def main():
    own, _, theirs = (lambda v: (v[:v.index("--")], "--", v[v.index("--") + 1:]))(sys.argv[1:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output")
    parser.add_argument("--sampler", choices=["dynesty", "nautilus", "ultranest"], default="dynesty")
    parser.add_argument("--live", type=int, default=600, help="live points")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--moves", default="rwalk", help="dynesty: rwalk, rslice, unif")
    parser.add_argument("--walks", type=int, default=0, help="steps of a walk; 0: the sampler's own choice")
    parser.add_argument("--population", type=int, default=32, help="chains that move side by side")
    parser.add_argument("--networks", type=int, default=4, help="nautilus: networks; 0: ellipsoids alone")
    parser.add_argument("--effective", type=int, default=5000, help="nautilus: effective samples")
    a = parser.parse_args(own)
    likelihood = Likelihood(theirs)
    start = time.time()
    points, log_weights, log_z, log_z_error = globals()[a.sampler](likelihood, a)
    seconds = time.time() - start
    weights = np.exp(log_weights - log_weights.max())
    weights /= weights.sum()
    values = likelihood.low + (likelihood.high - likelihood.low) * points
    quantiles = {}
    for column, key in enumerate(likelihood.keys):
        order = np.argsort(values[:, column])
        cumulated = np.cumsum(weights[order]) - weights[order] / 2
        quantiles[key] = np.interp([.025, .16, .5, .84, .975], cumulated, values[order, column]).tolist()
    np.savez_compressed(a.output + ".npz", points=values, weights=weights)
    result = dict(
        sampler=a.sampler, live=a.live, seed=a.seed, logz=log_z, logzerr=log_z_error, calls=likelihood.calls,
        seconds=seconds, ess=float(1 / (weights ** 2).sum()), q=quantiles)
    with open(a.output, "w") as file: json.dump(result, file, indent=1)
    print({k: v for k, v in result.items() if k != "q"})


main()
