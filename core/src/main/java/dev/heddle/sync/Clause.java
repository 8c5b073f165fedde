package dev.heddle.sync;

import dev.heddle.Suspension;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One of the alternatives of a [Select]; made by [Channel#onReceive] and [Channel#onSend].
///
/// @param <R> the result of the selection
public abstract sealed class Clause<R extends @Nullable Object> {
    private Clause() {}

    /// Whether it can be done now, without waiting; then it is done.
    abstract boolean attempt();

    /// Stands in line with the others, all on one suspension.
    abstract void enlist(Suspension<Object> suspension);

    abstract void delist();

    /// Whether the value handed to the suspension means this clause.
    abstract boolean isMeantBy(Object handed);

    /// What the selection returns when this clause was it.
    abstract R finish();

    static final class Receive<T, R extends @Nullable Object> extends Clause<R> {
        private final Exchange<T> exchange;
        private final Function<? super T, ? extends R> then;
        private @Nullable T value;
        private Exchange.@Nullable Receiver<T> place;

        Receive(Exchange<T> exchange, Function<? super T, ? extends R> then) {
            this.exchange = exchange;
            this.then = then;
        }

        @Override
        boolean attempt() {
            value = exchange.take();
            if (value == null && exchange.isClosed()) {
                throw exchange.closed();
            }
            return value != null;
        }

        @Override
        void enlist(Suspension<Object> suspension) {
            place = new Exchange.Receiver<>(suspension);
            exchange.receivers.add(place);
        }

        @Override
        void delist() {
            if (place != null) {
                exchange.receivers.remove(place);
            }
        }

        @Override
        boolean isMeantBy(Object handed) {
            return handed == place;
        }

        @Override
        R finish() {
            T received = place != null ? place.value : value;
            if (received == null) {
                throw exchange.closed();
            }
            return then.apply(received);
        }
    }

    static final class Send<T, R extends @Nullable Object> extends Clause<R> {
        private final Exchange<T> exchange;
        private final T value;
        private final Supplier<? extends R> then;
        private Exchange.@Nullable Sender<T> place;

        Send(Exchange<T> exchange, T value, Supplier<? extends R> then) {
            this.exchange = exchange;
            this.value = value;
            this.then = then;
        }

        @Override
        boolean attempt() {
            return exchange.offer(value);
        }

        @Override
        void enlist(Suspension<Object> suspension) {
            place = new Exchange.Sender<>(suspension, value);
            exchange.senders.add(place);
        }

        @Override
        void delist() {
            if (place != null) {
                exchange.senders.remove(place);
            }
        }

        @Override
        boolean isMeantBy(Object handed) {
            return handed == place;
        }

        @Override
        R finish() {
            if (place != null && place.refused) {
                throw exchange.closed();
            }
            return then.get();
        }
    }
}
