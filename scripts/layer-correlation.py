#!/usr/bin/env python3
"""Rank correlation between estimated and measured times of the engine's layers, by kind of layer.

usage: layer-correlation.py MODELS ENGINES [-- OPTION...]

  MODELS   folder of NAME.onnx
  ENGINES  folder of NAME.int8.layer.json and NAME.int8.profile.json (trtexec --exportLayerInfo, --exportProfile)
  OPTION   goes to qdqlint forecast, such as --device H100

It compares only layers that the engine has exactly as forecast. Measured times are medians of the profile; if a layer has several
kernels, their sum.
"""
import importlib
import statistics

import forecasts

ranks = importlib.import_module("cost-correlation").ranks


def correlation(pairs):
    a, b = (ranks([p[i] for p in pairs]) for i in (0, 1))
    return statistics.correlation(a, b) if len(set(a)) > 1 and len(set(b)) > 1 else float("nan")


def compare(forecast, layer_file, profile_file):
    """(kind, estimated, measured) of each layer that both have."""
    times = forecasts.micros_of(profile_file)
    real = forecasts.partition(forecasts.layers_of(layer_file))
    engine = {frozenset(n): names for n, names in real}
    for nodes, layer in forecasts.planned(forecast, real):
        names = engine.get(frozenset(nodes))
        if names and layer["micros"] is not None and all(n in times for n in names):
            yield layer["kind"], layer["micros"], sum(times[n][0] for n in names)


def main():
    args, options = forecasts.arguments(__doc__)

    def file(model, kind):
        return args.engines / f"{model.stem}.int8.{kind}.json"

    models = [m for m in sorted(args.models.glob("*.onnx")) if file(m, "layer").exists() and file(m, "profile").exists()]
    said = forecasts.run(models, options)
    kinds = {}
    for model in models:
        for kind, estimated, measured in compare(said[model.stem], file(model, "layer"), file(model, "profile")):
            kinds.setdefault(kind, []).append((estimated, measured))
            kinds.setdefault("all", []).append((estimated, measured))
    print(f"{'kind':12} {'layers':>6} {'rank correlation':>17} {'estimated us':>13} {'measured us':>12}")
    for kind, pairs in sorted(kinds.items(), key=lambda k: len(k[1])):
        print(f"{kind:12} {len(pairs):6} {correlation(pairs):17.2f} {sum(p[0] for p in pairs):13.0f} {sum(p[1] for p in pairs):12.0f}")


if __name__ == "__main__":
    main()
