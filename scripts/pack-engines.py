#!/usr/bin/env python3
"""Packs models and the engines that TensorRT built of them into one archive for the tests.

usage: pack-engines.py OUT.zip FOLDER [FOLDER...] [--only PATTERN] [--table OUT.tsv]

  FOLDER   has models/NAME.onnx; engines/NAME.int8.layer.json, or engines/NAME.int8.failed where the build failed; and for
           failed builds logs/NAME.int8.log.xz. A later folder's file replaces an earlier one's of the same name.
  --only   names to take, a regular expression
  --table  also write what each engine shows as tab-separated values: name, what the graph asks (questions.json), kernels,
           or the message of the failed build

The archive holds NAME.onnx, and NAME.json or NAME.failed: the lines of TensorRT's log with the reason. Equal input gives equal bytes.
"""
import argparse
import json
import lzma
import pathlib
import re
import zipfile

import forecasts

REASON = re.compile(r"Assertion failed: |Error Code|In function |Found unsupported|Plugin not found")


def reason(log):
    """The lines of a build log that say why it failed, without their time stamps, each once."""
    text = lzma.open(log, "rt", errors="replace").read()
    lines = [re.sub(r"^\[[^]]*] \[[A-Z]] ", "", line).strip() for line in text.splitlines() if REASON.search(line)]
    return list(dict.fromkeys(line for line in lines if "Skipping tactic" not in line and "VERBOSE" not in line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("folders", type=pathlib.Path, nargs="+")
    parser.add_argument("--only", default="")
    parser.add_argument("--table", type=pathlib.Path)
    args = parser.parse_args()
    folders, asked = {}, {}
    for folder in args.folders:
        if (folder / "questions.json").exists():
            asked.update(json.loads((folder / "questions.json").read_text()))
        for model in (folder / "models").glob("*.onnx"):
            if re.search(args.only, model.stem):
                folders[model.stem] = folder
    rows = []
    with zipfile.ZipFile(args.out, "w") as archive:
        for name, folder in sorted(folders.items()):
            engine = folder / "engines" / (name + ".int8.layer.json")
            failed = engine.with_name(name + ".int8.failed")
            if not engine.exists() and not failed.exists():
                continue
            forecasts.add(archive, name + ".onnx", (folder / "models" / (name + ".onnx")).read_bytes())
            if engine.exists():
                forecasts.add(archive, name + ".json", engine.read_bytes())
                kernels = sorted(" ".join(sorted(k)) for k in forecasts.kernels(forecasts.layers_of(engine)))
                shown = " | ".join(kernels) or "no kernels"
            else:
                why = reason(folder / "logs" / (name + ".int8.log.xz"))
                forecasts.add(archive, name + ".failed", "\n".join(why) + "\n")
                shown = "does not build: " + why[-1]
            rows.append("\t".join((name, asked.get(name, ""), shown)))
    if args.table:
        args.table.write_text("\n".join(["name\twhat it asks\tkernels that only quantize or dequantize", *rows]) + "\n")
    print(len(rows), "engines,", args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
