package org.qmk.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Argument;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// The named values of one node, as a text or JSON reader meets them, and the argument they make.
/// The node's operation says which names make sense.
final class ArgumentFields {

    /// How a value was written.
    enum Written {
        TEXT,
        NUMBER,
        /// A word without quotes, in the text form: a text or a number, as its place wants it.
        WORD,
        OTHER
    }

    private record Field(String key, String value, Written written, int offset) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<Argument.Policy.Entry> policy = new ArrayList<>();
    private boolean policyGiven;

    void clear() {
        fields.clear();
        policy.clear();
        policyGiven = false;
    }

    boolean isEmpty() {
        return fields.isEmpty() && !policyGiven;
    }

    void add(String key, String value, Written written, int offset) {
        fields.add(new Field(key, value, written, offset));
    }

    /// Says that a policy is given, even one without entries.
    void policy() {
        policyGiven = true;
    }

    void policy(String key, String value) {
        policyGiven = true;
        policy.add(new Argument.Policy.Entry(key, value));
    }

    /// The names that an operation's values may have, as messages and the schema list them.
    static List<String> keys(Argument.Kind kind) {
        return switch (kind) {
            case NONE -> List.of();
            case PROFILE -> List.of("profile", "n");
            case TAG -> List.of("tag");
            case PAULI -> List.of("pauli");
            case ROTATION -> List.of("angle", "precision");
            case PAULI_ROTATION -> List.of("pauli", "angle", "precision");
            case BIT -> List.of("value");
            case CHANNEL -> List.of("fidelity", "kind");
            case LINK_GATE -> List.of("gate");
            case POLICY -> List.of("policy");
        };
    }

    /// Those that must be there if any is.
    static List<String> required(Argument.Kind kind) {
        return switch (kind) {
            case NONE, PROFILE, POLICY -> List.of();
            case TAG, PAULI, BIT, CHANNEL, LINK_GATE -> keys(kind);
            case ROTATION -> List.of("angle");
            case PAULI_ROTATION -> List.of("pauli", "angle");
        };
    }

    /// @param offset where the node is, for what is missing
    /// @param qubits of the node, which `n` must agree with
    Argument argument(Opcode opcode, int node, int offset, int qubits) throws Misread {
        Argument.Kind kind = opcode.shape().argument;
        if (isEmpty()) return NamedForms.absent(opcode);
        String where = where(opcode, node);
        if (policyGiven && kind != Argument.Kind.POLICY) {
            throw unknown("policy", kind, where, node, offset);
        }
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (!keys(kind).contains(field.key)) {
                throw unknown(field.key, kind, where, node, field.offset);
            }
            for (int j = 0; j < i; j++) {
                if (fields.get(j).key.equals(field.key)) throw twice(field);
            }
        }
        var place = new Place(where, node, offset);
        if (kind == Argument.Kind.POLICY && !fields.isEmpty()) {
            throw type(fields.getFirst(), place, "an array of objects with key and value");
        }
        return switch (kind) {
            case NONE -> Argument.NOTHING;
            case PROFILE -> profile(place, qubits);
            case TAG -> new Argument.Tag(text("tag", place));
            case PAULI -> new Argument.Pauli(pauli(place));
            case ROTATION -> new Argument.Rotation(angle(place), precision(place));
            case PAULI_ROTATION ->
                    new Argument.PauliRotation(pauli(place), angle(place), precision(place));
            case BIT -> new Argument.Bit(bit(place));
            case CHANNEL -> new Argument.Channel(fidelity(place), text("kind", place));
            case LINK_GATE -> new Argument.Link(gate(place));
            case POLICY -> new Argument.Policy(policy);
        };
    }

    /// A node as messages name it.
    static String where(Opcode opcode, int node) {
        return "node " + node + " (" + opcode + ")";
    }

    private record Place(String where, int node, int offset) {}

    private static Misread unknown(
            String key, Argument.Kind kind, String where, int node, int offset) {
        List<String> keys = keys(kind);
        String expected = keys.isEmpty() ? "none: it takes no argument" : String.join(", ", keys);
        return new Misread(FormErrors.unknown(node, where, key, expected), offset);
    }

    static Violation twice(String key) {
        return FormErrors.syntax(
                "a second " + FormErrors.quoted(key), "another field", "Remove one of the two.");
    }

    private static Misread twice(Field field) {
        return new Misread(twice(field.key), field.offset);
    }

    private Optional<Field> field(String key) {
        for (Field field : fields) {
            if (field.key.equals(key)) return Optional.of(field);
        }
        return Optional.empty();
    }

    private Field required(String key, Place place) throws Misread {
        Optional<Field> field = field(key);
        if (field.isEmpty()) {
            throw new Misread(FormErrors.missing(place.node, place.where, key), place.offset);
        }
        return field.get();
    }

    private String text(String key, Place place) throws Misread {
        return text(required(key, place), place);
    }

    private static String text(Field field, Place place) throws Misread {
        boolean text = field.written == Written.TEXT || field.written == Written.WORD;
        if (!text) throw type(field, place, "text");
        return field.value;
    }

    private static Misread type(Field field, Place place, String expected) {
        String found =
                switch (field.written) {
                    case TEXT -> "the text " + FormErrors.quoted(field.value);
                    case NUMBER -> "the number " + shortened(field.value);
                    case WORD -> FormErrors.quoted(field.value);
                    case OTHER -> field.value;
                };
        return new Misread(
                FormErrors.type(place.node, field.key, place.where, found, expected), field.offset);
    }

    private static Misread value(Field field, Place place, String expected) {
        String found = shortened(field.value);
        return new Misread(
                FormErrors.value(place.node, field.key, place.where, found, expected),
                field.offset);
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "...";
    }

    private Argument profile(Place place, int qubits) throws Misread {
        Optional<Field> n = field("n");
        if (n.isPresent()) {
            double count = number(n.get(), place, "a whole number");
            if (count != qubits) {
                Violation violation =
                        Violation.of(
                                Rule.TYPE_ALLOC_COUNT,
                                place.node,
                                "node",
                                Integer.toString(place.node),
                                "found",
                                shortened(n.get().value),
                                "expected",
                                Integer.toString(qubits));
                throw new Misread(violation, n.get().offset);
            }
        }
        Optional<Field> profile = field("profile");
        if (profile.isEmpty()) return NamedForms.NO_PROFILE;
        return new Argument.Profile(text(profile.get(), place));
    }

    private PauliString pauli(Place place) throws Misread {
        Field field = required("pauli", place);
        var pauli = PauliString.parse(text(field, place));
        if (pauli.isEmpty()) throw value(field, place, "a Pauli string such as -XZI");
        return pauli.get();
    }

    private double angle(Place place) throws Misread {
        return number(required("angle", place), place, "a finite number of radians");
    }

    private double precision(Place place) throws Misread {
        Optional<Field> field = field("precision");
        if (field.isEmpty()) return Argument.PRECISION_DEFAULT;
        String expected = "a number above 0, at most 1";
        double precision = number(field.get(), place, expected);
        if (!(precision > 0 && precision <= 1)) throw value(field.get(), place, expected);
        return precision;
    }

    private double fidelity(Place place) throws Misread {
        Field field = required("fidelity", place);
        String expected = "a number from 0 to 1";
        double fidelity = number(field, place, expected);
        if (!(fidelity >= 0 && fidelity <= 1)) throw value(field, place, expected);
        return fidelity;
    }

    private boolean bit(Place place) throws Misread {
        Field field = required("value", place);
        double bit = number(field, place, "0 or 1");
        if (bit != 0 && bit != 1) throw value(field, place, "0 or 1");
        return bit == 1;
    }

    private LinkGate gate(Place place) throws Misread {
        Field field = required("gate", place);
        var gate = LinkGate.of(text(field, place));
        if (gate.isEmpty()) throw value(field, place, "cnot, cz or swap");
        return gate.get();
    }

    private static double number(Field field, Place place, String expected) throws Misread {
        boolean number = field.written == Written.NUMBER || field.written == Written.WORD;
        if (!number || !Decimal.isNumber(field.value)) throw type(field, place, expected);
        double value = Double.parseDouble(field.value);
        if (!Double.isFinite(value)) throw value(field, place, expected);
        return value;
    }
}
