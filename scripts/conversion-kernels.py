#!/usr/bin/env python3
"""Prints which implementation of a quantize kernel the builder chose, by size, and its time.

    scripts/conversion-kernels.py NAME=ENGINES... > docs/data/conversion-kernels.json
    scripts/conversion-kernels.py --table docs/data/conversion-kernels.json

ENGINES is a folder of M.int8.layer.json and M.int8.profile.json (trtexec --exportLayerInfo, --exportProfile, with
--profilingVerbosity=detailed and inference, without which formats are left out); NAME says how they were built.
A row: NAME, model, dimensions written, format read, format written, implementation, microseconds (median).
"""
import collections
import json
import math
import pathlib
import statistics
import sys

import forecasts

FORMATS = {"Thirty-two wide": "32", "Four wide": "4", "Row major": "rows", "Channel major": "channels last"}


def layout(tensor):
    words = tensor["Format/Datatype"]
    vectors = next((short for long, short in FORMATS.items() if long in words), "?")
    kind = "INT8" if "int8" in words.lower() else "FP32" if "32" in words.replace("Thirty-two", "") else "FP16"
    return f"{kind} {vectors}"


def rows(name, folder):
    for layers in sorted(pathlib.Path(folder).glob("*.int8.layer.json")):
        profile = layers.with_name(layers.name.replace(".layer.", ".profile."))
        if not profile.exists():
            continue
        micros = forecasts.micros_of(profile)
        for layer in forecasts.layers_of(layers):
            reformat = forecasts.kernel(layer) is not None and layer["LayerType"] == "Reformat"
            if reformat and micros.get(layer["Name"]) and layout(layer["Outputs"][0]).startswith("INT8"):
                yield [name, layers.name.removesuffix(".int8.layer.json"), layer["Outputs"][0]["Dimensions"],
                       layout(layer["Inputs"][0]), layout(layer["Outputs"][0]), forecasts.implementation(layer),
                       round(micros[layer["Name"]].pop(0), 2)]


def table(data):
    groups = collections.defaultdict(lambda: collections.defaultdict(list))
    for name, _, dims, _, wrote, kind, micros in data:
        # The nearest power of two thousand-fold: sizes of one row differ by 1.4 at most from its name.
        size = 2 ** round(math.log2(math.prod(dims) / 1000))
        groups[name][size, wrote != "INT8 4"].append((kind, micros))
    for name, sizes in groups.items():
        print(f"\n{name}\n{'thousand elements':>18}  general             fast                vectors of 4")
        for size in sorted({s for s, _ in sizes}):
            cells = []
            for kind in ("general", "fast", "four"):
                times = [m for k, m in sizes[size, True] + sizes[size, False] if k == kind]
                cells.append(f"{len(times):3} x {statistics.median(times):5.1f} us" if times else "")
            print(f"{size:18g}  " + "".join(f"{c:20}" for c in cells).rstrip())


def main():
    if sys.argv[1:2] == ["--table"] and len(sys.argv) == 3:
        table(json.loads(pathlib.Path(sys.argv[2]).read_text()))
    elif len(sys.argv) > 1 and all("=" in a for a in sys.argv[1:]):
        data = [row for a in sys.argv[1:] for row in rows(*a.split("=", 1))]
        print("[" + ",\n ".join(json.dumps(r) for r in data) + "]")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
