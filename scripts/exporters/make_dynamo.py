#!/usr/bin/env python3
"""Small networks that torch.export reads: quantized by ONNX Runtime after the export, or by torchao's PT2E before it.

usage: make_dynamo.py FOLDER
"""
import dataclasses
import logging
import sys
from pathlib import Path

import torch
from onnxruntime.quantization import quantize_static
from torchao.quantization.pt2e import HistogramObserver
from torchao.quantization.pt2e.quantize_pt2e import convert_pt2e, prepare_pt2e
from torchao.quantization.pt2e.quantizer import QuantizationSpec
from torchao.quantization.pt2e.quantizer import x86_inductor_quantizer as x86

import networks
from make_ort import TENSORRT, Reader

ORT = {18: ["resnet", "yolo", "vit"], 20: ["se"], 21: ["mobilenet", "unet"], 23: ["resnet", "yolo", "vit", "bert"]}
PT2E = {18: ["resnet", "mobilenet", "vit"], 23: ["resnet", "mobilenet", "se", "yolo", "unet", "vit", "bert"]}


def export(model, name, target, opset):
    torch.onnx.export(model, (networks.inputs(name, 1)[0],), target, dynamo=True, opset_version=opset, input_names=["x"], output_names=["y"],
                      external_data=False, verbose=False)


def symmetric():
    """The default with activations in INT8, zero point 0, as TensorRT takes them."""
    spec = QuantizationSpec(dtype=torch.int8, quant_min=-128, quant_max=127, qscheme=torch.per_tensor_symmetric,
                            observer_or_fake_quant_ctr=HistogramObserver.with_args(eps=2**-12))
    return dataclasses.replace(x86.get_default_x86_inductor_quantization_config(), input_activation=spec, output_activation=spec)


def pt2e(name, config=None):
    example = (networks.inputs(name, 1)[0],)
    quantizer = x86.X86InductorQuantizer().set_global(config or x86.get_default_x86_inductor_quantization_config())
    model = prepare_pt2e(torch.export.export(networks.network(name), example).module(), quantizer)
    for x in networks.inputs(name):
        model(x)
    return convert_pt2e(model)


def ort(name, target, opset, **options):
    plain = target.with_suffix(".float")
    export(networks.network(name), name, plain, opset)
    try:
        quantize_static(plain, target, Reader(name), **options)
    finally:
        plain.unlink()


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    tasks = {}
    for opset, names in ORT.items():
        for name in names:
            tasks[f"dynamo{opset}-ort-{name}"] = lambda t, n=name, o=opset: ort(n, t, o, per_channel=True, extra_options=TENSORRT)
    for opset, names in PT2E.items():
        for name in names:
            tasks[f"pt2e{opset}-x86-{name}"] = lambda t, n=name, o=opset: export(pt2e(n), n, t, o)
    tasks["pt2e23-symmetric-resnet"] = lambda t: export(pt2e("resnet", symmetric()), "resnet", t, 23)
    tasks["dynamo23-ortdefault-resnet"] = lambda t: ort("resnet", t, 23)
    for name, task in tasks.items():
        try:
            task(folder / f"{name}.onnx")
        except Exception as error:
            logging.error("%s: %s: %s", name, type(error).__name__, str(error)[:400])


if __name__ == "__main__":
    main()
