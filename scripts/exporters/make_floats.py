#!/usr/bin/env python3
"""The networks as PyTorch exports them, without quantizers: what the quantizers of ONNX files read.

usage: make_floats.py FOLDER

Writes NETWORK.onnx (TorchScript exporter, opset 17).
"""
import sys
from pathlib import Path

import torch

import networks


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in networks.NETWORKS:
        torch.onnx.export(networks.network(name), (networks.inputs(name, 1)[0],), folder / f"{name}.onnx", dynamo=False, opset_version=17,
                          input_names=["x"], output_names=["y"])


if __name__ == "__main__":
    main()
