#!/usr/bin/env bash
# Times the first result and later runs with the wheel, the runtime image and a checkout. Prints Markdown for README.md. Needs the output of
# scripts/release.sh. Downloads are not timed, as they depend on the network: the script prints their sizes.
#
#   scripts/first-result.sh [RUNS]      default: 5; it builds the checkout from scratch, with a full Maven repository
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
out=$PWD/target/release
model=$PWD/examples/yolov7.monkey.onnx
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache
unset CI

now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }
lint() { "$1" "$model" > /dev/null || [ $? -eq 1 ]; }
# The median of later runs, in seconds.
later() {
    local n start
    for ((n = 0; n < runs; n++)); do
        start=$(now)
        lint "$1"
        awk -v a="$start" -v b="$(now)" 'BEGIN { printf "%.2f\n", b - a }'
    done | sort -n | sed -n "$((runs / 2 + 1))p"
}
size() { du -m "$1" | cut -f1; }

row() { printf '| %s | %s | %s | %s |\n' "$@"; }
echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), qdqlint $(sed -n 's,^  <version>\(.*\)</version>,\1,p' pom.xml)"
echo
echo '| | download, MB | first result, s | later, s |'
echo '|---|---:|---:|---:|'

start=$(now)
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q --disable-pip-version-check install --no-index "$out"/*.whl
lint "$work/venv/bin/qdqlint"
first=$(since "$start")
row 'wheel: `python -m venv`, `pip install`' "$(size "$out"/*.whl)" "$first" "$(later "$work/venv/bin/qdqlint")"

archive=$(echo "$out"/qdqlint-[0-9]*.tar.gz)
start=$(now)
tar -xzf "$archive" -C "$work"
program=$(echo "$work"/qdqlint-*/bin/qdqlint)
lint "$program"
first=$(since "$start")
row 'image: `tar -xzf`' "$(size "$archive")" "$first" "$(later "$program")"

start=$(now)
git clone -q --no-hardlinks . "$work/checkout"
lint "$work/checkout/qdqlint" 2> /dev/null
first=$(since "$start")
row 'checkout: `git clone`, `./qdqlint`' 'about 300, Maven' "$first" "$(later "$work/checkout/qdqlint")"
