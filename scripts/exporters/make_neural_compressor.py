#!/usr/bin/env python3
"""Small networks quantized by Intel's Neural Compressor through PT2E, and exported by torch.onnx.

usage: make_neural_compressor.py FOLDER
"""
import logging
import sys
from pathlib import Path

import torch
from neural_compressor.torch.export import export
from neural_compressor.torch.quantization import convert, get_default_static_config, prepare

import networks


def quantized(name):
    model = export(networks.network(name), (networks.inputs(name, 1)[0],))
    model = prepare(model, get_default_static_config())
    for x in networks.inputs(name):
        model(x)
    return convert(model)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("resnet", "vit"):
        target = folder / f"neuralcompressor-{name}.onnx"
        try:
            torch.onnx.export(quantized(name), (networks.inputs(name, 1)[0],), target, dynamo=True, opset_version=23, input_names=["x"],
                              output_names=["y"], external_data=False, verbose=False)
        except Exception as error:
            logging.error("%s: %s: %s", target.name, type(error).__name__, str(error)[:400])


if __name__ == "__main__":
    main()
