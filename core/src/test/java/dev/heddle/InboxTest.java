package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InboxTest {
    private final Inbox inbox = new Inbox();
    private final ReadyQueue queue = new ReadyQueue();

    private static Callback node() {
        return new Callback(() -> {});
    }

    private List<Ready> drained() {
        inbox.drainTo(queue);
        List<Ready> all = new ArrayList<>();
        Ready node;
        while ((node = queue.poll()) != null) {
            all.add(node);
        }
        return all;
    }

    @Test
    void keepsTheOrderOfASender() {
        List<Ready> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Callback node = node();
            sent.add(node);
            assertThat(inbox.push(node)).isTrue();
        }
        assertThat(drained()).isEqualTo(sent);
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(drained()).isEmpty();
    }

    @Test
    void doesNotCloseOverWhatItHasTakenIn() {
        Callback node = node();
        inbox.push(node);
        assertThat(inbox.closeIfEmpty()).isFalse();
        assertThat(drained()).containsExactly(node);
        assertThat(inbox.closeIfEmpty()).isTrue();
        assertThat(inbox.push(node())).isFalse();
    }

    @Test
    void whatSeveralThreadsSendIsTakenOnceUntilItCloses() throws Exception {
        int[] accepted = new int[3];
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int sender = i;
            senders.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                while (accepted[sender] < 100_000 && inbox.push(node())) {
                                    accepted[sender]++;
                                }
                            }));
        }
        int taken = 0;
        while (taken < 50_000) {
            taken += drained().size();
        }
        while (!inbox.closeIfEmpty()) {
            taken += drained().size();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(taken).isEqualTo(accepted[0] + accepted[1] + accepted[2]);
    }
}
