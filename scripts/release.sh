#!/usr/bin/env bash
# Makes a release for this platform in target/release: the runtime image as .tar.gz, the Python wheel that carries it, qdqlint-core as
# a Maven repository in a .tar.gz, and their checksums. Needs JDK 25 or newer (JAVA_HOME, else the java on PATH), Maven and Python 3.9 or
# newer. scripts/try-release.sh tests the result.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'release: %s\n' "$1" >&2; }
fail() { say "$1"; exit 1; }

if [ -z "${JAVA_HOME:-}" ]; then
    JAVA_HOME=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    export JAVA_HOME
fi
jdk=$JAVA_HOME/bin
feature=$("$jdk/java" -version 2>&1 | sed -n '1s/.* version "\([0-9]*\).*/\1/p')
[ "${feature:-0}" -ge 25 ] || fail "$JAVA_HOME is Java $feature; a release is made with 25 or newer; set JAVA_HOME"
[ -x "$jdk/jlink" ] || fail "$JAVA_HOME has no jlink; a JDK is needed, not a JRE"

case $(uname -s)-$(uname -m) in
    Linux-x86_64) platform=linux-x86_64 libraries=linux-x64 ;;
    Linux-aarch64) platform=linux-aarch64 libraries=linux-aarch64 ;;
    *) fail "there is no release for $(uname -s) on $(uname -m)" ;;
esac
version=$(sed -n 's,^  <version>\(.*\)</version>,\1,p' pom.xml)
SOURCE_DATE_EPOCH=$(python3 - <<'PY'
import calendar, re, time
stamp = re.search("<project.build.outputTimestamp>(.*?)<", open("pom.xml").read()).group(1)
print(calendar.timegm(time.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ")))
PY
)
export SOURCE_DATE_EPOCH

say "version $version for $platform"
mvn -B -q -Dstyle.color=never -Dquick -Dmaven.test.skip=true -Prelease package

out=$PWD/target/release
name=qdqlint-$version-$platform
image=$out/$name
rm -rf "$out"
mkdir -p "$image/bin" "$image/lib"
cp qdqlint "$image/bin/qdqlint"
cp LICENSE "$image/LICENSE"
python3 scripts/pack.py jar target/qdqlint.jar "$image/lib/qdqlint.jar" "$image/lib/onnxruntime" "$libraries"

# What jdeps finds in the jar, and file systems of jars. The libraries that draw on a screen are left out: nothing here does.
modules=$("$jdk/jdeps" --multi-release "$feature" --ignore-missing-deps --print-module-deps "$image/lib/qdqlint.jar"),jdk.zipfs
"$jdk/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages --vm server \
    --exclude-files '**/libawt*,**/libfontmanager*,**/libfreetype*,**/libjavajpeg*,**/libjawt*,**/libjsound*,**/liblcms*,**/libmlib*,**/libsplashscreen*,**/psfont*,**/classes*.jsa' \
    --output "$image/runtime"

# The classes that a run needs, as linting the examples loads them. Which methods ran often is left out: they would be compiled at once,
# which costs more than it saves where a run takes less than a second.
# Options are split at spaces, which a folder may have in its name: the path of the cache is relative.
examples=("$PWD"/examples/*.onnx)
(cd "$image/lib" && QDQLINT_JAVA_OPTS="-XX:AOTCacheOutput=qdqlint.aot -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining" ../bin/qdqlint \
    -f text -f json=/dev/null -f sarif=/dev/null -f html=/dev/null "${examples[@]}" > /dev/null 2>&1) || [ $? -eq 1 ]
[ -s "$image/lib/qdqlint.aot" ] || fail 'java made no AOT cache'

core=$out/qdqlint-core-$version
folder=$core/io/qdqlint/qdqlint-core/$version
mkdir -p "$folder"
cp target/qdqlint-core.jar "$folder/qdqlint-core-$version.jar"
cp target/qdqlint-core-sources.jar "$folder/qdqlint-core-$version-sources.jar"
cp target/qdqlint-core-javadoc.jar "$folder/qdqlint-core-$version-javadoc.jar"
cp target/core/pom.xml "$folder/qdqlint-core-$version.pom"

python3 scripts/pack.py tar "$image" "$out/$name.tar.gz"
python3 scripts/pack.py tar "$core" "$out/qdqlint-core-$version.tar.gz"
wheel=$(python3 scripts/pack.py wheel "$image" "$out" "$version")
python3 scripts/pack.py sums "$out/SHA256SUMS-$platform" "$out/$name.tar.gz" "$out/qdqlint-core-$version.tar.gz" "$wheel"
say "in target/release: $(cd "$out" && echo *)"
