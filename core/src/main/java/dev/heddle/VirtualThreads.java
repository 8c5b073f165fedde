package dev.heddle;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The one place that knows the inside of the JDK: how to give a virtual thread a scheduler of our
/// own, and how to ask which platform thread carries the current one.
///
/// Both are package-private in `java.lang` of JDK 25 (the builder's constructor is "invoked by
/// tests"), hence the flag. When the JDK offers custom schedulers in public, this file is replaced
/// and nothing else.
final class VirtualThreads {
    private static final String FLAG = "--add-opens java.base/java.lang=ALL-UNNAMED";

    private static final String REMEDY =
            """
            Heddle needs the JVM flag

                %s

            (with Heddle on the module path: --add-opens java.base/java.lang=dev.heddle.core)
            Give it in one of these ways:
              command line   java %s …
              environment    JDK_JAVA_OPTIONS='%s'
              jar manifest   Add-Opens: java.base/java.lang
              Surefire       <argLine>%s</argLine>\
            """
                    .formatted(FLAG, FLAG, FLAG, FLAG);

    private static final Access ACCESS = Access.open();

    private VirtualThreads() {}

    /// Fails with the remedy when the JDK's inside cannot be reached.
    static void check() {
        ACCESS.orThrow();
    }

    /// A virtual thread, not started, each continuation of which is handed to `scheduler`.
    static Thread unstarted(Executor scheduler, @Nullable String name, Runnable body) {
        try {
            var builder = (Thread.Builder.OfVirtual) ACCESS.orThrow().builder.invoke(scheduler);
            if (name != null) {
                builder.name(name);
            }
            return builder.unstarted(body);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make a virtual thread", e);
        }
    }

    /// The platform thread that runs the caller: the carrier when the caller is virtual.
    static Thread carrier() {
        try {
            return (Thread) CARRIER.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("cannot find the carrier thread", e);
        }
    }

    // A constant, so that the JIT inlines the call: 0.5 ns instead of 5.
    private static final MethodHandle CARRIER = ACCESS.carrier;

    /// The virtual thread whose continuation this is, or null when this JDK hides it. Used to show
    /// threads that foreign code has started inside a task; nothing depends on the answer.
    static @Nullable Thread threadOf(Runnable continuation) {
        try {
            for (Field field : continuation.getClass().getDeclaredFields()) {
                if (Thread.class.isAssignableFrom(field.getType())) {
                    field.setAccessible(true);
                    return (Thread) field.get(continuation);
                }
            }
            return null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private record Access(MethodHandle builder, MethodHandle carrier, @Nullable Throwable failure) {
        static Access open() {
            // Before the first blocking socket operation: otherwise the JDK starts its sub-pollers
            // as
            // virtual threads that inherit the scheduler of whichever task came first.
            if (System.getProperty("jdk.pollerMode") == null) {
                System.setProperty("jdk.pollerMode", "1");
            }
            try {
                Constructor<?> constructor =
                        Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                                .getDeclaredConstructor(Executor.class);
                constructor.setAccessible(true);
                MethodHandle builder =
                        MethodHandles.lookup()
                                .unreflectConstructor(constructor)
                                .asType(
                                        MethodType.methodType(
                                                Thread.Builder.OfVirtual.class, Executor.class));
                MethodHandle carrier =
                        MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                                .findStatic(
                                        Thread.class,
                                        "currentCarrierThread",
                                        MethodType.methodType(Thread.class));
                return new Access(builder, carrier, null);
            } catch (ReflectiveOperationException | RuntimeException e) {
                // Without the flag there is no loop thread either, so the current thread is a right
                // answer to "who carries me": calls outside a loop still get their own clear error.
                return new Access(
                        MethodHandles.empty(
                                MethodType.methodType(
                                        Thread.Builder.OfVirtual.class, Executor.class)),
                        currentThread(),
                        e);
            }
        }

        private static MethodHandle currentThread() {
            try {
                return MethodHandles.lookup()
                        .findStatic(
                                Thread.class, "currentThread", MethodType.methodType(Thread.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("Thread.currentThread is missing", e);
            }
        }

        Access orThrow() {
            if (failure != null) {
                throw new IllegalStateException(
                        "This JVM (%s) does not let Heddle schedule virtual threads. %s"
                                .formatted(Runtime.version(), REMEDY),
                        failure);
            }
            return this;
        }
    }
}
