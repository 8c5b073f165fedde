package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Compiles and runs the snippets in the comments of the sources: what stands in the manual works.
///
/// A snippet is a list of statements, or of members with a method `main` (called outside of any
/// loop) or `handle`. What it calls without declaring it is in [SnippetWords].
@Timeout(60)
class SnippetTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/heddle");

    private static final List<String> FILES =
            List.of(
                    "CancelScope",
                    "Completions",
                    "ContextBridge",
                    "ContextVar",
                    "EventLoopGroup",
                    "Heddle",
                    "Outcome",
                    "Runner",
                    "Task",
                    "TaskGroup",
                    "Ticker");

    /// Those whose snippets are for threads outside of any loop.
    private static final Set<String> BLOCKING = Set.of("EventLoopGroup", "Runner");

    /// The fewest snippets to be found, or the search itself is broken.
    private static final int LEAST = 16;

    private static final Pattern SNIPPET =
            Pattern.compile("(?m)^ */// ```java\\n(.*?)^ */// ```$", Pattern.DOTALL);
    private static final Pattern MEMBERS = Pattern.compile("(?m)^(static|void|final) ");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    private record Snippet(String file, int number, String code) {
        String name() {
            return file + "Snippet" + number;
        }

        String source() {
            String members =
                    MEMBERS.matcher(code).find()
                            ? code
                            : "void handle() throws Exception {\n" + code + "\n}\n";
            return """
            import static dev.heddle.Heddle.*;
            import static dev.heddle.SnippetWords.*;
            import static java.time.Duration.*;
            import dev.heddle.*;
            import java.time.Duration;
            import java.util.*;

            public class %s {
            %s
            }
            """
                    .formatted(
                            name(),
                            members.replaceAll("(?m)^void ", "public void ")
                                    .replaceAll(
                                            "(?m)^public void handle\\(\\) \\{",
                                            "public void handle() throws Exception {"));
        }
    }

    private static List<Snippet> snippets() throws IOException {
        List<Snippet> found = new ArrayList<>();
        for (String file : FILES) {
            Matcher matcher = SNIPPET.matcher(Files.readString(SOURCES.resolve(file + ".java")));
            for (int number = 1; matcher.find(); number++) {
                String code = matcher.group(1).replaceAll("(?m)^ */// ?", "");
                found.add(new Snippet(file, number, code));
            }
        }
        return found;
    }

    @Test
    void theSearchFindsThem() throws IOException {
        assertThat(snippets()).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(snippets()).extracting(Snippet::file).containsAll(FILES);
    }

    @TestFactory
    Stream<DynamicTest> runs() throws IOException {
        return snippets().stream()
                .map(snippet -> DynamicTest.dynamicTest(snippet.name(), () -> run(snippet)));
    }

    private void run(Snippet snippet) throws Exception {
        Path source = folder.resolve(snippet.name() + ".java");
        Files.writeString(source, snippet.source());
        compile(snippet, source);
        try (var loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, SnippetTest.class.getClassLoader())) {
            Class<?> type = loader.loadClass(snippet.name());
            Object instance = type.getConstructor().newInstance();
            for (Method method : type.getDeclaredMethods()) {
                switch (method.getName()) {
                    case "main" -> call(method, instance);
                    case "handle" -> {
                        if (BLOCKING.contains(snippet.file)) {
                            call(method, instance);
                        } else {
                            try (var loop = EventLoop.open("snippet", new VirtualClock())) {
                                loop.run(() -> call(method, instance));
                            }
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    private void compile(Snippet snippet, Path source) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(source);
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-d",
                            folder.toString(),
                            "-cp",
                            System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(messages, files, null, options, null, units).call();
            assertThat(compiled).as(messages + "\n" + snippet.source()).isTrue();
        }
    }

    private static void call(Method method, Object instance) throws Exception {
        try {
            method.invoke(instance);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        }
    }
}
