/// Databases: pool, transactions, rows to records.
@NullMarked
package dev.heddle.sql;

import org.jspecify.annotations.NullMarked;
