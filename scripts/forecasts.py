"""Forecasts and engines, read for the scripts beside this file."""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
ONNX_LAYER = re.compile(r"\[ONNX Layer: ([^\]]*)\]")
CLONE = re.compile(r"_clone_\d+$")
QUANTIZER = re.compile(r"(?:De)?QuantizeLinear", re.I)
WEIGHTED = re.compile(r"(?:^|[/_.])(Conv|ConvTranspose|Gemm|MatMul)(?:_\d+)?$")


def arguments(doc, add=lambda parser: None):
    """The arguments MODELS ENGINES and the script's own, which `add` declares; and the options for qdqlint forecast after --."""
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("engines", type=pathlib.Path)
    add(parser)
    return parser.parse_args(sys.argv[1:split]), sys.argv[split + 1:]


def run(models, options=()):
    """The forecast of each model, by its name without .onnx: one call of qdqlint, one JVM."""
    command = [str(ROOT / "qdqlint"), "forecast", "-f", "json", *options, *map(str, models)]
    out = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if out.returncode > 2:
        sys.exit(f"qdqlint ended with {out.returncode}")
    rows = [json.loads(line) for line in out.stdout.splitlines() if line]
    return {pathlib.Path(r["file"]).name.removesuffix(".onnx"): r for r in rows if "unreadable" not in r}


def nodes(layer):
    """Names of the ONNX nodes that an engine layer came from. Engines of 8.x leave quantizers out of the metadata: a layer of
    quantizers alone is then known by its name."""
    names = [n.strip("\x1e\x1f ") for n in ONNX_LAYER.findall(layer.get("Metadata", ""))]
    parts = [CLONE.sub("", part) for part in layer["Name"].split(" + ")]
    return names if names or not all(QUANTIZER.search(part) and "[" not in part for part in parts) else parts


def type_of(tensor):
    return (tensor.get("Datatype") or tensor.get("DataType") or tensor.get("Format/Datatype") or "").lower()


def kernel(layer):
    """The nodes of a layer that only quantizes or dequantizes; None for any other layer. Such a layer is a Reformat of
    origin QDQ, or one whose every ONNX node is a QuantizeLinear or DequantizeLinear, but no Constant."""
    names = nodes(layer)
    only = names and layer["LayerType"] != "Constant" and all(QUANTIZER.search(n) for n in names)
    if layer["LayerType"] == "Reformat" and layer.get("Origin") == "QDQ" or only:
        return set(names) or {re.sub(r"_clone_\d+$", "", layer["Name"])}
    return None


def kernels(layers):
    return [k for k in map(kernel, layers) if k is not None]


def precisions(layers):
    """Whether a weighted node reads INT8, by its name: those named by a convolution or matrix product of the engine."""
    out = {}
    for layer in layers:
        if ("Conv" in layer["LayerType"] or layer["LayerType"] in ("gemm", "MatrixMultiply")) and layer["Inputs"]:
            for name in nodes(layer):
                if WEIGHTED.search(name):
                    out[name] = "int8" in type_of(layer["Inputs"][0])
    return out


REGION = re.compile(r"_myl(\d+)_\d+$")
NO_KERNEL = {"Constant", "NoOp", "shape_call", "signal", "wait"}
MOVES_NOTHING = re.compile(r"(?:^|[/_.])(Reshape|Flatten|Squeeze|Unsqueeze|Identity|Constant|Shape)(?:_\d+)?$")


def partition(layers):
    """(nodes, names of the engine's layers) of each layer that computes: all kernels of a Myelin region are one, and all copies of a
    node. Without constants, quantize and dequantize kernels, copies that change only type or layout, and nodes that move nothing."""
    out = {}
    for i, layer in enumerate(layers):
        if layer["LayerType"] in NO_KERNEL or layer.get("Origin") in ("CAST", "REFORMAT") or kernel(layer) is not None:
            continue
        names = frozenset(n for n in nodes(layer) if not QUANTIZER.search(n) and not MOVES_NOTHING.search(n))
        region = REGION.search(layer["Name"])
        key = ("region", region[1]) if region else ("copy", names) if layer["LayerType"] == "Reformat" else ("layer", i)
        both = out.setdefault(key, (set(), []))
        both[0].update(names)
        both[1].append(layer["Name"])
    return [(n, l) for n, l in out.values() if n]


def planned(forecast, real):
    """The layers that are forecast, as sets of nodes: of a region without the nodes that the engine does not name."""
    named = set().union(*(n for n, _ in real))
    return [(set(p["nodes"]) & named or set(p["nodes"]) if p["kind"] == "region" else set(p["nodes"]), p)
            for p in forecast["partition"]]


def pairs(forecast, real):
    """For each real kernel the index of the forecast kernel it is matched with, or -1: they share a node, each is in one
    pair at most, and there are as many pairs as can be (augmenting paths)."""
    owner = [-1] * len(real)

    def place(i, seen):
        for k, names in enumerate(real):
            if k not in seen and forecast[i] & names:
                seen.add(k)
                if owner[k] < 0 or place(owner[k], seen):
                    owner[k] = i
                    return True
        return False

    for i in range(len(forecast)):
        place(i, set())
    return owner


def layers_of(path):
    return json.loads(path.read_text())["Layers"]


def micros_of(profile):
    """Median microseconds of the layers of each name, in the order of the profile."""
    return micros_in(json.loads(profile.read_text()))


def micros_in(rows):
    times = {}
    for row in rows:
        if "name" in row:
            milliseconds = row["medianMs"] if "medianMs" in row else row["averageMs"]
            times.setdefault(row["name"], []).append(milliseconds * 1000)
    return times


def add(archive, name, data):
    """Adds a file to a zip archive. Equal input gives equal bytes."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.external_attr = 0o644 << 16
    archive.writestr(info, data, zipfile.ZIP_DEFLATED, 9)


def implementation(layer):
    """What a layer that converts is made of, which differ in time at one size: Myelin's own kernel, or one of TensorRT's Reformat."""
    if layer["LayerType"] == "kgen" or "TacticValue" not in layer:
        return "Myelin"
    if "Four wide" in layer["Outputs"][0].get("Format/Datatype", ""):
        return "four"
    return "fast" if int(layer["TacticValue"], 16) == 0x3EA else "general"
