package dev.heddle.net;

import static dev.heddle.Heddle.group;
import static dev.heddle.Heddle.run;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EchoTest {
    @Test
    void threeLinesMakeAnEchoServer() throws Exception {
        run(() -> {
            try (var server = Tcp.listen("127.0.0.1", 0)) {
                group(g -> {
                    g.spawn(() -> server.serve(conn -> conn.transferTo(conn)));
                    try (var client = Tcp.connect("localhost", server.address().getPort())) {
                        client.write("hello".getBytes(US_ASCII));
                        assertThat(client.readExactly(5)).asString(US_ASCII).isEqualTo("hello");
                        client.closeOutput();
                        assertThat(client.readAll(10)).isEmpty();
                    }
                    server.close();
                });
            }
        });
    }
}
