package org.qmk.qec.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitWriter;

/// Counts as CSV in the columns of sinter, which reads, combines and plots it.
public final class SinterTable {

    /// The first line.
    public static final String HEADER =
            "shots,errors,discards,seconds,decoder,strong_id,json_metadata,custom_counts\n";

    private SinterTable() {}

    /// One line.
    ///
    /// @param metadata a JSON object that tells people what was counted
    public static String row(
            MemoryTally tally, Circuit circuit, DecoderKind decoder, String metadata) {
        return "%d,%d,%d,%s,%s,%s,\"%s\",\n"
                .formatted(
                        tally.shots(),
                        tally.errors(),
                        tally.discards(),
                        String.format(Locale.ROOT, "%.3f", tally.seconds()),
                        decoder.word(),
                        strongId(circuit, decoder, metadata),
                        metadata.replace("\"", "\"\""));
    }

    /// The same for the same circuit, decoder and metadata, so that counts can be added; not the
    /// number that sinter gives them.
    static String strongId(Circuit circuit, DecoderKind decoder, String metadata) {
        String all = CircuitWriter.text(circuit) + "\0" + decoder.word() + "\0" + metadata;
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// A JSON object.
    ///
    /// @param fields numbers stay numbers, all else becomes text
    public static String json(SequencedMap<String, ?> fields) {
        var text = new StringBuilder("{");
        for (Map.Entry<String, ?> field : fields.entrySet()) {
            if (text.length() > 1) text.append(',');
            quote(field.getKey(), text);
            text.append(':');
            if (field.getValue() instanceof Number number) text.append(number);
            else quote(field.getValue().toString(), text);
        }
        return text.append('}').toString();
    }

    private static void quote(String given, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < given.length(); i++) {
            char c = given.charAt(i);
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c < ' ') text.append("\\u%04x".formatted((int) c));
            else text.append(c);
        }
        text.append('"');
    }
}
