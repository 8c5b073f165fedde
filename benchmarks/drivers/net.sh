# TCP echo servers: one message in flight on each connection.

rounds=${ROUNDS:-5} connections=${C:-32} warm_up=${W:-5} measured=${D:-4}
sizes=${SIZES:-1024 10240 102400}
# shellcheck source=server.sh
. "$here/drivers/server.sh"

command_of() { # SERVER: sets command
    case $1 in
        floor) command=("$work/floor" echo "$port") ;;
        heddle) heddle_command example echo --port "$port" ;;
        netty-epoll | netty-nio) peer_command NettyEcho "${1#netty-}" "$port" ;;
        *=*) custom_command "${1#*=}" ;;
    esac
}

run_echo() { # SIZE SECONDS [check]: fails with the reason in $fault
    fault=''
    run_load "$work/echo-load" "$port" "$connections" "$@" || fault="the load failed: $(tail -n 1 "$work/load.txt")"
    [ -z "$fault" ]
}

measure_size() { # LABEL SIZE
    local label=$1 size=$2 group before after
    group="Messages of $size bytes"
    # The first run compares every byte that comes back.
    if run_echo "$size" "$warm_up" check && pin_server && run_echo "$size" 1 &&
        before=$(cpu_micros) && run_echo "$size" "$measured" && after=$(cpu_micros); then
        # shellcheck disable=SC2046
        set -- $(sed 's/[a-z0-9_]*=//g' "$work/load.txt")
        valid "$group" "$label" $((after - before)) "$@"
    else
        invalid "$group" "$label" "$fault"
    fi
}

measure() { # SERVER
    local label=${1%%=*} size
    choose_port
    command_of "$1"
    if start_server "${command[@]}"; then
        for size in $sizes; do measure_size "$label" "$size"; done
    else
        for size in $sizes; do invalid "Messages of $size bytes" "$label" "$fault"; done
    fi
    stop_server
}

servers=(${arguments[@]+"${arguments[@]}"})
[ "${#servers[@]}" -gt 0 ] || servers=(floor heddle netty-epoll netty-nio)
for server_name in "${servers[@]}"; do
    case $server_name in
        floor | heddle | netty-epoll | netty-nio | ?*=?*) ;;
        *) die "there is no server $server_name, only floor, heddle, netty-epoll, netty-nio and LABEL=COMMAND" ;;
    esac
done
count=0
for size in $sizes; do
    need_number 'each of SIZES' "$size"
    count=$((count + 1))
done

prepare
compile echo-load
results=$(results_file net) failed=''
: >"$results"
warn_if_busy
say "$rounds rounds of ${#servers[@]} servers: about $(((rounds * ${#servers[@]} * (count * (warm_up + 1 + measured) + 2) + 59) / 60)) minutes"
describe_machine \
    "$connections connections, one message in flight on each; load on core $load_core, server on core $server_core; $warm_up s of warm-up, ${measured} s measured, $rounds interleaved rounds"
for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    for server_name in "${servers[@]}"; do measure "$server_name"; done
done
report message
