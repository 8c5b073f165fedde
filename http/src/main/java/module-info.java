import org.jspecify.annotations.NullMarked;

/// HTTP on the Heddle event loop.
@NullMarked
module dev.heddle.http {
    requires static transitive org.jspecify;
    requires transitive dev.heddle.io;

    exports dev.heddle.http;
}
