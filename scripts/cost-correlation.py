#!/usr/bin/env python3
"""Rank correlation between estimated and measured times of the extra kernels.

usage: cost-correlation.py MODELS ENGINES [--apart PATTERN] [--least N] [--kernels] [-- OPTION...]

  MODELS           folder of NAME.onnx
  ENGINES          folder of NAME.int8.layer.json and NAME.int8.profile.json (trtexec --exportLayerInfo, --exportProfile)
  --apart PATTERN  also give the models whose name matches, and the others, by themselves: for engines that were timed under
                   other conditions
  --kernels        also give the kernels by themselves that share an implementation: Reformat's general one, its fast one
                   (tactic 0x3ea), the one for vectors of four channels, Myelin's
  --least N        models with fewer kernels get no row of their own (default: 5)
  OPTION           goes to qdqlint forecast, such as --device H100

Estimates are the microseconds of the forecast; measured times are the medians of the profile. A forecast kernel belongs to the
engine's kernel with which it shares nodes; if it shares nodes with several, to the one of the nearest size.
"""
import math
import re
import statistics

import forecasts

SIZES = (("int8", 1), ("half", 2), ("fp16", 2))


def size(tensor):
    width = next((w for word, w in SIZES if word in forecasts.type_of(tensor)), 4)
    return width * math.prod(tensor["Dimensions"])


def measured(forecast, layer_file, profile_file):
    """(estimated, measured microseconds, implementation) of each kernel that both the forecast and the engine have."""
    times = forecasts.micros_of(profile_file)
    left, out = list(forecast["kernels"]), []
    for layer in forecasts.layers_of(layer_file):
        names = forecasts.kernel(layer)
        if names is None or not times.get(layer["Name"]):
            continue
        micros = times[layer["Name"]].pop(0)
        moved = size(layer["Inputs"][0]) + size(layer["Outputs"][0])
        same = [k for k in left if names & set(k["nodes"]) and k.get("micros") is not None]
        if same:
            best = min(same, key=lambda k: abs(math.log(k["bytes"] / moved)))
            left.remove(best)
            out.append((best["micros"], micros, forecasts.implementation(layer)))
    return out


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    out, i = [0.0] * len(values), 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and values[order[j + 1]] == values[order[i]]:
            j += 1
        for k in range(i, j + 1):
            out[order[k]] = (i + j) / 2
        i = j + 1
    return out


def report(name, pairs):
    estimated, real = zip(*((p[0], p[1]) for p in pairs))
    try:
        rho = f"{statistics.correlation(ranks(estimated), ranks(real)):5.2f}"
    except statistics.StatisticsError:
        rho = "    -"
    errors = sorted(abs(e - r) / r for e, r in zip(estimated, real))
    print(f"{name:40} {len(pairs):4} kernels  rank correlation {rho}  error: median {errors[len(errors) // 2]:4.0%},"
          f" 90 % within {errors[int(0.9 * (len(errors) - 1))]:4.0%}  sum {sum(estimated):6.0f} µs,"
          f" measured {sum(real):6.0f} µs")


def declare(parser):
    parser.add_argument("--apart")
    parser.add_argument("--kernels", action="store_true")
    parser.add_argument("--least", type=int, default=5)


def main():
    args, options = forecasts.arguments(__doc__, declare)
    timed = {m: (args.engines / (m.stem + ".int8.layer.json"), args.engines / (m.stem + ".int8.profile.json"))
             for m in sorted(args.models.glob("*.onnx"))}
    timed = {m: files for m, files in timed.items() if all(f.exists() for f in files)}
    said = forecasts.run(timed, options)
    pairs = {m.stem: measured(said[m.stem], *files) for m, files in timed.items()}
    for name, own in pairs.items():
        if len(own) >= args.least:
            report(name, own)
    if args.apart:
        report("matching " + args.apart, [p for n, own in pairs.items() if re.search(args.apart, n) for p in own])
        report("others", [p for n, own in pairs.items() if not re.search(args.apart, n) for p in own])
    if args.kernels:
        for kind in sorted({p[2] for own in pairs.values() for p in own}):
            report(kind, [p for own in pairs.values() for p in own if p[2] == kind])
    report("all", [p for own in pairs.values() for p in own])


if __name__ == "__main__":
    main()
