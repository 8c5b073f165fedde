package dev.heddle.http;

/// What a server has and has done, at one moment.
///
/// @param connections open connections
/// @param requestsActive requests whose handler was called and whose response is not yet written
/// @param requestsTotal requests whose handler was called since the server began
public record ServerStatistics(int connections, int requestsActive, long requestsTotal) {}
