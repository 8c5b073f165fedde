package dev.heddle;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The methods of [CompletionStage] for what has an outcome, each on a new future of the JDK.
///
/// Functions that are not `…Async` run where the outcome is set: in some task, or in the thread
/// that completed a promise; never on the carrier.
///
/// @param <T> the value's type
@SuppressWarnings("NullAway") // the JDK's signatures say nothing about null, and these repeat them
interface Stage<T extends @Nullable Object> extends CompletionStage<T> {
    @Override
    default <U> CompletionStage<U> thenApply(Function<? super T, ? extends U> f) {
        return toCompletableFuture().thenApply(f);
    }

    @Override
    default <U> CompletionStage<U> thenApplyAsync(Function<? super T, ? extends U> f) {
        return toCompletableFuture().thenApplyAsync(f);
    }

    @Override
    default <U> CompletionStage<U> thenApplyAsync(
            Function<? super T, ? extends U> f, Executor executor) {
        return toCompletableFuture().thenApplyAsync(f, executor);
    }

    @Override
    default CompletionStage<Void> thenAccept(Consumer<? super T> f) {
        return toCompletableFuture().thenAccept(f);
    }

    @Override
    default CompletionStage<Void> thenAcceptAsync(Consumer<? super T> f) {
        return toCompletableFuture().thenAcceptAsync(f);
    }

    @Override
    default CompletionStage<Void> thenAcceptAsync(Consumer<? super T> f, Executor executor) {
        return toCompletableFuture().thenAcceptAsync(f, executor);
    }

    @Override
    default CompletionStage<Void> thenRun(Runnable f) {
        return toCompletableFuture().thenRun(f);
    }

    @Override
    default CompletionStage<Void> thenRunAsync(Runnable f) {
        return toCompletableFuture().thenRunAsync(f);
    }

    @Override
    default CompletionStage<Void> thenRunAsync(Runnable f, Executor executor) {
        return toCompletableFuture().thenRunAsync(f, executor);
    }

    @Override
    default <U, V> CompletionStage<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> f) {
        return toCompletableFuture().thenCombine(other, f);
    }

    @Override
    default <U, V> CompletionStage<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> f) {
        return toCompletableFuture().thenCombineAsync(other, f);
    }

    @Override
    default <U, V> CompletionStage<V> thenCombineAsync(
            CompletionStage<? extends U> other,
            BiFunction<? super T, ? super U, ? extends V> f,
            Executor executor) {
        return toCompletableFuture().thenCombineAsync(other, f, executor);
    }

    @Override
    default <U> CompletionStage<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> f) {
        return toCompletableFuture().thenAcceptBoth(other, f);
    }

    @Override
    default <U> CompletionStage<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> f) {
        return toCompletableFuture().thenAcceptBothAsync(other, f);
    }

    @Override
    default <U> CompletionStage<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other,
            BiConsumer<? super T, ? super U> f,
            Executor executor) {
        return toCompletableFuture().thenAcceptBothAsync(other, f, executor);
    }

    @Override
    default CompletionStage<Void> runAfterBoth(CompletionStage<?> other, Runnable f) {
        return toCompletableFuture().runAfterBoth(other, f);
    }

    @Override
    default CompletionStage<Void> runAfterBothAsync(CompletionStage<?> other, Runnable f) {
        return toCompletableFuture().runAfterBothAsync(other, f);
    }

    @Override
    default CompletionStage<Void> runAfterBothAsync(
            CompletionStage<?> other, Runnable f, Executor executor) {
        return toCompletableFuture().runAfterBothAsync(other, f, executor);
    }

    @Override
    default <U> CompletionStage<U> applyToEither(
            CompletionStage<? extends T> other, Function<? super T, U> f) {
        return toCompletableFuture().applyToEither(other, f);
    }

    @Override
    default <U> CompletionStage<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> f) {
        return toCompletableFuture().applyToEitherAsync(other, f);
    }

    @Override
    default <U> CompletionStage<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> f, Executor executor) {
        return toCompletableFuture().applyToEitherAsync(other, f, executor);
    }

    @Override
    default CompletionStage<Void> acceptEither(
            CompletionStage<? extends T> other, Consumer<? super T> f) {
        return toCompletableFuture().acceptEither(other, f);
    }

    @Override
    default CompletionStage<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> f) {
        return toCompletableFuture().acceptEitherAsync(other, f);
    }

    @Override
    default CompletionStage<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> f, Executor executor) {
        return toCompletableFuture().acceptEitherAsync(other, f, executor);
    }

    @Override
    default CompletionStage<Void> runAfterEither(CompletionStage<?> other, Runnable f) {
        return toCompletableFuture().runAfterEither(other, f);
    }

    @Override
    default CompletionStage<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable f) {
        return toCompletableFuture().runAfterEitherAsync(other, f);
    }

    @Override
    default CompletionStage<Void> runAfterEitherAsync(
            CompletionStage<?> other, Runnable f, Executor executor) {
        return toCompletableFuture().runAfterEitherAsync(other, f, executor);
    }

    @Override
    default <U> CompletionStage<U> thenCompose(
            Function<? super T, ? extends CompletionStage<U>> f) {
        return toCompletableFuture().thenCompose(f);
    }

    @Override
    default <U> CompletionStage<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> f) {
        return toCompletableFuture().thenComposeAsync(f);
    }

    @Override
    default <U> CompletionStage<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> f, Executor executor) {
        return toCompletableFuture().thenComposeAsync(f, executor);
    }

    @Override
    default <U> CompletionStage<U> handle(BiFunction<? super T, Throwable, ? extends U> f) {
        return toCompletableFuture().handle(f);
    }

    @Override
    default <U> CompletionStage<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> f) {
        return toCompletableFuture().handleAsync(f);
    }

    @Override
    default <U> CompletionStage<U> handleAsync(
            BiFunction<? super T, Throwable, ? extends U> f, Executor executor) {
        return toCompletableFuture().handleAsync(f, executor);
    }

    @Override
    default CompletionStage<T> whenComplete(BiConsumer<? super T, ? super Throwable> f) {
        return toCompletableFuture().whenComplete(f);
    }

    @Override
    default CompletionStage<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> f) {
        return toCompletableFuture().whenCompleteAsync(f);
    }

    @Override
    default CompletionStage<T> whenCompleteAsync(
            BiConsumer<? super T, ? super Throwable> f, Executor executor) {
        return toCompletableFuture().whenCompleteAsync(f, executor);
    }

    @Override
    default CompletionStage<T> exceptionally(Function<Throwable, ? extends T> f) {
        return toCompletableFuture().exceptionally(f);
    }
}
