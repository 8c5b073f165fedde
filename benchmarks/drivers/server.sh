# One server at a time on one core, its load on another; and nothing is left running, however this ends.

server_core=${SERVER_CORE:-0}
load_core=${LOAD_CORE:-1}
server='' load='' port='' work=''

prepare() { # NAME-OF-LOAD...: checks the machine, compiles the floor
    need_linux
    need_build
    need taskset util-linux
    need curl curl
    need awk mawk
    need "${CC:-gcc}" 'gcc libc6-dev'
    need_number ROUNDS "$rounds"
    need_number 'the number of connections' "$connections"
    need_number W "$warm_up"
    need_number D "$measured"
    local core
    [ "$server_core" != "$load_core" ] || die "SERVER_CORE and LOAD_CORE must differ"
    for core in "$server_core" "$load_core"; do
        taskset -c "$core" true 2>/dev/null ||
            die "core $core is not there or not ours; choose with SERVER_CORE and LOAD_CORE (two cores are needed)"
    done
    work=$(mktemp -d "${TMPDIR:-/tmp}/heddle-bench.XXXXXX")
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap leave EXIT
    compile floor
}

leave() {
    local status=$?
    trap '' HUP INT TERM
    [ -z "$load" ] || kill "$load" 2>/dev/null || true
    stop_server
    rm -rf "$work"
    exit "$status"
}

compile() { # SOURCE: of benchmarks/native
    "${CC:-gcc}" -O2 -o "$work/$1" "$here/native/$1.c" ||
        die "$here/native/$1.c does not compile. Headers missing? On Debian: apt-get install libc6-dev"
}

is_open() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

choose_port() { # below the ports that the kernel gives to clients, so that no connection of the load takes it
    local tries
    for tries in 1 2 3 4 5 6 7 8 9 10; do
        port=$((20000 + RANDOM % 10000))
        is_open "$port" || return 0
    done
    die "no free port found between 20000 and 29999 in $tries tries"
}

# A program of ours or a peer's, as the words of $command.
java_command() { command=("$JAVA_HOME/bin/java" "${java_flags[@]}" "$@"); }
heddle_command() { java_command -Dheddle.home="$HEDDLE_HOME" -cp "$HEDDLE_CLI_LIB/*" dev.heddle.cli.Main "$@"; }
peer_command() { java_command -cp "$HEDDLE_BENCHMARKS_LIB/*" "dev.heddle.benchmarks.peers.$1" "${@:2}"; }
custom_command() { # COMMAND with {port} in it
    set -f
    # shellcheck disable=SC2206
    command=(${1//\{port\}/$port})
    set +f
}

start_server() { # COMMAND...: sets server; fails with the reason in $fault
    local tries
    "$@" >"$work/server.log" 2>&1 </dev/null &
    server=$!
    for ((tries = 0; tries < 300; tries++)); do
        if ! kill -0 "$server" 2>/dev/null; then
            fault="it ended at once: $(grep -Ev '^(WARNING|[[:space:]])' "$work/server.log" | head -n 3 | paste -sd ' ')"
            return 1
        fi
        is_open "$port" && return 0
        sleep 0.1
    done
    fault="it did not listen on port $port within 30 s"
    return 1
}

stop_server() {
    [ -n "$server" ] || return 0
    local all tries
    all=$(processes "$server")
    # shellcheck disable=SC2086
    kill $all 2>/dev/null || true
    for ((tries = 0; tries < 50; tries++)); do
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    # shellcheck disable=SC2086
    kill -9 $all 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=''
}

processes() { # PID: it and all its children
    local child
    echo "$1"
    for child in $(cat "/proc/$1/task"/*/children 2>/dev/null); do processes "$child"; done
}

pin_server() {
    local process
    for process in $(processes "$server"); do
        taskset -apc "$server_core" "$process" >/dev/null 2>&1 || true
    done
}

cpu_micros() { # CPU time of the server so far, in the kernel's ticks of mostly 10 ms
    local process
    for process in $(processes "$server"); do cat "/proc/$process/stat" 2>/dev/null || true; done |
        awk -v hertz="$(getconf CLK_TCK)" \
            '{ sub(/^.*\) /, ""); ticks += $12 + $13 } END { printf "%.0f", ticks * 1000000 / hertz }'
}

memory_mib() { # resident memory of the server
    local process
    for process in $(processes "$server"); do cat "/proc/$process/status" 2>/dev/null || true; done |
        awk '/^VmRSS/ { kib += $2 } END { printf "%.0f", kib / 1024 }'
}

run_load() { # COMMAND...: on the load's core; its output goes to $work/load.txt
    local status=0
    taskset -c "$load_core" "$@" >"$work/load.txt" 2>&1 </dev/null &
    load=$!
    # In the background and waited for, so that a signal ends us at once and not when the load is done.
    wait "$load" || status=$?
    load=''
    return "$status"
}

# --- What was measured -----------------------------------------------------------------------------------------

# A line a run, separated by tabs:
# group server cpu_us rate p50_us p99_us busy_percent rss_mib fault
record() {
    local IFS=$'\t'
    printf '%s\n' "$*" >>"$results"
}

invalid() { # GROUP SERVER REASON
    say "  $2: INVALID: $3"
    { echo "--- $2: $3"; cat "$work/server.log"; } >>"${results%.tsv}.log"
    record "$1" "$2" - - - - - - "$3"
    failed=yes
}

valid() { # GROUP SERVER MICROS COUNT RATE P50 P99
    local cpu busy
    cpu=$(awk -v micros="$3" -v count="$4" 'BEGIN { printf "%.3f", micros / count }')
    busy=$(awk -v micros="$3" -v seconds="$measured" 'BEGIN { printf "%.0f", micros / seconds / 10000 }')
    say "  $2: $cpu µs CPU, $5 a second"
    record "$1" "$2" "$cpu" "$5" "$6" "$7" "$busy" "$(memory_mib)" -
}

report() { # WHAT: a request or a message
    awk -v what="$1" -v base=floor -f "$here/drivers/table.awk" "$results"
    say "the figures of every run are in $results"
    [ -z "$failed" ] || die "some servers could not be measured; what they printed is in ${results%.tsv}.log"
}
