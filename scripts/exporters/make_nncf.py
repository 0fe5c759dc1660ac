#!/usr/bin/env python3
"""Small networks quantized by NNCF: from PyTorch, and from ONNX files.

usage: make_nncf.py FLOATS FOLDER    FLOATS: what make_floats.py wrote
"""
import logging
import sys
from pathlib import Path

import nncf
import onnx
import torch
from nncf.quantization.advanced_parameters import AdvancedQuantizationParameters, QuantizationParameters

import networks

ALL = ["resnet", "mobilenet", "se", "yolo", "unet", "vit", "bert"]
# The inputs of depthwise convolutions get one scale too. NNCF 3.4 refuses signedness_to_force for activations, for every target.
ONE_SCALE = {"advanced_parameters": AdvancedQuantizationParameters(activations_quantization_params=QuantizationParameters(per_channel=False))}


def torch_model(name, target, **options):
    example = networks.inputs(name, 1)[0]
    model = nncf.quantize(networks.network(name), nncf.Dataset(networks.inputs(name)), **options)
    if hasattr(nncf, "strip"):
        model = nncf.strip(model, do_copy=False, strip_format=nncf.StripFormat.NATIVE, example_input=example)
    torch.onnx.export(model, (example,), target, dynamo=False, opset_version=17, input_names=["x"], output_names=["y"])


def onnx_model(source, name, target, **options):
    data = nncf.Dataset([{"x": x.numpy()} for x in networks.inputs(name)])
    onnx.save(nncf.quantize(onnx.load(source), data, **options), target)


def main():
    floats, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    tasks = {}
    for name in ALL:
        source = floats / f"{name}.onnx"
        tasks[f"nncf-torch-{name}"] = lambda t, n=name: torch_model(n, t)
        tasks[f"nncf-onnx-{name}"] = lambda t, n=name, s=source: onnx_model(s, n, t)
    tasks["nncf-onnx-onescale-mobilenet"] = lambda t: onnx_model(floats / "mobilenet.onnx", "mobilenet", t, **ONE_SCALE)
    tasks["nncf-onnx-mixed-mobilenet"] = lambda t: onnx_model(floats / "mobilenet.onnx", "mobilenet", t, preset=nncf.QuantizationPreset.MIXED)
    for name in ("vit", "bert"):
        tasks[f"nncf-onnx-transformer-{name}"] = lambda t, n=name: onnx_model(
            floats / f"{n}.onnx", n, t, model_type=nncf.ModelType.TRANSFORMER)
    for name, task in tasks.items():
        try:
            task(folder / f"{name}.onnx")
        except Exception as error:
            logging.error("%s: %s: %s", name, type(error).__name__, str(error)[:400])


if __name__ == "__main__":
    main()
