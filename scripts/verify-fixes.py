#!/usr/bin/env python3
"""Fixes models with qdqlint and prints, as a Markdown table, what ONNX Runtime said of each.

    scripts/verify-fixes.py MODEL.onnx[.xz]... [-- FIX-OPTIONS]

Rewrites that change numerics are applied (--unsafe). Every model is run as it was and as it is after the fix.
"""
import lzma
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def unpacked(model, folder):
    if model.suffix != ".xz":
        return model
    target = folder / model.stem
    target.write_bytes(lzma.decompress(model.read_bytes()))
    return target


def first(pattern, text, otherwise=""):
    found = re.search(pattern, text, re.M)
    return found[1] or otherwise if found else otherwise


def row(model, options, folder):
    file = unpacked(model, folder)
    command = [str(ROOT / "qdqlint"), "fix", str(file), "-o", str(folder / "fixed.onnx"), "--unsafe", *options]
    start = time.monotonic()
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    seconds = time.monotonic() - start
    if run.returncode > 1:
        sys.exit(run.stdout)
    out = run.stdout
    kernels = [first(rf"^{when}: +(?:(\d+) extra|does not)", out, "does not build") for when in ("before", "after")]
    drift = re.findall(r"max error (\S+), SQNR (\S+) dB(?:, top-1 agrees in (\S+) %)?", out)
    claims = re.search(r"(\d+) of (\d+) quantized tensors.*at most (\S+) %", out)
    rewrites, exact = re.search(r": (\d+) rewrites in \d+ rounds, (\d+) of them exact", out).groups()
    verdict = "proven" if "proven in" in out else "nothing to fix" if rewrites == "0" else first(r"^(not verified.*|the proof failed.*)", out)
    return [
        model.name.removesuffix(".xz").removesuffix(".onnx"),
        rewrites,
        exact + (", same bits" if "same, bit for bit" in out and exact != "0" else ""),
        " / ".join(kernels),
        verdict,
        ", ".join(d[0] for d in drift),
        ", ".join(d[1] for d in drift),
        ", ".join(d[2] + " %" for d in drift if d[2]),
        f"{claims[1]} of {claims[2]}; {claims[3]} %" if claims else "",
        f"{seconds:.0f}",
    ]


def main(words):
    models, options = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    if not models:
        sys.exit(__doc__)
    print("| model | rewrites | exact | kernels before / after | verdict | max error | SQNR, dB | top-1 agrees | within bound; clipped | s |")
    print("|" + "---|" * 10)
    with tempfile.TemporaryDirectory() as folder:
        for model in models:
            print("| " + " | ".join(row(pathlib.Path(model), options, pathlib.Path(folder))) + " |", flush=True)


main(sys.argv[1:])
