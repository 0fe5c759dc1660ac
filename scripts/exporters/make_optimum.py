#!/usr/bin/env python3
"""Small transformers exported and quantized by Optimum, whose models come from a configuration: nothing is downloaded.

usage: make_optimum.py FOLDER
"""
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from datasets import Dataset
from optimum.exporters.onnx import onnx_export_from_model
from optimum.onnxruntime import ORTQuantizer
from optimum.onnxruntime.configuration import AutoCalibrationConfig, AutoQuantizationConfig
from transformers import BertConfig, BertForSequenceClassification, ViTConfig, ViTForImageClassification

SMALL = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}


def bert():
    config = BertConfig(vocab_size=64, max_position_embeddings=32, **SMALL)
    rows = {"input_ids": torch.randint(0, 64, (8, 16)).tolist(), "attention_mask": [[1] * 16] * 8, "token_type_ids": [[0] * 16] * 8}
    return BertForSequenceClassification(config), "text-classification", rows


def vit():
    config = ViTConfig(image_size=32, patch_size=8, **SMALL)
    return ViTForImageClassification(config), "image-classification", {"pixel_values": torch.randn(8, 3, 32, 32).tolist()}


CONFIGS = {
    "tensorrt": lambda: AutoQuantizationConfig.tensorrt(per_channel=False),
    "avx512": lambda: AutoQuantizationConfig.avx512_vnni(is_static=True, per_channel=True),
}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in {"bert": bert, "vit": vit}.items():
        torch.manual_seed(0)
        model, task, rows = make()
        for key, config in CONFIGS.items():
            with tempfile.TemporaryDirectory() as work:
                onnx_export_from_model(model.eval(), work, task=task, opset=17, do_validation=False)
                quantizer = ORTQuantizer.from_pretrained(work, file_name="model.onnx")
                data = Dataset.from_dict(rows)
                ranges = quantizer.fit(dataset=data, calibration_config=AutoCalibrationConfig.minmax(data),
                                       operators_to_quantize=config().operators_to_quantize)
                quantizer.quantize(save_dir=work + "/out", calibration_tensors_range=ranges, quantization_config=config())
                shutil.copy(Path(work) / "out" / "model_quantized.onnx", folder / f"optimum-{key}-{name}.onnx")


if __name__ == "__main__":
    main()
