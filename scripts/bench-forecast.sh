#!/bin/sh
# Times `forecast` beside `check`, in whole processes: on a 148 MB model of YOLOv7's shape and on synthetic models. Prints
# Markdown for docs/performance.md.
#
#   scripts/bench-forecast.sh [NODES...]
#
# PYTHON     any Python 3 (default /usr/bin/python3)
# JAVA_HOME  the JDK; run the script once for each
set -eu
cd "$(dirname "$0")/.."
. scripts/bench-setup.sh

[ $# -gt 0 ] || set -- 1000 10000 100000 1000000
models=target/bench/yolov7.onnx
[ -f "$models" ] || generate yolov7 "$models"
for nodes; do
    model=target/bench/synthetic-$nodes.onnx
    [ -f "$model" ] || generate synthetic "$nodes" "$model"
    models="$models $model"
done

# No name has a space.
exec "$python" scripts/bench.py forecast $models
