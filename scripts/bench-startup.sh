#!/bin/sh
# Whole-process time and peak memory of qdqlint on a 148 MB model of YOLOv7's shape, beside onnx.load + check_model of
# Python's onnx. Prints Markdown for docs/performance.md.
#
#   scripts/bench-startup.sh [ROUNDS]
#
# PYTHON     a Python with onnx (default /usr/bin/python3, Debian's python3-onnx)
# JAVA_HOME  the JDK; run the script once for each
set -eu
cd "$(dirname "$0")/.."
. scripts/bench-setup.sh

model=target/bench/yolov7.onnx
[ -f "$model" ] || generate yolov7 "$model"

exec "$python" scripts/bench.py compare "${1:-15}" "$model"
