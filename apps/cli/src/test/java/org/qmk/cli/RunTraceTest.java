package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Traces as the trace event format wants them: its fields, times that never go back, and on each
/// thread ends that match their beginnings.
final class RunTraceTest {

    @TempDir private Path folder;

    private JsonNode trace(String... run) throws IOException {
        String[] command = Arrays.copyOf(run, run.length + 2);
        command[run.length] = "--data-dir";
        command[run.length + 1] = "data";
        var ran = Invocation.in(folder, command);
        assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
        var traced = Invocation.in(folder, "replay", "data", "--trace", "trace.json");
        assertEquals(ExitCode.DONE, traced.exitCode(), traced.err());
        return read();
    }

    private JsonNode read() throws IOException {
        byte[] json = Files.readAllBytes(folder.resolve("trace.json"));
        return JsonMapper.shared().readTree(json).get("traceEvents");
    }

    private static void expectWellFormed(JsonNode events) {
        Map<String, Deque<JsonNode>> open = new HashMap<>();
        long before = 0;
        for (JsonNode event : events) {
            String phase = event.get("ph").asString();
            long time = event.get("ts").asLong();
            assertTrue(Set.of("M", "B", "E", "X", "i", "C").contains(phase), event::toString);
            assertTrue(event.get("pid").isInt() && event.get("tid").isInt(), event::toString);
            assertTrue(phase.equals("E") || event.get("name").isString(), event::toString);
            if (phase.equals("M")) continue;
            assertTrue(time >= before, event::toString);
            before = time;
            var thread =
                    open.computeIfAbsent(
                            event.get("pid") + "/" + event.get("tid"), _ -> new ArrayDeque<>());
            switch (phase) {
                case "B" -> thread.push(event);
                case "E" -> thread.pop();
                case "X" -> {
                    assertTrue(event.get("dur").asLong() > 0, event::toString);
                    assertTrue(thread.size() >= 2, event::toString);
                }
                case "C" -> assertTrue(event.get("args").get("value").isInt(), event::toString);
                default -> assertEquals("i", phase);
            }
        }
        open.forEach((thread, left) -> assertEquals(List.of(), List.copyOf(left), thread));
    }

    private static long count(JsonNode events, String phase, String name) {
        long count = 0;
        for (JsonNode event : events) {
            boolean named = event.has("name") && event.get("name").asString().startsWith(name);
            if (named && event.get("ph").asString().equals(phase)) count++;
        }
        return count;
    }

    @Test
    void a_run_of_several_waves_has_them_all() throws IOException {
        String bell = Invocation.root().resolve("examples/bell.qasm").toString();

        JsonNode events = trace("run", bell, "--shots", "100", "--machine", "quad-64");

        expectWellFormed(events);
        assertEquals(1, count(events, "B", "job 1"));
        assertTrue(count(events, "B", "wave ") > 1, events::toString);
        assertTrue(count(events, "X", "issue") > 0);
        assertTrue(count(events, "B", "works") > 0);
        assertTrue(count(events, "C", "blocks held") > 0);
        assertEquals(1, count(events, "i", "all shots are done"));
    }

    @Test
    void a_journal_that_was_cut_short_has_a_whole_trace_of_what_is_there() throws IOException {
        String bell = Invocation.root().resolve("examples/bell.qasm").toString();
        trace("run", bell, "--shots", "100", "--machine", "quad-64");
        Path journal = folder.resolve("data/journal.qmkj");
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length * 2 / 3));

        var traced = Invocation.in(folder, "replay", "data", "--trace", "trace.json");

        assertEquals(ExitCode.DONE, traced.exitCode(), traced.err());
        JsonNode events = read();
        expectWellFormed(events);
        assertEquals(0, count(events, "i", "all shots are done"));
    }

    @Test
    void a_trace_that_cannot_be_written_is_said() {
        String bell = Invocation.root().resolve("examples/bell.qasm").toString();
        Invocation.in(folder, "run", bell, "--data-dir", "data");

        var traced = Invocation.in(folder, "replay", "data", "--trace", "nowhere/trace.json");

        assertEquals(ExitCode.FAILED, traced.exitCode());
        assertTrue(traced.err().startsWith("qmk: nowhere/trace.json cannot be written"));
    }
}
