"""Times RobERt's two networks in PyTorch: what `exospool-benchmark robert` is set beside.

Same layers and widths, random weights; medians of 21 samples of at least 20 ms.
Usage: python3 latency.py [THREADS]
"""
import statistics
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 1)


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.second = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        return x + self.second(nn.functional.silu(self.first(x)))


BINS = nn.Sequential(
    nn.Linear(800, 500), nn.Sigmoid(), nn.Linear(500, 200), nn.Sigmoid(), nn.Linear(200, 50), nn.Sigmoid(),
    nn.Linear(50, 27))
POINTS = nn.Sequential(nn.Linear(244, 256), nn.SiLU(), Residual(256), Residual(256), nn.Linear(256, 14))

with torch.inference_mode():
    for name, network, inputs in (("of bins", BINS, 800), ("of points", POINTS, 244)):
        for rows in (1, 1024):
            x = torch.randn(rows, inputs)

            def seconds(repeats):
                start = time.perf_counter()
                for _ in range(repeats):
                    network(x)
                return (time.perf_counter() - start) / repeats

            seconds(3)
            repeats = max(1, int(0.02 / seconds(3)))
            print(f"network {name}, {rows} at once: median {1e3 * statistics.median(seconds(repeats) for _ in range(21)):.3f} ms")
