#!/usr/bin/env python3
"""Compares forecasts with engines that TensorRT built.

usage: score-forecast.py MODELS ENGINES [--by PATTERN] [--wrong] [-- OPTION...]

  MODELS        folder of NAME.onnx
  ENGINES       folder of NAME.int8.layer.json (trtexec --exportLayerInfo, detailed), or NAME.int8.failed, the error lines,
                where the build failed; models without either are left out
  --by PATTERN  a row for each different text that a group of PATTERN matches in NAME, instead of one per model;
                --by '_(drop|rescale|mix|extra|actonly|wtonly|one|ort)' gives the kinds of partly quantized variants
  --wrong       also name the kernels and layers that were forecast wrongly
  OPTION        goes to qdqlint forecast, such as --tensorrt 10.6

Kernel precision: forecast kernels that the engine has. Recall: engine kernels that were forecast. Layers: weighted nodes
for which the forecast says correctly whether they read INT8. Build: models for which it says correctly whether they build.
"""
import re

import forecasts


def score(forecast, layer_file, wrong):
    """Counts for one model: forecast, real and matched kernels, layers, right layers, build foretold."""
    built = layer_file.exists()
    row = dict(forecast=0, real=0, hit=0, layers=0, right=0, models=1, said=0, said_right=0, built=0, built_right=0, build=int(forecast["build"]["ok"] == built))
    if not built:
        return row
    layers = forecasts.layers_of(layer_file)
    said, real = [set(k["nodes"]) for k in forecast["kernels"]], forecasts.kernels(layers)
    owner = forecasts.pairs(said, real)
    want = forecasts.precisions(layers)
    got = {layer["node"]: layer["precision"] == "int8" for layer in forecast["layers"]}
    row.update(forecast=len(said), real=len(real), hit=sum(o >= 0 for o in owner), layers=len(want),
               right=sum(got.get(n) == v for n, v in want.items()))
    parts = forecasts.partition(layers)
    plan = [frozenset(n) for n, _ in forecasts.planned(forecast, parts)]
    engine = [frozenset(n) for n, _ in parts]

    def union(layer):
        return layer == frozenset().union(*(p for p in plan if p <= layer))

    merged = {p for e in engine if e not in plan and union(e) for p in plan if p <= e}
    row.update(said=len(plan), said_right=sum(p in engine or p in merged for p in plan), built=len(engine),
               built_right=sum(e in plan or union(e) for e in engine))
    wrong += ["  no layer of the engine: " + " ".join(sorted(p)) for p in plan if p not in engine and p not in merged]
    wrong += ["  layer not forecast: " + " ".join(sorted(e)) for e in engine if e not in plan and not union(e)]
    wrong += ["  not in the engine: " + " ".join(sorted(k)) for i, k in enumerate(said) if i not in owner]
    wrong += ["  not forecast: " + " ".join(sorted(k)) for k, o in zip(real, owner) if o < 0]
    wrong += [f"  {n} is {'int8' if v else 'float'} in the engine" for n, v in want.items() if got.get(n) != v]
    return row


def ratio(a, b):
    return f"{a / b:.4f}" if b else "-"


def line(name, r):
    kernels = f"{r['hit']:5} of {r['forecast']:5} forecast, {r['real']:5} real"
    return (f"{name:44} {kernels}  {ratio(r['hit'], r['forecast']):>6} {ratio(r['hit'], r['real']):>6}"
            f"  layers {r['right']:5} of {r['layers']:5} {ratio(r['right'], r['layers']):>6}"
            f"  build {r['build']:3} of {r['models']:3}"
            f"  partition {r['said_right']:5} of {r['said']:5} forecast {ratio(r['said_right'], r['said']):>6},"
            f" {r['built_right']:5} of {r['built']:5} real {ratio(r['built_right'], r['built']):>6}")


def declare(parser):
    parser.add_argument("--by")
    parser.add_argument("--wrong", action="store_true")


def main():
    args, options = forecasts.arguments(__doc__, declare)

    def engine(model):
        return args.engines / (model.stem + ".int8.layer.json")

    models = [m for m in sorted(args.models.glob("*.onnx"))
              if engine(m).exists() or (args.engines / (m.stem + ".int8.failed")).exists()]
    said = forecasts.run(models, options)
    rows, total = {}, {}
    for model in models:
        wrong = []
        row = score(said[model.stem], engine(model), wrong)
        found = re.search(args.by, model.stem) if args.by else None
        key = model.stem if args.by is None else next(filter(None, found.groups()), "others") if found else "others"
        for counts in (rows.setdefault(key, {}), total):
            for k, v in row.items():
                counts[k] = counts.get(k, 0) + v
        if args.wrong and (wrong or not row["build"]):
            print(model.stem, "" if row["build"] else "(build outcome)", *wrong, sep="\n")
    for name, row in rows.items():
        print(line(name, row))
    print(line("all", total))


if __name__ == "__main__":
    main()
