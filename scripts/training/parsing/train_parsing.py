"""
The training of npm run train -- --config parsing in PyTorch: the same network, loss and checkpoints, in bfloat16, on a processor
or a GPU; parameters and Adam stay in float32. Rounds of samples are read as they arrive.

python3 train_parsing.py ROUNDS OUT SECONDS RATE [--batch N] [--most SAMPLES] [--least SAMPLES] [--keep]
"""
import argparse
import json
import math
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "torch"))
from recorded import Recorded  # noqa: E402

SIDE, PLANES, CLASSES, CHANNELS = 256, 7, 13, 8
ENCODER, DECODER, BLOCKS = [16, 32, 56, 88, 112], [16, 28, 40, 64], [0, 1, 1, 1, 1]
WEIGHTS = [0.8, 1.4, 2, 1.2, 1.4, 2, 2, 2, 2, 2, 2, 1, 2]
AVERAGE = 0.999
UNKNOWN = 255
# Chance that a sample is turned, scaled and moved a little more, and how much: standard deviations.
MOVED, TURN, ZOOM, MOVE = 0.6, 0.06, 0.08, 0.04
REPORT, LOOK = 250, 200  # steps
SAVE = 120  # seconds
# No step takes so many seconds: the process was suspended, which is not time spent.
PAUSE = 10


def layout():
    """Names and shapes in the order of models/segment/parsing-network.ts."""
    slots = []

    def convolution(name, cin, cout, size):
        slots.extend([(f"{name}.weight", (cout, cin, size, size)), (f"{name}.bias", (cout,))])

    channels = CHANNELS
    for i, to in enumerate(ENCODER):
        convolution(f"down{i}", channels, to, 3)
        for b in range(BLOCKS[i]):
            convolution(f"encode{i}.{b}.a", to, to, 3)
            convolution(f"encode{i}.{b}.b", to, to, 3)
        channels = to
    for i in reversed(range(len(DECODER))):
        convolution(f"up{i}", channels, DECODER[i], 1)
        convolution(f"across{i}", ENCODER[i], DECODER[i], 1)
        convolution(f"decode{i}", DECODER[i], DECODER[i], 3)
        channels = DECODER[i]
    convolution("classes", channels, CLASSES, 1)
    return slots


def network(x, p):
    def conv(y, name, stride=1):
        weight = p[f"{name}.weight"]
        return F.conv2d(y, weight, p[f"{name}.bias"], stride, weight.shape[-1] // 2)

    levels, y = [], x
    for i in range(len(ENCODER)):
        y = F.relu(conv(y, f"down{i}", 2))
        for b in range(BLOCKS[i]):
            y = F.relu(y + conv(F.relu(conv(y, f"encode{i}.{b}.a")), f"encode{i}.{b}.b"))
        levels.append(y)
    for i in reversed(range(len(DECODER))):
        coarse = F.interpolate(conv(y, f"up{i}"), scale_factor=2, mode="nearest")
        y = F.relu(conv(F.relu(coarse + conv(levels[i], f"across{i}")), f"decode{i}"))
    return conv(y, "classes")


def read_checkpoint(path):
    with open(path, "rb") as file:
        head = json.loads(file.readline())
        vectors = {name: np.frombuffer(file.read(4 * n), np.float32).copy() for name, n in head["lengths"]}
    return head, vectors


def write_checkpoint(path, step, seconds, vectors):
    with open(path + ".partial", "wb") as file:
        head = {"step": step, "seconds": seconds, "lengths": [[n, len(v)] for n, v in vectors.items()]}
        file.write((json.dumps(head) + "\n").encode())
        for vector in vectors.values():
            file.write(np.ascontiguousarray(vector, np.float32).tobytes())
    os.replace(path + ".partial", path)


class Pool:
    """Samples on the device. Files that appear in the folder are added; once it is full, they replace the oldest."""

    def __init__(self, folder, most, device):
        self.folder, self.device, self.read, self.added = folder, device, set(), 0
        self.samples = torch.zeros(most, PLANES, SIDE, SIDE, dtype=torch.uint8, device=device)

    @property
    def count(self):
        return min(self.added, len(self.samples))

    def look(self):
        for name in sorted(n for n in os.listdir(self.folder) if n.endswith(".bin")):
            if name in self.read:
                continue
            self.read.add(name)
            records = torch.from_numpy(np.fromfile(os.path.join(self.folder, name), np.uint8))
            records = records.view(-1, PLANES, SIDE, SIDE)
            at = torch.arange(self.added, self.added + len(records)) % len(self.samples)
            self.samples[at.to(self.device)] = records.to(self.device)
            self.added += len(records)


class Chances:
    """What is drawn for a batch, in memory that stays."""

    def __init__(self, batch, device):
        self.index = torch.zeros(batch, dtype=torch.int64, device=device)
        self.place = torch.zeros(batch, 2, 3, device=device)
        self.light = torch.zeros(batch, 5, device=device)

    def draw(self, random, count):
        n = len(self.index)
        moved = random.random(n) < MOVED
        angle, zoom = TURN * random.standard_normal(n) * moved, np.exp(ZOOM * random.standard_normal(n) * moved)
        mirror = np.where(random.random(n) < 0.5, -1, 1)
        cos, sin = np.cos(angle) * zoom, np.sin(angle) * zoom
        shift = MOVE * random.standard_normal((n, 2)) * moved[:, None]
        place = np.stack([mirror * cos, -sin, shift[:, 0], mirror * sin, cos, shift[:, 1]], 1).reshape(n, 2, 3)
        gains = random.uniform(0.95, 1.05, (n, 3))
        light = np.concatenate([gains, random.uniform(0.85, 1.15, (n, 1)), random.random((n, 1)) < 0.8], 1)
        for tensor, drawn in ((self.index, random.integers(0, count, n)), (self.place, place), (self.light, light)):
            tensor.copy_(torch.from_numpy(drawn))


def batch(samples, chances, weights):
    records = samples[chances.index].float()
    grid = F.affine_grid(chances.place, (len(records), 1, SIDE, SIDE), align_corners=False)
    smooth = F.grid_sample(records[:, :4], grid, "bilinear", "border", align_corners=False) / 255
    exact = F.grid_sample(records[:, 4:], grid, "nearest", "border", align_corners=False)
    light = chances.light[:, :, None, None]
    colours = (light[:, :3] * smooth[:, :3] ** light[:, 3:4]).clamp(max=1)
    bits = [(exact[:, 2:].to(torch.uint8) >> k) & 1 for k in range(4)]
    x = torch.cat([colours, smooth[:, 3:] * light[:, 4:], *(bit.float() for bit in bits)], 1)
    inside = (grid.abs() <= 1).all(3)
    labels, trust = exact[:, 0].long(), exact[:, 1] / 255 * inside
    trust = torch.where(labels == UNKNOWN, 0, trust)
    labels = torch.where(labels == UNKNOWN, 0, labels)
    shares = torch.zeros(len(x), CLASSES, SIDE, SIDE, device=x.device)
    shares.scatter_(1, labels[:, None], (trust * weights[labels])[:, None])
    return x.contiguous(memory_format=torch.channels_last), F.avg_pool2d(shares, 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds")
    parser.add_argument("out", help="the checkpoint to go on from and to write")
    parser.add_argument("seconds", type=float)
    parser.add_argument("rate", type=float)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--most", type=int, default=4000)
    parser.add_argument("--least", type=int, default=1, help="samples to wait for")
    parser.add_argument("--keep", action="store_true", help="keep each checkpoint, as OUT.STEP, to choose from")
    args = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(1)
    torch.backends.cudnn.benchmark = True
    slots = layout()
    sizes = [math.prod(shape) for _, shape in slots]
    head, vectors = read_checkpoint(args.out)
    theta, m, v, average = (torch.from_numpy(vectors[name]).to(device) for name in ("theta", "m", "v", "average"))
    assert len(theta) == sum(sizes)
    theta.requires_grad_()
    theta.grad = torch.zeros_like(theta)
    weights = torch.tensor(WEIGHTS, device=device)
    pool, chances = Pool(args.rounds, args.most, device), Chances(args.batch, device)
    while pool.count < args.least:
        pool.look()
        time.sleep(0.5)
    # Rate over the bias of Adam's first moment, one over that of the second, and what the average takes on.
    pace = torch.zeros(3, device=device)

    def step():
        x, shares = batch(pool.samples, chances, weights)
        p = {name: part.view(shape) for (name, shape), part in zip(slots, torch.split(theta, sizes))}
        with torch.autocast(device, torch.bfloat16, cache_enabled=False):
            logits = network(x, p)
        loss = -(shares * F.log_softmax(logits.float(), 1)).sum() / shares.sum()
        loss.backward()
        with torch.no_grad():
            g = theta.grad
            m.lerp_(g, 0.1)
            v.mul_(0.999).addcmul_(g, g, value=0.001)
            theta.sub_(m / (v * pace[1]).sqrt_().add_(1e-8) * pace[0])
            average.lerp_(theta, pace[2])
            g.zero_()
        return {"loss": loss.detach()}

    recorded, random = Recorded(step), np.random.default_rng(head["step"])
    log = open(os.path.splitext(args.out)[0] + ".csv", "a")
    first, done, mean = head["step"], head["step"], 0.0
    spent, saved, last = 0.0, 0.0, time.time()
    while spent < args.seconds:
        done += 1
        if (done - first) % LOOK == 0:
            pool.look()
        rate = args.rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * spent / args.seconds)))
        pace.copy_(torch.tensor([rate / (1 - 0.9**done), 1 / (1 - 0.999**done), 1 - min(AVERAGE, done / (done + 10))]))
        chances.draw(random, pool.count)
        loss = recorded()["loss"]
        if done % 10 == 0:
            mean += loss.item() * 10 / REPORT
        now = time.time()
        spent, last = spent + min(PAUSE, now - last), now
        if done % REPORT == 0:
            print(done, f"{spent:.0f} s", f"{mean:.4f}", pool.added, "samples", flush=True)
            log.write(f"{done},{head['seconds'] + spent:.1f},{mean:.5g},\n")
            log.flush()
            mean = 0.0
        if spent - saved >= SAVE or spent >= args.seconds:
            saved = spent
            state = {"theta": theta.detach(), "m": m, "v": v, "average": average}
            state = {name: vector.cpu().numpy() for name, vector in state.items()}
            for path in [args.out] + [f"{args.out}.{done}"] * args.keep:
                write_checkpoint(path, done, head["seconds"] + spent, state)


main()
