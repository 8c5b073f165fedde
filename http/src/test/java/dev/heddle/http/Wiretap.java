package dev.heddle.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.heddle.EventLoop;
import dev.heddle.Heddle;
import dev.heddle.VirtualClock;
import dev.heddle.net.ByteStream;
import dev.heddle.net.DisconnectedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A service on one end of a connection in memory, and a client that talks raw bytes at the other,
/// on a loop with a virtual clock.
final class Wiretap {
    /// Room enough for what tests send.
    private static final int CAPACITY = 64 * 1024;

    final VirtualClock clock = new VirtualClock();
    final List<String> handled = new ArrayList<>();
    private HttpOptions options = HttpOptions.defaults();
    private int chunk = CAPACITY;
    private int capacity = CAPACITY;
    private Handler handler;

    Wiretap(Handler handler) {
        this.handler = handler;
    }

    Wiretap() {
        this(request -> Response.text("ok"));
    }

    Wiretap options(HttpOptions value) {
        options = value;
        return this;
    }

    Wiretap chunk(int value) {
        chunk = value;
        return this;
    }

    Wiretap capacity(int value) {
        capacity = value;
        return this;
    }

    /// What the client does.
    interface Client<T> {
        T talk(ByteStream stream, Http1Service service) throws Exception;
    }

    /// Runs a client to its end; then the server's side has to end as well.
    <T> T run(Client<T> client) throws Exception {
        try (EventLoop loop = EventLoop.open("wiretap", clock)) {
            return loop.run(() ->
                    Heddle.group(group -> {
                        Http1Service service = new Http1Service(options, this::handle);
                        ByteStream.Pair pair = ByteStream.pair(chunk, capacity);
                        group.spawn(() -> {
                            try (ByteStream ours = pair.left()) {
                                service.serve(ours);
                            }
                        });
                        try (ByteStream theirs = pair.right()) {
                            return client.talk(theirs, service);
                        }
                    }));
        }
    }

    private Response handle(Request request) throws Exception {
        handled.add(request.method() + " " + request.target());
        return handler.handle(request);
    }

    /// Sends all, ends the sending side, and reads to the end.
    String exchange(String sent) throws Exception {
        return exchange(sent.getBytes(ISO_8859_1));
    }

    String exchange(byte[] sent) throws Exception {
        return run((stream, service) -> {
            stream.write(sent);
            stream.closeOutput();
            return rest(stream);
        });
    }

    /// Sends all and reads to the end, with the sending side open.
    String exchangeOpen(String sent) throws Exception {
        return run((stream, service) -> {
            stream.write(sent.getBytes(ISO_8859_1));
            return rest(stream);
        });
    }

    static void send(ByteStream stream, String text) throws IOException {
        stream.write(text.getBytes(ISO_8859_1));
    }

    static String rest(ByteStream stream) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            byte[] some = stream.readSome(8192);
            while (some.length > 0) {
                all.writeBytes(some);
                some = stream.readSome(8192);
            }
        } catch (DisconnectedException e) {
            all.writeBytes("[RESET]".getBytes(ISO_8859_1));
        }
        return all.toString(ISO_8859_1);
    }

    /// Reads one response that has a `Content-Length`.
    static String response(ByteStream stream) throws IOException {
        String head =
                new String(stream.readUntil("\r\n\r\n".getBytes(ISO_8859_1), 16_384), ISO_8859_1);
        int length = 0;
        for (String line : head.split("\r\n")) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        return head + new String(stream.readExactly(length), ISO_8859_1);
    }

    /// Without what changes from run to run.
    static String withoutDate(String responses) {
        return responses.replaceAll("Date: [^\r]*\r\n", "");
    }
}
