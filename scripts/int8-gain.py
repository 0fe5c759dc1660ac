#!/usr/bin/env python3
"""Prints the time that INT8 saves in small convolutions, from the timings of TensorRT's builder.

    scripts/int8-gain.py LOG... > docs/data/int8-gain.json
    scripts/int8-gain.py --table docs/data/int8-gain.json

LOG is a verbose log of trtexec, plain or packed with xz, as M.VARIANT[...].log; the layers that its engine printed with
--profilingVerbosity=detailed --exportLayerInfo lie beside it or in ../engines as M.VARIANT[...].layer.json. Of each convolution
over one position that the builder timed in INT8 and, in the same or another variant of model M, in floating point, the fastest
tactic of each is taken, whatever it writes.
"""
import json
import lzma
import pathlib
import re
import statistics
import sys

TIMED = re.compile(r"Fastest Tactic: \w+ Time: ([\d.e+-]+)")
CACHED = re.compile(r"\[(\w+)\(.*got cached result: \w+, tactic \w+, ([\d.e+-]+) ms")


def convolution(layer):
    """The name of the one Conv in the name of a fused layer, or None."""
    names = [part for part in re.split(r" \+ | \|\| ", layer) if re.search(r"/Conv(_\d+)?$", part)]
    return names[0] if len(names) == 1 else None


def timings(log):
    """(convolution, reads INT8, microseconds) of each format that the builder timed."""
    name = reads = None
    opened = lzma.open(log, "rt") if log.suffix == ".xz" else open(log, encoding="utf-8")
    with opened as lines:
        for line in lines:
            if "Computing costs for" in line:
                name, reads = convolution(line.split("Computing costs for ")[1].strip()), None
            elif "Computing reformatting costs" in line:
                name = None
            elif name and "Autotuning format combination: " in line:
                reads = line.split("combination: ")[1].split("(")[0]
            elif name and (cached := CACHED.search(line)):
                yield name, cached[1] == "Int8", float(cached[2]) * 1e3
            elif name and reads and (timed := TIMED.search(line)):
                yield name, reads == "Int8", float(timed[1]) * 1e3


def shapes(log):
    """(images, input channels, output channels) of each ungrouped convolution over one position."""
    name = re.sub(r"\.log(\.xz)?$", ".layer.json", log.name)
    file = next((f for f in (log.parent / name, log.parent.parent / "engines" / name) if f.exists()), None)
    for layer in json.loads(file.read_text())["Layers"] if file else []:
        if isinstance(layer, dict) and "Kernel" in layer and (conv := convolution(layer["Name"])):
            data, result = layer["Inputs"][0]["Dimensions"], layer["Outputs"][0]["Dimensions"]
            if data[2:] == result[2:] == [1, 1] and layer["Groups"] == 1:
                yield conv, (data[0], data[1], layer["OutMaps"])


def collect(logs):
    fastest, known = {}, {}
    for log in logs:
        model = log.name.split(".")[0]
        known.update({(model, conv): shape for conv, shape in shapes(log)})
        for conv, int8, micros in timings(log):
            key = model, conv, int8
            fastest[key] = min(micros, fastest.get(key, micros))
    rows = []
    for (model, conv), shape in sorted(known.items()):
        both = [fastest.get((model, conv, int8)) for int8 in (True, False)]
        if None not in both and max(both) < 1e6:
            row = {"model": model, "layer": conv, "images": shape[0], "inputs": shape[1], "outputs": shape[2]}
            rows.append(row | {"int8Us": round(both[0], 2), "floatUs": round(both[1], 2)})
    return rows


def table(rows):
    print("| model | layer | images | channels | INT8, µs | floating point, µs | INT8 saves, µs |")
    print("|" + "---|" * 7)
    for r in rows:
        saves = r["floatUs"] - r["int8Us"]
        print(
            f"| {r['model']} | {r['layer']} | {r['images']} | {r['inputs']} to {r['outputs']}"
            f" | {r['int8Us']:.2f} | {r['floatUs']:.2f} | {saves:.2f} |"
        )
    saved = [r["floatUs"] - r["int8Us"] for r in rows]
    print(f"\n{len(saved)} layers: {min(saved):.2f} to {max(saved):.2f} µs, median {statistics.median(saved):.2f}")


def main(words):
    if not words or words == ["--table"]:
        sys.exit(__doc__)
    if words[0] == "--table":
        table(json.loads(pathlib.Path(words[1]).read_text()))
    else:
        rows = collect([pathlib.Path(w) for w in words])
        print("[" + ",\n ".join(json.dumps(r) for r in rows) + "]")


if __name__ == "__main__":
    main(sys.argv[1:])
