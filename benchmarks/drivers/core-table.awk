# The Markdown table of JMH's results: a row an operation (class), a column a way to do it (method).

BEGIN { FS = "," }

NR > 1 {
    gsub(/"/, "")
    parts = split($1, path, ".")
    operation = path[parts - 1]
    if (!(operation in seen)) {
        seen[operation] = 1
        operations[++count] = operation
    }
    score[operation, path[parts]] = $5
    error[operation, path[parts]] = $6
}

function cell(operation, way) {
    if (!((operation, way) in score)) return ""
    if (error[operation, way] == "NaN") return sprintf("%.0f", score[operation, way])
    return sprintf("%.0f ± %.0f", score[operation, way], error[operation, way])
}

END {
    print "\n| operation, ns | Heddle | JDK, one carrier | JDK |"
    print "|---|---:|---:|---:|"
    for (i = 1; i <= count; i++)
        printf "| %s | %s | %s | %s |\n", operations[i], cell(operations[i], "heddle"), \
            cell(operations[i], "jdkOneCarrier"), cell(operations[i], "jdk")
}
