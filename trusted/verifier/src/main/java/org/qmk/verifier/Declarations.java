package org.qmk.verifier;

import java.util.Arrays;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.qvm.NameTable;
import org.qmk.qvm.Rule;
import org.qmk.qvm.Violation;

/// Checks what a graph says before its nodes: sizes, families, names.
final class Declarations {

    private final Graph graph;
    private final Limits limits;
    private final Findings findings;

    Declarations(Graph graph, Limits limits, Findings findings) {
        this.graph = graph;
        this.limits = limits;
        this.findings = findings;
    }

    /// Whether the graph has no more nodes, handles and edges than allowed.
    boolean sizesFit() {
        size("nodes", graph.size(), limits.nodes());
        size("qubits", graph.qubits().size(), limits.qubits());
        size("channels", graph.channels().size(), limits.channels());
        size("events", graph.events().size(), limits.events());
        size("afterEdges", graph.afterCount(), limits.afterEdges());
        return findings.none();
    }

    void check() {
        for (String family : graph.families()) {
            if (Family.of(family).isEmpty()) {
                findings.add(Rule.FAMILY_UNKNOWN, Violation.NO_NODE,
                        "found", family, "expected", families());
            }
        }
        names("qubit", graph.qubits(), Rule.NAME_TWICE);
        names("channel", graph.channels(), Rule.NAME_TWICE);
        names("event", graph.events(), Rule.NAME_TWICE);
        if (!outputsAreEvents()) names("output", graph.outputs(), Rule.NAME_OUTPUT_TWICE);
        for (int i = 0; i < graph.labelCount(); i++) {
            if (graph.labelBytes(i) > limits.textBytes()) {
                bound("the label of node " + graph.labelledNode(i), graph.labelledNode(i),
                        graph.labelBytes(i), "textBytes", limits.textBytes());
            }
        }
    }

    /// The bytes of a text in UTF-8, or any number above `enough` if they are more than that.
    static int utf8Bytes(String text, int enough) {
        if (text.length() <= enough / 3) return text.length();
        if (text.length() > enough) return text.length();
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean half = Character.isSurrogate(letter);
            bytes += letter < 0x80 ? 1 : letter < 0x800 || half ? 2 : 3;
        }
        return bytes;
    }

    private void size(String limit, int found, int max) {
        if (found > max) bound("the graph", Violation.NO_NODE, found, limit, max);
    }

    private void bound(String where, int node, int found, String limit, int max) {
        findings.add(Rule.BOUND, node, "where", where, "found", Integer.toString(found),
                "limit", limit, "max", Integer.toString(max));
    }

    private static String families() {
        var all = new StringBuilder();
        for (Family family : Family.values()) {
            all.append(all.isEmpty() ? "" : ", ").append(family.text());
        }
        return all.toString();
    }

    /// Whether the outputs are the declared events under their own names; they need no check then.
    private boolean outputsAreEvents() {
        NameTable outputs = graph.outputs();
        boolean same = outputs.size() == graph.events().declared();
        for (int i = 0; same && i < outputs.size(); i++) {
            same = graph.outputEvent(i) == i && compare(outputs, i, graph.events(), i) == 0;
        }
        return same;
    }

    private void names(String kind, NameTable names, Rule twice) {
        int[] hashes = new int[names.declared()];
        for (int i = 0; i < hashes.length; i++) {
            int bytes = names.bytes(i);
            int hash = bytes;
            boolean formed = bytes > 0;
            for (int position = 0; position < bytes; position++) {
                byte letter = names.letter(i, position);
                hash = 31 * hash + letter;
                formed &= isAllowed(letter, position);
            }
            hashes[i] = hash;
            if (!formed) {
                findings.add(Rule.NAME_FORM, Violation.NO_NODE, "kind", kind, "name", names.name(i));
            }
            if (bytes > limits.nameBytes()) {
                bound("the name of " + kind + " " + i, Violation.NO_NODE, bytes, "nameBytes",
                        limits.nameBytes());
            }
        }
        int[] suspects = suspects(hashes);
        sort(names, suspects);
        for (int i = 1; i < suspects.length; i++) {
            if (compare(names, suspects[i - 1], names, suspects[i]) == 0) {
                findings.add(twice, Violation.NO_NODE, "kind", kind, "name", names.name(suspects[i]));
            }
        }
    }

    private static boolean isAllowed(byte letter, int position) {
        boolean word = letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter == '_';
        boolean digit = letter >= '0' && letter <= '9';
        boolean mark = letter == '.' || letter == '-' || letter == '$' || letter == '[' || letter == ']';
        return word || position > 0 && (digit || mark);
    }

    /// The indices whose hash is not theirs alone, ascending: next to none, unless names are equal
    /// or made to collide.
    private static int[] suspects(int[] hashes) {
        int[] sorted = hashes.clone();
        Arrays.sort(sorted);
        int repeated = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) sorted[repeated++] = sorted[i];
        }
        int[] suspects = new int[0];
        if (repeated == 0) return suspects;
        int count = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (Arrays.binarySearch(sorted, 0, repeated, hashes[i]) < 0) continue;
            if (count == suspects.length) suspects = Arrays.copyOf(suspects, 2 * count + 4);
            suspects[count++] = i;
        }
        return Arrays.copyOf(suspects, count);
    }

    /// Sorts indices by their names; equal names keep their order. Merges runs of growing width.
    private static void sort(NameTable names, int[] indices) {
        int[] from = indices;
        int[] to = new int[indices.length];
        for (long width = 1; width < indices.length; width *= 2) {
            for (long start = 0; start < from.length; start += 2 * width) {
                int middle = (int) Math.min(start + width, from.length);
                int end = (int) Math.min(start + 2 * width, from.length);
                merge(names, from, to, (int) start, middle, end);
            }
            int[] spare = from;
            from = to;
            to = spare;
        }
        if (from != indices) System.arraycopy(from, 0, indices, 0, indices.length);
    }

    private static void merge(NameTable names, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft =
                    right == end
                            || left < middle && compare(names, from[left], names, from[right]) <= 0;
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private static int compare(NameTable names, int index, NameTable others, int other) {
        int shared = Math.min(names.bytes(index), others.bytes(other));
        for (int i = 0; i < shared; i++) {
            int difference = names.letter(index, i) - others.letter(other, i);
            if (difference != 0) return difference;
        }
        return names.bytes(index) - others.bytes(other);
    }
}
