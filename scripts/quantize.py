"""
Makes the 8-bit version of a network that enlarges, for processors:

  .cache/venv/bin/pip install onnx onnxruntime opencv-python-headless
  .cache/venv/bin/python scripts/quantize.py PORTRAITS

Static quantisation by onnxruntime (QDQ) of all convolutions but the first and the last, which see and make the picture:
weights per channel in 7 bits, with which no processor's 16-bit sums overflow; activations in 8 bits, between their extremes
on the pictures below. Writes models/weights/srgan-lite-int8.onnx.
PORTRAITS is the folder of portraits that the network was trained on: every tenth is left out here, too.
"""
import pathlib
import sys
import tempfile

import cv2
import numpy
import onnx
from onnx import numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "models" / "weights"
NAME = "srgan-lite"
# Edge (px) to which pictures are shrunk, and every how many portraits one is taken.
EDGE = 128
EVERY = 12


class Pictures(CalibrationDataReader):
    """Portraits that were trained on, and the starter paintings."""

    def __init__(self, portraits: pathlib.Path):
        known = [file for i, file in enumerate(sorted(portraits.glob("*.jpg"))) if i % 10 != 0]
        files = known[::EVERY] + sorted((ROOT / "starters").glob("*.webp"))
        self._feeds = iter([{"low": read(file)} for file in files])

    def get_next(self):
        return next(self._feeds, None)


def read(file: pathlib.Path) -> numpy.ndarray:
    picture = cv2.resize(cv2.imread(str(file)), (EDGE, EDGE), interpolation=cv2.INTER_AREA)
    return numpy.ascontiguousarray(picture[:, :, ::-1].transpose(2, 0, 1)[None], numpy.float32) / 255


def in_float32(model: onnx.ModelProto) -> onnx.ModelProto:
    """The constants that are stored as float16 behind a Cast, as float32 ones."""
    graph = model.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    casts = [node for node in graph.node if node.op_type == "Cast" and node.input[0] in constants]
    for node in casts:
        values = numpy_helper.to_array(constants.pop(node.input[0])).astype(numpy.float32)
        constants[node.output[0]] = numpy_helper.from_array(values, node.output[0])
        graph.node.remove(node)
    del graph.initializer[:]
    graph.initializer.extend(constants.values())
    return model


with tempfile.TemporaryDirectory() as folder:
    whole, prepared = f"{folder}/whole.onnx", f"{folder}/prepared.onnx"
    onnx.save(in_float32(onnx.load(WEIGHTS / f"{NAME}.onnx")), whole)
    quant_pre_process(whole, prepared, skip_symbolic_shape=True)
    convolutions = [node.name for node in onnx.load(prepared).graph.node if node.op_type == "Conv"]
    quantize_static(
        prepared,
        WEIGHTS / f"{NAME}-int8.onnx",
        Pictures(pathlib.Path(sys.argv[1])),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=["Conv"],
        nodes_to_exclude=[convolutions[0], convolutions[-1]],
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
    )
