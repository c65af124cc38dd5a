"""What scripts/training/torch-trainer.ts and Python say to one another: a line of JSON, then float32 vectors as its `lengths` say."""
import json

import torch


def receive(stream):
    """-> message, vectors by name; None at the end."""
    line = stream.readline()
    if not line:
        return None, {}
    message = json.loads(line)
    vectors = {}
    for name, length in message.get("lengths", []):
        data = bytearray(stream.read(4 * length))
        vectors[name] = torch.frombuffer(data, dtype=torch.float32) if length else torch.empty(0)
    return message, vectors


def send(stream, message, vectors={}):
    stream.write((json.dumps({**message, "lengths": [[n, v.numel()] for n, v in vectors.items()]}) + "\n").encode())
    for vector in vectors.values():
        stream.write(memoryview(vector.contiguous().view(torch.uint8).numpy()))
    stream.flush()
