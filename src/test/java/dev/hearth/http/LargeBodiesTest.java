package dev.hearth.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class LargeBodiesTest {

    private static final int REQUESTS = 20;
    private static final int MEGABYTES_THAT_ONE_MAY_BECOME = 40;

    /// A text of many small objects becomes many times as large when it is read.
    private static String hostile() {
        return "{\"a\":[" + "{\"\":0},".repeat(149_000) + "0]}";
    }

    @Test
    void whatLargeBodiesBecomeFitsIntoTheHeap() throws Exception {
        var body = hostile();
        try (var server = TestServer.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < REQUESTS; i++) {
                requests.add(() -> {
                    try (var client = server.connect()) {
                        return client.post("/works", body).status();
                    }
                });
            }
            for (var answer : threads.invokeAll(requests)) {
                // On a slow machine some are told to come again.
                assertTrue(answer.get() == 200 || answer.get() == 429, answer.get()::toString);
            }
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            long fitting = Math.max(1, megabytes / 3 / (MEGABYTES_THAT_ONE_MAY_BECOME - 2));
            assertTrue(server.mostAtWork() <= fitting, () -> server.mostAtWork() + " at once");
        }
    }
}
