#!/usr/bin/env python3
"""Small networks quantized by ONNX Runtime.

usage: make_ort.py FLOATS FOLDER    FLOATS: what make_floats.py wrote
"""
import sys
import tempfile
from pathlib import Path

import onnx
from onnxruntime.quantization import (CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, get_qdq_config, quantize, quantize_dynamic, quantize_static)
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from onnxruntime.quantization.shape_inference import quant_pre_process

import networks

VISION = ["resnet", "mobilenet", "se", "yolo", "unet"]
ALL = [*VISION, "vit", "bert"]
SYMMETRIC = {"ActivationSymmetric": True, "WeightSymmetric": True}
# What the page of ONNX Runtime on quantization says of TensorRT, and what TensorRT needs besides: no quantized bias.
TENSORRT = {**SYMMETRIC, "AddQDQPairToWeight": True, "DedicatedQDQPair": True, "QuantizeBias": False}


class Reader(CalibrationDataReader):
    def __init__(self, name):
        self.left = [{"x": x.numpy()} for x in networks.inputs(name)]

    def get_next(self):
        return self.left.pop() if self.left else None


def static(**options):
    return lambda source, target, name: quantize_static(source, target, Reader(name), **options)


def prepared(**options):
    def run(source, target, name):
        with tempfile.TemporaryDirectory() as folder:
            quant_pre_process(source, Path(folder) / "m.onnx")
            quantize_static(Path(folder) / "m.onnx", target, Reader(name), **options)
    return run


def config(**options):
    return lambda source, target, name: quantize(source, target, get_qdq_config(source, Reader(name), **options))


def dynamic(source, target, name):
    quantize_dynamic(source, target)


def int4(source, target, name):
    settings = DefaultWeightOnlyQuantConfig(block_size=16, is_symmetric=True, quant_format=QuantFormat.QDQ)
    quantizer = MatMulNBitsQuantizer(onnx.load(source), algo_config=settings)
    quantizer.process()
    onnx.save(quantizer.model.model, target)


VARIANTS = {
    "default": (ALL, static()),
    "prepared": (["resnet", "se", "vit"], prepared(per_channel=True)),
    "uint8": (["resnet", "mobilenet", "yolo", "bert"], static(activation_type=QuantType.QUInt8)),
    "symmetric": (ALL, static(per_channel=True, extra_options=SYMMETRIC)),
    "tensorrt": (ALL, static(per_channel=True, extra_options=TENSORRT)),
    "convs": (["resnet", "mobilenet", "se", "yolo", "unet"], static(per_channel=True, op_types_to_quantize=["Conv", "ConvTranspose", "Gemm"],
                                                                   extra_options={**SYMMETRIC, "QuantizeBias": False})),
    "config": (ALL, config(per_channel=True, activation_symmetric=True, weight_symmetric=True)),
    "config-default": (["resnet", "yolo", "bert"], config()),
    "config-int16": (["resnet", "vit"], config(activation_type=QuantType.QUInt16)),
    "dynamic": (["resnet", "bert"], dynamic),
    "qoperator": (["unet", "bert"], static(quant_format=QuantFormat.QOperator)),
    "fp8": (["resnet", "vit"], static(activation_type=QuantType.QFLOAT8E4M3FN, weight_type=QuantType.QFLOAT8E4M3FN,
                                       calibrate_method=CalibrationMethod.Distribution)),
    "int4": (["vit", "bert"], int4),
}


def main():
    floats, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for variant, (names, quantizer) in VARIANTS.items():
        for name in names:
            target = folder / f"ort-{variant}-{name}.onnx"
            try:
                quantizer(floats / f"{name}.onnx", target, name)
            except Exception as error:
                print(f"{target.name}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
