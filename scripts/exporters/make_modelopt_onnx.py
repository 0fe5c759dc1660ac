#!/usr/bin/env python3
"""Small networks quantized by NVIDIA ModelOpt, from ONNX files.

usage: make_modelopt_onnx.py FLOATS FOLDER    FLOATS: what make_floats.py wrote
"""
import logging
import sys
from pathlib import Path

import numpy as np
from modelopt.onnx.quantization import quantize

import networks

ALL = ["resnet", "mobilenet", "se", "yolo", "unet", "vit", "bert"]
VARIANTS = {
    "int8": (ALL, {"high_precision_dtype": "fp32"}),
    "int8-fp16": (["resnet", "yolo", "vit"], {}),
    "int8-noconcat": (["yolo", "unet"], {"high_precision_dtype": "fp32", "passes": []}),
    "int8-dq": (["resnet", "bert"], {"high_precision_dtype": "fp32", "dq_only": True}),
    "int8-nomha": (["vit"], {"high_precision_dtype": "fp32", "disable_mha_qdq": True}),
    "fp8": (ALL, {"quantize_mode": "fp8", "high_precision_dtype": "fp32"}),
    "fp8-fp16": (["resnet", "vit", "bert"], {"quantize_mode": "fp8"}),
    "int4": (["vit", "bert"], {"quantize_mode": "int4", "block_size": 16, "calibration_method": "rtn_dq", "high_precision_dtype": "fp32"}),
}


def main():
    floats, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for variant, (names, options) in VARIANTS.items():
        for name in names:
            target = folder / f"modelopt-{variant}-{name}.onnx"
            data = np.concatenate([x.numpy() for x in networks.inputs(name)])
            try:
                quantize(str(floats / f"{name}.onnx"), calibration_data={"x": data}, calibration_eps=["cpu"], output_path=str(target),
                         log_level="ERROR", **options)
            except Exception as error:
                logging.error("%s: %s: %s", target.name, type(error).__name__, str(error)[:300])


if __name__ == "__main__":
    main()
