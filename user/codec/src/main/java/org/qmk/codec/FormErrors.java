package org.qmk.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// Collects the errors of one input, as byte offsets until the end: lines are counted once.
final class FormErrors {

    static final int MAX = 100;
    private static final int QUOTED_MAX = 40;

    private record Found(Violation violation, int offset, String pointer) {}

    private final byte[] source;
    private final List<Found> found = new ArrayList<>();

    FormErrors(byte[] source) {
        this.source = source;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /// Whether no further error will be kept.
    boolean full() {
        return found.size() >= MAX;
    }

    void add(Violation violation, int offset) {
        add(violation, offset, "");
    }

    void add(Violation violation, int offset, String pointer) {
        if (full()) return;
        found.add(new Found(violation, Math.clamp(offset, 0, source.length), pointer));
    }

    void add(Misread misread) {
        add(misread.violation(), misread.offset());
    }

    Reading.Failed inText() {
        return failed((at, place) -> place);
    }

    Reading.Failed inJson() {
        return failed((at, place) -> new Position.InJson(at.pointer, place.line(), place.column()));
    }

    Reading.Failed inBytes() {
        return failed((at, place) -> new Position.InBytes(at.offset));
    }

    private interface Placing {
        Position place(Found found, Position.InText place);
    }

    private Reading.Failed failed(Placing placing) {
        found.sort(Comparator.comparingInt(Found::offset));
        List<FormError> errors = new ArrayList<>();
        int line = 1;
        int column = 1;
        int at = 0;
        for (Found next : found) {
            for (; at < next.offset; at++) {
                if (source[at] == '\n') {
                    line++;
                    column = 1;
                } else if ((source[at] & 0xC0) != 0x80) {
                    column++; // a byte that begins a character
                }
            }
            errors.add(
                    new FormError(
                            next.violation,
                            placing.place(next, new Position.InText(line, column))));
        }
        return new Reading.Failed(errors);
    }

    static Violation syntax(String found, String expected, String mend) {
        return Violation.of(
                Rule.FORM_SYNTAX,
                Violation.NO_NODE,
                "found",
                found,
                "expected",
                expected,
                "mend",
                mend);
    }

    static Violation end(String expected) {
        return Violation.of(Rule.FORM_END, Violation.NO_NODE, "expected", expected);
    }

    static Violation nesting(String where, int max) {
        return Violation.of(
                Rule.FORM_NESTING, Violation.NO_NODE, "where", where, "max", Integer.toString(max));
    }

    static Violation bytes(String where, String expected) {
        return Violation.of(
                Rule.FORM_BYTES, Violation.NO_NODE, "where", where, "expected", expected);
    }

    static Violation version(String found) {
        return Violation.of(
                Rule.FORM_VERSION, Violation.NO_NODE, "found", found, "expected", "1.0");
    }

    static Violation value(int node, String field, String where, String found, String expected) {
        return Violation.of(
                Rule.TYPE_VALUE,
                node,
                "field",
                field,
                "where",
                where,
                "found",
                found,
                "expected",
                expected);
    }

    static Violation missing(int node, String where, String field) {
        return Violation.of(Rule.FORM_FIELD_MISSING, node, "where", where, "field", field);
    }

    static Violation unknown(int node, String where, String field, String expected) {
        return Violation.of(
                Rule.FORM_FIELD_UNKNOWN,
                node,
                "where",
                where,
                "field",
                quoted(field),
                "expected",
                expected);
    }

    static Violation type(int node, String field, String where, String found, String expected) {
        return Violation.of(
                Rule.FORM_FIELD_TYPE,
                node,
                "field",
                field,
                "where",
                where,
                "found",
                found,
                "expected",
                expected);
    }

    /// A text as a message shows it: in quotes, control characters escaped, cut where it is long.
    static String quoted(String text) {
        var shown = new StringBuilder("'");
        int length = Math.min(text.length(), QUOTED_MAX);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c != 0x7F && !Character.isSurrogate(c);
            if (plain) shown.append(c);
            else shown.append(String.format("\\u%04x", (int) c));
        }
        return shown.append(length < text.length() ? "...'" : "'").toString();
    }
}
