package dev.heddle.http;

/// What a [RequestParser] has made of the bytes it was given.
sealed interface Parsed permits RequestHead, Refusal {}
