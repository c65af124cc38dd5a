"""
The training of npm run train -- --config parsing in PyTorch: the same network, samples, loss and checkpoints, in bfloat16. On a processor
with AMX a step takes a fraction of the time of ONNX Runtime in float32; parameters and Adam stay in float32.

python train_parsing.py ROUNDS OUT SECONDS RATE [FIRST]
"""
import json
import math
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

SIDE, PLANES, CLASSES, CHANNELS = 256, 7, 13, 8
AREA, HALF = SIDE * SIDE, SIDE // 2
ENCODER, DECODER, BLOCKS = [16, 32, 56, 88, 112], [16, 28, 40, 64], [0, 1, 1, 1, 1]
WEIGHTS = torch.tensor([0.8, 1.4, 2, 1.2, 1.4, 2, 2, 2, 2, 2, 2, 1, 2])
BATCH, AVERAGE = 8, 0.999
UNKNOWN = 255


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


class Rounds:
    """Later rounds are drawn as often as `weight` says; they hold the better labels."""

    def __init__(self, folder, first):
        names = sorted(n for n in os.listdir(folder) if n.endswith(".bin"))[first:]
        self.maps = [np.memmap(os.path.join(folder, n), np.uint8, "r").reshape(-1, PLANES, SIDE, SIDE) for n in names]
        self.count = sum(len(m) for m in self.maps)
        sizes = np.array([len(m) for m in self.maps], float)
        self.shares = sizes / sizes.sum()

    def draw(self, random):
        part = self.maps[random.choice(len(self.maps), p=self.shares)]
        return part[random.integers(len(part))]


def batch(rounds, random):
    x = np.empty((BATCH, CHANNELS, SIDE, SIDE), np.float32)
    labels = np.empty((BATCH, SIDE, SIDE), np.int64)
    trust = np.empty((BATCH, SIDE, SIDE), np.float32)
    ramp = np.arange(256, dtype=np.float32) / 255
    for n in range(BATCH):
        record = np.array(rounds.draw(random))
        if random.random() < 0.5:
            record = record[:, :, ::-1]
        power = random.uniform(0.85, 1.15)
        for c in range(3):
            x[n, c] = np.minimum(1, random.uniform(0.95, 1.05) * ramp**power)[record[c]]
        x[n, 3] = ramp[record[3]] * (random.random() < 0.8)
        for k in range(4):
            x[n, 4 + k] = (record[6] >> k) & 1
        labels[n], trust[n] = record[4], record[5]
    labels, trust = torch.from_numpy(labels), torch.from_numpy(trust) / 255 / 4
    trust[labels == UNKNOWN] = 0
    labels[labels == UNKNOWN] = 0
    trust *= WEIGHTS[labels]
    shares = torch.zeros(BATCH, CLASSES, HALF, HALF)
    for dy in range(2):
        for dx in range(2):
            shares.scatter_add_(1, labels[:, None, dy::2, dx::2], trust[:, None, dy::2, dx::2])
    return torch.from_numpy(x).contiguous(memory_format=torch.channels_last), shares


def main():
    folder, out, limit, rate, first = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]), int((sys.argv + [0])[5])
    torch.set_num_threads(1)
    slots = layout()
    sizes = [math.prod(shape) for _, shape in slots]
    path = os.path.join(out, "checkpoint.bin")
    head, vectors = read_checkpoint(path)
    theta = torch.from_numpy(vectors["theta"]).requires_grad_()
    assert len(theta) == sum(sizes)
    optimiser = torch.optim.Adam([theta], lr=rate)
    if "m" in vectors and vectors["v"].any():
        optimiser.state[theta] = {
            "step": torch.tensor(float(head["step"])),
            "exp_avg": torch.from_numpy(vectors["m"]),
            "exp_avg_sq": torch.from_numpy(vectors["v"]),
        }
    average = torch.from_numpy(vectors["average"])
    step, start, base = head["step"], time.time(), head["seconds"]
    random = np.random.default_rng(step)
    rounds = Rounds(folder, first)
    print(sum(sizes), "parameters", rounds.count, "samples", flush=True)
    log = open(os.path.join(out, "log.csv"), "a")
    mean = 0.0
    while time.time() - start < limit:
        step += 1
        progress = (time.time() - start) / limit
        now = rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))
        optimiser.param_groups[0]["lr"] = now
        x, shares = batch(rounds, random)
        parts = torch.split(theta, sizes)
        p = {name: part.view(shape) for (name, shape), part in zip(slots, parts)}
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(x, p)
        loss = -(shares * F.log_softmax(logits.float(), 1)).sum() / shares.sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        keep = min(AVERAGE, step / (step + 10))
        average.lerp_(theta.detach(), 1 - keep)
        mean += loss.item() / 50
        if step % 50 == 0:
            print(step, f"{time.time() - start:.0f} s", f"{mean:.4f}", f"{now:.2e}", flush=True)
            log.write(f"{step},{base + time.time() - start:.1f},{mean:.5g},\n")
            log.flush()
            mean = 0.0
        if step % 250 == 0 or time.time() - start >= limit:
            state = optimiser.state[theta]
            write_checkpoint(path, step, base + time.time() - start, {
                "theta": theta.detach().numpy(), "m": state["exp_avg"].numpy(), "v": state["exp_avg_sq"].numpy(),
                "average": average.numpy(),
            })
            rounds = Rounds(folder, first)


main()
