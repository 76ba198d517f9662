package org.qmk.mlir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Guard;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.PauliString;

/// What the attributes of an operation say, each read as what the dialect wants it to be.
final class MlirAttributes {

    private final MlirOperation operation;

    MlirAttributes(MlirOperation operation) {
        this.operation = operation;
    }

    Argument argument(Argument.Kind kind) {
        return switch (kind) {
            case NONE -> Argument.NOTHING;
            case PROFILE -> new Argument.Profile(text("profile"));
            case TAG -> new Argument.Tag(text("tag"));
            case PAULI -> new Argument.Pauli(pauli());
            case ROTATION -> new Argument.Rotation(angle(), precision());
            case PAULI_ROTATION -> new Argument.PauliRotation(pauli(), angle(), precision());
            case BIT -> {
                if (found("value") instanceof MlirAttribute.Truth(boolean value)) {
                    yield new Argument.Bit(value);
                }
                throw wrong("value", "true or false");
            }
            case CHANNEL -> {
                double fidelity = real("fidelity");
                if (!(fidelity >= 0 && fidelity <= 1)) throw wrong("fidelity", "0 to 1");
                yield new Argument.Channel(fidelity, text("kind"));
            }
            case LINK_GATE ->
                    LinkGate.of(text("gate"))
                            .map(Argument.Link::new)
                            .orElseThrow(() -> wrong("gate", "cnot, cz or swap"));
            case POLICY -> policy();
        };
    }

    private Argument policy() {
        List<Argument.Policy.Entry> entries = new ArrayList<>();
        for (MlirAttribute part : sequence("policy")) {
            boolean pair = part instanceof MlirAttribute.Sequence(var two) && two.size() == 2;
            if (!pair) throw wrong("policy", "pairs of texts");
            List<String> texts = texts(((MlirAttribute.Sequence) part).parts(), "policy");
            entries.add(new Argument.Policy.Entry(texts.get(0), texts.get(1)));
        }
        return new Argument.Policy(entries);
    }

    private PauliString pauli() {
        return PauliString.parse(text("pauli"))
                .orElseThrow(() -> wrong("pauli", "a signed Pauli string such as -XZI"));
    }

    private double angle() {
        double angle = real("angle");
        if (!Double.isFinite(angle)) throw wrong("angle", "a finite number");
        return angle;
    }

    private double precision() {
        if (!has("precision")) return Argument.PRECISION_DEFAULT;
        double precision = real("precision");
        if (!(precision > 0 && precision <= 1)) throw wrong("precision", "above 0, at most 1");
        return precision;
    }

    boolean has(String name) {
        return operation.attributes.containsKey(name);
    }

    private MlirAttribute found(String name) {
        MlirAttribute found = operation.attributes.get(name);
        if (found != null) return found;
        throw new MlirRefusal(
                MlirRule.ATTRIBUTE, operation.at, name, "missing", "it in " + operation.name);
    }

    private double real(String name) {
        return switch (found(name)) {
            case MlirAttribute.Real(double value) -> value;
            case MlirAttribute.Whole(long value) -> value;
            case MlirAttribute.Text _,
                    MlirAttribute.Truth _,
                    MlirAttribute.Sequence _,
                    MlirAttribute.Other() ->
                    throw wrong(name, "a number");
        };
    }

    String text(String name) {
        if (found(name) instanceof MlirAttribute.Text(var text)) return text;
        throw wrong(name, "a text");
    }

    private List<MlirAttribute> sequence(String name) {
        if (found(name) instanceof MlirAttribute.Sequence(var parts)) return parts;
        throw wrong(name, "a list");
    }

    /// Nothing if there is no such attribute.
    Optional<List<String>> texts(String name) {
        return has(name) ? Optional.of(texts(sequence(name), name)) : Optional.empty();
    }

    private List<String> texts(List<MlirAttribute> parts, String name) {
        List<String> texts = new ArrayList<>();
        for (MlirAttribute part : parts) {
            if (!(part instanceof MlirAttribute.Text(var text))) throw wrong(name, "texts");
            texts.add(text);
        }
        return texts;
    }

    /// Numbers from 0 up to a bound; nothing if there is no such attribute.
    ///
    /// @param bound above the greatest
    Optional<int[]> numbers(String name, int bound) {
        if (!has(name)) return Optional.empty();
        List<MlirAttribute> parts = sequence(name);
        int[] numbers = new int[parts.size()];
        for (int i = 0; i < numbers.length; i++) {
            boolean fits =
                    parts.get(i) instanceof MlirAttribute.Whole(long value)
                            && value >= 0
                            && value < bound;
            if (!fits) throw wrong(name, "whole numbers from 0, below " + bound);
            numbers[i] = (int) ((MlirAttribute.Whole) parts.get(i)).value();
        }
        return Optional.of(numbers);
    }

    /// How many events the guard looks at.
    int guardEvents() {
        return has("guard") ? 1 + lastPlace(found("guard")) : 0;
    }

    private int lastPlace(MlirAttribute part) {
        int last = -1;
        if (part instanceof MlirAttribute.Sequence(var parts) && !parts.isEmpty()) {
            if (parts.getFirst() instanceof MlirAttribute.Whole(long place)) {
                if (place < 0 || place > operation.operands.size()) throw wrongGuard();
                return (int) place;
            }
            for (MlirAttribute each : parts) last = Math.max(last, lastPlace(each));
        }
        return last;
    }

    /// @param events of the guard, by their places
    Guard guard(int[] events) {
        return has("guard") ? guard(found("guard"), events) : Guard.ALWAYS;
    }

    private Guard guard(MlirAttribute part, int[] events) {
        if (!(part instanceof MlirAttribute.Sequence(var parts)) || parts.isEmpty()) {
            throw wrongGuard();
        }
        return switch (parts.getFirst()) {
            case MlirAttribute.Whole(long place) -> {
                boolean test =
                        parts.size() == 2
                                && place < events.length
                                && parts.get(1) instanceof MlirAttribute.Truth;
                if (!test) throw wrongGuard();
                boolean value = ((MlirAttribute.Truth) parts.get(1)).value();
                yield new Guard.Is(events[(int) place], value);
            }
            case MlirAttribute.Text(var word) -> {
                List<Guard> guards = new ArrayList<>();
                for (MlirAttribute each : parts.subList(1, parts.size())) {
                    guards.add(guard(each, events));
                }
                if (word.equals("all")) yield new Guard.All(guards);
                if (word.equals("any")) yield new Guard.Any(guards);
                throw wrongGuard();
            }
            case MlirAttribute.Real _,
                    MlirAttribute.Truth _,
                    MlirAttribute.Sequence _,
                    MlirAttribute.Other() ->
                    throw wrongGuard();
        };
    }

    private MlirRefusal wrongGuard() {
        return wrong("guard", "[PLACE, TRUTH], [\"all\", ...] or [\"any\", ...]");
    }

    MlirRefusal tooFew(String name, int found, int expected) {
        return new MlirRefusal(
                MlirRule.ATTRIBUTE,
                operation.at,
                name,
                "a list of " + found,
                "a name for each of the " + expected + " in use");
    }

    private MlirRefusal wrong(String name, String expected) {
        return new MlirRefusal(MlirRule.ATTRIBUTE, operation.at, name, "something else", expected);
    }
}
