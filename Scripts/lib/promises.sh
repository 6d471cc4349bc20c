# shellcheck shell=bash
# The table of promises that tests and scripts have counted. Sourced, never run.

# Prints what the file that SESH_COUNTS named has: a line `PROMISE<TAB>tried<TAB>failed` for each count, added up.
promise_table() {
    [ -s "$1" ] || return 0
    printf '%-86s %12s %8s\n' PROMISE TRIED FAILED
    awk -F '\t' '
        !($1 in tried) { order[++count] = $1 }
        { tried[$1] += $2; failed[$1] += $3 }
        END {
            for (i = 1; i <= count; i++) printf "%-86s %12d %8d\n", order[i], tried[order[i]], failed[order[i]]
        }' "$1"
}

# Whether a promise in the file was broken.
is_promise_broken() { [ -s "$1" ] && awk -F '\t' '$3 > 0 { broken = 1 } END { exit !broken }' "$1"; }
