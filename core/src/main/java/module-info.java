import org.jspecify.annotations.NullMarked;

/// The Heddle runtime: event loop, tasks, scopes, promises.
@NullMarked
module dev.heddle.core {
    requires static transitive org.jspecify;
    requires jdk.unsupported;

    exports dev.heddle;
    exports dev.heddle.sync;
}
