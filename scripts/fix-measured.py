#!/usr/bin/env python3
"""Prints the tables of docs/fix-measured.md: times and layers of engines as exported, fixed, in implicit INT8 and in FP16.

    scripts/fix-measured.py
    scripts/fix-measured.py --layers NAME.VARIANT      each layer in order: µs, type, formats, ONNX nodes
    scripts/fix-measured.py --collect MODELS OUT EXPORTED.json FIXED.json

It reads docs/data/fix-measured.json and the engines in src/test/resources/engines/trt10.6-h200, timed.zip and
timed-profiles.zip. --collect writes these three from what scripts/time-engines.py read (MODELS, weights left out) and
wrote (OUT), and from the forecasts made before (qdqlint forecast -f json).
"""
import argparse
import json
import math
import pathlib
import re
import statistics
import zipfile

import forecasts

DATA = forecasts.ROOT / "docs/data/fix-measured.json"
ENGINES = forecasts.ROOT / "src/test/resources/engines/trt10.6-h200"
PACKED = "level3."  # names in the archives begin so: others hold engines of the same models at other levels
VARIANTS = {"exported": "as exported", "fixed": "fixed", "implicit": "implicit INT8", "fp16": "FP16"}
KINDS = ("convolutions", "pointwise", "copies and formats", "Q/DQ kernels", "pooling", "the rest")


def kind(layer):
    layer_type = layer["LayerType"]
    if forecasts.kernel(layer) is not None:
        return "Q/DQ kernels"
    if "Conv" in layer_type or "Deconv" in layer_type:
        return "convolutions"
    if layer_type == "PointWiseV2":
        return "pointwise"
    if layer_type == "Reformat":
        return "copies and formats"
    return "pooling" if layer_type == "CaskPooling" else "the rest"


def middle(rounds, what="meanMs"):
    return statistics.median(r[what] for r in rounds)


def mean(ratios):
    return math.exp(statistics.mean(math.log(r) for r in ratios))


def ratio(variants, of, to, how="graph"):
    """Throughput of one engine to that of another; None where either was not built."""
    if of not in variants or to not in variants:
        return None
    return middle(variants[to][how]) / middle(variants[of][how])


def shown(value, digits=3):
    return "" if value is None else f"{value:.{digits}f}"


def spread(variants):
    """The largest difference of a round's median to the middle one, in per cent."""
    worst = 0
    for variant in variants.values():
        centre = middle(variant["graph"], "medianMs")
        worst = max(worst, *(abs(r["medianMs"] / centre - 1) for r in variant["graph"]))
    return f"{100 * worst:.1f} %"


def times(models):
    print("| model | input |", " | ".join(VARIANTS.values()), "| fixed to exported | to FP16 | to implicit INT8 | without a graph | spread |")
    print("|" + "---|" * 11)
    for name, model in models.items():
        variants = model["variants"]
        cells = []
        for variant in VARIANTS:
            graph = variants[variant]["graph"] if variant in variants else None
            cells.append(f"{1000 / middle(graph):.0f} / {middle(graph, 'medianMs'):.3f}" if graph else "not built")
        row = [name, model["input"], *cells]
        row += [shown(ratio(variants, "fixed", to)) for to in ("exported", "fp16", "implicit")]
        row += [shown(ratio(variants, "fixed", "implicit", "stream")), spread(variants)]
        print("|", " | ".join(row), "|")
    means = []
    for to, how in (("exported", "graph"), ("fp16", "graph"), ("implicit", "graph"), ("implicit", "stream")):
        ratios = [ratio(m["variants"], "fixed", to, how) for m in models.values()]
        means.append(f"{mean([r for r in ratios if r]):.3f}")
    print("| geometric mean |", " | " * 4, "|", " | ".join(means), "| |")


def structure(models):
    print("| model | as exported: kernels forecast / in the engine / matched | fixed | weighted layers as forecast |")
    print("|" + "---|" * 4)
    total = {}
    for name, model in models.items():
        cells, layers = [], [0, 0]
        for variant in ("exported", "fixed"):
            forecast = model["variants"].get(variant, {}).get("forecast")
            cells.append(" / ".join(map(str, forecast["kernels"])) if forecast else "not built")
            if forecast:
                layers = [a + b for a, b in zip(layers, forecast["layers"])]
                total[variant] = [a + b for a, b in zip(total.get(variant, [0, 0, 0]), forecast["kernels"])]
        total["layers"] = [a + b for a, b in zip(total.get("layers", [0, 0]), layers)]
        print("|", " | ".join([name, *cells, "{} of {}".format(*layers)]), "|")
    sums = [" / ".join(map(str, total[v])) for v in ("exported", "fixed")]
    print("|", " | ".join(["sum", *sums, "{} of {}".format(*total["layers"])]), "|")


def timed(key):
    """The layers of an engine, such as resnet50.fixed, each with its microseconds."""
    key = PACKED + key
    files = {}
    for archive in ("timed.zip", "timed-profiles.zip"):
        with zipfile.ZipFile(ENGINES / archive) as packed:
            for ending in (".json", ".profile.json"):
                if key + ending in packed.namelist():
                    files[ending] = json.loads(packed.read(key + ending))
    micros = forecasts.micros_in(files[".profile.json"])
    engine = files[".json"]["Layers"]
    return [(layer, micros[layer["Name"]].pop(0) if micros.get(layer["Name"]) else 0) for layer in engine]


def kinds(models):
    print("| model | engine |", " | ".join(KINDS), "| all |")
    print("|" + "---|" * (len(KINDS) + 3))
    for name in models:
        for variant in ("fixed", "implicit"):
            took = dict.fromkeys(KINDS, 0.0)
            for layer, micros in timed(f"{name}.{variant}"):
                took[kind(layer)] += micros
            cells = [f"{took[k]:.0f}" for k in KINDS]
            print("|", " | ".join([name, VARIANTS[variant], *cells, f"{sum(took.values()):.0f}"]), "|")


def tails(models):
    """What follows the body of a classifier: from the last convolution before the global pooling to the end, µs and layers."""
    print("| model | fixed | implicit INT8 |")
    print("|---|---|---|")
    for name in models:
        cells = []
        for variant in ("fixed", "implicit"):
            engine = timed(f"{name}.{variant}")
            pools = [i for i, (layer, _) in enumerate(engine) if is_global(layer)]
            if pools:
                first = max(i for i in range(pools[-1]) if kind(engine[i][0]) == "convolutions")
                took = [micros for _, micros in engine[first:] if micros]
                cells.append(f"{sum(took):.0f} µs, {len(took)} layers")
        if cells:
            print("|", " | ".join([name, *cells]), "|")


def is_global(layer):
    return layer["LayerType"] == "CaskPooling" and layer["Outputs"][0]["Dimensions"][2:] == [1, 1]


def formats(tensors):
    return ", ".join(t.get("Format/Datatype", "?").replace("vectorized row major format", "wide") for t in tensors)


def each(key):
    for layer, micros in timed(key):
        names = [n for n in forecasts.nodes(layer) if "weight" not in n] or [layer["Name"]]
        print(f"{micros:6.1f} {layer['LayerType']}: {formats(layer['Inputs'])} -> {formats(layer['Outputs'])}: {', '.join(names)}")


def with_weights(key):
    """What a convolution takes in and writes, and its microseconds, by its ONNX node."""
    out = {}
    for layer, micros in timed(key):
        names = [n for n in forecasts.nodes(layer) if not forecasts.QUANTIZER.search(n)]
        node = next((n for n in names if forecasts.WEIGHTED.search(n)), None)
        if "Conv" in layer["LayerType"] and node:
            after = [re.sub(r"_\d+$", "", n.split("/")[-1]) for n in names[names.index(node) + 1 :]]
            out[node] = (" + ".join(after) or "nothing", micros)
    return out


def convolutions(models):
    """Where the same convolutions take 4 µs more or less in the two engines, by the nodes that they fuse."""
    print("| model | convolutions | fused, fixed | fused, implicit INT8 | fixed, µs | implicit INT8, µs |")
    print("|" + "---|" * 6)
    for name in models:
        ours, free = (with_weights(f"{name}.{v}") for v in ("fixed", "implicit"))
        groups = {}
        for node in ours.keys() & free.keys():
            groups.setdefault((ours[node][0], free[node][0]), []).append((ours[node][1], free[node][1]))
        for (here, there), rows in sorted(groups.items()):
            sums = [sum(r[i] for r in rows) for i in (0, 1)]
            if abs(sums[0] - sums[1]) >= 4:
                print(f"| {name} | {len(rows)} | {here} | {there} | {sums[0]:.0f} | {sums[1]:.0f} |")


def compared(forecast, engine):
    """Kernels that only convert: forecast, in the engine, matched; weighted layers whose precision is as forecast, and all."""
    real = forecasts.kernels(engine)
    matched = sum(i >= 0 for i in forecasts.pairs([set(k["nodes"]) for k in forecast["kernels"]], real))
    said = {layer["node"]: layer["precision"] == "int8" for layer in forecast["layers"]}
    precisions = forecasts.precisions(engine)
    right = sum(said.get(node) == int8 for node, int8 in precisions.items())
    return {"kernels": [len(forecast["kernels"]), len(real), matched], "layers": [right, len(precisions)]}


def lines(path):
    rows = [json.loads(line) for line in path.read_text().splitlines() if line]
    return {pathlib.Path(r["file"]).name.removesuffix(".onnx"): r for r in rows}


def collect(models, out, exported, fixed):
    said = {"exported": lines(exported), "fixed": lines(fixed)}
    data = json.loads(DATA.read_text())
    data["models"] = {}
    with zipfile.ZipFile(ENGINES / "timed.zip", "w") as built, zipfile.ZipFile(ENGINES / "timed-profiles.zip", "w") as rest:
        for measured in sorted(out.glob("*.time.json")):
            name = measured.name.removesuffix(".time.json")
            model = data["models"][name] = json.loads(measured.read_text())
            for variant, row in model["variants"].items():
                engine = out / f"{name}.{variant}.layer.json"
                profile = engine.with_name(f"{name}.{variant}.profile.json")
                if variant in said:
                    row["forecast"] = compared(said[variant][name], forecasts.layers_of(engine))
                    forecasts.add(built, f"{PACKED}{name}.{variant}.onnx", (models / variant / f"{name}.onnx").read_bytes())
                model["input"] = "x".join(map(str, forecasts.layers_of(engine)[0]["Inputs"][0]["Dimensions"]))
                forecasts.add(built if variant in said else rest, f"{PACKED}{name}.{variant}.json", engine.read_bytes())
                forecasts.add(rest, PACKED + profile.name, profile.read_bytes())
    DATA.write_text(json.dumps(data, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collect", type=pathlib.Path, nargs=4, metavar=("MODELS", "OUT", "EXPORTED", "FIXED"))
    parser.add_argument("--layers", metavar="NAME.VARIANT")
    args = parser.parse_args()
    if args.layers:
        each(args.layers)
        return
    if args.collect:
        collect(*args.collect)
    data = json.loads(DATA.read_text())
    print(f"TensorRT {data['tensorrt']}, {data['device']}, driver {data['driver']}, {data['date']}\n")
    for table in (times, structure, kinds, tails, convolutions):
        table(data["models"])
        print()


if __name__ == "__main__":
    main()
