#!/usr/bin/env bash
# Makes a release twice, from two clones of HEAD in two folders, and compares the results, file by file. Only Java's AOT cache may
# differ, and the archives that contain it; the script compares the contents of these archives.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for clone in first "the second"; do
    git clone -q --no-hardlinks . "$work/$clone"
    "$work/$clone/scripts/release.sh"
    made=$work/$clone/target/release
    mkdir "$made/wheel"
    python3 -m zipfile -e "$made"/*.whl "$made/wheel"
    rm "$made"/qdqlint-[0-9]*.tar.gz "$made"/*.whl "$made"/SHA256SUMS-*
    find "$made" \( -name qdqlint.aot -o -name RECORD \) -delete
    (cd "$made" && find . -type f -print0 | sort -z | xargs -0 sha256sum) > "$work/$clone.sums"
done
diff "$work/first.sums" "$work/the second.sums" || { echo 'reproduce: the two differ' >&2; exit 1; }
echo "reproduce: $(wc -l < "$work/first.sums") files, all the same"
