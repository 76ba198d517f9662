package org.qmk.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// Finds operations by mnemonic and suggests some for a word that is none.
final class Mnemonics {

    private static final int NEAREST = 3;
    private static final int LENGTH_MAX = 40;
    private static final Map<String, Opcode> TABLE = table();

    private Mnemonics() {}

    private static Map<String, Opcode> table() {
        Map<String, Opcode> table = new HashMap<>();
        for (Opcode opcode : Opcode.values()) table.put(opcode.mnemonic(), opcode);
        return table;
    }

    static Optional<Opcode> of(String mnemonic) {
        return Optional.ofNullable(TABLE.get(mnemonic));
    }

    static Violation unknown(String where, String word, int node) {
        return Violation.of(
                Rule.FORM_OPERATION,
                node,
                "where",
                where,
                "found",
                FormErrors.quoted(word),
                "expected",
                String.join(", ", nearest(word)) + " come nearest");
    }

    /// The mnemonics that take the fewest changes of a letter to reach.
    static List<String> nearest(String word) {
        String wanted = word.substring(0, Math.min(word.length(), LENGTH_MAX));
        return Arrays.stream(Opcode.values())
                .map(Opcode::mnemonic)
                .sorted(Comparator.comparingInt((String known) -> distance(wanted, known)))
                .limit(NEAREST)
                .toList();
    }

    /// Levenshtein distance, letters of either case being equal and a missing APPLY_ cheap.
    private static int distance(String word, String known) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (known.equals("APPLY_" + upper)) return 0;
        int[] row = new int[known.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= upper.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = upper.charAt(i - 1) == known.charAt(j - 1);
                int best = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = best;
            }
        }
        return row[known.length()];
    }

    /// A cache in front of `of` that spares the `String` of most look-ups.
    static final class Cache {
        private static final int SLOTS = 512;

        private final byte[] source;
        private final Opcode[] opcodes = new Opcode[SLOTS];

        Cache(byte[] source) {
            this.source = source;
        }

        Optional<Opcode> of(int start, int end) {
            int hash = end - start;
            for (int i = start; i < end; i++) hash = hash * 31 + source[i];
            int slot = (hash ^ hash >>> 9) & SLOTS - 1;
            Opcode hit = opcodes[slot];
            if (hit != null && same(hit.name(), start, end)) return Optional.of(hit);
            int length = Math.min(end - start, LENGTH_MAX); // longer than any mnemonic
            Optional<Opcode> found =
                    Mnemonics.of(new String(source, start, length, StandardCharsets.ISO_8859_1));
            found.ifPresent(opcode -> opcodes[slot] = opcode);
            return found;
        }

        private boolean same(String name, int start, int end) {
            if (name.length() != end - start) return false;
            for (int i = 0; i < name.length(); i++) {
                if (name.charAt(i) != source[start + i]) return false;
            }
            return true;
        }
    }
}
