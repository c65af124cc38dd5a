"""
Trains a generator on a machine without Node, as npm run train does: one command there does it all.

  node scripts/node.mjs scripts/training/export-job.ts srresnet srresnet.job       # here
  python3 train_alone.py srresnet.job OUT SECONDS FOLDER:SHARE… [--init OTHER.bin]  # there
  node scripts/node.mjs scripts/blend-weights.ts srresnet OUT OUT 0 WEIGHTS.onnx   # here, as it ships

Each FOLDER of pictures gives SHARE of the crops. OUT is a checkpoint with the parameters and their running average.
"""
import argparse
import json
import math
import os
import time

import numpy
import torch

from pictures import Source, read_pictures
from protocol import receive, send
from recorded import Recorded
from training import Training

WARM_UP = 500  # steps
REPORT, SAVE = 250, 2000  # steps


def rate_at(schedule, step, progress):
    """As rateOf of scripts/training/configs.ts does for `cosine`."""
    return schedule["rate"] * min(1, step / WARM_UP) * 0.5 * (1 + math.cos(math.pi * min(1, progress)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job")
    parser.add_argument("out")
    parser.add_argument("seconds", type=float)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--init")
    args = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cudnn.benchmark = True
    start = time.time()
    with open(args.job, "rb") as file:
        job, vectors = receive(file)
    if args.init:
        with open(args.init, "rb") as file:
            vectors["theta"] = receive(file)[1]["average"]
        vectors["average"] = vectors["theta"].clone()
    training = Training(job, device)
    training.restore(vectors)
    random, schedule = numpy.random.default_rng(job["seed"]), job["schedule"]
    folders, shares = zip(*(source.split(":") for source in args.sources))
    sources = [Source(read_pictures(f), job["size"], job["detail"], job.get("jpeg"), device, random) for f in folders]
    shares = numpy.array([float(share) for share in shares])
    counts = numpy.round(job["batch"] * shares / shares.sum()).astype(int)
    counts[0] += job["batch"] - counts.sum()
    print(f"{[len(s.places) for s in sources]} places, {counts} of each a step, {time.time() - start:.0f} s", flush=True)

    numbers = torch.zeros(job["batch"], 2, dtype=torch.int64, device=device)

    def step():
        parts = [s.draw(n) for s, n in zip(sources, numbers.split(counts.tolist()))]
        low, high = (torch.cat(side).contiguous(memory_format=torch.channels_last) for side in zip(*parts))
        return training.step(low, high)

    recorded = Recorded(step)
    begun, done, sums = time.time(), 0, {}
    limit = args.seconds - (begun - start)
    while time.time() - begun < limit:
        done += 1
        progress = (time.time() - begun) / limit
        training.set_pace(done, rate_at(schedule, done, progress), min(schedule["average"], done / (done + 10)))
        numbers.copy_(torch.from_numpy(random.integers(0, 2**31, (job["batch"], 2))))
        losses = recorded()
        if done % 10 == 0:  # a look at the losses waits for the device
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0) + loss.item() * 10 / REPORT
        if done % REPORT == 0:
            print(f"{done} {time.time() - start:.0f} s", {k: round(v, 5) for k, v in sums.items()}, flush=True)
            sums = {}
        if done % SAVE == 0:
            save(args.out, done, time.time() - begun, training)
    save(args.out, done, time.time() - begun, training)
    print(f"{done} steps in {time.time() - begun:.0f} s", flush=True)


def save(path, step, seconds, training):
    state = training.state()
    with open(path + ".partial", "wb") as file:
        send(file, {"step": step, "seconds": seconds}, {name: state[name] for name in ("theta", "average")})
    os.replace(path + ".partial", path)


main()
