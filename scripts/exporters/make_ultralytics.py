#!/usr/bin/env python3
"""A small YOLOv8 exported by ultralytics, and quantized by ONNX Runtime: ultralytics itself writes no Q/DQ.

usage: make_ultralytics.py FOLDER
"""
import shutil
import sys
from pathlib import Path

import torch
from onnxruntime.quantization import quantize_static
from ultralytics import YOLO

from make_ort import SYMMETRIC, TENSORRT, Reader

MODEL = """
nc: 4
backbone:
  - [-1, 1, Conv, [16, 3, 2]]
  - [-1, 1, Conv, [32, 3, 2]]
  - [-1, 1, C2f, [32, True]]
  - [-1, 1, Conv, [32, 3, 2]]
  - [-1, 1, SPPF, [32, 5]]
head:
  - [-1, 1, nn.Upsample, [None, 2, "nearest"]]
  - [[-1, 2], 1, Concat, [1]]
  - [-1, 1, C2f, [32]]
  - [[7], 1, Detect, [nc]]
"""


class Images(Reader):
    def __init__(self):
        self.left = [{"images": torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(i)).numpy()} for i in range(8)]


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    (folder / "yolov8.yaml").write_text(MODEL)
    model = YOLO(str(folder / "yolov8.yaml"))
    plain = model.export(format="onnx", imgsz=64, opset=17, simplify=False)
    quantize_static(plain, folder / "ultralytics-ort-default.onnx", Images())
    quantize_static(plain, folder / "ultralytics-ort-symmetric.onnx", Images(), per_channel=True, extra_options=SYMMETRIC)
    quantize_static(plain, folder / "ultralytics-ort-tensorrt.onnx", Images(), per_channel=True, extra_options=TENSORRT)
    Path(plain).unlink()
    (folder / "yolov8.yaml").unlink()
    shutil.rmtree("runs", ignore_errors=True)


if __name__ == "__main__":
    main()
