"""
Pictures of overlapping shapes, whose edges and textures stand in for photographs that nobody gives away: the dead leaves
of Matheron (1968) with radii that follow a power law, as Achddou et al. (2021) train restoration networks on. Each leaf is
plain, shaded, or covered with a piece of a photograph.

python3 dead_leaves.py PHOTOGRAPHS OUT COUNT [SEED]
"""
import os
import sys

import cv2
import numpy as np

EDGE, FINER = 480, 2  # px, and how much finer they are drawn
RADII = (6, 400)  # px, drawn
COLOURS = 3  # exponent of the power law of the radii


def radius(random):
    a, b = (r ** (1 - COLOURS) for r in RADII)
    return (a + random.random() * (b - a)) ** (1 / (1 - COLOURS))


def outline(random, centre, size):
    kind = random.integers(5)
    if kind < 2:
        n, squash, turn = 48, random.uniform(0.3, 1), random.uniform(0, np.pi)
        angles = np.linspace(0, 2 * np.pi, n, endpoint=False)
        points = np.stack([np.cos(angles), squash * np.sin(angles)], 1)
    elif kind == 2:  # a bar
        turn, points = random.uniform(0, np.pi), np.array([[-3, -0.12], [3, -0.12], [3, 0.12], [-3, 0.12]]) * random.uniform(0.4, 1.2)
    else:  # a polygon, or a blob
        n, turn = (random.integers(3, 8), 0) if kind == 3 else (60, 0)
        angles = np.linspace(0, 2 * np.pi, n, endpoint=False) + random.uniform(0, 6)
        waves = sum(random.normal() * 0.15 * np.cos(k * angles + random.uniform(0, 6)) for k in range(2, 6))
        points = np.stack([np.cos(angles), np.sin(angles)], 1) * (random.uniform(0.5, 1, (n, 1)) if kind == 3 else 1 + waves[:, None])
    c, s = np.cos(turn), np.sin(turn)
    return (centre + size * points @ np.array([[c, s], [-s, c]])).astype(np.int32)


def colour(random, photographs):
    """Of some photograph, so that colours are those of things."""
    photograph = photographs[random.integers(len(photographs))]
    h, w = photograph.shape[:2]
    return photograph[random.integers(h), random.integers(w)].astype(np.float32)


def filling(random, photographs, h, w):
    kind = random.random()
    if kind < 0.3:
        return np.broadcast_to(colour(random, photographs), (h, w, 3))
    if kind < 0.55:
        a, b = colour(random, photographs), colour(random, photographs)
        dx, dy = random.normal(size=2)
        y, x = np.mgrid[0:h, 0:w]
        t = np.clip(0.5 + 0.5 * (dx * (x / w - 0.5) + dy * (y / h - 0.5)), 0, 1)[..., None]
        return a + t * (b - a)
    if kind < 0.65:  # stripes
        a, b = colour(random, photographs), colour(random, photographs)
        period, turn = random.uniform(6, 60), random.uniform(0, np.pi)
        y, x = np.mgrid[0:h, 0:w]
        t = np.clip(2 * np.sin(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / period) + 0.5, 0, 1)[..., None]
        return a + t * (b - a)
    photograph = photographs[random.integers(len(photographs))]
    zoom = random.uniform(1, 3) * max(1, h / photograph.shape[0], w / photograph.shape[1])
    ph, pw = int(h / zoom) + 1, int(w / zoom) + 1
    y, x = random.integers(max(1, photograph.shape[0] - ph)), random.integers(max(1, photograph.shape[1] - pw))
    return cv2.resize(photograph[y : y + ph, x : x + pw], (w, h), interpolation=cv2.INTER_CUBIC).astype(np.float32)


def draw(random, photographs):
    edge = EDGE * FINER
    picture = np.array(filling(random, photographs, edge, edge), np.float32)
    for _ in range(400):
        size, centre = radius(random) * random.uniform(1, 3), random.uniform(0, edge, 2)
        points = outline(random, centre, size)
        (x0, y0), (x1, y1) = np.clip(points.min(0), 0, edge), np.clip(points.max(0) + 1, 0, edge)
        if x1 - x0 < 2 or y1 - y0 < 2:
            continue
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        cv2.fillPoly(mask, [points - [x0, y0]], 1)
        part = picture[y0:y1, x0:x1]
        np.copyto(part, filling(random, photographs, y1 - y0, x1 - x0), where=mask[..., None] > 0)
    if random.random() < 0.3:
        picture += random.normal(0, random.uniform(1, 6), picture.shape)
    return cv2.resize(picture, (EDGE, EDGE), interpolation=cv2.INTER_AREA)


def main():
    folder, out, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    random = np.random.default_rng(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    os.makedirs(out, exist_ok=True)
    paths = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in sorted(names)]
    photographs = [cv2.imread(path) for path in sorted(paths)]
    photographs = [cv2.resize(p, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) if max(p.shape) > 1000 else p for p in photographs if p is not None]
    for k in range(count):
        name = f"{int(sys.argv[4]) if len(sys.argv) > 4 else 1}-{k:04d}.png"
        cv2.imwrite(os.path.join(out, name), np.clip(draw(random, photographs), 0, 255))


main()
