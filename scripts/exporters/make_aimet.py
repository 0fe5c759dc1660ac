#!/usr/bin/env python3
"""Small networks quantized by AIMET, from ONNX files, and exported with its Q/DQ nodes.

usage: make_aimet.py FLOATS FOLDER    FLOATS: what make_floats.py wrote
"""
import logging
import sys
from pathlib import Path

import aimet_onnx
import onnx
from aimet_onnx.quantsim import QuantizationSimModel

import networks


def quantized(source, name, **options):
    sim = QuantizationSimModel(onnx.load(source), **options)
    sim.compute_encodings([{"x": x.numpy()} for x in networks.inputs(name)])
    return sim.to_onnx_qdq()


def main():
    floats, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for variant, options in {"default": {}, "int8": {"param_type": aimet_onnx.int8, "activation_type": aimet_onnx.int8}}.items():
        for name in ("resnet", "mobilenet", "se", "yolo", "unet", "vit", "bert"):
            target = folder / f"aimet-{variant}-{name}.onnx"
            try:
                onnx.save(quantized(floats / f"{name}.onnx", name, **options), target)
            except Exception as error:
                logging.error("%s: %s: %s", target.name, type(error).__name__, str(error)[:400])


if __name__ == "__main__":
    main()
