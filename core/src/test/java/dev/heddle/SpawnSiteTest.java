package dev.heddle;

import static dev.heddle.Heddle.checkpoint;
import static dev.heddle.Heddle.group;
import static dev.heddle.UnhandledFailureTest.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.heddle.spawning.Server;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SpawnSiteTest {
    private static Throwable thrownBy(GroupAction<Exception> body) {
        Throwable[] thrown = new Throwable[1];
        Trial.run(() -> {
            thrown[0] = catchThrowable(() -> group(body));
        });
        assertThat(thrown[0]).isNotNull();
        return thrown[0];
    }

    private static void assertSpawnedAt(Throwable thrown, int line, String... ownMethods) {
        StackTraceElement[] trace = thrown.getStackTrace();
        StackTraceElement last = trace[trace.length - 1];
        assertThat(last.toString()).contains("spawned in dev.heddle.SpawnSiteTest");
        assertThat(last.getFileName()).isEqualTo("SpawnSiteTest.java");
        assertThat(last.getLineNumber()).isEqualTo(line);
        for (int i = 0; i < ownMethods.length; i++) {
            assertThat(trace[i].getMethodName()).isEqualTo(ownMethods[i]);
        }
        assertThat(Arrays.copyOf(trace, trace.length - 1))
                .as("nothing of the start of the thread")
                .noneMatch(frame ->
                        frame.getClassName().startsWith("java.lang.VirtualThread")
                                || frame.getClassName().equals("dev.heddle.Task")
                                || frame.getClassName().equals("dev.heddle.Strand"));
    }

    @Test
    void aLambdaShowsItsOwnFramesAndTheLineOfItsSpawn() {
        int[] line = new int[1];
        Throwable thrown =
                thrownBy(g -> {
                    line[0] = here() + 1;
                    g.spawn(() -> outer());
                });
        assertSpawnedAt(thrown, line[0], "inner", "outer");
    }

    private static String outer() {
        return inner();
    }

    private static String inner() {
        throw new IllegalStateException("deep inside");
    }

    @Test
    void aMethodReferenceShowsTheLineOfItsSpawn() {
        int[] line = new int[1];
        Throwable thrown =
                thrownBy(g -> {
                    line[0] = here() + 1;
                    g.spawn(SpawnSiteTest::inner);
                });
        assertSpawnedAt(thrown, line[0], "inner");
    }

    @Test
    void anActionShowsTheLineOfItsSpawn() {
        int[] line = new int[1];
        Throwable thrown =
                thrownBy(g -> {
                    line[0] = here() + 1;
                    g.spawn(
                            "named",
                            () -> {
                                inner();
                            });
                });
        assertSpawnedAt(thrown, line[0], "inner");
        assertThat(thrown.getStackTrace()[thrown.getStackTrace().length - 1].toString())
                .contains("named");
    }

    private static final class Job implements Body<String, Exception> {
        @Override
        public String run() {
            return inner();
        }
    }

    @Test
    void anObjectOfANamedClassShowsTheLineOfItsSpawn() {
        int[] line = new int[1];
        Throwable thrown =
                thrownBy(g -> {
                    Job job = new Job();
                    line[0] = here() + 1;
                    g.spawn(job);
                });
        assertSpawnedAt(thrown, line[0], "inner", "run");
    }

    @Test
    void aTaskThatFailsAfterItHasWaitedShowsTheSame() {
        int[] line = new int[1];
        Throwable thrown =
                thrownBy(g -> {
                    line[0] = here() + 1;
                    g.spawn(() -> {
                        checkpoint();
                        inner();
                    });
                });
        assertSpawnedAt(thrown, line[0], "inner");
    }

    @Test
    void theMainTaskShowsTheLineOfRun() {
        int line = here() + 1;
        Throwable thrown = catchThrowable(() -> Heddle.run(() -> inner()));
        assertSpawnedAt(thrown, line, "inner");
    }

    @Test
    void aPackageBuiltOnTheCoreIsThePlaceOfItsOwnSpawns() {
        Trial.run(() -> {
            Throwable thrown = catchThrowable(() -> Server.start(SpawnSiteTest::inner).await());
            StackTraceElement[] trace = thrown.getStackTrace();
            StackTraceElement last = trace[trace.length - 1];
            assertThat(last.toString()).contains("connection").contains(Server.class.getName());
            assertThat(last.getLineNumber()).isEqualTo(Server.LINE);
        });
    }

    @Test
    void anExceptionThatPassesThroughTwoTasksKeepsTheFirstPlace() {
        int[] line = new int[1];
        Throwable thrown =
                thrownBy(g -> {
                    line[0] = here() + 1;
                    var first = g.spawn(SpawnSiteTest::inner);
                    g.spawn(() -> Heddle.shield(() -> first.await()));
                });
        assertSpawnedAt(thrown, line[0], "inner");
        assertThat(
                        Arrays.stream(thrown.getStackTrace())
                                .filter(frame -> frame.toString().contains("spawned in")))
                .hasSize(1);
    }

    @Test
    void anExceptionThatIsKeptAndThrownTwiceIsMarkedOnce() {
        IllegalStateException[] kept = new IllegalStateException[1];
        Trial.run(() -> {
            for (int i = 0; i < 3; i++) {
                Throwable thrown =
                        catchThrowable(() ->
                                group((TaskGroup g) -> {
                                    g.spawn(() -> {
                                        if (kept[0] == null) {
                                            kept[0] = new IllegalStateException("kept");
                                        }
                                        throw kept[0];
                                    });
                                }));
                assertThat(thrown).isSameAs(kept[0]);
            }
        });
        assertThat(
                        Arrays.stream(kept[0].getStackTrace())
                                .filter(frame -> frame.toString().contains("spawned in")))
                .hasSize(1);
    }

    @Test
    void anExceptionMadeOnAnotherThreadKeepsItsTrace() {
        var made = new IllegalStateException("made on the test's thread");
        StackTraceElement[] before = made.getStackTrace();
        Throwable thrown =
                thrownBy(g ->
                        g.spawn(() -> {
                            throw made;
                        }));
        assertThat(thrown.getStackTrace()).isEqualTo(before);
    }

    @Test
    void aPrintedTraceLeadsFromTheFailureToTheSpawn() {
        Throwable thrown = thrownBy(g -> g.spawn("render", SpawnSiteTest::outer));
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString())
                .containsSubsequence(
                        "deep inside",
                        "SpawnSiteTest.inner",
                        "SpawnSiteTest.outer",
                        "task \"render\" spawned in dev.heddle.SpawnSiteTest");
    }
}
