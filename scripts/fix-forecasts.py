#!/usr/bin/env python3
"""Fixes models and prints a Markdown table with the forecast of each as it is, fixed, and tied by hand.

    scripts/fix-forecasts.py MODEL.onnx... [-- FIX-OPTIONS]

It applies edits that change numerics (--unsafe), and writes nothing. Each entry: extra kernels, avoidable ones,
estimated µs. A model NAME.VARIANT.onnx is compared with NAME.tied.onnx if that is in its folder, and with the kernels of
the engine ../engines/NAME.tied.int8.layer.json.
"""
import json
import pathlib
import subprocess
import sys

import forecasts


def entry(state):
    if not state["build"]["ok"]:
        return f"does not build ({len(state['build']['blockers'])})"
    summary = state["summary"]
    micros = "?" if summary["micros"] is None else f"{summary['micros']:.1f}"
    return f"{summary['kernels']}, {summary['avoidableKernels']}, {micros}"


def fixed(model, options):
    command = [str(forecasts.ROOT / "qdqlint"), "fix", str(model), "--dry-run", "--unsafe", "-f", "json", *options]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if run.returncode > 1:
        sys.exit(f"qdqlint ended with {run.returncode}")
    return json.loads(run.stdout)


def by_hand(model):
    name = model.name.split(".")[0] + ".tied"
    tied = model.parent / f"{name}.onnx"
    engine = model.parent.parent / "engines" / f"{name}.int8.layer.json"
    out = [entry(forecasts.run([tied])[name])] if tied.exists() else []
    if engine.exists():
        out.append(f"engine: {len(forecasts.kernels(forecasts.layers_of(engine)))}")
    return "; ".join(out)


def main(words):
    models, options = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    if not models:
        sys.exit(__doc__)
    print("| model | rounds | rewrites | refused | as exported | fixed | tied by hand |")
    print("|" + "---|" * 7)
    for model in map(pathlib.Path, models):
        report = fixed(model, options)
        row = [
            model.name.removesuffix(".onnx"),
            str(report["rounds"]),
            str(len(report["applied"])),
            str(len(report["refused"])),
            entry(report["before"]),
            entry(report["after"]),
            by_hand(model),
        ]
        print("| " + " | ".join(row) + " |", flush=True)


main(sys.argv[1:])
