"""Batches as drawBatch of scripts/training/crops.ts draws them, from the same files and the same random numbers."""
import numpy
import torch

MASK = 0xFFFFFFFF


def uniform_numbers(seed):
    """mulberry32, as in scripts/training/random.ts."""
    state = seed & MASK
    while True:
        state = (state + 0x6D2B79F5) & MASK
        t = ((state ^ (state >> 15)) * (1 | state)) & MASK
        t = ((t + (((t ^ (t >> 7)) * (61 | t)) & MASK)) ^ t) & MASK
        yield ((t ^ (t >> 14)) & MASK) / 2**32


class Crops:
    def __init__(self, folder, size):
        self.low, self.high = (
            numpy.memmap(f"{folder}/{name}.u8", numpy.uint8, "r").reshape(-1, 3, edge, edge)
            for name, edge in (("low", size), ("high", 4 * size))
        )


def turned(crop, turn):
    """Bit 0 mirrors columns, bit 1 rows, bit 2 transposes."""
    if turn & 4:
        crop = crop.transpose(0, 2, 1)
    if turn & 1:
        crop = crop[:, :, ::-1]
    if turn & 2:
        crop = crop[:, ::-1]
    return crop


def draw_batch(sources, batch, seed):
    """-> low, high [batch, 3, edge, edge] in 0..1, channels last."""
    random = uniform_numbers(seed)
    low, high = [], []
    for _ in range(batch):
        source = sources[int(next(random) * len(sources))]
        crop = int(next(random) * len(source.low))
        turn = int(next(random) * 8)
        low.append(turned(source.low[crop], turn))
        high.append(turned(source.high[crop], turn))
    return (
        torch.from_numpy(numpy.stack(crops)).contiguous(memory_format=torch.channels_last).float() / 255
        for crops in (low, high)
    )
