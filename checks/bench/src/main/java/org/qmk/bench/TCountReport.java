package org.qmk.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.qmk.optimizer.GateList;
import org.qmk.optimizer.tcount.TCountReduction;
import org.qmk.optimizer.tcount.TCountSettings;
import org.qmk.qasm.QasmReader;
import org.qmk.qasm.QasmReading;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Reduces the T counts of the benchmark circuits beside the repository and writes
/// docs/reference/tcount.md, or makes anew only the rows of the circuits that are named.
///
/// Arguments: the folder of the checkout, then names of circuits.
public final class TCountReport {

    private static final String CIRCUITS = "../shared/conformance/tcount";

    private static final String WHAT =
            """
            # T counts
            What `TCountReduction` makes of the standard circuits. Made by `checks/bench/run \
            tcount`, from circuits that are not part of the repository. Seconds are processor \
            time of one thread of %s, %s. Seeds %s in turn until the count \
            is not above what it stands beside: the lowest is given, and the time of all; \
            effort %,d words of memory combined for the \
            square of the T count, at least %,d and at most %,d; a small \
            circuit ends before that.

            A multiplier in a field of at most 2^7 elements is looked for among the tables of \
            phases that some symmetries of the field keep as well: that is how gf2^6 comes to \
            fewer T gates than the lowest count known.

            - **T** is the T count of the circuit, where a Toffoli counts as seven.
            - **AF** is the lowest count without ancillas that was measured elsewhere, \
            **FastTODD** that with an ancilla for each H between T gates, **best** the lowest \
            known.
            - **ours** is without and with ancillas, in bold where it is below what it stands \
            beside, and marked with an exclamation mark where it is above.

            | circuit | qubits | T | AF | ours | s | FastTODD | ours | added qubits | s | best |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    /// In turn until one is good enough.
    private static final List<Integer> SEEDS = List.of(2, 1, 3);

    private static final long EFFORT = 100_000;
    private static final long EFFORT_MIN = 20_000_000_000L;
    private static final long EFFORT_MAX = 100_000_000_000L;

    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private final Path circuits;
    private final PrintStream out;
    private final StringBuilder table = new StringBuilder();

    private TCountReport(Path circuits, PrintStream out) {
        this.circuits = circuits;
        this.out = out;
    }

    /// @throws IOException if a circuit cannot be read or the document not written
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Path circuits = root.resolve(CIRCUITS);
        if (!Files.isDirectory(circuits)) {
            System.err.println("no circuits at " + circuits + ": there is nothing to reduce.");
            return;
        }
        List<String> names = List.of(args).subList(1, args.length);
        Path document = root.resolve("docs/reference/tcount.md");
        List<String> known = Files.exists(document) ? Files.readAllLines(document) : List.of();
        var report = new TCountReport(circuits, System.out);
        for (String line : Files.readAllLines(circuits.resolve("table.md"))) {
            String[] cells = line.replaceAll("^\\| *| *\\|$", "").split(" *\\| *");
            if (!Files.exists(circuits.resolve(cells[0] + ".qasm"))) continue;
            if (names.isEmpty() || names.contains(cells[0])) {
                report.row(cells);
            } else {
                report.keep(cells[0], known);
            }
        }
        String head =
                String.format(
                        Locale.ROOT,
                        WHAT,
                        System.getProperty("os.arch"),
                        "Java " + Runtime.version().feature(),
                        SEEDS,
                        EFFORT,
                        EFFORT_MIN,
                        EFFORT_MAX);
        Files.writeString(document, head + report.table);
    }

    private void keep(String name, List<String> known) {
        for (String line : known) {
            if (line.startsWith("| " + name + " |")) table.append(line).append('\n');
        }
    }

    private void row(String[] cells) throws IOException {
        GateList gates = gates(cells[0]);
        var row = new StringBuilder("| " + String.join(" | ", List.of(cells).subList(0, 4)));
        reduce(gates, false, cells[3], row);
        row.append(" | ").append(cells[4]);
        int added = reduce(gates, true, cells[4].replaceAll("TOHPE|\\(.*", "").strip(), row);
        // the last cell of reduce is the time; qubits stand before it
        row.insert(row.lastIndexOf("|"), "| " + added + " ");
        row.append(" | ").append(cells[5]).append(" |\n");
        out.print(row);
        table.append(row);
    }

    /// Appends the count and the time; returns how many qubits were added.
    private int reduce(GateList gates, boolean ancillas, String theirs, StringBuilder row) {
        long before = before(gates);
        long effort = Math.clamp(EFFORT * before * before, EFFORT_MIN, EFFORT_MAX);
        long other = Long.parseLong(theirs);
        long count = Long.MAX_VALUE;
        int added = 0;
        long start = clock.getCurrentThreadCpuTime();
        for (int seed : SEEDS) {
            var settings = new TCountSettings(ancillas, seed, effort);
            GateList reduced = TCountReduction.reduce(gates, settings);
            if (reduced.tCount() < count) {
                count = reduced.tCount();
                added = reduced.qubits() - gates.qubits();
            }
            if (count <= other) break;
        }
        double seconds = (clock.getCurrentThreadCpuTime() - start) * 1e-9;
        String text = count < other ? "**" + count + "**" : count + (count > other ? " !" : "");
        row.append(String.format(Locale.ROOT, " | %s | %.1f", text, seconds));
        return added;
    }

    private static long before(GateList gates) {
        long count = 0;
        for (int i = 0; i < gates.size(); i++) {
            boolean three = gates.third(i) != GateList.NONE;
            count += three ? 7 : gates.opcode(i).tCount();
        }
        return count;
    }

    private GateList gates(String name) throws IOException {
        byte[] source = Files.readAllBytes(circuits.resolve(name + ".qasm"));
        return switch (QasmReader.read(source, name)) {
            case QasmReading.Failed(var errors) ->
                    throw new IOException(name + ": " + errors.get(0).message());
            case QasmReading.Ok(var graph, var _) -> gates(graph);
        };
    }

    private static GateList gates(Graph graph) {
        var gates = new GateList(graph.qubits().size());
        for (int node = 0; node < graph.size(); node++) {
            Opcode opcode = graph.opcode(node);
            if (opcode == Opcode.ALLOC_LQ || opcode == Opcode.FREE_LQ) continue;
            int qubits = graph.count(node, Operand.Kind.QUBIT);
            gates.add(
                    opcode,
                    graph.qubit(node, 0),
                    qubits > 1 ? graph.qubit(node, 1) : GateList.NONE,
                    qubits > 2 ? graph.qubit(node, 2) : GateList.NONE);
        }
        return gates;
    }
}
