package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As many idle connections as files may be open: two of each are in this process.
class IdleConnectionsTest {

    private static final int WANTED = 10_000;
    private static final int OTHER_FILES = 500;
    private static final long BYTES_EACH = 16 << 10;

    @TempDir private Path folder;

    @Test
    void ten_thousand_idle_connections_take_little_and_hinder_nobody() throws Exception {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long files = system.getMaxFileDescriptorCount() - OTHER_FILES;
        int count = (int) Math.min(WANTED, files / 2);
        assumeTrue(count >= 100, "too few files may be open");
        List<SocketChannel> idle = new ArrayList<>();
        try (var server =
                new RunningServer(folder, "idle_seconds: 600", "connections_max: 20000")) {
            server.tenant(RunningServer.TENANT);
            try (var line = new LineClient(server.socket())) {
                line.result("q_jobs", Map.of());
                long before = used();
                var address = UnixDomainSocketAddress.of(server.socket());
                for (int i = 0; i < count; i++) {
                    SocketChannel channel = SocketChannel.open(address);
                    idle.add(channel);
                }
                // Accepted in turn, so that all of them are served when this one is.
                try (var last = new LineClient(server.socket())) {
                    last.result("q_jobs", Map.of());
                }
                long each = (used() - before) / count;
                System.out.printf("%d idle connections take %d bytes each%n", count, each);
                assertTrue(each < BYTES_EACH, each + " bytes for a connection");
                var bell = RunningServer.bell(10, 7);
                long job = line.result("q_submit", bell).get("job_id").asLong();
                line.result("q_wait", Map.of("job_id", job));
            }
            for (SocketChannel channel : idle) channel.close();
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
