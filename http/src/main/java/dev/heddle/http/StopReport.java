package dev.heddle.http;

/// What became of the requests that were running when a server was told to stop.
///
/// @param finished those that were answered in full
/// @param cut those that were cancelled when the grace was over
public record StopReport(int finished, int cut) {}
