package dev.heddle.http;

/// A well-formed request without its body. Places are indices into `bytes`, "to" is exclusive.
///
/// @param bytes the head as it was sent, all line ends CRLF
/// @param method the method
/// @param targetFrom where the target begins
/// @param targetTo where it ends
/// @param path the decoded path
/// @param queryFrom where the query begins, behind its `?`; -1 if there is none
/// @param hostFrom where host and port begin
/// @param hostTo where they end; the same if they are unknown
/// @param minor 1 for HTTP/1.1, 0 for HTTP/1.0
/// @param fields four places for each header field: of its name and of its value
/// @param contentLength the length of the body, -1 if it comes in chunks
/// @param keepsAlive whether the client wants to go on after this request
/// @param expectsContinue whether the client waits for `100 Continue`
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves the package
record RequestHead(
        byte[] bytes,
        String method,
        int targetFrom,
        int targetTo,
        String path,
        int queryFrom,
        int hostFrom,
        int hostTo,
        int minor,
        int[] fields,
        long contentLength,
        boolean keepsAlive,
        boolean expectsContinue)
        implements Parsed {

    boolean hasBody() {
        return contentLength != 0;
    }
}
