package org.qmk.qvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFormTest {

    private static final Guard G0 = new Guard.Is(0, true);
    private static final Guard G1 = new Guard.Any(List.of(G0, new Guard.Is(1, false)));

    @Test
    void the_order_in_which_parts_were_first_used_does_not_show() {
        GraphBuilder plain = base();
        plain.node(Opcode.RZ).qubit(0).guard(G0).argument(new Argument.Rotation(1, 0.5));
        plain.node(Opcode.RZ).qubit(0).guard(G1).argument(new Argument.Rotation(2, 0.5));
        GraphBuilder other = base();
        other.node(Opcode.RZ).qubit(0).guard(G1).argument(new Argument.Rotation(2, 0.5));
        other.guard(Guard.ALWAYS).guard(G0).argument(new Argument.Rotation(1, 0.5));
        other.node(Opcode.RZ).qubit(0).guard(G1).argument(new Argument.Rotation(2, 0.5));

        assertEquals(hex(plain.build()), hex(other.build()));
    }

    @Test
    void the_order_of_families_capabilities_and_edges_does_not_show() {
        GraphBuilder one = base().require("core/1").require("link/1").require("core/1");
        one.request(Capability.MAGIC).request(Capability.ALLOC).after(1, 0).after(0, 1).after(0, 0);
        GraphBuilder other = base().require("link/1").require("core/1");
        other.request(Capability.ALLOC)
                .request(Capability.MAGIC)
                .after(0, 0)
                .after(0, 1)
                .after(1, 0);

        assertEquals(hex(one.build()), hex(other.build()));
    }

    @Test
    void labels_do_not_show() {
        assertEquals(hex(base().build()), hex(base().label("x").build()));
    }

    /// One entry for each thing that a graph can say.
    private static Map<String, Consumer<GraphBuilder>> changes() {
        Map<String, Consumer<GraphBuilder>> changes = new LinkedHashMap<>();
        changes.put("nothing", _ -> {});
        changes.put("a qubit", b -> b.declareQubit("x"));
        changes.put("another name", b -> b.declareQubit("y"));
        changes.put("an undeclared qubit", b -> b.undeclaredQubit("x"));
        changes.put("a channel", b -> b.declareChannel("x"));
        changes.put("an event", b -> b.declareEvent("x"));
        changes.put("two events", b -> declareEvents(b, "x", "y"));
        changes.put("events whose letters run together", b -> declareEvents(b, "xy", ""));
        changes.put("default 0", b -> b.defaultToZero(0));
        changes.put("default 1", b -> b.defaultToZero(1));
        changes.put("family", b -> b.require("x/1"));
        changes.put("capability", b -> b.request(Capability.LINK));
        changes.put("other capability", b -> b.request(Capability.ADMIN));
        changes.put("output", b -> b.output("x", 0));
        changes.put("output of another event", b -> b.output("x", 1));
        changes.put("output of another name", b -> b.output("y", 0));
        changes.put("edge", b -> b.after(1, 0));
        changes.put("edge back", b -> b.after(0, 1));
        changes.put("edge twice", b -> b.after(1, 0).after(1, 0));
        changes.put("node H", b -> b.node(Opcode.APPLY_H));
        changes.put("node X", b -> b.node(Opcode.APPLY_X));
        changes.put("qubit operand", b -> b.node(Opcode.APPLY_X).qubit(0));
        changes.put("other operand", b -> b.node(Opcode.APPLY_X).qubit(1));
        changes.put("channel operand", b -> b.node(Opcode.APPLY_X).channel(0));
        changes.put("input operand", b -> b.node(Opcode.APPLY_X).input(0));
        changes.put("output operand", b -> b.node(Opcode.APPLY_X).output(0));
        changes.put("two operands", b -> b.node(Opcode.APPLY_X).qubits(0, 1));
        changes.put("two operands turned", b -> b.node(Opcode.APPLY_X).qubits(1, 0));
        guards(changes);
        arguments(changes);
        return changes;
    }

    private static void declareEvents(GraphBuilder builder, String... names) {
        for (String name : names) builder.declareEvent(name);
    }

    private static void guards(Map<String, Consumer<GraphBuilder>> changes) {
        Guard one = new Guard.Is(1, true);
        changes.put("guard", b -> b.node(Opcode.APPLY_X).guard(G0));
        changes.put("guard negated", b -> b.node(Opcode.APPLY_X).guard(new Guard.Is(0, false)));
        changes.put("guard on another", b -> b.node(Opcode.APPLY_X).guard(one));
        changes.put("all of one", b -> b.node(Opcode.APPLY_X).guard(new Guard.All(List.of(G0))));
        changes.put("any of one", b -> b.node(Opcode.APPLY_X).guard(new Guard.Any(List.of(G0))));
        changes.put("all of none", b -> b.node(Opcode.APPLY_X).guard(new Guard.All(List.of())));
        changes.put("any of none", b -> b.node(Opcode.APPLY_X).guard(new Guard.Any(List.of())));
        changes.put(
                "all of two", b -> b.node(Opcode.APPLY_X).guard(new Guard.All(List.of(G0, one))));
        changes.put(
                "all turned", b -> b.node(Opcode.APPLY_X).guard(new Guard.All(List.of(one, G0))));
        changes.put(
                "nested",
                b ->
                        b.node(Opcode.APPLY_X)
                                .guard(new Guard.All(List.of(new Guard.All(List.of(G0)), one))));
        changes.put(
                "with always",
                b -> b.node(Opcode.APPLY_X).guard(new Guard.All(List.of(Guard.ALWAYS))));
    }

    private static void arguments(Map<String, Consumer<GraphBuilder>> changes) {
        PauliString xz = PauliString.of("XZ");
        List<Argument> arguments =
                List.of(
                        new Argument.Profile("a"),
                        new Argument.Profile("b"),
                        new Argument.Profile(""),
                        new Argument.Tag("a"),
                        new Argument.Pauli(xz),
                        new Argument.Pauli(PauliString.of("-XZ")),
                        new Argument.Pauli(PauliString.of("ZX")),
                        new Argument.Rotation(1, 0.5),
                        new Argument.Rotation(-1, 0.5),
                        new Argument.Rotation(Math.nextUp(1.0), 0.5),
                        new Argument.Rotation(1, 0.25),
                        new Argument.PauliRotation(xz, 1, 0.5),
                        new Argument.PauliRotation(xz, 2, 0.5),
                        new Argument.PauliRotation(xz, 1, 0.25),
                        new Argument.Bit(true),
                        new Argument.Bit(false),
                        new Argument.Channel(0.5, "k"),
                        new Argument.Channel(0.25, "k"),
                        new Argument.Channel(0.5, "l"),
                        new Argument.Link(LinkGate.CNOT),
                        new Argument.Link(LinkGate.CZ),
                        new Argument.Link(LinkGate.SWAP),
                        policy("a", "b"),
                        policy("ab", ""),
                        policy("a", "b", "c", "d"),
                        policy("c", "d", "a", "b"));
        for (Argument argument : arguments) {
            changes.put(argument.toString(), b -> b.node(Opcode.APPLY_X).argument(argument));
        }
    }

    private static Argument policy(String... texts) {
        var entries = new Argument.Policy.Entry[texts.length / 2];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Argument.Policy.Entry(texts[2 * i], texts[2 * i + 1]);
        }
        return new Argument.Policy(Arrays.asList(entries));
    }

    @Test
    void whatever_a_graph_says_shows() {
        Map<String, String> byDigest = new TreeMap<>();

        changes()
                .forEach(
                        (name, change) -> {
                            GraphBuilder builder = base();
                            change.accept(builder);
                            String before = byDigest.put(hex(builder.build()), name);
                            assertTrue(before == null, name + " looks like " + before);
                        });
    }

    @Test
    void the_same_words_give_the_same_digest() {
        changes()
                .forEach(
                        (name, change) -> {
                            GraphBuilder one = base();
                            GraphBuilder two = base();
                            change.accept(one);
                            change.accept(two);
                            assertEquals(hex(one.build()), hex(two.build()), name);
                        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000, 100_000})
    void the_digest_is_that_of_the_bytes(int nodes) throws NoSuchAlgorithmException {
        GraphBuilder builder = base();
        for (int i = 0; i < nodes; i++) {
            builder.node(Opcode.RZ).qubit(0).argument(new Argument.Rotation(i, 0.5));
        }
        Graph graph = builder.build();

        byte[] bytes = CanonicalForm.encode(graph);

        assertArrayEquals(
                MessageDigest.getInstance("SHA-256").digest(bytes), CanonicalForm.digest(graph));
        assertArrayEquals(
                CanonicalForm.magic(), Arrays.copyOf(bytes, CanonicalForm.magic().length));
    }

    /// The published bytes of one small graph: the encoding never changes without a new version.
    @Test
    void published_bytes_stay() {
        var builder = new GraphBuilder();
        builder.declareQubit("q");
        builder.declareEvent("m");
        builder.node(Opcode.ALLOC_LQ).qubit(0).argument(new Argument.Profile("p"));
        builder.node(Opcode.MEASURE_Z).qubit(0).output(0);
        builder.node(Opcode.FREE_LQ).qubit(0).guard(new Guard.Is(0, true));
        builder.requireWhatIsUsed().after(1, 0);

        String bytes = HexFormat.of().formatHex(CanonicalForm.encode(builder.build()));

        assertEquals(
                "51564d01" // QVM, 1
                        + "02"
                        + "06636f72652f31"
                        + "096d6561737572652f31" // core/1, measure/1
                        + "01"
                        + "094341505f414c4c4f43" // CAP_ALLOC
                        + "01010171"
                        + "0000"
                        + "0101016d"
                        + "00" // q; no channel; m; no default
                        + "03"
                        + "01"
                        + "0100"
                        + "00"
                        + "01"
                        + "01"
                        + "0170" // ALLOC_LQ q, profile p
                        + "20"
                        + "02"
                        + "00"
                        + "808080800c"
                        + "00"
                        + "00" // MEASURE_Z q -> m
                        + "02"
                        + "0100"
                        + "01"
                        + "0200"
                        + "00" // FREE_LQ q when m
                        + "01"
                        + "016d00" // output m
                        + "01"
                        + "0100", // node 1 after node 0
                bytes);
    }

    private static GraphBuilder base() {
        var builder = new GraphBuilder();
        builder.declareQubit("q0");
        builder.declareEvent("m0");
        builder.declareEvent("m1");
        return builder.outputsGiven().node(Opcode.FENCE_EPOCH);
    }

    private static String hex(Graph graph) {
        return HexFormat.of().formatHex(CanonicalForm.digest(graph));
    }
}
