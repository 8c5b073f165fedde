import org.jspecify.annotations.NullMarked;

/// Databases from the Heddle event loop.
@NullMarked
module dev.heddle.sql {
    requires static transitive org.jspecify;
    requires transitive dev.heddle.core;
    requires transitive java.sql;

    exports dev.heddle.sql;
}
