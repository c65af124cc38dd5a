"""The networks of models/upscale (generator.ts, discriminator.ts) in PyTorch, on parameters by name."""
from functools import cache

import torch
import torch.nn.functional as F

LEAK = 0.2
BINOMIAL = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16


def channels_last(shape):
    """Order of axes in memory that the processor's convolutions want of a weight [out, in, h, w]."""
    return (0, 2, 3, 1) if len(shape) == 4 else tuple(range(len(shape)))


def pace_of(rate, step):
    """Rate over the bias of Adam's first moment, and one over that of the second, at a step counted from 1."""
    return [rate / (1 - 0.9**step), 1 / (1 - 0.999**step)]


class Parameters:
    """Parameters, Adam's moments and gradient of a network, by the names of its layout.

    The vectors are kept in float32, convolutions channels last; the network sees a copy of theta in `dtype`.
    """

    def __init__(self, slots, theta, m, v, dtype, device="cpu"):
        self.slots = [(name, torch.Size(shape), offset) for name, shape, offset in slots]
        self.theta, self.m, self.v = (self.reordered(vector, True).to(device) for vector in (theta, m, v))
        self.seen = self.theta.to(dtype, copy=True)
        self.gradient = torch.zeros_like(self.seen)
        self.by_name = {}
        for name, shape, offset in self.slots:
            leaf, gradient = (self.view(vector, shape, offset) for vector in (self.seen, self.gradient))
            leaf.requires_grad_().grad = gradient
            self.by_name[name] = leaf

    @staticmethod
    def view(vector, shape, offset):
        order = channels_last(shape)
        stored = vector[offset : offset + shape.numel()].view([shape[axis] for axis in order])
        return stored.permute([order.index(axis) for axis in range(len(shape))]).detach()

    def reordered(self, vector, inwards):
        """From the order of the layout into that of memory here, or back."""
        out = torch.empty_like(vector)
        for _, shape, offset in self.slots:
            a = vector[offset : offset + shape.numel()].view(shape)
            if inwards:
                self.view(out, shape, offset).copy_(a)
            else:
                out[offset : offset + shape.numel()].view(shape).copy_(self.view(vector, shape, offset))
        return out

    def vectors(self):
        return {name: self.reordered(getattr(self, name), False) for name in ("theta", "m", "v")}

    def __getitem__(self, name):
        return self.by_name[name]

    def require_gradients(self, wanted):
        for leaf in self.by_name.values():
            leaf.requires_grad_(wanted)

    def descend(self, pace):
        """One update of Adam as in models/graph/adam.ts; clears the gradient. `pace` is what `pace_of` says, a tensor."""
        with torch.no_grad():
            g = self.gradient.float()
            self.m.lerp_(g, 0.1)
            self.v.mul_(0.999).addcmul_(g, g, value=0.001)
            denominator = (self.v * pace[1]).sqrt_().add_(1e-8)
            self.theta.sub_(self.m.div(denominator).mul_(pace[0]))
            self.seen.copy_(self.theta)
            self.gradient.zero_()


def convolve(x, p, name, stride=1):
    weight = p[f"{name}.weight"]
    return F.conv2d(x, weight, p[f"{name}.bias"], stride, weight.shape[2] // 2)


def shuffle(x, factor):
    """Pixel shuffle in ONNX's DCR order (row, column, channel), which channels last copies whole pixels."""
    n, c, h, w = x.shape
    pixels = x.permute(0, 2, 3, 1).reshape(n, h, w, factor, factor, c // factor**2)
    return pixels.transpose(2, 3).reshape(n, h * factor, w * factor, -1).permute(0, 3, 1, 2)


class PRelu(torch.autograd.Function):
    """F.prelu, whose own gradient took a quarter of a step on the processor."""

    @staticmethod
    def forward(context, x, slope):
        context.save_for_backward(x, slope)
        return F.prelu(x, slope.flatten())

    @staticmethod
    def backward(context, gradient):
        x, slope = context.saved_tensors
        to_slope = (gradient * x.clamp(max=0)).permute(0, 2, 3, 1).reshape(-1, x.shape[1]).sum(0)
        to_x = torch.ops.aten.threshold_backward(gradient, x, 0)
        to_x.addcmul_(gradient - to_x, slope)
        return to_x, to_slope.view(slope.shape)


def prelu(x, p, name):
    return PRelu.apply(x, p[f"{name}.slope"])


def generator(x, p, size):
    """x in float32 -> float32; between them as the parameters are."""
    seen = x.to(p["head.weight"].dtype)
    head = prelu(convolve(seen, p, "head"), p, "head")
    body = head
    for i in range(size["blocks"]):
        inner = prelu(convolve(body, p, f"block{i}.a"), p, f"block{i}")
        body = body + convolve(inner, p, f"block{i}.b")
    up = head + convolve(body, p, "trunk")
    if size["form"] == "paper":
        for stage in ("up1", "up2"):
            up = prelu(shuffle(convolve(up, p, stage), 2), p, stage)
        detail = convolve(up, p, "tail")
    else:
        detail = shuffle(convolve(up, p, "tail"), 4)
    return F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=False) + detail.float()


@cache
def binomial(device, dtype):
    return (BINOMIAL[:, None] * BINOMIAL).expand(3, 1, 5, 5).to(device, dtype)


def discriminator(x, p, size):
    x = x.to(p["conv0.weight"].dtype)
    if size.get("detail") is not None:
        fine = x - F.conv2d(x, binomial(x.device, x.dtype), padding=2, groups=3)
        x = torch.cat([x, size["detail"] * fine], 1)
    for i in range(8):
        x = F.leaky_relu(convolve(x, p, f"conv{i}", stride=1 + i % 2), LEAK)
    if size["form"] == "patch":
        return convolve(x, p, "logit").float()
    flat = x.flatten(1)
    hidden = F.leaky_relu(flat @ p["dense.weight"] + p["dense.bias"], LEAK)
    return (hidden @ p["logit.weight"] + p["logit.bias"]).float()


def features(x, layers):
    """Frozen layers of a network, as frozenFeatures of models/upscale/frozen-features.ts has them."""
    for layer in layers:
        kind, weights = layer["op"], layer.get("weights")
        if kind == "Conv":
            top, left, bottom, right = layer["pads"]
            x = F.conv2d(F.pad(x, (left, right, top, bottom)), weights, None, layer["stride"], 0, 1, layer["group"])
        elif kind == "Relu":
            x = F.relu(x)
        elif kind == "Add":
            x = x + weights
        elif kind == "Mul":
            x = x * weights
        elif kind == "Min":
            x = x.clamp(max=layer["limit"])
        elif kind == "Max":
            x = x.clamp(min=layer["limit"])
    return x
