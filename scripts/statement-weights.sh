#!/bin/sh
# How many errors more the forecast makes against the engines of the tests when one statement about TensorRT is left out, for each
# statement; with arguments, regular expressions, all statements whose names match one, for each. Prints Markdown for
# docs/tensorrt-behaviour.md.
#
#   scripts/statement-weights.sh [PATTERN...]
#
# JAVA_HOME  the JDK
set -eu
cd "$(dirname "$0")/.."
. scripts/bench-setup.sh
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx2g -cp 'target/test-classes:target/qdqlint.jar' io.qdqlint.lint.StatementWeights "$@"
