package dev.heddle;

import java.time.Duration;
import java.util.Map;

/// What the snippets in the manual call without declaring it.
public final class SnippetWords {
    private SnippetWords() {}

    private static final ThreadLocal<Integer> READS = ThreadLocal.withInitial(() -> 3);

    public static void println(Object line) {
        assert line != null;
    }

    public static int slowly(int value) {
        Heddle.sleep(Duration.ofMillis(value));
        return value;
    }

    public static String fetch(String name) {
        Heddle.sleep(Duration.ofMillis(name.length()));
        return "<p>" + name + "</p>";
    }

    public static void store(String name, String page) {
        println(name + page);
    }

    public static void warmUp() {
        Heddle.sleep(Duration.ofMillis(1));
    }

    public static boolean readSome() {
        Heddle.sleep(Duration.ofSeconds(4));
        READS.set(READS.get() - 1);
        return READS.get() > 0;
    }

    public static void serve() {
        Heddle.sleep(Duration.ofDays(1));
    }

    public static Server openServer() {
        return new Server();
    }

    /// A server that serves until it is cancelled.
    public static final class Server {
        public int port() {
            return 8080;
        }

        public void serve() {
            SnippetWords.serve();
        }
    }

    /// The face of SLF4J's MDC.
    public static final class MDC {
        private static final ThreadLocal<Map<String, String>> VALUES = new ThreadLocal<>();

        private MDC() {}

        public static Map<String, String> getCopyOfContextMap() {
            return VALUES.get();
        }

        public static void setContextMap(Map<String, String> map) {
            VALUES.set(map);
        }

        public static void clear() {
            VALUES.remove();
        }
    }

    /// A task of the current loop.
    public static Task<String> task(String name) {
        return EventLoop.current().spawn(() -> fetch(name));
    }
}
