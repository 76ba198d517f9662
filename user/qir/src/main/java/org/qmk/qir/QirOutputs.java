package org.qmk.qir;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a program records: how the bits of a result become output records. It stands beside the
/// graph and is no part of it.
///
/// @param metadata the attributes of the entry point, by name
/// @param records in the order in which they are recorded
/// @param exit the exit code of a shot that ends by itself
/// @param overflow place of the bit that is set if a loop reached its bound
/// @param failed place of the bit that is set if the program gave up
public record QirOutputs(
        SortedMap<String, String> metadata,
        List<Entry<Condition, Item>> records,
        Figure exit,
        Condition overflow,
        Condition failed) {

    /// Exit codes from 64 on are the machine's.
    public static final int EXIT_OVERFLOW = 64;

    public static final int EXIT_FAILED = 65;

    /// The newest version of the schemas.
    private static final String VERSION = "2.1";

    public QirOutputs {
        metadata = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        records = List.copyOf(records);
    }

    /// A truth value: a constant, or a bit of the result.
    public sealed interface Condition {
        record Known(boolean value) implements Condition {}

        /// @param place in the result, from the left
        record Bit(int place) implements Condition {}

        default boolean holds(CharSequence bits) {
            return switch (this) {
                case Known(boolean value) -> value;
                case Bit(int place) -> bits.charAt(place) == '1';
            };
        }
    }

    /// A number.
    public sealed interface Figure {
        /// One of a few, told by the bits that are its number in the list, lowest first.
        record Listed(List<Long> values, List<Condition> bits) implements Figure {
            public Listed {
                values = List.copyOf(values);
                bits = List.copyOf(bits);
            }
        }

        /// An integer with sign, bit by bit, lowest first.
        record Binary(List<Condition> bits) implements Figure {
            public Binary {
                bits = List.copyOf(bits);
            }
        }

        default long value(CharSequence bits) {
            return switch (this) {
                case Listed(var values, var index) -> {
                    int place = 0;
                    for (int i = 0; i < index.size(); i++) {
                        if (index.get(i).holds(bits)) place |= 1 << i;
                    }
                    // a bit that matters on other paths only may point past the end
                    yield values.get(Math.min(place, values.size() - 1));
                }
                case Binary(var each) -> {
                    long value = 0;
                    for (int i = 0; i < each.size(); i++) {
                        if (each.get(i).holds(bits)) value |= 1L << i;
                    }
                    yield QirOperator.extended(value, each.size());
                }
            };
        }
    }

    /// What is recorded.
    public sealed interface Item {
        record Tuple(Figure size, String label) implements Item {}

        record Array(Figure size, String label) implements Item {}

        record Result(Condition value, String label) implements Item {}

        record Truth(Condition value, String label) implements Item {}

        record Whole(Figure value, String label) implements Item {}

        /// @param value a double, by its bits
        record Real(Figure value, String label) implements Item {}

        record Results(List<Condition> values, String label) implements Item {
            public Results {
                values = List.copyOf(values);
            }
        }

        String label();

        /// Its type and value.
        default String text(CharSequence bits) {
            return switch (this) {
                case Tuple(var size, var _) -> "TUPLE\t" + size.value(bits);
                case Array(var size, var _) -> "ARRAY\t" + size.value(bits);
                case Result(var value, var _) -> "RESULT\t" + (value.holds(bits) ? "1" : "0");
                case Truth(var value, var _) -> "BOOL\t" + value.holds(bits);
                case Whole(var value, var _) -> "INT\t" + value.value(bits);
                case Real(var value, var _) ->
                        "DOUBLE\t" + QirOutputs.text(Double.longBitsToDouble(value.value(bits)));
                case Results(var values, var _) -> {
                    var text = new StringBuilder("RESULT_ARRAY\t");
                    for (Condition value : values) text.append(value.holds(bits) ? '1' : '0');
                    yield text.toString();
                }
            };
        }
    }

    /// A double in decimal without an exponent, as short as it can be read back from.
    static String text(double value) {
        if (Double.isNaN(value)) return "NaN";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return 1 / value < 0 ? "-0.0" : "0.0";
        String digits = new BigDecimal(Double.toString(value)).toPlainString();
        return digits.contains(".") ? digits : digits + ".0";
    }

    /// The records of every shot that was counted, in the order of the results: the same results
    /// stand together.
    public String text(QirSchema schema, SortedMap<String, Long> counts) {
        var text = new StringBuilder();
        if (schema != QirSchema.RUNNER) {
            String name = schema == QirSchema.LABELED ? "labeled" : "ordered";
            text.append("HEADER\tschema_id\t").append(name).append('\n');
            text.append("HEADER\tschema_version\t" + VERSION + "\n");
        }
        boolean first = true;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            for (long shot = 0; shot < entry.getValue(); shot++) {
                shot(schema, entry.getKey(), first || schema == QirSchema.RUNNER, text);
                first = false;
            }
        }
        return text.toString();
    }

    /// One shot.
    ///
    /// @param bits the result, a character for each output of the graph
    private void shot(
            QirSchema schema, CharSequence bits, boolean withMetadata, StringBuilder text) {
        text.append("START\n");
        if (withMetadata) {
            metadata.forEach(
                    (name, value) -> {
                        text.append("METADATA\t").append(name);
                        if (!value.isEmpty()) text.append('\t').append(value);
                        text.append('\n');
                    });
        }
        boolean ended = !overflow.holds(bits) && !failed.holds(bits);
        if (ended) {
            for (Entry<Condition, Item> entry : records) {
                if (!entry.getKey().holds(bits)) continue;
                Item item = entry.getValue();
                text.append("OUTPUT\t").append(item.text(bits));
                boolean labeled = schema != QirSchema.ORDERED && !item.label().isEmpty();
                if (labeled) text.append('\t').append(item.label());
                text.append('\n');
            }
        }
        text.append("END\t").append(exitCode(bits)).append('\n');
    }

    /// The exit code of a shot.
    public long exitCode(CharSequence bits) {
        if (overflow.holds(bits)) return EXIT_OVERFLOW;
        return failed.holds(bits) ? EXIT_FAILED : exit.value(bits);
    }
}
