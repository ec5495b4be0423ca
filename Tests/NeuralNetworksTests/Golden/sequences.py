"""Golden numbers of layers on sequences, by PyTorch in double precision. Writes sequences.json beside itself.

PyTorch has (batch, channels, steps) and kernels (out, in, tap); what is written is (batch, steps, channels), kernels (1, tap, in, out).
Gates of the LSTM are in PyTorch's order, which is ours; its two biases add up to our one.
"""
import json
import os

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)


def numbers(tensor):
    return [float(f"{x:.15g}") for x in tensor.detach().reshape(-1).tolist()]


def steps_first(tensor):
    return numbers(tensor.permute(0, 2, 1).contiguous())


cases = {}

# 12 steps of 2 to 6 of 3 (padding 1 on both sides), normalised, rectified, the larger of neighbours: 3 steps.
x = torch.randn(3, 2, 12, requires_grad=True)
w, b = (0.4 * torch.randn(3, 2, 4)).requires_grad_(), torch.randn(3, requires_grad=True)
gamma, beta = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
h = F.conv1d(x, w, b, stride=2, padding=1)
y = F.max_pool1d(F.relu(F.batch_norm(h, None, None, gamma, beta, training=True, eps=1e-5)), 2)
(y.permute(0, 2, 1).reshape(-1) * torch.linspace(-1, 1, y.numel())).sum().backward()
cases["convolutions"] = {
    "x": steps_first(x), "weight": numbers(w.permute(2, 1, 0).contiguous()), "bias": numbers(b),
    "scale": numbers(gamma), "shift": numbers(beta), "y": steps_first(y), "byX": steps_first(x.grad),
    "byWeight": numbers(w.grad.permute(2, 1, 0).contiguous()), "byScale": numbers(gamma.grad),
    "byShift": numbers(beta.grad),
}

# Two sequences of 5 steps of 3, states of 2.
lstm = torch.nn.LSTM(3, 2, batch_first=True, bidirectional=True)
x = torch.randn(2, 5, 3, requires_grad=True)
y, _ = lstm(x)
(y.reshape(-1) * torch.linspace(-1, 1, y.numel())).sum().backward()
case = {"x": numbers(x), "y": numbers(y), "byX": numbers(x.grad)}
for name, suffix in [("forwards", ""), ("backwards", "_reverse")]:
    u, v = getattr(lstm, "weight_ih_l0" + suffix), getattr(lstm, "weight_hh_l0" + suffix)
    b, c = getattr(lstm, "bias_ih_l0" + suffix), getattr(lstm, "bias_hh_l0" + suffix)
    case[name] = {
        "inputWeight": numbers(u.T.contiguous()), "stateWeight": numbers(v.T.contiguous()),
        "bias": numbers(b + c), "byInputWeight": numbers(u.grad.T.contiguous()),
        "byStateWeight": numbers(v.grad.T.contiguous()), "byBias": numbers(b.grad),
    }
cases["lstm"] = case

cases["torch"] = torch.__version__
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sequences.json"), "w") as file:
    json.dump(cases, file, indent=1, sort_keys=True)
    file.write("\n")
