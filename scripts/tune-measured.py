#!/usr/bin/env python3
"""Tunes models on a GPU, one after the other, and prints the table for docs/tune.md.

    scripts/tune-measured.py run MODELS OUT [-- ARGUMENT...]   runs `qdqlint tune` on each *.onnx of MODELS; needs the GPU
    scripts/tune-measured.py table OUT                         prints what was measured, as Markdown

Nothing else may use the GPU at the same time. OUT gets for each model NAME.json, NAME.onnx, NAME.log and the folder NAME.tune. A
second run skips models that are done and resumes the one that was interrupted. ARGUMENTs are options of `qdqlint tune`
(--target, --exec, --builds ...). QDQLINT names the program (default ./qdqlint).
"""
import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROWS = ("as exported", "fixed", "FP16", "implicit INT8")


def tune(model, out, arguments):
    """Returns whether the model was tuned."""
    report = out / f"{model.stem}.json"
    tuned = out / f"{model.stem}.onnx"
    journal = out / f"{model.stem}.tune"
    command = [os.environ.get("QDQLINT", str(ROOT / "qdqlint")), "tune", str(model), "-o", str(tuned),
               "-f", f"json={report}.part", "--journal", str(journal)]
    if journal.exists():
        command.append("--resume")
    with (out / f"{model.stem}.log").open("a") as log:
        status = subprocess.run(command + arguments, stdout=log, stderr=log).returncode
    if status != 0:
        print(f"{model.stem}: status {status}, see {model.stem}.log", file=sys.stderr)
        return False
    pathlib.Path(f"{report}.part").replace(report)
    return True


def run(models, out, arguments):
    out.mkdir(parents=True, exist_ok=True)
    waiting = [m for m in sorted(models.glob("*.onnx")) if not (out / f"{m.stem}.json").exists()]
    done = [tune(m, out, arguments) for m in waiting]
    return 0 if all(done) else 1


def medians(report):
    return {t["name"]: statistics.median(t["millis"]) for t in report["trials"] if t["millis"]}


def cell(value, digits=3):
    return "not built" if value is None else f"{value:.{digits}f}"


def table(out):
    reports = {f.stem: json.loads(f.read_text()) for f in sorted(out.glob("*.json"))}
    if not reports:
        print(f"{out} holds no report of `qdqlint tune`", file=sys.stderr)
        return 1
    print("Median GPU time of one inference in milliseconds; the last column is the fastest of the four rows before it, divided by the result.\n")
    print("| model | result | " + " | ".join(ROWS) + " | tuned | spread, % | builds | minutes | ratio |")
    print("|---|---|" + "---:|" * (len(ROWS) + 5))
    ratios = []
    for name, report in reports.items():
        times = medians(report)
        first = [times.get(row) for row in ROWS]
        result = times.get(report["result"])
        known = [t for t in first if t is not None]
        ratio = min(known) / result if known and result else None
        ratios += [ratio] if ratio else []
        built = [t for t in report["trials"] if t["built"]]
        minutes = sum(t.get("seconds") or 0 for t in built) / 60
        print(f"| {name} | {report['result']} | " + " | ".join(map(cell, first))
              + f" | {cell(result)} | {100 * report['noise']:.1f} | {len(built)} | {minutes:.1f} | {cell(ratio)} |")
    if ratios:
        print(f"\nGeometric mean of the ratios: {math.exp(statistics.mean(map(math.log, ratios))):.3f}.")
    machines = sorted({f"TensorRT {r['tensorrt']}, {r['device'] or 'device not named'}" for r in reports.values()})
    print("; ".join(machines) + ".")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run")
    running.add_argument("models", type=pathlib.Path)
    running.add_argument("out", type=pathlib.Path)
    printing = commands.add_parser("table")
    printing.add_argument("out", type=pathlib.Path)
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    arguments = parser.parse_args(words[:cut])
    if arguments.command == "table":
        return table(arguments.out)
    return run(arguments.models, arguments.out, words[cut + 1:])


if __name__ == "__main__":
    sys.exit(main())
