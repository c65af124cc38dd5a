"""
Puts the selfie network's matte into samples that were made without it:
python3 fill_mattes.py RAW OUT PART/PARTS selfie.onnx SECONDS
"""
import os
import sys
import time

import numpy as np
import onnxruntime

SIDE, PLANES = 256, 7


def main():
    raw, out, share, model, seconds = sys.argv[1:6]
    part, parts = map(int, share.split("/"))
    os.makedirs(out, exist_ok=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    end = time.time() + float(seconds)
    while time.time() < end:
        files = sorted(f for f in os.listdir(raw) if f.endswith(".bin"))
        files = [f for f in files if sum(f.encode()) % parts == part]
        for file in files:
            path = os.path.join(raw, file)
            records = np.fromfile(path, np.uint8).reshape(-1, PLANES, SIDE, SIDE)
            for record in records:
                colours = record[None, :3].astype(np.float32) / 255
                record[3] = np.round(255 * session.run(None, {name: colours})[0].reshape(SIDE, SIDE))
            target = os.path.join(out, file)
            records.tofile(target + ".partial")
            os.replace(target + ".partial", target)
            os.remove(path)
        time.sleep(0 if files else 1)


main()
