"""Milliseconds of a training step of a generator in PyTorch on the CPU, as JSON: bench-step.py BLOCKS CHANNELS FORM BATCH STEPS THREADS"""
import json
import sys
import time

import torch
from torch import nn

blocks, channels, form, batch, steps, threads = (a if a in ("paper", "direct") else int(a) for a in sys.argv[1:])
torch.set_num_threads(threads)


def conv(a, b, size):
    return nn.Conv2d(a, b, size, padding=size // 2)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.act, self.b = conv(channels, channels, 3), nn.PReLU(channels), conv(channels, channels, 3)

    def forward(self, x):
        return x + self.b(self.act(self.a(x)))


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        ends = 9 if form == "paper" else 3
        self.head = nn.Sequential(conv(3, channels, ends), nn.PReLU(channels))
        self.body = nn.Sequential(*(Block() for _ in range(blocks)), conv(channels, channels, 3))
        stage = lambda: (conv(channels, 4 * channels, 3), nn.PixelShuffle(2), nn.PReLU(channels))
        up = (*stage(), *stage(), conv(channels, 3, 9)) if form == "paper" else (conv(channels, 48, 3), nn.PixelShuffle(4))
        self.up = nn.Sequential(*up)

    def forward(self, x):
        head = self.head(x)
        base = nn.functional.interpolate(x, scale_factor=4, mode="bilinear", align_corners=False)
        return base + self.up(head + self.body(head))


model = Generator()
optimiser = torch.optim.Adam(model.parameters(), 1e-4)
low, high = torch.rand(batch, 3, 24, 24), torch.rand(batch, 3, 96, 96)
times = []
for _ in range(steps + 1):
    start = time.perf_counter()
    optimiser.zero_grad()
    (((model(low) - high) ** 2 + 1e-6).sqrt().mean()).backward()
    optimiser.step()
    times.append(1000 * (time.perf_counter() - start))
times = sorted(times[1:])
print(json.dumps({"median": times[len(times) // 2], "least": times[0], "torch": torch.__version__}))
