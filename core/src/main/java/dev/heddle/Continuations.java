package dev.heddle;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The JDK's one-shot delimited continuations, `jdk.internal.vm.Continuation`, which virtual
/// threads are made of. Reached through `java.lang`, which the flag of [VirtualThreads] opens: no
/// second flag.
final class Continuations {
    private static final MethodHandle NEW;
    private static final MethodHandle RUN;
    private static final MethodHandle YIELD;
    private static final MethodHandle IS_DONE;
    private static final Object SCOPE;

    static {
        VirtualThreads.check();
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Module base = Object.class.getModule();
            MethodHandles.privateLookupIn(Module.class, lookup)
                    .findVirtual(
                            Module.class,
                            "implAddExports",
                            MethodType.methodType(void.class, String.class, Module.class))
                    .invoke(base, "jdk.internal.vm", Continuations.class.getModule());
            Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
            Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
            SCOPE = scope.getConstructor(String.class).newInstance("heddle generator");
            NEW =
                    lookup.findConstructor(
                                    continuation,
                                    MethodType.methodType(void.class, scope, Runnable.class))
                            .bindTo(SCOPE)
                            .asType(MethodType.methodType(Object.class, Runnable.class));
            RUN =
                    lookup.findVirtual(continuation, "run", MethodType.methodType(void.class))
                            .asType(MethodType.methodType(void.class, Object.class));
            YIELD =
                    lookup.findStatic(
                                    continuation,
                                    "yield",
                                    MethodType.methodType(boolean.class, scope))
                            .bindTo(SCOPE);
            IS_DONE =
                    lookup.findVirtual(continuation, "isDone", MethodType.methodType(boolean.class))
                            .asType(MethodType.methodType(boolean.class, Object.class));
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "generators need jdk.internal.vm.Continuation, and this JVM ("
                            + Runtime.version()
                            + ") does not give access to it",
                    e);
        }
    }

    private Continuations() {}

    static Object of(Runnable body) {
        try {
            return (Object) NEW.invokeExact(body);
        } catch (Throwable e) {
            throw sneaky(e);
        }
    }

    /// Runs a continuation on the caller's stack until it pauses or ends.
    static void run(Object continuation) {
        try {
            RUN.invokeExact(continuation);
        } catch (Throwable e) {
            throw sneaky(e);
        }
    }

    /// Pauses the innermost continuation that the caller is in.
    static void pause() {
        try {
            boolean ignored = (boolean) YIELD.invokeExact();
        } catch (Throwable e) {
            throw sneaky(e);
        }
    }

    static boolean isDone(Object continuation) {
        try {
            return (boolean) IS_DONE.invokeExact(continuation);
        } catch (Throwable e) {
            throw sneaky(e);
        }
    }

    private static RuntimeException sneaky(Throwable e) {
        return Scopes.<RuntimeException>sneaky(e);
    }
}
