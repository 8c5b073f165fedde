import org.jspecify.annotations.NullMarked;

/// Small programs that show one thing each.
@NullMarked
module dev.heddle.examples {
    requires static transitive org.jspecify;
    requires transitive dev.heddle.core;
    requires dev.heddle.http;
    requires dev.heddle.io;
    requires dev.heddle.sql;
    requires dev.heddle.web;
    requires jdk.management;

    exports dev.heddle.examples;
    exports dev.heddle.examples.search;

    // Rows become records.
    opens dev.heddle.examples.search to
            dev.heddle.sql;
}
