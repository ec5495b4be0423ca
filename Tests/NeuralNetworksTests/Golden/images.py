"""Golden numbers of layers on images, by PyTorch in double precision. Writes images.json beside itself.

PyTorch has NCHW images, kernels (out, in, row, column) and, for odd sides, padding 2 on both sides as "SAME" has it;
what is written is NHWC, kernels (row, column, channels of the large image, channels of the small one).
"""
import json
import os

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(7)


def numbers(tensor):
    return [float(f"{x:.15g}") for x in tensor.detach().reshape(-1).tolist()]


def nhwc(tensor):
    return numbers(tensor.permute(0, 2, 3, 1).contiguous())


cases = {}

# 9 x 9 x 2 to 5 x 5 x 3 and to 3 x 3 x 2: padding left out; leaky ReLU behind.
x = torch.randn(2, 2, 9, 9, requires_grad=True)
w1, b1 = (0.3 * torch.randn(3, 2, 5, 5)).requires_grad_(), torch.randn(3, requires_grad=True)
gamma, beta = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
w2, b2 = (0.3 * torch.randn(2, 3, 5, 5)).requires_grad_(), torch.randn(2, requires_grad=True)
h = F.conv2d(x, w1, b1, stride=2, padding=2)
n = F.batch_norm(h, None, None, gamma, beta, training=True, eps=1e-5)
y = F.leaky_relu(F.conv2d(F.leaky_relu(n, 0.2), w2, b2, stride=2, padding=2), 0.2)
loss = (y * torch.linspace(-1, 1, y.numel()).reshape(2, 3, 3, 2).permute(0, 3, 1, 2)).sum()
loss.backward()
cases["convolutions"] = {
    "x": nhwc(x), "weight1": numbers(w1.permute(2, 3, 1, 0).contiguous()), "bias1": numbers(b1),
    "scale": numbers(gamma), "shift": numbers(beta),
    "weight2": numbers(w2.permute(2, 3, 1, 0).contiguous()), "bias2": numbers(b2), "y": nhwc(y),
    "byX": nhwc(x.grad), "byWeight1": numbers(w1.grad.permute(2, 3, 1, 0).contiguous()),
    "byScale": numbers(gamma.grad), "byShift": numbers(beta.grad),
    "byWeight2": numbers(w2.grad.permute(2, 3, 1, 0).contiguous()), "byBias2": numbers(b2.grad),
}

# 3 x 3 x 2 to 5 x 5 x 3 to 9 x 9 x 1 by transposed convolutions, ReLU and sigmoid behind.
x = torch.randn(2, 2, 3, 3, requires_grad=True)
w1, b1 = (0.3 * torch.randn(2, 3, 5, 5)).requires_grad_(), torch.randn(3, requires_grad=True)
w2, b2 = (0.3 * torch.randn(3, 1, 5, 5)).requires_grad_(), torch.randn(1, requires_grad=True)
h = F.relu(F.conv_transpose2d(x, w1, b1, stride=2, padding=2))
y = torch.sigmoid(F.conv_transpose2d(h, w2, b2, stride=2, padding=2))
loss = (y * torch.linspace(-1, 1, y.numel()).reshape(2, 1, 9, 9)).sum()
loss.backward()
cases["transposed"] = {
    "x": nhwc(x), "weight1": numbers(w1.permute(2, 3, 1, 0).contiguous()), "bias1": numbers(b1),
    "weight2": numbers(w2.permute(2, 3, 1, 0).contiguous()), "bias2": numbers(b2), "y": nhwc(y),
    "byX": nhwc(x.grad), "byWeight1": numbers(w1.grad.permute(2, 3, 1, 0).contiguous()),
    "byBias1": numbers(b1.grad), "byWeight2": numbers(w2.grad.permute(2, 3, 1, 0).contiguous()),
    "byBias2": numbers(b2.grad),
}

cases["torch"] = torch.__version__
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "images.json"), "w") as file:
    json.dump(cases, file, indent=1, sort_keys=True)
    file.write("\n")
