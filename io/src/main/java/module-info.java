import org.jspecify.annotations.NullMarked;

/// Networking and files for the Heddle event loop.
@NullMarked
module dev.heddle.io {
    requires static transitive org.jspecify;
    requires transitive dev.heddle.core;

    exports dev.heddle.net;
    exports dev.heddle.file;
}
