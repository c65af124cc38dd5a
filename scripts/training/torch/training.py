"""A generator in training: the steps of models/upscale/training-step.ts, on any device."""
import torch
import torch.nn.functional as F

from networks import Parameters, discriminator, features, generator, pace_of

# Corners from which the content loss looks, px: features of stride 4 alone would draw a grid.
CORNERS = 4


def charbonnier(a, b):
    return ((a - b) ** 2 + 1e-6).sqrt().mean()


class Training:
    """`job` is what scripts/training/torch-trainer.ts says of a configuration."""

    def __init__(self, job, device="cpu"):
        self.job, self.device = job, device
        self.pixel = charbonnier if job["loss"] == "charbonnier" else F.mse_loss
        self.dtype = torch.bfloat16 if job["half"] else torch.float32
        # What changes from step to step, in memory that stays, so that a step can be recorded and replayed.
        self.pace = torch.zeros(2, device=device)
        self.opponent_pace = torch.zeros(2, device=device)
        self.kept = torch.zeros(1, device=device)
        self.corner = torch.zeros(2, dtype=torch.int64, device=device)

    def restore(self, vectors):
        own = (vectors[name] for name in ("theta", "m", "v"))
        self.own = Parameters(self.job["slots"], *own, self.dtype, self.device)
        self.average = self.own.reordered(vectors["average"].to(self.device), True)
        if "opponent" in self.job:
            state = (vectors[f"d_{name}"] for name in ("theta", "m", "v"))
            self.opponent = Parameters(self.job["opponentSlots"], *state, self.dtype, self.device)
        self.layers = self.job.get("features", [])
        for i, layer in enumerate(self.layers):
            if vectors.get(f"feature{i}", torch.empty(0)).numel() > 0:
                layer["weights"] = vectors[f"feature{i}"].view(layer["shape"]).to(self.device, self.dtype)
            if layer["op"] in ("Min", "Max"):
                layer["limit"] = vectors[f"feature{i}"].item()

    def state(self):
        vectors = self.own.vectors()
        if "opponent" in self.job:
            vectors |= {f"d_{name}": vector for name, vector in self.opponent.vectors().items()}
        vectors["average"] = self.own.reordered(self.average, False)
        return {name: vector.cpu() for name, vector in vectors.items()}

    def set_pace(self, step, rate, keep):
        """Before each step, counted from 1. `keep`: the share of the running average that stays."""
        self.pace.copy_(torch.tensor(pace_of(rate, step)))
        self.kept.fill_(1 - keep)
        if "opponent" in self.job:
            self.opponent_pace.copy_(torch.tensor(pace_of(rate * self.job["opponentRate"], step)))
            self.corner.copy_(torch.tensor([step * 7 // CORNERS % CORNERS, step * 7 % CORNERS]))

    def step(self, low, high):
        """-> losses by name, as tensors."""
        fake = generator(low, self.own, self.job["generator"])
        pixel = self.pixel(fake, high)
        if "opponent" in self.job:
            losses = self.against_opponent(fake, high, pixel)
        else:
            pixel.backward()
            losses = {"loss": pixel.detach()}
        self.own.descend(self.pace)
        self.average.lerp_(self.own.theta, self.kept)
        return losses

    def judge(self, x):
        x = x.contiguous(memory_format=torch.channels_last)
        return discriminator(x, self.opponent, self.job["opponent"])

    def against_opponent(self, fake, high, pixel):
        real = self.judge(high)
        opponent_loss = 0.5 * (F.softplus(-real).mean() + F.softplus(self.judge(fake.detach())).mean())
        opponent_loss.backward()
        self.opponent.descend(self.opponent_pace)

        weights = self.job["weights"]
        self.opponent.require_gradients(False)
        loss = weights["pixel"] * pixel + weights["adversarial"] * F.softplus(-self.judge(fake)).mean()
        if self.layers:
            loss = loss + weights["content"] * self.content(fake, high)
        loss.backward()
        self.opponent.require_gradients(True)
        return {"loss": loss.detach(), "pixel_loss": pixel.detach(), "d_loss": opponent_loss.detach()}

    def content(self, fake, high):
        """Mean difference of features."""
        rows, columns = (
            torch.arange(edge - CORNERS, device=self.device) + self.corner[k] for k, edge in enumerate(fake.shape[2:])
        )
        seen = [255 * v.index_select(2, rows).index_select(3, columns) for v in (fake, high)]
        a, b = (features(v.to(self.dtype), self.layers) for v in seen)
        return (a.float() - b.float()).abs().mean()
