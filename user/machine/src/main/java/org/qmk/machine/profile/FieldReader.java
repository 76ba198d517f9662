package org.qmk.machine.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.qmk.machine.formula.Formula;
import tools.jackson.databind.JsonNode;

/// Reads the fields of one mapping of a file, and notes what is wrong with them. Where a value is
/// wrong, something harmless stands for it: whoever reads looks at the errors before the values.
public final class FieldReader {

    private final JsonNode node;
    private final String path;
    private final FieldErrors errors;

    /// @param path what comes before a field's name in a message, with the point after it
    public FieldReader(JsonNode node, String path, FieldErrors errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
    }

    /// Notes every field that is none of these.
    public void known(List<String> fields) {
        for (String field : new TreeSet<>(node.propertyNames())) {
            if (!fields.contains(field)) {
                errors.add(
                        2,
                        "the field %s is unknown; expected are %s".formatted(path + field, fields));
            }
        }
    }

    public boolean has(String field) {
        return !node.path(field).isMissingNode() && !node.path(field).isNull();
    }

    public JsonNode raw(String field) {
        return node.path(field);
    }

    /// A mapping in this one; an empty one if it is none.
    public FieldReader mapping(String field) {
        JsonNode inner = node.path(field);
        if (!inner.isObject()) wrong(field, "a mapping");
        return new FieldReader(inner, path + field + ".", errors);
    }

    /// The mappings in a list.
    public List<FieldReader> mappings(String field) {
        JsonNode list = node.path(field);
        List<FieldReader> readers = new ArrayList<>();
        if (!list.isArray()) wrong(field, "a list of mappings");
        for (JsonNode entry : list) {
            if (!entry.isObject()) wrong(field, "a list of mappings");
            readers.add(
                    new FieldReader(
                            entry, "%s%s[%d].".formatted(path, field, readers.size()), errors));
        }
        return readers;
    }

    public String text(String field) {
        JsonNode value = node.path(field);
        if (value.isString() && !value.stringValue().isBlank()) return value.stringValue();
        wrong(field, "text");
        return "";
    }

    public int count(String field, int least, int most) {
        JsonNode value = node.path(field);
        boolean whole = value.isIntegralNumber() && value.canConvertToInt();
        if (whole && value.intValue() >= least && value.intValue() <= most) {
            return value.intValue();
        }
        wrong(field, "a whole number from %d to %d".formatted(least, most));
        return least;
    }

    public long longCount(String field, long least, long most) {
        JsonNode value = node.path(field);
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        if (whole && value.longValue() >= least && value.longValue() <= most) {
            return value.longValue();
        }
        wrong(field, "a whole number from %d to %d".formatted(least, most));
        return least;
    }

    /// A number above the least one, and at most the most.
    public double number(String field, double above, double most) {
        JsonNode value = node.path(field);
        if (value.isNumber() && value.doubleValue() > above && value.doubleValue() <= most) {
            return value.doubleValue();
        }
        wrong(field, "a number above %s, at most %s".formatted(above, most));
        return most;
    }

    /// One of an enumeration, written in lower case with hyphens.
    public <E extends Enum<E>> E word(String field, List<E> words) {
        JsonNode value = node.path(field);
        for (E word : words) {
            if (value.isString() && value.stringValue().equals(spelling(word))) return word;
        }
        wrong(field, "one of " + words.stream().map(FieldReader::spelling).toList());
        return words.getFirst();
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A formula, as text or as a number.
    public Optional<Formula> formula(String field, List<String> variables) {
        JsonNode value = node.path(field);
        if (!value.isString() && !value.isNumber()) {
            wrong(field, "a formula");
            return Optional.empty();
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        return switch (Formula.parse(text, variables)) {
            case Formula.Parsed.Ok(var formula) -> Optional.of(formula);
            case Formula.Parsed.Failed(var message) -> {
                errors.add(4, "the formula %s: %s".formatted(path + field, message));
                yield Optional.empty();
            }
        };
    }

    /// Notes that a field's value is not what was expected.
    public void wrong(String field, String expected) {
        JsonNode value = node.path(field);
        String found = value.isMissingNode() ? "missing" : shortened(value.toString());
        errors.add(3, "the field %s is %s, expected %s".formatted(path + field, found, expected));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
