# Read by the other scripts: finds Python, builds qdqlint, compiles the generator of models.
python=${PYTHON:-/usr/bin/python3}
mkdir -p target/bench
# Builds qdqlint, and archives its classes if there is no archive yet.
./qdqlint examples/resnet50.monkey.onnx > /dev/null || [ $? -eq 1 ]
mvn -B -q -Dquick test-compile >&2

generate() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'target/test-classes:target/qdqlint.jar' io.qdqlint.bench.Generate "$@" >&2
}
