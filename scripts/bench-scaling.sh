#!/bin/sh
# Time and peak memory of qdqlint on synthetic models of 1 k to 1 M nodes. Prints Markdown for docs/performance.md.
#
#   scripts/bench-scaling.sh [NODES...]
#
# PYTHON     any Python 3 (default /usr/bin/python3)
# JAVA_HOME  the JDK; run it once for each
set -eu
cd "$(dirname "$0")/.."
. scripts/bench-setup.sh

[ $# -gt 0 ] || set -- 1000 10000 100000 1000000
for nodes; do
    [ -f "target/bench/synthetic-$nodes.onnx" ] || generate synthetic "$nodes" "target/bench/synthetic-$nodes.onnx"
done

exec "$python" scripts/bench.py scale "$@"
