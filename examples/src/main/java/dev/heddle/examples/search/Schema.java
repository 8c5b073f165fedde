package dev.heddle.examples.search;

import dev.heddle.sql.Database;
import dev.heddle.sql.Transaction;
import java.io.IOException;
import java.util.List;

/// The tables of an index.
///
/// - `file`: every file that was looked at, under a number that is never used twice. Those that
///   cannot be found have a reason.
/// - `segment`: pieces of the index, each with the files of a range of numbers; older ones have
///   higher numbers of files and levels.
/// - `block`: the words of a segment, see [Block].
/// - `dead`: files that were changed or removed, and are still in a segment. They leave it when it
///   is merged with others.
///
/// A row of `file` and the segment with its words are written in one transaction: a file is known
/// as a whole or not at all.
final class Schema {
    /// Another one than the index was written with means to begin anew: it is a cache.
    private static final String VERSION = "1";

    private static final List<String> TABLES =
            List.of(
                    "create table meta (name varchar primary key, text varchar not null)",
                    "create table file (id int primary key, location varchar not null unique,"
                            + " path varchar not null, size bigint not null, stamp bigint not null,"
                            + " reason varchar(20))",
                    "create index file_by_path on file (path)",
                    "create table segment (id int primary key, level int not null,"
                            + " first_file int not null, last_file int not null)",
                    "create table block (segment int not null, number int not null,"
                            + " first varchar(64) not null, data varbinary not null,"
                            + " primary key (segment, number))",
                    "create index block_by_word on block (segment, first desc)",
                    "create table dead (id int primary key)");

    private Schema() {}

    /// Makes the tables if they are not there, or are those of another version.
    ///
    /// @param root the root of the index
    /// @throws IOException if the index is that of another root
    static void prepare(Database db, String root) throws IOException {
        // 32 MiB for pages in memory, whatever the size of the heap is.
        db.update("set cache_size 32768");
        db.<IOException>transactionOnWorker(tx -> {
            boolean there =
                    tx.queryOne(
                                    Long.class,
                                    "select count(*) from information_schema.tables where"
                                            + " table_schema = 'PUBLIC' and table_name = 'META'")
                            > 0;
            if (there && !meta(tx, "version").equals(VERSION)) {
                tx.update("drop all objects");
                there = false;
            }
            if (!there) {
                TABLES.forEach(tx::update);
                tx.update("insert into meta values ('version', ?), ('root', ?)", VERSION, root);
            }
            String other = meta(tx, "root");
            if (!other.equals(root)) {
                throw new IOException(
                        "this is the index of another folder, %s: give the index of %s a folder of its own"
                                .formatted(other, root));
            }
        });
    }

    private static String meta(Transaction tx, String name) {
        return tx.queryFirst(String.class, "select text from meta where name = ?", name).orElse("");
    }
}
