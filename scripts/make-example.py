#!/usr/bin/env python3
"""Writes examples/csp.onnx: a small network with random weights, quantized the way automatic substitution does it.

usage: python3 scripts/make-example.py [FILE]          needs onnx and numpy

Every input and weight of a convolution has a quantizer with its own scale; residual inputs have none. The scales cover the values of the
tensors for random images. Unlike the other examples it has its weights, so that `qdqlint fix` can run it.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

rng = np.random.default_rng(7)
nodes, weights, convs = [], [], []


def conv(x, name, inputs, outputs, kernel=1, stride=1, silu=True):
    """A convolution without bias, and SiLU; gives the name of the result."""
    scale = np.sqrt(1.5 / (inputs * kernel * kernel))
    # Like trained weights, they have a mean: what is random alone drowns in rounding.
    w = rng.normal(0.15 * scale, scale, (outputs, inputs, kernel, kernel)).astype(np.float32)
    weights.append(numpy_helper.from_array(w, f"{name}.weight"))
    pad = kernel // 2
    nodes.append(helper.make_node("Conv", [x, f"{name}.weight"], [f"/{name}/Conv_output_0"], f"/{name}/Conv",
                                  kernel_shape=[kernel, kernel], strides=[stride, stride], pads=[pad] * 4))
    convs.append(nodes[-1])
    return activation(f"/{name}/Conv_output_0", name) if silu else f"/{name}/Conv_output_0"


def activation(x, name):
    op("Sigmoid", [x], f"/{name}/act/Sigmoid")
    return op("Mul", [x, f"/{name}/act/Sigmoid_output_0"], f"/{name}/act/Mul")


def op(kind, inputs, name, **attributes):
    nodes.append(helper.make_node(kind, inputs, [f"{name}_output_0"], name, **attributes))
    return f"{name}_output_0"


def stage(x, name, channels):
    """Two branches of different depth that meet in a Concat, and a residual block."""
    half = channels // 2
    a = conv(x, f"{name}.a", channels, half)
    b = conv(x, f"{name}.b", channels, half)
    c = conv(b, f"{name}.c", half, half, 3)
    joined = op("Concat", [a, b, c], f"/{name}/Concat", axis=1)
    y = conv(joined, f"{name}.join", 3 * half, channels)
    z = conv(conv(y, f"{name}.r1", channels, half), f"{name}.r2", half, channels, 3, silu=False)
    return op("Relu", [op("Add", [z, y], f"/{name}/Add")], f"/{name}/Relu")


def model():
    x = conv("images", "stem", 3, 32, 3, 2)
    x = stage(x, "s1", 32)
    x = stage(conv(x, "down", 32, 48, 3, 2), "s2", 48)
    y = conv(x, "head", 48, 8, silu=False)
    op("Identity", [y], "/scores")
    nodes[-1].output[0] = "scores"
    graph = helper.make_graph(nodes, "csp", [helper.make_tensor_value_info("images", TensorProto.FLOAT, [1, 3, 64, 64])],
                              [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 8, 16, 16])], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="qdqlint-examples")


def ranges(float_model):
    """What 99.9 % of each tensor that a convolution reads stays below, for a few random images."""
    read = sorted({n.input[0] for n in convs} - {"images"})
    probe = onnx.ModelProto()
    probe.CopyFrom(float_model)
    probe.graph.output.extend(helper.make_tensor_value_info(t, TensorProto.FLOAT, None) for t in read)
    run = ReferenceEvaluator(probe)
    out = {"images": 3.0}
    for _ in range(4):
        image = rng.normal(0, 1, (1, 3, 64, 64)).clip(-3, 3).astype(np.float32)
        for name, value in zip(read, run.run(read, {"images": image})):
            out[name] = max(out.get(name, 0), float(np.quantile(np.abs(value), 0.999)))
    return out


def quantize(float_model):
    """Puts a pair at each convolution's input and weight. Each is calibrated alone, so that two at one tensor differ a little."""
    magnitudes = ranges(float_model)
    stored = {w.name: numpy_helper.to_array(w) for w in float_model.graph.initializer}
    out, extra = [], []
    for node in float_model.graph.node:
        if node.op_type == "Conv":
            base = node.name[1:].removesuffix("/Conv")
            w = stored[node.input[1]]
            per_channel = np.abs(w).max(axis=(1, 2, 3)) / 127
            for slot, kind, scale in ((0, "input", np.float32(magnitudes[node.input[0]] / 127 * rng.uniform(0.9, 1))), (1, "weight", per_channel)):
                q = f"/{base}/{kind}_quantizer"
                extra.append(numpy_helper.from_array(np.asarray(scale, np.float32), q + "/scale"))
                extra.append(numpy_helper.from_array(np.zeros(np.shape(scale), np.int8), q + "/zero"))
                axis = {"axis": 0} if kind == "weight" else {}
                out.append(helper.make_node("QuantizeLinear", [node.input[slot], q + "/scale", q + "/zero"], [q + "/q"], q + "/QuantizeLinear", **axis))
                out.append(helper.make_node("DequantizeLinear", [q + "/q", q + "/scale", q + "/zero"], [q + "/dq"], q + "/DequantizeLinear", **axis))
                node.input[slot] = q + "/dq"
        out.append(node)
    del float_model.graph.node[:]
    float_model.graph.node.extend(out)
    float_model.graph.initializer.extend(extra)
    return float_model


if __name__ == "__main__":
    file = sys.argv[1] if len(sys.argv) > 1 else "examples/csp.onnx"
    quantized = onnx.shape_inference.infer_shapes(quantize(model()))
    onnx.checker.check_model(quantized)
    onnx.save(quantized, file)
