package org.qmk.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.codec.protobuf.ArgumentForm;
import org.qmk.codec.protobuf.GuardForm;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Limits;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Violation;

/// Reads the entries of a protobuf graph's guard and argument tables.
final class ProtobufTables {

    private static final int DEPTH_MAX = Limits.DEFAULT.guardDepth();

    private ProtobufTables() {}

    /// Marks a field as seen.
    ///
    /// @throws Misread if it was before: of a singular field a second one has no meaning here
    static int once(int seen, int field, int at) throws Misread {
        int bit = field < 31 ? 1 << field : 0;
        if ((seen & bit) != 0) throw ProtobufFormReader.broken(at, "field " + field + " once");
        return seen | bit;
    }

    private static int tag(ByteReader in) throws ByteReader.Malformed {
        return (int) in.uint(Integer.MAX_VALUE);
    }

    static Guard guard(ByteReader in, int events, int depth) throws Misread, ByteReader.Malformed {
        int at = in.position();
        if (depth > DEPTH_MAX) throw new Misread(FormErrors.nesting("a guard", DEPTH_MAX), at);
        int tag = tag(in);
        ProtobufFormReader.wire(tag, ProtobufFormWriter.LENGTH, at);
        ByteReader part = in.part();
        in.end();
        return switch (tag >>> 3) {
            case GuardForm.TEST_FIELD_NUMBER -> test(part, events);
            case GuardForm.ALL_FIELD_NUMBER -> new Guard.All(parts(part, events, depth));
            case GuardForm.ANY_FIELD_NUMBER -> new Guard.Any(parts(part, events, depth));
            case GuardForm.ALWAYS_FIELD_NUMBER -> {
                part.end();
                yield Guard.ALWAYS;
            }
            default -> throw ProtobufFormReader.unknownField(tag >>> 3, "a guard", at);
        };
    }

    private static Guard test(ByteReader in, int events) throws Misread, ByteReader.Malformed {
        int start = in.position();
        int event = 0;
        boolean value = false;
        int seen = 0;
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = tag(in);
            ProtobufFormReader.wire(tag, ProtobufFormWriter.VARINT, at);
            seen = once(seen, tag >>> 3, at);
            switch (tag >>> 3) {
                case GuardForm.Test.EVENT_FIELD_NUMBER -> event = (int) in.uint(Integer.MAX_VALUE);
                case GuardForm.Test.VALUE_FIELD_NUMBER -> value = in.index(2) == 1;
                default -> throw ProtobufFormReader.unknownField(tag >>> 3, "a test", at);
            }
        }
        if (event >= events) throw ProtobufFormReader.broken(start, "an event below " + events);
        return new Guard.Is(event, value);
    }

    private static List<Guard> parts(ByteReader in, int events, int depth)
            throws Misread, ByteReader.Malformed {
        List<Guard> parts = new ArrayList<>();
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = tag(in);
            if (tag >>> 3 != GuardForm.Parts.PARTS_FIELD_NUMBER) {
                throw ProtobufFormReader.unknownField(tag >>> 3, "the parts of a guard", at);
            }
            ProtobufFormReader.wire(tag, ProtobufFormWriter.LENGTH, at);
            parts.add(guard(in.part(), events, depth + 1));
        }
        return parts;
    }

    static Argument argument(ByteReader in) throws Misread, ByteReader.Malformed {
        int at = in.position();
        int tag = tag(in);
        int field = tag >>> 3;
        boolean bit = field == ArgumentForm.BIT_FIELD_NUMBER;
        ProtobufFormReader.wire(
                tag, bit ? ProtobufFormWriter.VARINT : ProtobufFormWriter.LENGTH, at);
        Argument argument =
                switch (field) {
                    case ArgumentForm.PROFILE_FIELD_NUMBER -> new Argument.Profile(in.text());
                    case ArgumentForm.TAG_FIELD_NUMBER -> new Argument.Tag(in.text());
                    case ArgumentForm.PAULI_FIELD_NUMBER -> new Argument.Pauli(pauli(in));
                    case ArgumentForm.ROTATION_FIELD_NUMBER -> rotation(in.part());
                    case ArgumentForm.PAULI_ROTATION_FIELD_NUMBER -> pauliRotation(in.part());
                    case ArgumentForm.BIT_FIELD_NUMBER -> new Argument.Bit(in.index(2) == 1);
                    case ArgumentForm.CHANNEL_FIELD_NUMBER -> channel(in.part());
                    case ArgumentForm.GATE_FIELD_NUMBER -> gate(in);
                    case ArgumentForm.POLICY_FIELD_NUMBER -> policy(in.part());
                    default -> throw ProtobufFormReader.unknownField(field, "an argument", at);
                };
        in.end();
        return argument;
    }

    private static PauliString pauli(ByteReader in) throws Misread, ByteReader.Malformed {
        int at = in.position();
        Optional<PauliString> pauli = PauliString.parse(in.text());
        if (pauli.isEmpty()) throw ProtobufFormReader.broken(at, "a Pauli string such as -XZI");
        return pauli.get();
    }

    private static Argument gate(ByteReader in) throws Misread, ByteReader.Malformed {
        int at = in.position();
        Optional<LinkGate> gate = LinkGate.of(in.text());
        if (gate.isEmpty()) throw ProtobufFormReader.broken(at, "cnot, cz or swap");
        return new Argument.Link(gate.get());
    }

    private static double real(ByteReader in) throws ByteReader.Malformed {
        return Double.longBitsToDouble(Long.reverseBytes(in.u64()));
    }

    private static Argument rotation(ByteReader in) throws Misread, ByteReader.Malformed {
        int start = in.position();
        double angle = 0;
        double precision = Argument.PRECISION_DEFAULT;
        int seen = 0;
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = tag(in);
            ProtobufFormReader.wire(tag, ProtobufFormWriter.FIXED_64, at);
            seen = once(seen, tag >>> 3, at);
            switch (tag >>> 3) {
                case ArgumentForm.Rotation.ANGLE_FIELD_NUMBER -> angle = real(in);
                case ArgumentForm.Rotation.PRECISION_FIELD_NUMBER -> precision = real(in);
                default -> throw ProtobufFormReader.unknownField(tag >>> 3, "a rotation", at);
            }
        }
        check(angle, precision, start);
        return new Argument.Rotation(angle, precision);
    }

    private static Argument pauliRotation(ByteReader in) throws Misread, ByteReader.Malformed {
        int start = in.position();
        Optional<PauliString> pauli = Optional.empty();
        double angle = 0;
        double precision = Argument.PRECISION_DEFAULT;
        int seen = 0;
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = tag(in);
            boolean letters = tag >>> 3 == ArgumentForm.PauliRotation.PAULI_FIELD_NUMBER;
            ProtobufFormReader.wire(
                    tag, letters ? ProtobufFormWriter.LENGTH : ProtobufFormWriter.FIXED_64, at);
            seen = once(seen, tag >>> 3, at);
            switch (tag >>> 3) {
                case ArgumentForm.PauliRotation.PAULI_FIELD_NUMBER ->
                        pauli = Optional.of(pauli(in));
                case ArgumentForm.PauliRotation.ANGLE_FIELD_NUMBER -> angle = real(in);
                case ArgumentForm.PauliRotation.PRECISION_FIELD_NUMBER -> precision = real(in);
                default -> throw ProtobufFormReader.unknownField(tag >>> 3, "a rotation", at);
            }
        }
        check(angle, precision, start);
        if (pauli.isEmpty()) {
            throw new Misread(FormErrors.missing(Violation.NO_NODE, "a rotation", "pauli"), start);
        }
        return new Argument.PauliRotation(pauli.get(), angle, precision);
    }

    private static void check(double angle, double precision, int at) throws Misread {
        if (!Double.isFinite(angle)) {
            throw value("angle", angle, "a finite number of radians", at);
        }
        if (!(precision > 0 && precision <= 1)) {
            throw value("precision", precision, "a number above 0, at most 1", at);
        }
    }

    private static Misread value(String field, double found, String expected, int at) {
        return new Misread(
                FormErrors.value(
                        Violation.NO_NODE, field, "an argument", Double.toString(found), expected),
                at);
    }

    private static Argument channel(ByteReader in) throws Misread, ByteReader.Malformed {
        int start = in.position();
        double fidelity = 0;
        String kind = "";
        int seen = 0;
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = tag(in);
            boolean text = tag >>> 3 == ArgumentForm.Channel.KIND_FIELD_NUMBER;
            ProtobufFormReader.wire(
                    tag, text ? ProtobufFormWriter.LENGTH : ProtobufFormWriter.FIXED_64, at);
            seen = once(seen, tag >>> 3, at);
            switch (tag >>> 3) {
                case ArgumentForm.Channel.FIDELITY_FIELD_NUMBER -> fidelity = real(in);
                case ArgumentForm.Channel.KIND_FIELD_NUMBER -> kind = in.text();
                default -> throw ProtobufFormReader.unknownField(tag >>> 3, "a channel", at);
            }
        }
        if (!(fidelity >= 0 && fidelity <= 1)) {
            throw value("fidelity", fidelity, "a number from 0 to 1", start);
        }
        return new Argument.Channel(fidelity, kind);
    }

    private static Argument policy(ByteReader in) throws Misread, ByteReader.Malformed {
        List<Argument.Policy.Entry> entries = new ArrayList<>();
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = tag(in);
            if (tag >>> 3 != ArgumentForm.Policy.ENTRIES_FIELD_NUMBER) {
                throw ProtobufFormReader.unknownField(tag >>> 3, "a policy", at);
            }
            ProtobufFormReader.wire(tag, ProtobufFormWriter.LENGTH, at);
            entries.add(entry(in.part()));
        }
        return new Argument.Policy(entries);
    }

    private static Argument.Policy.Entry entry(ByteReader in) throws Misread, ByteReader.Malformed {
        String key = "";
        String value = "";
        int seen = 0;
        while (in.remaining() > 0) {
            int at = in.position();
            int tag = tag(in);
            ProtobufFormReader.wire(tag, ProtobufFormWriter.LENGTH, at);
            seen = once(seen, tag >>> 3, at);
            switch (tag >>> 3) {
                case ArgumentForm.Entry.KEY_FIELD_NUMBER -> key = in.text();
                case ArgumentForm.Entry.VALUE_FIELD_NUMBER -> value = in.text();
                default -> throw ProtobufFormReader.unknownField(tag >>> 3, "an entry", at);
            }
        }
        return new Argument.Policy.Entry(key, value);
    }
}
