import org.jspecify.annotations.NullMarked;

/// Web applications on the Heddle event loop.
@NullMarked
module dev.heddle.web {
    requires static transitive org.jspecify;
    requires transitive dev.heddle.http;
    requires tools.jackson.databind;

    exports dev.heddle.web;
}
