#!/bin/sh
# get-release.sh VERSION FOLDER: puts the runtime image of a release for this machine into FOLDER, unless it is there, and prints the
# path of its program. Needs curl and tar.
#
# QDQLINT_RELEASES    the address of the releases. Default: those of the repository
# QDQLINT_SHA256      the checksum of the .tar.gz. Default: the one in the release's SHA256SUMS
set -eu
[ $# -eq 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
version=${1#v}
folder=$2
releases=${QDQLINT_RELEASES:-https://github.com/qdqlint/qdqlint/releases/download}

fail() { printf 'qdqlint: %s\n' "$1" >&2; exit 2; }
case $(uname -s)-$(uname -m) in
    Linux-x86_64) platform=linux-x86_64 ;;
    Linux-aarch64) platform=linux-aarch64 ;;
    *) fail "there is no release for $(uname -s) on $(uname -m); build it from its sources with a JDK and Maven" ;;
esac
name=qdqlint-$version-$platform
program=$folder/$name/bin/qdqlint

if [ ! -x "$program" ]; then
    mkdir -p "$folder"
    part=$(mktemp -d "$folder/part.XXXXXX")
    trap 'rm -rf "$part"' EXIT
    get() {
        curl -fsSL --retry 3 -o "$part/$1" "$releases/v$version/$1" || fail "cannot download $releases/v$version/$1"
    }
    get "$name.tar.gz"
    expected=${QDQLINT_SHA256:-}
    if [ -z "$expected" ]; then
        get "SHA256SUMS-$platform"
        expected=$(sed -n "s/  $name\.tar\.gz\$//p" "$part/SHA256SUMS-$platform")
    fi
    actual=$(sha256sum "$part/$name.tar.gz")
    [ "${actual%% *}" = "$expected" ] || fail "$name.tar.gz has the checksum ${actual%% *}, and should have ${expected:-one in SHA256SUMS}"
    tar -xzf "$part/$name.tar.gz" -C "$part"
    mv "$part/$name" "$folder/"
fi
printf '%s\n' "$program"
