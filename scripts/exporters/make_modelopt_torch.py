#!/usr/bin/env python3
"""Small networks quantized by NVIDIA ModelOpt in PyTorch, and exported with its own export.

usage: make_modelopt_torch.py FOLDER
"""
import logging
import sys
from pathlib import Path

import modelopt.torch.quantization as mtq
import onnx
import torch
from modelopt.torch._deploy.utils import OnnxBytes, get_onnx_bytes_and_metadata

import networks

ALL = ["resnet", "mobilenet", "se", "yolo", "unet", "vit", "bert"]
VARIANTS = {
    "int8": (ALL, mtq.INT8_DEFAULT_CFG),
    "smooth": (["vit", "bert"], mtq.INT8_SMOOTHQUANT_CFG),
    "fp8": (["resnet", "mobilenet", "yolo", "vit", "bert"], mtq.FP8_DEFAULT_CFG),
    "int4": (["vit", "bert"], mtq.INT4_BLOCKWISE_WEIGHT_ONLY_CFG),
    "nvfp4": (["vit"], mtq.NVFP4_DEFAULT_CFG),
    "mxfp8": (["vit"], mtq.MXFP8_DEFAULT_CFG),
}


def quantized(name, config):
    def calibrate(model):
        for x in networks.inputs(name):
            model(x)
    return mtq.quantize(networks.network(name), config, calibrate)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for variant, (names, config) in VARIANTS.items():
        for name in names:
            target = folder / f"modelopt-torch-{variant}-{name}.onnx"
            try:
                data, _ = get_onnx_bytes_and_metadata(quantized(name, config), (networks.inputs(name, 1)[0],), weights_dtype="fp32",
                                                      onnx_opset=23 if "fp4" in variant else 20)
                files = OnnxBytes.from_bytes(data)
                target.write_bytes(files.get_onnx_model_file_bytes())
            except Exception as error:
                logging.error("%s: %s: %s", target.name, type(error).__name__, str(error)[:400])


if __name__ == "__main__":
    main()
