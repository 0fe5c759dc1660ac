#!/usr/bin/env bash
# Tries the gate in a temporary repository: a clean base, a branch that makes a model worse, its fix, baseline, ignores, budgets,
# changed models and a Git LFS pointer. Prints each step; fails at the first with an unexpected result.
#
# QDQLINT    the qdqlint to run. Default: the launcher of this checkout
set -euo pipefail
cd "$(dirname "$0")/.."
qdqlint=${QDQLINT:-$PWD/qdqlint}
rule=$PWD/rules/scale/QDQ101-concat-scale-mismatch
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
git init -q -b main .
git config user.name gate && git config user.email gate@example.org

# expect STATUS TEXT COMMAND...: the command ends with this status and says this, on standard output or standard error
expect() {
    local status=$1 text=$2 got=0
    shift 2
    printf '%s ' "${*/#$qdqlint/qdqlint}" && echo
    "$@" > out 2> err < /dev/null || got=$?
    if [ "$got" -ne "$status" ] || ! grep -qF -- "$text" out err; then
        echo "status $got, expected $status and '$text'" >&2
        cat out err >&2
        exit 1
    fi
}

printf 'out\nerr\n*.md\n*.sarif\n' > .gitignore
mkdir -p models/heads
cp "$rule/good.onnxtxt" models/top.onnxtxt
cp "$rule/good.onnxtxt" models/heads/head.onnxtxt
git add -A && git commit -qm base
expect 0 'models/top.onnxtxt: no findings' "$qdqlint" 'models/**/*.onnxtxt'
expect 0 '2 models' "$qdqlint" models

git checkout -qb worse
cp "$rule/bad.onnxtxt" models/top.onnxtxt
git commit -qam worse
expect 1 'title=QDQ101 concat-scale-mismatch at' "$qdqlint" models --changed-since main -f github -f markdown=summary.md -f sarif=x.sarif
grep -q 'qdqlint fix --unsafe models/top.onnxtxt' summary.md
expect 1 '| New | rule |' "$qdqlint" diff --since main models -f markdown

expect 0 '1 finding, 1 new, 0 gone' "$qdqlint" baseline models
printf 'baseline: qdqlint-baseline.json\n' > .qdqlint.yml
expect 0 '1 old finding in the baseline' "$qdqlint" models
printf 'ignore: [{rule: QDQ101, model: top.onnxtxt, reason: known, until: 2999-01-01}]\n' > .qdqlint.yml
expect 0 '1 finding ignored' "$qdqlint" models
sed -i.old s/2999/2001/ .qdqlint.yml
expect 1 'count again' "$qdqlint" models
printf 'fail-on: never\nbudgets: {max-extra-kernels: 0}\n' > .qdqlint.yml
expect 1 'max-extra-kernels is 0' "$qdqlint" models
printf 'budgts: {}\n' > .qdqlint.yml
expect 2 "did you mean 'budgets'?" "$qdqlint" models
rm .qdqlint.yml*

expect 0 'proven' "$qdqlint" fix models/top.onnxtxt --unsafe --in-place
expect 0 'no findings' "$qdqlint" models
expect 0 '0 findings, 0 new, 1 gone' "$qdqlint" baseline models --prune

printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12\n' 0 > models/big.onnx
expect 2 'Git LFS pointer' "$qdqlint" models --changed-since main
expect 2 "Missing required parameter: 'MODEL'" "$qdqlint" check
echo 'the gate holds'
