package org.qmk.qvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The small values that graphs are made of refuse what they cannot mean.
class ValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"X", "-X", "IXYZ", "-III"})
    void a_pauli_string_is_read_and_written_the_same(String text) {
        PauliString pauli = PauliString.of(text);

        assertEquals(text, pauli.toString());
        assertEquals(pauli, PauliString.of(text));
        assertEquals(pauli.hashCode(), PauliString.of(text).hashCode());
        assertEquals(text.startsWith("-"), pauli.negative());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+", "x", "X-", "--X", "XA", "X Z", "-+X"})
    void what_is_no_pauli_string_is_refused(String text) {
        assertEquals(Optional.empty(), PauliString.parse(text));
        assertThrows(IllegalArgumentException.class, () -> PauliString.of(text));
    }

    @Test
    void a_pauli_string_knows_its_letters_and_sign() {
        PauliString pauli = PauliString.of("+IXYZ");

        assertEquals(4, pauli.length());
        assertEquals("IXYZ", pauli.toString());
        assertArrayEquals(new boolean[] {false, true, true, false}, bits(pauli, true));
        assertArrayEquals(new boolean[] {false, false, true, true}, bits(pauli, false));
        assertEquals('Y', pauli.letter(2));
        assertFalse(pauli.isIdentity());
        assertTrue(PauliString.of("-II").isIdentity());
        assertNotEquals(PauliString.of("X"), PauliString.of("-X"));
        assertNotEquals(PauliString.of("X"), PauliString.of("XI"));
    }

    private static boolean[] bits(PauliString pauli, boolean x) {
        boolean[] bits = new boolean[pauli.length()];
        for (int i = 0; i < bits.length; i++) bits[i] = x ? pauli.hasX(i) : pauli.hasZ(i);
        return bits;
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void an_angle_that_is_no_number_is_refused(double angle) {
        PauliString x = PauliString.of("X");

        assertThrows(IllegalArgumentException.class, () -> new Argument.Rotation(angle, 0.5));
        assertThrows(
                IllegalArgumentException.class, () -> new Argument.PauliRotation(x, angle, 0.5));
        assertEquals(1e300, new Argument.Rotation(1e300, 0.5).angle());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, 0, -0.5, 1.0000001, Double.POSITIVE_INFINITY})
    void a_precision_outside_0_to_1_is_refused(double precision) {
        PauliString x = PauliString.of("X");

        assertThrows(IllegalArgumentException.class, () -> new Argument.Rotation(1, precision));
        assertThrows(
                IllegalArgumentException.class, () -> new Argument.PauliRotation(x, 1, precision));
        assertEquals(1, new Argument.Rotation(1, 1).precision());
        assertEquals(Double.MIN_VALUE, new Argument.Rotation(1, Double.MIN_VALUE).precision());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.1, 1.1})
    void a_fidelity_outside_0_to_1_is_refused(double fidelity) {
        assertThrows(IllegalArgumentException.class, () -> new Argument.Channel(fidelity, "k"));
        assertEquals(1, new Argument.Channel(1, "k").fidelity());
        assertEquals(0, new Argument.Channel(0, "k").fidelity());
    }

    @Test
    void minus_zero_is_zero() {
        assertEquals(new Argument.Rotation(0.0, 0.5), new Argument.Rotation(-0.0, 0.5));
        assertEquals(new Argument.Channel(0.0, "k"), new Argument.Channel(-0.0, "k"));
        PauliString x = PauliString.of("X");
        assertEquals(
                new Argument.PauliRotation(x, 0.0, 0.5), new Argument.PauliRotation(x, -0.0, 0.5));
    }

    @Test
    void a_guard_and_a_policy_keep_what_they_were_given() {
        List<Guard> parts = new ArrayList<>(List.of(new Guard.Is(0, true)));
        var all = new Guard.All(parts);
        var any = new Guard.Any(parts);
        var entries = new ArrayList<>(List.of(new Argument.Policy.Entry("k", "v")));
        var policy = new Argument.Policy(entries);

        parts.add(Guard.ALWAYS);
        entries.clear();

        assertEquals(1, all.parts().size());
        assertEquals(1, any.parts().size());
        assertEquals(1, policy.entries().size());
    }

    @Test
    void a_guard_counts_its_terms_and_levels() {
        Guard term = new Guard.Is(0, true);
        Guard pair = new Guard.All(List.of(term, term));
        Guard tree = new Guard.Any(List.of(pair, term, new Guard.All(List.of(pair))));

        assertEquals(0, Guard.ALWAYS.terms());
        assertEquals(1, term.terms());
        assertEquals(0, term.depth());
        assertEquals(5, tree.terms());
        assertEquals(3, tree.depth());
    }

    @ParameterizedTest
    @EnumSource
    void a_family_is_found_by_its_text_and_version(Family family) {
        assertEquals(Optional.of(family), Family.of(family.text()));
        assertTrue(family.text().matches("[a-z]+/[1-9][0-9]*"), family.text());
        assertEquals(Optional.empty(), Family.of(family.text() + "0"));
        assertTrue(family.meaning().endsWith("."));
    }

    @ParameterizedTest
    @EnumSource
    void a_capability_is_found_by_its_text(Capability capability) {
        assertEquals(Optional.of(capability), Capability.of(capability.text()));
        assertTrue(capability.text().startsWith("CAP_"));
        assertEquals(Optional.empty(), Capability.of(capability.name()));
    }

    @ParameterizedTest
    @EnumSource
    void a_link_gate_means_the_local_operation_of_its_name(LinkGate gate) {
        assertEquals(Optional.of(gate), LinkGate.of(gate.text()));
        assertEquals("APPLY_" + gate.name(), gate.local().mnemonic());
        assertEquals(Shape.GATE_2, gate.local().shape());
        assertEquals(Optional.empty(), LinkGate.of(gate.name()));
    }

    @ParameterizedTest
    @EnumSource
    void a_shape_takes_no_more_than_it_names(Shape shape) {
        assertTrue(shape.qubitsMin >= 0 && shape.qubitsMin <= shape.qubitsMax);
        assertTrue(shape.inputsMin >= 0 && shape.inputsMin <= shape.inputsMax);
        assertTrue(shape.qubitsMax == shape.qubitsMin || shape.qubitsMax == Shape.MANY);
        assertTrue(shape.inputsMax == shape.inputsMin || shape.inputsMax == Shape.MANY);
        assertTrue(shape.qubitLife == Shape.Life.USES || shape.qubitsMin > 0);
        assertTrue(shape.channelLife == Shape.Life.USES || shape.channels > 0);
    }

    @ParameterizedTest
    @EnumSource(Argument.Kind.class)
    void every_kind_of_argument_is_taken_by_some_shape(Argument.Kind kind) {
        boolean taken = false;
        for (Shape shape : Shape.values()) taken |= shape.argument == kind;

        assertTrue(taken);
        assertFalse(kind.form().isBlank());
    }

    @Test
    void integers_are_written_seven_bits_a_byte() {
        byte[] bytes = ByteWriter.keeping().uint(0).uint(127).uint(128).uint(300).bytes();

        assertArrayEquals(new byte[] {0, 127, (byte) 0x80, 1, (byte) 0xAC, 2}, bytes);
        assertEquals(9, ByteWriter.keeping().uint(Long.MAX_VALUE).bytes().length);
        assertThrows(IllegalStateException.class, () -> ByteWriter.keeping().uint(-1));
    }

    @Test
    void a_digesting_writer_gives_what_a_keeping_one_gives() {
        var keeping = ByteWriter.keeping();
        var digesting = ByteWriter.digesting();
        for (var writer : List.of(keeping, digesting)) {
            for (int i = 0; i < 50_000; i++) writer.uint(i).real(i).text("t" + i);
            writer.raw(new byte[200_000]).u64(-1).u8(7);
        }

        assertArrayEquals(keeping.sha256(), digesting.sha256());
        assertThrows(IllegalStateException.class, digesting::bytes);
    }

    @Test
    void a_broken_invariant_is_told() {
        Invariant.hold(true, "fine");

        var broken =
                assertThrows(
                        IllegalStateException.class, () -> Invariant.hold(false, "one is two"));
        assertEquals("invariant broken: one is two", broken.getMessage());
    }
}
