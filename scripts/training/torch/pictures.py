"""Training crops drawn at any place of pictures that lie on the device at several sizes, as crops.ts cuts them."""
import os

import cv2
import numpy
import torch
import torch.nn.functional as F

SCALE = 4
# Sizes of pictures whose longer side is above the first number: large photographs are soft at full size.
CUTS = [(1600, [0.5, 0.4, 0.33, 0.25, 0.2]), (1000, [0.7, 0.55, 0.45, 0.35, 0.3]), (0, [1, 0.8, 0.6])]
ENDINGS = (".jpg", ".png", ".webp")


def read_pictures(folder):
    """-> uint8 tensors [3, h, w] of all pictures below a folder."""
    paths = sorted(
        os.path.join(at, name) for at, _, names in os.walk(folder) for name in names if name.endswith(ENDINGS)
    )
    for path in paths:
        bgr = cv2.imread(path, cv2.IMREAD_COLOR)
        yield torch.from_numpy(numpy.ascontiguousarray(bgr[:, :, ::-1].transpose(2, 0, 1)))


def resized(picture, height, width):
    """Antialiased bicubic, rounded; picture [3, h, w] in 0..255 as float."""
    out = F.interpolate(picture[None], (height, width), mode="bicubic", align_corners=False, antialias=True)[0]
    return out.round_().clamp_(0, 255)


def compressed(low, quality):
    pixels = low.permute(1, 2, 0).cpu().numpy().astype(numpy.uint8)
    _, code = cv2.imencode(".jpg", pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return torch.from_numpy(cv2.imdecode(code, cv2.IMREAD_COLOR)[:, :, ::-1].transpose(2, 0, 1).copy())


class Source:
    """Pictures of one kind. `draw` takes crops at random."""

    def __init__(self, pictures, size, detail, jpeg, device, random):
        self.size, self.device = size, device
        lows, highs, self.places = [], [], []
        low_at = high_at = 0
        for picture in pictures:
            for high, low, versions in self.cut(picture, jpeg, random):
                places = self.detailed(high, low, detail)
                for version in versions:
                    h, w = version.shape[1:]
                    table = torch.tensor([low_at, high_at, h, w], device=device).expand(len(places), 4)
                    self.places.append(torch.cat([table, places], 1))
                    lows.append(version.to(device, torch.uint8).flatten())
                    low_at += 3 * h * w
                    highs.append(high.to(torch.uint8).flatten())
                    high_at += 3 * h * w * SCALE**2
        self.low, self.high, self.places = torch.cat(lows), torch.cat(highs), torch.cat(self.places)
        grid = torch.arange(SCALE * size, device=device)
        self.grids = {1: torch.meshgrid(grid[:size], grid[:size], indexing="ij"), SCALE: torch.meshgrid(grid, grid, indexing="ij")}

    def cut(self, picture, jpeg, random):
        picture = picture.to(self.device).float()
        longer = max(picture.shape[1:])
        for factor in next(factors for least, factors in CUTS if longer > least):
            h, w = (int(length * factor / SCALE) for length in picture.shape[1:])
            if min(h, w) < self.size:
                continue
            high = resized(picture, SCALE * h, SCALE * w)
            low = resized(high, h, w)
            seen = [low] + ([compressed(low, int(random.integers(*jpeg)))] if jpeg else [])
            yield high, low, seen

    def detailed(self, high, low, detail):
        """Corners (y, x) of crops of which bicubic interpolation misses enough."""
        missed = (high - resized(low, *high.shape[1:])).abs().mean(0)[None, None]
        mean = F.avg_pool2d(missed, SCALE * self.size, SCALE)[0, 0]
        return (mean >= detail).nonzero()

    def draw(self, numbers):
        """numbers [n, 2] in 0..2^31 -> low, high [n, 3, edge, edge] in 0..1."""
        place = self.places[numbers[:, 0] % len(self.places)]
        turn = numbers[:, 1] % 8
        parts = place.unbind(1)
        low = self.gather(self.low, parts[0], parts, turn, 1)
        return low, self.gather(self.high, parts[1], parts, turn, SCALE)

    def gather(self, flat, start, parts, turn, factor):
        _, _, h, w, y, x = (part.view(-1, 1, 1) for part in parts)
        rows, columns = self.grids[factor]
        last = factor * self.size - 1
        bit = lambda k: (turn & k > 0).view(-1, 1, 1)
        a, b = torch.where(bit(4), columns, rows), torch.where(bit(4), rows, columns)
        a, b = torch.where(bit(2), last - a, a), torch.where(bit(1), last - b, b)
        at = start.view(-1, 1, 1) + (factor * y + a) * (factor * w) + factor * x + b
        planes = torch.stack([at + c * h * w * factor**2 for c in range(3)], 1)
        return flat[planes].float().div_(255).contiguous(memory_format=torch.channels_last)
