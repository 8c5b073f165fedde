import org.jspecify.annotations.NullMarked;

/// The command line of Heddle: the demonstration and the examples.
@NullMarked
module dev.heddle.cli {
    requires static transitive org.jspecify;
    requires dev.heddle.core;
    requires dev.heddle.examples;
    requires dev.heddle.http;
    requires dev.heddle.io;
    requires dev.heddle.sql;
    requires dev.heddle.web;
    requires info.picocli;
    requires java.logging;

    opens dev.heddle.cli to
            info.picocli;
}
