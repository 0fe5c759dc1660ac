#!/usr/bin/env bash
# Tests the output of scripts/release.sh: the runtime image unpacked in another folder, the wheel in a new virtual environment, both without
# a JDK on PATH, and qdqlint-core from its Maven repository. Runs scripts/play-gate.sh with the image and with the wheel.
#
# PRE_COMMIT=1    runs the pre-commit hook, too; pip then fetches pre-commit and setuptools
set -euo pipefail
cd "$(dirname "$0")/.."
checkout=$PWD
out=$PWD/target/release
say() { printf 'try-release: %s\n' "$1"; }
fail() { printf 'try-release: %s\n' "$1" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/none" "$work/my files" "$work/home"
for tool in java javac mvn; do
    printf '#!/bin/sh\necho %s >> "%s/called"\nexit 99\n' "$tool" "$work" > "$work/none/$tool"
    chmod +x "$work/none/$tool"
done
path=$PATH
home=$HOME
jdk=${JAVA_HOME:-}
unset JAVA_HOME
export PATH=$work/none:$PATH HOME=$work/home

# expect STATUS TEXT COMMAND...
expect() {
    local status=$1 text=$2 got=0
    shift 2
    "$@" > "$work/out" 2> "$work/err" < /dev/null || got=$?
    if [ "$got" -ne "$status" ] || ! grep -qF -- "$text" "$work/out" "$work/err"; then
        cat "$work/out" "$work/err" >&2
        fail "$*: status $got, expected $status and '$text'"
    fi
}

# try PROGRAM...: what a newcomer does with it
try() {
    local model="$work/my files/yolov7.onnx"
    cp examples/yolov7.monkey.onnx "$model"
    expect 0 "$version" "$@" --version
    expect 1 'QDQ101' "$@" check examples
    expect 1 'QDQ101' env LC_ALL=C "$@" "$model" -f text -f "html=$work/report.html" -f "sarif=$work/report.sarif"
    [ ! -s "$work/err" ] || { cat "$work/err" >&2; fail "$*: said something on standard error"; }
    grep -q '</html>' "$work/report.html" || fail "$*: the HTML report is not whole"
    expect 0 'written to' "$@" fix "$model" -o "$work/my files/fixed.onnx" --unsafe --no-verify
    expect 0 'no findings' "$@" "$work/my files/fixed.onnx"
    expect 0 'proven' "$@" fix rules/scale/QDQ101-concat-scale-mismatch/bad.onnxtxt -o "$work/proven.onnxtxt" --unsafe
    expect 1 'QDQ101' env QDQLINT_JAVA_OPTS=-XX:AOTMode=on "$@" examples/yolov7.monkey.onnx
    say "plays the gate with $*"
    QDQLINT=$1 scripts/play-gate.sh | tail -n 1
}

set -- "$out"/qdqlint-*-*-*.tar.gz
[ -f "$1" ] || fail 'there is no release; scripts/release.sh makes one'
version=$(sed -n 's,^  <version>\(.*\)</version>,\1,p' pom.xml)
(cd "$out" && sha256sum --quiet -c SHA256SUMS-*)

say "image ${1##*/}"
mkdir "$work/an image"
for archive in "$out"/*.tar.gz; do
    tar -xzf "$archive" -C "$work/an image"
done
image=$(find "$work/an image" -maxdepth 1 -name "qdqlint-$version-*")
others=$(find "$image/lib/onnxruntime" -type f | grep -cvE '/libonnxruntime[^/]*$' || true)
[ "$others" = 0 ] && [ "$(find "$image/lib/onnxruntime" -type f | wc -l)" = 2 ] || fail 'ONNX Runtime has libraries that it does not need'
try "$image/bin/qdqlint"

say "wheel $(basename "$out"/*.whl)"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q --disable-pip-version-check install --no-index "$out"/*.whl
try "$work/venv/bin/qdqlint"
expect 0 "$version" "$work/venv/bin/python" -m qdqlint --version

if [ -n "${PRE_COMMIT:-}" ]; then
    say 'pre-commit'
    python3 -m venv "$work/pre-commit"
    "$work/pre-commit/bin/pip" -q --disable-pip-version-check install pre-commit
    mkdir "$work/repository" && cd "$work/repository"
    git init -q . && git config user.name gate && git config user.email gate@example.org
    cp "$checkout/examples/yolov7.monkey.onnx" bad.onnx
    git add bad.onnx
    export PIP_FIND_LINKS=$out
    expect 1 'QDQ101' "$work/pre-commit/bin/pre-commit" try-repo "$checkout" qdqlint --all-files
    git rm -q --cached bad.onnx && rm bad.onnx
    echo text > readme.txt && git add readme.txt
    expect 0 'Skipped' "$work/pre-commit/bin/pre-commit" try-repo "$checkout" qdqlint --all-files
    cd "$checkout"
fi
[ ! -e "$work/called" ] || fail "$(sort -u "$work/called" | tr '\n' ' ')on PATH was called"

say 'qdqlint-core, with the dependencies of its own pom and no others'
export PATH=$path HOME=$home
[ -z "$jdk" ] || export JAVA_HOME=$jdk PATH=$jdk/bin:$PATH
core=$(find "$work/an image" -name "qdqlint-core-$version.pom")
[ -n "$core" ] || fail 'qdqlint-core has no pom'
mvn -B -q -Dstyle.color=never -f "$core" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
    "-Dmdep.outputFile=$work/classpath" > "$work/out" 2>&1 || { cat "$work/out" >&2; fail 'the pom of qdqlint-core cannot be resolved'; }
mkdir "$work/program"
sed -n '/^```java/,/^```/p' docs/api.md | sed '/^```/d' > "$work/program/Example.java"
classpath="${core%.pom}.jar:$(cat "$work/classpath"):$work/program"
javac -cp "$classpath" -d "$work/program" "$work/program/Example.java"
expect 0 'QDQ101' java -cp "$classpath" Example examples/yolov7.monkey.onnx

say 'all is well'
