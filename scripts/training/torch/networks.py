"""The networks of models/upscale (generator.ts, discriminator.ts) in PyTorch, on parameters by name."""
import torch
import torch.nn.functional as F

LEAK = 0.2
BINOMIAL = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16


class Parameters:
    """Vectors theta, m, v and the gradient, flat, with a view of each for every slot of the layout."""

    def __init__(self, slots, theta, m, v):
        self.theta, self.m, self.v = theta, m, v
        self.gradient = torch.zeros_like(theta)
        self.by_name = {}
        for name, shape, offset in slots:
            size = torch.Size(shape).numel()
            leaf = self.theta[offset : offset + size].view(shape).detach().requires_grad_()
            leaf.grad = self.gradient[offset : offset + size].view(shape)
            self.by_name[name] = leaf

    def __getitem__(self, name):
        return self.by_name[name]

    def require_gradients(self, wanted):
        for leaf in self.by_name.values():
            leaf.requires_grad_(wanted)

    def descend(self, rate, step):
        """One update of Adam as in models/graph/adam.ts; clears the gradient."""
        g = self.gradient
        with torch.no_grad():
            self.m.lerp_(g, 0.1)
            self.v.mul_(0.999).addcmul_(g, g, value=0.001)
            denominator = (self.v / (1 - 0.999**step)).sqrt_().add_(1e-8)
            self.theta.addcdiv_(self.m, denominator, value=-rate / (1 - 0.9**step))
            g.zero_()


def convolve(x, p, name, stride=1, shuffled=None):
    weight, bias = p[f"{name}.weight"], p[f"{name}.bias"]
    if shuffled:
        weight, bias = rows_for_shuffle(weight, shuffled), rows_for_shuffle(bias, shuffled)
    if stride == 2:
        # ONNX pads a strided convolution at both sides alike.
        return F.conv2d(x, weight, bias, 2, weight.shape[2] // 2)
    return F.conv2d(x, weight, bias, 1, weight.shape[2] // 2)


def rows_for_shuffle(rows, factor):
    """ONNX's DCR order (row, column, channel) to the order of pixel_shuffle (channel, row, column)."""
    return rows.view(factor * factor, -1, *rows.shape[1:]).transpose(0, 1).reshape(rows.shape)


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
    return PRelu.apply(x, p[f"{name}.slope"].to(x.dtype))


def generator(x, p, size):
    head = prelu(convolve(x, p, "head"), p, "head")
    body = head
    for i in range(size["blocks"]):
        inner = prelu(convolve(body, p, f"block{i}.a"), p, f"block{i}")
        body = body + convolve(inner, p, f"block{i}.b")
    up = head + convolve(body, p, "trunk")
    if size["form"] == "paper":
        for stage in ("up1", "up2"):
            up = prelu(F.pixel_shuffle(convolve(up, p, stage, shuffled=2), 2), p, stage)
        detail = convolve(up, p, "tail")
    else:
        detail = F.pixel_shuffle(convolve(up, p, "tail", shuffled=4), 4)
    return F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=False) + detail.float()


def discriminator(x, p, size):
    if size.get("detail") is not None:
        kernel = (BINOMIAL[:, None] * BINOMIAL).expand(3, 1, 5, 5)
        x = size["detail"] * (x - F.conv2d(x, kernel.to(x.dtype), padding=2, groups=3))
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
            x = x.clamp(max=weights.item())
        elif kind == "Max":
            x = x.clamp(min=weights.item())
    return x
