package dev.heddle.net;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static dev.heddle.Heddle.sleep;
import static dev.heddle.net.Connected.ascii;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.EventLoop;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The limit holds for a whole process, so each test has one of its own.
@Timeout(60)
class FullFileTableTest {
    private static final int LIMIT = 120;

    @Test
    void aServerWithoutDescriptorsPausesAndGoesOn() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command =
                "ulimit -n "
                        + LIMIT
                        + "; exec '"
                        + java
                        + "' -XX:-MaxFDLimit --add-opens java.base/java.lang=ALL-UNNAMED"
                        + " --enable-native-access=ALL-UNNAMED -cp \"$CLASSES\" '"
                        + Server.class.getName()
                        + "'";
        var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        Process server = builder.start();
        String output;
        try (var from = server.getInputStream()) {
            output = new String(from.readAllBytes(), UTF_8);
        } finally {
            server.destroyForcibly();
        }
        assertThat(output)
                .containsOnlyOnce("Too many open files")
                .contains("tries again every 100 ms");
        assertThat(output.lines().toList()).contains("served again", "did not spin");
        assertThat(server.waitFor()).as(output).isZero();
    }

    static final class Server {
        private Server() {}

        public static void main(String[] args) throws Exception {
            loadClassesBeside(EventLoop.class);
            loadClassesBeside(Listener.class);
            run(() ->
                    group(g -> {
                        var server = Tcp.listen("127.0.0.1", 0);
                        int port = server.address().getPort();
                        var serving = g.spawn(() -> server.serve(conn -> conn.transferTo(conn)));
                        echo(port);

                        // The client's end takes the last descriptor, and none is left for the
                        // server's.
                        List<Closeable> fill = new ArrayList<>();
                        for (int i = 0; i < 3; i++) {
                            // Sockets closed before lose their descriptors when the loop looks at
                            // I/O.
                            sleep(Duration.ofMillis(5));
                            fillTable(fill);
                        }
                        fill.removeLast().close();
                        try (var client = Tcp.connect("127.0.0.1", port)) {
                            long turns = turns();
                            sleep(Duration.ofMillis(350));
                            long used = turns() - turns;
                            System.out.println(
                                    used < 20 ? "did not spin" : "spun: " + used + " turns");
                            for (Closeable file : fill) {
                                file.close();
                            }
                            client.write(ascii("hello"));
                            String answer = new String(client.readExactly(5), US_ASCII);
                            System.out.println(answer.equals("hello") ? "served again" : answer);
                        }
                        echo(port);
                        server.close();
                        serving.await();
                    }));
        }

        /// Class files in a folder, unlike those in a jar, take a descriptor each.
        private static void loadClassesBeside(Class<?> known) throws Exception {
            Path folder =
                    Path.of(known.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (var files = Files.walk(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                    String name = folder.relativize(file).toString();
                    if (!name.equals("module-info.class")) {
                        Class.forName(name.replace(".class", "").replace('/', '.'));
                    }
                }
            }
        }

        private static long turns() {
            return EventLoop.current().statistics().turns();
        }

        private static void fillTable(List<Closeable> fill) {
            try {
                while (true) {
                    fill.add(FileChannel.open(Path.of("/dev/null")));
                }
            } catch (IOException e) {
                // That is it: the table is full.
            }
        }

        private static void echo(int port) throws Exception {
            try (var client = Tcp.connect("127.0.0.1", port)) {
                client.write(ascii("a"));
                client.readExactly(1);
            }
        }
    }
}
