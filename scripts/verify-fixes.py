#!/usr/bin/env python3
"""Fixes models with qdqlint and prints, as a Markdown table, what ONNX Runtime said of each.

    scripts/verify-fixes.py MODEL.onnx[.xz]... [-- FIX-OPTIONS]

Rewrites that change numerics are applied (--unsafe). Every model is run as it was and as it is after the fix.
"""
import json
import lzma
import pathlib
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


def kernels(state):
    return str(state["summary"]["kernels"]) if state["build"]["ok"] else "does not build"


def row(model, options, folder):
    file = unpacked(model, folder)
    command = [str(ROOT / "qdqlint"), "fix", str(file), "-o", str(folder / "fixed.onnx"), "--unsafe", "-f", "json", *options]
    start = time.monotonic()
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    seconds = time.monotonic() - start
    if run.returncode > 1:
        sys.exit(f"qdqlint ended with {run.returncode}")
    fix = json.loads(run.stdout)
    exact = sum(step["exactness"] == "exact" for step in fix["applied"])
    proof = fix["verification"] or {"outcome": "nothing to fix", "reason": "", "afterExact": [], "afterAll": [], "bounds": []}
    same = proof["afterExact"] and all(o["same"] for o in proof["afterExact"])
    outputs = proof["afterAll"]
    bounds = proof["bounds"]
    return [
        file.name.removesuffix(".onnx"),
        str(len(fix["applied"])),
        f"{exact}, same bits" if same else str(exact),
        kernels(fix["before"]) + " / " + kernels(fix["after"]),
        " ".join(filter(None, (proof["outcome"], proof["reason"]))),
        ", ".join(f"{o['maxError']:.4g}" for o in outputs),
        ", ".join("same" if o["sqnr"] is None else f"{o['sqnr']:.1f}" for o in outputs),
        ", ".join(f"{100 * o['top1']:.1f} %" for o in outputs if o["top1"] is not None),
        f"{sum(b['holds'] for b in bounds)} of {len(bounds)}; {100 * max(b['clipped'] for b in bounds):.3f} %" if bounds else "",
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
