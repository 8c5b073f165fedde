package dev.heddle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Heddle as a process of its own, started as `./heddle` starts it.
final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    Program(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("dev.heddle.cli.Main");
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).start();
        out = process.inputReader(UTF_8);
    }

    /// The next line that it prints.
    String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("it ended, and said " + errors());
        }
        return line;
    }

    /// Waits until it listens.
    ///
    /// @param prefix what its line begins with
    /// @return the port behind the prefix
    int awaitPort(String prefix) throws IOException {
        String line = line();
        if (!line.startsWith(prefix)) {
            throw new IOException("\"" + line + "\" does not begin with \"" + prefix + "\"");
        }
        return Integer.parseInt(line.substring(prefix.length()));
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /// Asks it to end, by `SIGTERM`.
    void terminate() {
        process.toHandle().destroy(); // Process.destroy() would close what it prints, too
    }

    /// Asks it to end as Ctrl-C does, by `SIGINT`.
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /// @return its exit code, once it has ended
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    /// @return what it has printed and nobody has read, once it has ended
    String rest() throws IOException {
        return String.join("\n", out.readAllLines());
    }

    String errors() throws IOException {
        return new String(process.getErrorStream().readAllBytes(), UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
