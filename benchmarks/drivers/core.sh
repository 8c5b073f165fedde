# Single operations of the core, in JMH.

need_build
forks=${ROUNDS:-3}
need_number ROUNDS "$forks"
times=(-wi 3 -w 1s -i 5 -r 1s)
[ -z "$quick" ] || times=(-wi 1 -w 100ms -i 1 -r 100ms)
results=$(results_file core)
pattern=${arguments[0]:-.}
[ "${#arguments[@]}" -le 1 ] || die "core takes one pattern, not ${arguments[*]}"

warn_if_busy
[ -n "$quick" ] || say "all operations take about $((forks * 17 * 9 / 60 + 1)) minutes"
describe_machine "JMH $(version_of jmh-core), $forks JVMs for each"
# JMH starts its JVMs with the flags of its own. It says that it failed only on request (-foe).
"$JAVA_HOME/bin/java" "${java_flags[@]}" -cp "$HEDDLE_BENCHMARKS_LIB/*" org.openjdk.jmh.Main \
    "dev\\.heddle\\.benchmarks\\.core\\..*($pattern)" -f "$forks" "${times[@]}" -foe true -rf csv -rff "$results" >&2
awk -f "$here/drivers/core-table.awk" "$results"
say "the figures of every operation are in $results"
