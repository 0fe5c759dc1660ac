# Finds trtexec and lets it tell its version. Argument: where it is, if the caller knows.
for candidate in "$@" trtexec /usr/src/tensorrt/bin/trtexec /usr/local/tensorrt/bin/trtexec /opt/tensorrt/bin/trtexec; do
    found=$(command -v "$candidate") || continue
    echo "qdqlint-trtexec $found"
    exec "$found" --help </dev/null 2>&1
done
exit 127
