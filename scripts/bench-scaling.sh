#!/bin/sh
# Time and peak memory of qdqlint on synthetic models of 1 k to 1 M nodes. Prints Markdown for docs/performance.md.
#
#   scripts/bench-scaling.sh [NODES...]
#   scripts/bench-scaling.sh families [SIZE...]
#
# families: models of one pattern repeated SIZE times, such as trees of Adds; dense blocks have a tenth of the layers.
#
# PYTHON     any Python 3 (default /usr/bin/python3)
# JAVA_HOME  the JDK; run the script once for each
set -eu
cd "$(dirname "$0")/.."
. scripts/bench-setup.sh

if [ "${1:-}" = families ]; then
    shift
    [ $# -gt 0 ] || set -- 1000 2000 4000
    models=
    for family in ADDS DENSE DENSE_CHAIN SPLIT LADDER PAIRS REGION BROKEN_ROW POOLS POOLS_OF_ONE_SCALE RESIDUAL FAN_OUT; do
        for size; do
            [ "$family" = DENSE ] && size=$((size / 10))
            generate "$family" "$size" "target/bench/$family-$size.onnxtxt"
            models="$models target/bench/$family-$size.onnxtxt"
        done
    done
    exec "$python" scripts/bench.py families $models
fi

[ $# -gt 0 ] || set -- 1000 10000 100000 1000000
for nodes; do
    [ -f "target/bench/synthetic-$nodes.onnx" ] || generate synthetic "$nodes" "target/bench/synthetic-$nodes.onnx"
done

exec "$python" scripts/bench.py scale "$@"
