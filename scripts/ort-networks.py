#!/usr/bin/env python3
"""Small networks quantized by ONNX Runtime's static quantizer: src/test/resources/networks.

Usage: ort-networks.py FOLDER    (pip install onnx==1.23.2 onnxruntime==1.32.0 numpy)

Three shapes (residual blocks, inverted residuals, Concat and MaxPool) with five activation functions; weights and inputs are random.
With asymmetric activations, its default, the quantizer leaves out Relu and Clip where a quantizer follows.
"""
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

RANDOM = np.random.default_rng(0)
CLIPS = {"relu6": (0.0, 6.0), "hardtanh": (-1.0, 1.0), "clip": (-0.5, 2.0)}
MODES = {
    "int8": (QuantType.QInt8, {}),
    "uint8": (QuantType.QUInt8, {}),
    "symmetric": (QuantType.QInt8, {"ActivationSymmetric": True}),
}


class Network:
    def __init__(self, activation):
        self.activation = activation
        self.nodes = []
        self.weights = []

    def weight(self, values):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values, np.float32), name))
        return name

    def op(self, kind, *inputs, **attributes):
        name = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=f"{kind}_{name}", **attributes))
        return name

    def conv(self, x, inputs, outputs, kernel=3, stride=1, group=1):
        fan = inputs // group * kernel * kernel
        weight = RANDOM.normal(0, np.sqrt(2 / fan), (outputs, inputs // group, kernel, kernel))
        return self.op(
            "Conv", x, self.weight(weight), self.weight(RANDOM.normal(0, 0.1, outputs)),
            kernel_shape=[kernel] * 2, pads=[kernel // 2] * 4, strides=[stride] * 2, group=group)

    def act(self, x):
        if self.activation == "relu":
            return self.op("Relu", x)
        if self.activation == "silu":
            return self.op("Mul", x, self.op("Sigmoid", x))
        low, high = CLIPS[self.activation]
        return self.op("Clip", x, self.weight(low), self.weight(high))

    def residual(self, x, inputs, outputs):
        y = self.conv(self.act(self.conv(x, inputs, outputs)), outputs, outputs)
        skip = x if inputs == outputs else self.conv(x, inputs, outputs, 1)
        return self.act(self.op("Add", y, skip))

    def inverted(self, x, inputs, outputs):
        y = self.act(self.conv(x, inputs, 2 * inputs, 1))
        y = self.act(self.conv(y, 2 * inputs, 2 * inputs, group=2 * inputs))
        y = self.conv(y, 2 * inputs, outputs, 1)
        return self.op("Add", x, y) if inputs == outputs else y

    def concat(self, x, inputs, outputs):
        y = self.act(self.conv(x, inputs, outputs // 2))
        z = self.act(self.conv(x, inputs, outputs // 2, 1))
        return self.op("MaxPool", self.op("Concat", y, z, axis=1), kernel_shape=[3, 3], pads=[1] * 4)

    def model(self, block):
        x, channels = self.act(self.conv("x", 3, 8, 3, 2)), 8
        for outputs in (8, 16, 16):
            x, channels = getattr(self, block)(x, channels, outputs), outputs
        x = self.op("Flatten", self.op("GlobalAveragePool", x))
        y = self.op("Gemm", x, self.weight(RANDOM.normal(0, 0.3, (channels, 10))), self.weight(np.zeros(10)))
        graph = helper.make_graph(
            self.nodes, f"{block}_{self.activation}",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 16, 16])],
            [helper.make_tensor_value_info(y, TensorProto.FLOAT, [1, 10])], self.weights)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


class Inputs(CalibrationDataReader):
    def __init__(self):
        random = np.random.default_rng(1)
        self.left = [{"x": random.normal(0, 1, (1, 3, 16, 16)).astype(np.float32)} for _ in range(16)]

    def get_next(self):
        return self.left.pop() if self.left else None


def main():
    folder = Path(sys.argv[1])
    for block in ("residual", "inverted", "concat"):
        for activation in ("relu", "relu6", "hardtanh", "clip", "silu"):
            plain = folder / "float.onnx"
            onnx.save(Network(activation).model(block), plain)
            for mode, (kind, options) in MODES.items():
                quantize_static(
                    plain, folder / f"{block}-{activation}-{mode}.onnx", Inputs(), quant_format=QuantFormat.QDQ,
                    per_channel=True, activation_type=kind, weight_type=QuantType.QInt8, extra_options=options)
            plain.unlink()


if __name__ == "__main__":
    main()
