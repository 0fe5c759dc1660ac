#!/usr/bin/env python3
"""Packs models that the scripts beside this file made: the same input gives the same bytes.

usage: pack.py OUT.zip MODEL.onnx...
"""
import sys
import zipfile
from pathlib import Path


def main():
    with zipfile.ZipFile(sys.argv[1], "w") as archive:
        for model in sorted(map(Path, sys.argv[2:]), key=lambda m: m.name):
            entry = zipfile.ZipInfo(model.name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, model.read_bytes(), compresslevel=9)


if __name__ == "__main__":
    main()
