# Runs trtexec in a folder of its own and leaves nothing behind.
# Arguments: trtexec and its options. In: a tar archive with the model; after it standard input stays open, and its end
# means that the caller is gone. Out: results on standard output, each behind a line with its name and size; trtexec's
# log on standard error.
umask 077
folder=$(mktemp -d "${TMPDIR:-/tmp}/qdqlint.XXXXXXXXXX") || exit 91
running=
finish() {
    [ -z "$running" ] || kill -9 "$running" 2>/dev/null
    rm -rf "$folder"
}
trap finish EXIT
trap "exit 143" HUP INT TERM PIPE
cd "$folder" || exit 91
exec 3<&0
tar -xf - <&3 >&2 || exit 92
"$@" </dev/null >&2 3<&- &
running=$!
{
    cat <&3
    kill "$running"
    sleep 5
    kill -9 "$running"
} >/dev/null 2>&1 &
watching=$!
wait "$running"
status=$?
running=
kill "$watching" 2>/dev/null
for file in layer.json profile.json times.json; do
    if [ -f "$file" ]; then
        echo "qdqlint-result $file $(($(wc -c <"$file")))"
        cat "$file"
    fi
done
exit "$status"
