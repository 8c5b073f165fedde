# The Markdown table of a run: from lines of server.sh's record(), sorted by CPU, in one table for each group.
#
# Of the CPU the least of all rounds counts, since interference on a shared machine only adds; the median and the
# greatest beside it show how much there was. Of rate and latency the best round counts, of the rest the last.
# Plain awk: no gensub, no asort.

BEGIN { FS = "\t" }

{
    row = $1 SUBSEP $2
    if (!(row in seen)) {
        seen[row] = 1
        if (!($1 in size)) group[++groups] = $1
        member[$1, ++size[$1]] = $2
    }
}

$9 != "-" { fault[row] = $9; next }

{
    n = ++runs[row]
    for (i = n; i > 1 && cpu[row, i - 1] > $3 + 0; i--) cpu[row, i] = cpu[row, i - 1]
    cpu[row, i] = $3 + 0
    if (n == 1 || $4 + 0 > rate[row]) rate[row] = $4 + 0
    if (n == 1 || $5 + 0 < p50[row]) p50[row] = $5 + 0
    if (n == 1 || $6 + 0 < p99[row]) p99[row] = $6 + 0
    busy[row] = $7
    memory[row] = $8
}

function median(row, n) {
    return n % 2 ? cpu[row, (n + 1) / 2] : (cpu[row, n / 2] + cpu[row, n / 2 + 1]) / 2
}

function line(row, name,    n, ratio) {
    if (row in fault) {
        printf "| %s | **INVALID**: %s | | | | | | |\n", name, fault[row]
        return
    }
    n = runs[row]
    ratio = runs[floor] && !(floor in fault) ? sprintf("%.2f", cpu[row, 1] / cpu[floor, 1]) : ""
    printf "| %s | %.2f (%.2f, %.2f) | %s | %.0f | %.0f | %.0f | %s %% | %s |\n", name, cpu[row, 1], median(row, n), \
        cpu[row, n], ratio, rate[row], p50[row], p99[row], busy[row], memory[row]
}

END {
    for (g = 1; g <= groups; g++) {
        floor = group[g] SUBSEP base
        if (group[g] != "-") printf "\n%s:\n", group[g]
        printf "\n| server | CPU µs a %s: least (median, most) | / %s | %ss a second | p50 µs | p99 µs | core busy | MiB |\n", \
            what, base, what
        print "|---|---|---:|---:|---:|---:|---:|---:|"
        count = size[group[g]]
        for (i = 1; i <= count; i++) {
            row = group[g] SUBSEP member[group[g], i]
            key = row in fault ? 1e9 : cpu[row, 1]
            for (j = i; j > 1 && keys[j - 1] > key; j--) { keys[j] = keys[j - 1]; order[j] = order[j - 1] }
            keys[j] = key
            order[j] = member[group[g], i]
        }
        for (i = 1; i <= count; i++) line(group[g] SUBSEP order[i], order[i])
    }
}
