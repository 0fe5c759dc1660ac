# Runs trtexec in a folder of its own and leaves nothing behind.
# Arguments: trtexec and its options. In: a tar archive with the model; after it standard input stays open, and its end
# means that the caller is gone. Out: results on standard output, each behind a line with its name and size; trtexec's
# log on standard error.
umask 077
folder=$(mktemp -d "${TMPDIR:-/tmp}/qdqlint.XXXXXXXXXX") || exit 91
running=
# trtexec and what it started, also what has another parent by now: known by a variable in its environment.
end_all() {
    [ -z "$running" ] || kill -9 "$running"
    for process in $(grep -lsaF "QDQLINT_RUN=$folder" /proc/[0-9]*/environ); do
        process=${process#/proc/}
        kill -9 "${process%/environ}"
    done
} 2>/dev/null
finish() {
    end_all
    rm -rf "$folder"
}
trap finish EXIT
trap "exit 143" HUP INT TERM PIPE
cd "$folder" || exit 91
exec 3<&0
tar -xf - <&3 >&2 || exit 92
QDQLINT_RUN=$folder "$@" </dev/null >&2 3<&- &
running=$!
{
    cat <&3
    kill "$running"
    sleep 1
    end_all
} >/dev/null 2>&1 &
watching=$!
wait "$running"
status=$?
running=
kill "$watching" 2>/dev/null
for file in layer.json profile.json times.json timing.cache; do
    if [ -f "$file" ]; then
        echo "qdqlint-result $file $(($(wc -c <"$file")))"
        cat "$file"
    fi
done
exit "$status"
