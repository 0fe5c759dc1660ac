#!/usr/bin/env bash
# check-sarif.sh MODEL...: checks qdqlint's SARIF report of each model with Microsoft's SARIF multitool: GitHub's rules, and the errors and
# warnings of the standard. Prints each violation; status 0 only if there is none. Fetches the multitool from npm.
#
# QDQLINT    the qdqlint to check. Default: the launcher of this checkout
set -euo pipefail
qdqlint=${QDQLINT:-$(dirname "$0")/../qdqlint}
[ $# -gt 0 ] || { echo 'check-sarif.sh: name models' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$work" @microsoft/sarif-multitool@5.7.0 @microsoft/sarif-multitool-linux@5.7.0
tool=$work/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$tool"

n=0
for model in "$@"; do
    n=$((n + 1))
    "$qdqlint" check "$model" -f "sarif=$work/$n.sarif" > /dev/null || [ $? -eq 1 ]
done
# Its status is 0 whatever it finds, so that its own SARIF is looked at.
"$tool" validate "$work"/*.sarif --rule-kind 'Sarif;Gh;Ghas' --level 'Error;Warning' --kind 'Fail' --log ForceOverwrite \
    --output "$work/validated.json" > "$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
python3 - "$work/validated.json" "$n" <<'PY'
import collections, json, sys
run = json.load(open(sys.argv[1], encoding="utf-8-sig"))["runs"][0]
count = collections.Counter()
for r in run.get("results", []):
    if r["ruleId"] == "SARIF2017":  # that there is no region, as a binary file has no lines
        continue
    what = f"{r['ruleId']} {r.get('level', 'warning')} {r['message'].get('id', '')}"
    if not count[what]:
        print(what, r["locations"][0]["physicalLocation"]["artifactLocation"].get("uri", ""), r["message"].get("arguments", r["message"]))
    count[what] += 1
print(f"{sys.argv[2]} models: " + (", ".join(f"{n} of {w}" for w, n in count.items()) or "nothing to object to"))
sys.exit(bool(count))
PY
