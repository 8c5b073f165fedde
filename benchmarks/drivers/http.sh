# HTTP servers that give the same answer, under wrk with one thread.

rounds=${ROUNDS:-5} connections=${C:-64} warm_up=${W:-15} measured=${D:-6} settling=2
[ -z "$quick" ] || settling=1
# shellcheck source=server.sh
. "$here/drivers/server.sh"

command_of() { # SERVER: sets command
    case $1 in
        floor) command=("$work/floor" http "$port") ;;
        heddle) heddle_command example hello --port "$port" ;;
        netty-epoll | netty-nio) peer_command NettyHello "${1#netty-}" "$port" ;;
        vertx) peer_command VertxHello "$port" ;;
        *=*) custom_command "${1#*=}" ;;
    esac
}

# Sets fault unless the answer is the one agreed on: the same status line, the same four headers and no other, a Date
# that is current, the same body, and a connection that stays open.
check_answer() {
    local url=http://127.0.0.1:$port/ connects date age
    fault=''
    if ! curl -sS --max-time 10 -D "$work/head" -o "$work/body" "$url" 2>"$work/curl.log"; then
        fault="GET / failed: $(tr '\n\t' '  ' <"$work/curl.log")"
        return 1
    fi
    fault=$(tr -d '\r' <"$work/head" | awk '
        function wrong(text) { if (!done) print text; done = 1 }
        NR == 1 { if ($0 != "HTTP/1.1 200 OK") wrong("its status line is \"" $0 "\""); next }
        /^$/ { next }
        {
            name = tolower($0); sub(/:.*/, "", name)
            value = $0; sub(/^[^:]*: */, "", value); sub(/ *$/, "", value)
            if (name in got) wrong("it sends the header " name " twice")
            got[name] = value
        }
        END {
            if (got["content-type"] != "text/plain") wrong("its Content-Type is \"" got["content-type"] "\"")
            if (got["content-length"] != "13") wrong("its Content-Length is \"" got["content-length"] "\"")
            if (got["date"] !~ /^[A-Z][a-z][a-z], [0-9][0-9] [A-Z][a-z][a-z] [0-9][0-9][0-9][0-9] [0-9:]* GMT$/)
                wrong("its Date is \"" got["date"] "\"")
            if (got["server"] == "") wrong("it sends no Server")
            for (name in got)
                if (name !~ /^(content-type|content-length|date|server)$/) wrong("it sends a header more: " name)
        }')
    [ -z "$fault" ] || return 1
    printf 'Hello, World!' | cmp -s - "$work/body" || fault="its body is \"$(head -c 40 "$work/body")\""
    [ -z "$fault" ] || return 1
    date=$(tr -d '\r' <"$work/head" | sed -n 's/^[Dd][Aa][Tt][Ee]: *//p')
    age=$(($(date +%s) - $(date -d "$date" +%s)))
    [ "$age" -ge -2 ] && [ "$age" -le 2 ] || fault="its Date is $age s old"
    [ -z "$fault" ] || return 1
    connects=$(curl -sS --max-time 10 -o /dev/null -o /dev/null -w '%{num_connects} ' "$url" "$url" 2>/dev/null || true)
    [ "$connects" = '1 0 ' ] || fault='it does not keep the connection open'
    [ -z "$fault" ]
}

run_wrk() { # SECONDS: fails with the reason in $fault
    fault=''
    run_load wrk -t1 -c"$connections" -d"$1"s --latency "http://127.0.0.1:$port/" ||
        fault="wrk failed: $(tail -n 1 "$work/load.txt")"
    [ -n "$fault" ] || fault=$(grep -E 'Socket errors|Non-2xx' "$work/load.txt" | paste -sd ' ' | sed 's|^ *||' || true)
    [ -z "$fault" ]
}

figures() { # of wrk's output: requests, requests a second, median and 99th percentile in microseconds
    awk '
        function micros(text) {
            if (text ~ /us$/) return text + 0
            if (text ~ /ms$/) return text * 1000
            return text * (text ~ /m$/ ? 60000000 : 1000000)
        }
        $1 == "50%" { p50 = micros($2) }
        $1 == "99%" { p99 = micros($2) }
        $2 == "requests" { count = $1 }
        $1 == "Requests/sec:" { rate = $2 }
        END { printf "%d %.0f %.0f %.0f", count, rate, p50, p99 }' "$work/load.txt"
}

measure() { # SERVER
    local label=${1%%=*} before after
    choose_port
    command_of "$1"
    if ! { start_server "${command[@]}" && check_answer && run_wrk "$warm_up"; }; then
        invalid - "$label" "$fault"
    else
        # Only now: a JVM that starts on one core chooses its threads for one, and compiles while it should serve.
        pin_server
        before='' after=''
        if run_wrk "$settling" && before=$(cpu_micros) && run_wrk "$measured" && after=$(cpu_micros) && check_answer; then
            # shellcheck disable=SC2046
            set -- $(figures)
            if [ "${1:-0}" -gt 0 ]; then
                valid - "$label" $((after - before)) "$@"
            else
                invalid - "$label" 'wrk got no answer'
            fi
        else
            invalid - "$label" "$fault"
        fi
    fi
    stop_server
}

servers=(${arguments[@]+"${arguments[@]}"})
[ "${#servers[@]}" -gt 0 ] || servers=(floor heddle netty-epoll netty-nio vertx)
for server_name in "${servers[@]}"; do
    case $server_name in
        floor | heddle | netty-epoll | netty-nio | vertx | ?*=?*) ;;
        *) die "there is no server $server_name, only floor, heddle, netty-epoll, netty-nio, vertx and LABEL=COMMAND" ;;
    esac
done

need wrk wrk
prepare
results=$(results_file http) failed=''
: >"$results"
warn_if_busy
say "$rounds rounds of ${#servers[@]} servers: about $(((rounds * ${#servers[@]} * (warm_up + settling + measured + 2) + 59) / 60)) minutes"
describe_machine \
    "wrk -t1 -c$connections on core $load_core, server on core $server_core; $warm_up s of warm-up, ${measured} s measured, $rounds interleaved rounds"
for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    for server_name in "${servers[@]}"; do measure "$server_name"; done
done
report request
