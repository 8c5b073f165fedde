package dev.heddle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/// Signals of the operating system, for programs that stop in good order.
public final class Signals {
    private Signals() {}

    /// Waits until the process is asked to end: by Ctrl-C (`SIGINT`) or by `SIGTERM`. While a task
    /// waits here, these signals do nothing else; once one has come, a second has its usual effect,
    /// so that a program that hangs while it stops can still be ended by the keyboard.
    ///
    /// ```java
    /// group(g -> {
    ///     var server = g.spawn(() -> serve());
    ///     Signals.awaitTermination();
    ///     g.cancel();
    /// });
    /// ```
    ///
    /// @return the name of the signal, `INT` or `TERM`
    /// @throws Cancelled if the caller is cancelled
    /// @throws IllegalStateException if the JVM keeps signals from programs (`-Xrs`)
    public static String awaitTermination() {
        Promise<String> came = new Promise<>();
        Object beforeInterrupt = Jdk.handle("INT", came::tryComplete);
        try {
            Object beforeTerminate = Jdk.handle("TERM", came::tryComplete);
            try {
                return came.await();
            } finally {
                Jdk.restore("TERM", beforeTerminate);
            }
        } finally {
            Jdk.restore("INT", beforeInterrupt);
        }
    }

    /// `sun.misc.Signal`, which module `jdk.unsupported` exports to all. By reflection, because
    /// javac warns of its mere name, with no way to excuse one use.
    static final class Jdk {
        private static final Class<?> SIGNAL = find("sun.misc.Signal");
        private static final Class<?> HANDLER = find("sun.misc.SignalHandler");

        private static Class<?> find(String name) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("this JVM lacks the module jdk.unsupported", e);
            }
        }

        /// Calls `action` with the name of the signal, on a thread of the JDK's.
        ///
        /// @return the handler that was there before
        static Object handle(String name, Consumer<String> action) {
            return restore(
                    name,
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {HANDLER},
                            (proxy, method, arguments) ->
                                    answer(proxy, method, arguments, name, action)));
        }

        // The handlers are kept in a hash table, so the methods of Object are called, too.
        private static Object answer(
                Object proxy,
                Method method,
                Object[] arguments,
                String name,
                Consumer<String> action) {
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                case "toString" -> "Heddle's handler of SIG" + name;
                default -> {
                    action.accept(name);
                    yield name;
                }
            };
        }

        static Object restore(String name, Object handler) {
            try {
                Object signal = SIGNAL.getConstructor(String.class).newInstance(name);
                return SIGNAL.getMethod("handle", SIGNAL, HANDLER).invoke(null, signal, handler);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(
                        "this JVM does not let programs handle SIG" + name, e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this JVM has another sun.misc.Signal", e);
            }
        }
    }
}
