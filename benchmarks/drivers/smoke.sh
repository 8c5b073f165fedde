# Shows that the benchmarks work: runs each with times of a second and looks at the tables. The figures mean nothing.

need_build
failed=''
export ROUNDS=1 W=1 D=1

run() { # NAME [ARGUMENT...]: sets table and status
    say "smoke: $*"
    status=0
    table=$("$here/bench" "$1" --quick "${@:2}") || status=$?
}

wrong() {
    say "smoke: WRONG: $*"
    failed=yes
}

expect_figures() { # ROW...
    local row
    [ "$status" = 0 ] || wrong "it ended with status $status"
    for row in "$@"; do
        grep -Eq "^\| $row \| [0-9]" <<<"$table" || wrong "no figures for $row"
    done
}

run http
expect_figures floor heddle netty-epoll netty-nio vertx

run net
expect_figures floor heddle netty-epoll netty-nio

run core
expect_figures CallSoon PromiseHandOver SpawnAndAwait TaskSwitch TimeoutScope TimerStartCancel

# A server whose answer differs must show, and must not stop the others from being measured.
run http "other=$JAVA_HOME/bin/jwebserver -b 127.0.0.1 -p {port} -d $here" floor
[ "$status" = 1 ] || wrong "a run with an invalid row ended with status $status, not 1"
grep -q '^| other | \*\*INVALID\*\*' <<<"$table" || wrong "another answer was taken for the right one"
grep -Eq '^\| floor \| [0-9]' <<<"$table" || wrong "an invalid row kept the others from being measured"

[ -z "$failed" ] || die "the benchmarks do not work, see above"
say "smoke: the benchmarks work"
