"""Training steps for scripts/training/torch-trainer.ts: requests on stdin, replies on stdout.

A request is a line of JSON, then float32 vectors as its `lengths` say; so is a reply. On a processor with AMX a step in
bfloat16 takes a tenth of the time that ONNX Runtime takes in float32; parameters, Adam and losses stay in float32.
"""
import json
import sys

import torch
import torch.nn.functional as F

from batches import Crops, draw_batch
from networks import Parameters, discriminator, features, generator

incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer


def receive():
    line = incoming.readline()
    if not line:
        return None, {}
    request = json.loads(line)
    vectors = {}
    for name, length in request.get("lengths", []):
        data = bytearray(incoming.read(4 * length))
        vectors[name] = torch.frombuffer(data, dtype=torch.float32) if length else torch.empty(0)
    return request, vectors


def reply(message, vectors={}):
    outgoing.write((json.dumps({**message, "lengths": [[n, v.numel()] for n, v in vectors.items()]}) + "\n").encode())
    for vector in vectors.values():
        outgoing.write(memoryview(vector.contiguous().view(torch.uint8).numpy()))
    outgoing.flush()


def charbonnier(a, b):
    return ((a - b) ** 2 + 1e-6).sqrt().mean()


class Training:
    def __init__(self, job):
        self.job = job
        self.pixel = charbonnier if job["loss"] == "charbonnier" else F.mse_loss
        self.folders = None
        self.dtype = torch.bfloat16 if job["half"] else torch.float32

    def restore(self, vectors):
        self.own = Parameters(self.job["slots"], *(vectors[name] for name in ("theta", "m", "v")), self.dtype)
        self.average = self.own.reordered(vectors["average"], True)
        if "opponent" in self.job:
            state = (vectors[f"d_{name}"] for name in ("theta", "m", "v"))
            self.opponent = Parameters(self.job["opponentSlots"], *state, self.dtype)
        self.layers = self.job.get("features", [])
        for i, layer in enumerate(self.layers):
            if vectors.get(f"feature{i}", torch.empty(0)).numel() > 0:
                layer["weights"] = vectors[f"feature{i}"].view(layer["shape"]).to(self.dtype)

    def state(self):
        vectors = self.own.vectors()
        if "opponent" in self.job:
            vectors |= {f"d_{name}": vector for name, vector in self.opponent.vectors().items()}
        return vectors | {"average": self.own.reordered(self.average, False)}

    def step(self, request):
        if request["crops"] != self.folders:
            self.folders = request["crops"]
            self.sources = [Crops(folder, self.job["size"]) for folder in self.folders]
        low, high = draw_batch(self.sources, self.job["batch"], request["seed"])
        fake = generator(low, self.own, self.job["generator"])
        pixel = self.pixel(fake, high)
        if "opponent" in self.job:
            losses = self.against_opponent(request, fake, high, pixel)
        else:
            pixel.backward()
            losses = {"loss": pixel.item()}
        self.own.descend(request["rate"], request["step"])
        self.average.lerp_(self.own.theta, 1 - request["keep"])
        return losses

    def judge(self, x):
        x = x.contiguous(memory_format=torch.channels_last)
        return discriminator(x, self.opponent, self.job["opponent"])

    def against_opponent(self, request, fake, high, pixel):
        real = self.judge(high)
        opponent_loss = 0.5 * (F.softplus(-real).mean() + F.softplus(self.judge(fake.detach())).mean())
        opponent_loss.backward()
        self.opponent.descend(request["rate"] * self.job["opponentRate"], request["step"])

        weights = self.job["weights"]
        self.opponent.require_gradients(False)
        loss = weights["pixel"] * pixel + weights["adversarial"] * F.softplus(-self.judge(fake)).mean()
        if self.layers:
            loss = loss + weights["content"] * self.content(fake, high, request["step"])
        loss.backward()
        self.opponent.require_gradients(True)
        return {"loss": loss.item(), "pixel_loss": pixel.item(), "d_loss": opponent_loss.item()}

    def content(self, fake, high, step):
        """Mean difference of features, from another corner each step: features of stride 4 alone would draw a grid."""
        y, x = step * 7 % 16 // 4, step * 7 % 4
        a, b = (features((255 * v[:, :, y:, x:]).to(self.dtype), self.layers) for v in (fake, high))
        return (a.float() - b.float()).abs().mean()


def main():
    job, vectors = receive()
    torch.set_num_threads(job["threads"])
    training = Training(job)
    training.restore(vectors)
    reply({})
    while True:
        request, vectors = receive()
        if request is None:
            return
        if request["op"] == "step":
            reply(training.step(request))
        elif request["op"] == "state":
            reply({}, training.state())
        else:
            training.restore(vectors)
            reply({})


main()
