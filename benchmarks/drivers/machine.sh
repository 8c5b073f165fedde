# What all benchmarks share: messages, what must be installed, the JVM, and what the figures were measured on.

say() { printf 'bench: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

need() { # COMMAND PACKAGE: stops unless the command is there
    command -v "$1" >/dev/null || die "$1 is missing. On Debian: apt-get install $2"
}

need_number() { # WHAT VALUE
    case $2 in '' | *[!0-9]* | 0*) die "$1 must be a whole number above zero, not '$2'" ;; esac
}

need_linux() {
    [ -r /proc/self/stat ] || die "this benchmark needs Linux: it pins processes to cores and reads their CPU time in /proc"
}

need_build() {
    [ -n "${HEDDLE_BENCHMARKS_LIB:-}" ] && [ -n "${HEDDLE_CLI_LIB:-}" ] && [ -n "${JAVA_HOME:-}" ] ||
        die "call this as ./heddle bench, which builds what is measured"
}

# One set of flags for every JVM, Heddle's own among them, so that no server has an advantage by its collector or heap.
# --add-opens is what Heddle needs, the access to native code and to Unsafe what Netty and Vert.x need to be fast.
# HEDDLE_JAVA_OPTS comes last and so wins; two collectors together a JVM refuses.
java_flags=(
    --add-opens java.base/java.lang=ALL-UNNAMED
    --enable-native-access=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow
    -Xmx1g
)
case ${HEDDLE_JAVA_OPTS:-} in *-XX:+Use*GC*) ;; *) java_flags+=(-XX:+UseParallelGC) ;; esac
set -f # the options are words, but no patterns
# shellcheck disable=SC2206
java_flags+=(${HEDDLE_JAVA_OPTS:-})
set +f

version_of() { # JAR-NAME: the version of a library that is measured
    local jar
    for jar in "$HEDDLE_BENCHMARKS_LIB/$1"-[0-9]*.jar; do
        jar=${jar##*/"$1"-}
        printf '%s' "${jar%.jar}"
        return
    done
}

heddle_version() {
    local commit
    if commit=$(git -C "$HEDDLE_HOME" describe --always --dirty 2>/dev/null); then
        printf '%s' "$commit"
    else
        printf 'of no known commit'
    fi
}

describe_machine() { # a Markdown list of what the figures were measured on
    local cpu memory jdk load
    cpu=$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo 2>/dev/null || true)
    memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || true)
    jdk=$("$JAVA_HOME/bin/java" -XshowSettings:properties -version 2>&1 |
        awk -F' = ' '/java.vendor =/ { vendor = $2 } /java.runtime.version =/ { version = $2 } END { print vendor, version }')
    echo "- ${cpu:-$(uname -m)}, $(getconf _NPROCESSORS_ONLN) cores, ${memory:-memory unknown}, $(uname -sr)"
    echo "- JDK: $jdk, with ${java_flags[*]}"
    echo "- Heddle $(heddle_version), Netty $(version_of netty-common), Vert.x $(version_of vertx-core)"
    [ $# -eq 0 ] || printf -- '- %s\n' "$@"
    load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)
    echo "- $(date -u '+%Y-%m-%d %H:%M') UTC, load average before: $load"
    [ -z "$quick" ] || echo "- **A quick run: it shows that everything works, and its figures mean nothing.**"
}

warn_if_busy() {
    awk '$1 > 0.5 { exit 1 }' /proc/loadavg 2>/dev/null ||
        say "the load average is $(cut -d' ' -f1 /proc/loadavg): unless that was the build, something else runs, and the figures will be off"
}

results_file() { # NAME: where the lines of this run are kept
    mkdir -p "$HEDDLE_HOME/benchmarks/target/results"
    printf '%s' "$HEDDLE_HOME/benchmarks/target/results/$1-$(date +%Y%m%d-%H%M%S).tsv"
}
