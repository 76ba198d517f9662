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

/// Traces as the trace event format wants them: its fields, times that never go back, and on each
/// thread ends that match their beginnings.
final class RunTraceTest {

    @TempDir private Path folder;

    /// Fields of an event, all as text.
    private record Event(Map<String, Object> fields) {
        String text(String name) {
            return (String) fields.getOrDefault(name, "");
        }

        long number(String name) {
            return Long.parseLong(text(name));
        }
    }

    private List<Event> trace(String... run) throws IOException {
        String[] command = Arrays.copyOf(run, run.length + 2);
        command[run.length] = "--data-dir";
        command[run.length + 1] = "data";
        var ran = Invocation.in(folder, command);
        assertEquals(ExitCode.DONE, ran.exitCode(), ran.err());
        var traced = Invocation.in(folder, "replay", "data", "--trace", "trace.json");
        assertEquals(ExitCode.DONE, traced.exitCode(), traced.err());
        return read();
    }

    @SuppressWarnings("unchecked")
    private List<Event> read() throws IOException {
        var json = PrintedJson.object(Files.readString(folder.resolve("trace.json")));
        var events = (List<Map<String, Object>>) json.get("traceEvents");
        return events.stream().map(Event::new).toList();
    }

    private static void expectWellFormed(List<Event> events) {
        Map<String, Deque<Event>> open = new HashMap<>();
        long before = 0;
        for (Event event : events) {
            String phase = event.text("ph");
            long time = event.number("ts");
            assertTrue(Set.of("M", "B", "E", "X", "i", "C").contains(phase), event::toString);
            String thread = event.number("pid") + "/" + event.number("tid");
            assertTrue(phase.equals("E") || !event.text("name").isEmpty(), event::toString);
            if (phase.equals("M")) continue;
            assertTrue(time >= before, event::toString);
            before = time;
            Deque<Event> begun = open.computeIfAbsent(thread, _ -> new ArrayDeque<>());
            switch (phase) {
                case "B" -> begun.push(event);
                case "E" -> begun.pop();
                case "X" -> {
                    assertTrue(event.number("dur") > 0, event::toString);
                    assertTrue(begun.size() >= 2, event::toString);
                }
                case "C" ->
                        assertTrue(
                                event.fields().get("args").toString().matches("\\{value=\\d+}"),
                                thread);
                default -> assertEquals("i", phase);
            }
        }
        open.forEach((thread, left) -> assertEquals(List.of(), List.copyOf(left), thread));
    }

    private static long count(List<Event> events, String phase, String name) {
        long count = 0;
        for (Event event : events) {
            boolean named = event.text("name").startsWith(name);
            if (named && event.text("ph").equals(phase)) count++;
        }
        return count;
    }

    @Test
    void a_run_of_several_waves_has_them_all() throws IOException {
        String bell = Invocation.root().resolve("examples/bell.qasm").toString();

        List<Event> events = trace("run", bell, "--shots", "100", "--machine", "quad-64");

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
        List<Event> events = read();
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
