#!/usr/bin/env python3
"""Small networks quantized by Brevitas and exported in its QCDQ format.

usage: make_brevitas.py FOLDER
"""
import logging
import sys
from pathlib import Path

import brevitas.nn as qnn
import torch
from brevitas.export import export_onnx_qcdq
from brevitas.graph.calibrate import calibration_mode
from brevitas.graph.quantize import LAYERWISE_COMPUTE_LAYER_MAP, layerwise_quantize, preprocess_for_quantize, quantize
from brevitas.quant import Int8ActPerTensorFloat, Int8WeightPerChannelFloat, Int32Bias, Uint8ActPerTensorFloat
from torch import nn

import networks


class Wide(Int8WeightPerChannelFloat):
    """Writes no Clip."""

    narrow_range = False


class HandMade(nn.Module):
    """As its users write networks: quantized layers in place of PyTorch's."""

    def __init__(self, relu, bias, weight):
        super().__init__()
        options = {"weight_quant": weight, "bias_quant": bias}
        self.input = qnn.QuantIdentity(act_quant=Int8ActPerTensorFloat, return_quant_tensor=True)
        self.first = qnn.QuantConv2d(3, 16, 3, 2, 1, **options)
        self.act = qnn.QuantReLU(act_quant=relu, return_quant_tensor=True)
        self.second = qnn.QuantConv2d(16, 32, 3, 1, 1, **options)
        self.act2 = qnn.QuantReLU(act_quant=relu, return_quant_tensor=True)
        self.head = qnn.QuantLinear(32 * 64, 16, bias=True, **options)

    def forward(self, x):
        x = self.act2(self.second(self.act(self.first(self.input(x)))))
        return self.head(torch.flatten(nn.functional.max_pool2d(x, 2), 1))


def calibrated(model, name):
    model.eval()
    with torch.no_grad(), calibration_mode(model):
        for x in networks.inputs(name):
            model(x)
    return model


def graph_wise(name):
    model = preprocess_for_quantize(networks.network(name), equalize_iters=0)
    return calibrated(quantize(model), name)


def layer_wise(name):
    return calibrated(layerwise_quantize(networks.network(name), LAYERWISE_COMPUTE_LAYER_MAP), name)


def hand_made(relu, bias=None, weight=Int8WeightPerChannelFloat):
    torch.manual_seed(0)
    return calibrated(HandMade(relu, bias, weight), "resnet")


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    tasks = {}
    for name in ("resnet", "mobilenet", "se", "yolo", "unet"):
        tasks[f"brevitas-graph-{name}"] = (name, lambda n=name: graph_wise(n))
    for name in ("resnet", "yolo", "vit", "bert"):
        tasks[f"brevitas-layer-{name}"] = (name, lambda n=name: layer_wise(n))
    tasks["brevitas-hand-default"] = ("resnet", lambda: hand_made(Uint8ActPerTensorFloat))
    tasks["brevitas-hand-int8"] = ("resnet", lambda: hand_made(Int8ActPerTensorFloat))
    tasks["brevitas-hand-wide"] = ("resnet", lambda: hand_made(Int8ActPerTensorFloat, weight=Wide))
    tasks["brevitas-hand-bias"] = ("resnet", lambda: hand_made(Uint8ActPerTensorFloat, Int32Bias))
    for key, (name, task) in tasks.items():
        try:
            export_onnx_qcdq(task(), args=networks.inputs(name, 1)[0], export_path=str(folder / f"{key}.onnx"), opset_version=17,
                             input_names=["x"], output_names=["y"], dynamo=False)
        except Exception as error:
            logging.error("%s: %s: %s", key, type(error).__name__, str(error)[:400])


if __name__ == "__main__":
    main()
