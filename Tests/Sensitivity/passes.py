"""Times passes of the three networks of SpectralSensitivity in PyTorch: what `exospool-lab evaluate sensitivity --timing` is set beside.

Same layers and widths, 400 bins of two numbers and 16 others, 3,000 spectra at once; the best of five.
Usage: python3 passes.py [THREADS]
"""
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
BINS, OTHERS, OUTPUTS, PASSES = 400, 16, 18, 3000


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        layers, features = [], 2
        for place, width in enumerate([16, 32, 64]):
            size, stride, pad = (8, 2, 3) if place == 0 else (5, 1, 2)
            layers += [nn.Conv1d(features, width, size, stride, pad), nn.ReLU(), nn.MaxPool1d(2)]
            features = width
        self.inner = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Linear(64 * 25 + OTHERS, 128), nn.SiLU(), nn.Linear(128, OUTPUTS))

    def forward(self, x, others):
        return self.head(torch.cat([self.inner(x.reshape(-1, BINS, 2).transpose(1, 2)).flatten(1), others], 1))


class LSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.LSTM(16, 24, batch_first=True, bidirectional=True)
        self.head = nn.Sequential(nn.Linear(50 * 48 + OTHERS, 128), nn.SiLU(), nn.Linear(128, OUTPUTS))

    def forward(self, x, others):
        return self.head(torch.cat([self.inner(x.reshape(-1, 50, 16))[0].flatten(1), others], 1))


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.all = nn.Sequential(
            nn.Linear(2 * BINS + OTHERS, 256), nn.SiLU(), nn.Linear(256, 256), nn.SiLU(), nn.Linear(256, OUTPUTS))

    def forward(self, x, others):
        return self.all(torch.cat([x, others], 1))


x, others = torch.randn(PASSES, 2 * BINS), torch.randn(PASSES, OTHERS)
with torch.inference_mode():
    for network in (MLP(), CNN(), LSTM()):
        network.eval()
        times = []
        for _ in range(6):
            start = time.perf_counter()
            network(x, others)
            times.append(time.perf_counter() - start)
        print(f"{type(network).__name__}: {PASSES} passes {1e3 * min(times[1:]):.1f} ms")
