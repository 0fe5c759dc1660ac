# Read by the other scripts: finds Python, compiles the generator of models.
python=${PYTHON:-/usr/bin/python3}
mkdir -p target/bench
mvn -B -q -Dquick test-compile >&2

generate() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'target/test-classes:target/classes:target/lib/*' io.qdqlint.bench.Generate "$@" >&2
}
