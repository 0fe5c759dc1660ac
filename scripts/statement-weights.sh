#!/bin/sh
# Counts, for each statement about TensorRT, the additional errors of the forecast against the engines of the tests without that statement.
# With arguments, which are regular expressions, it leaves out all statements whose names match, for each argument. Prints Markdown for
# docs/tensorrt-behaviour.md.
#
#   scripts/statement-weights.sh [PATTERN...]
#
# JAVA_HOME  the JDK
set -eu
cd "$(dirname "$0")/.."
. scripts/bench-setup.sh
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -cp 'target/test-classes:target/qdqlint.jar' io.qdqlint.lint.StatementWeights "$@"
