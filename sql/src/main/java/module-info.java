import org.jspecify.annotations.NullMarked;

/// Databases from the Heddle event loop.
@NullMarked
module dev.heddle.sql {
    requires static transitive org.jspecify;
    requires com.zaxxer.hikari;
    requires transitive dev.heddle.core;
    requires dev.heddle.io;
    requires transitive java.sql;

    exports dev.heddle.sql;
}
