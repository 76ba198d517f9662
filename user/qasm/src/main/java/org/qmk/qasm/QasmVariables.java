package org.qmk.qasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qmk.qvm.Graph;
import org.qmk.qvm.NameTable;

/// Chooses the variables of a program for the handles of a graph.
///
/// Names are kept where OpenQASM allows them: handles `q[0]` to `q[n-1]` become a register q.
/// An event that is a result becomes that result's bit; any other becomes a truth variable, which
/// is no result.
final class QasmVariables {

    private final Graph graph;
    private final Set<String> taken = new HashSet<>();

    /// Made when first asked for; looked up, never iterated.
    private final Map<String, Integer> handles = new HashMap<>();

    private final String[] qubits;
    private final String[] events;
    private final List<String> declarations = new ArrayList<>();

    /// Assignments at the end, for results that share an event.
    private final List<String> copies = new ArrayList<>();

    QasmVariables(Graph graph) {
        this.graph = graph;
        for (QasmToken keyword : QasmToken.keywords()) taken.add(keyword.spelling());
        for (StandardGate gate : StandardGate.values()) taken.add(gate.spelling());
        taken.addAll(
                List.of("pi", "tau", "euler", "π", "τ", "ℇ", "pragma", "iswap", "im", "gphase"));
        qubits = new String[graph.qubits().size()];
        events = new String[graph.events().size()];
        nameQubits();
        nameResults();
        nameOtherEvents();
    }

    String qubit(int handle) {
        return qubits[handle];
    }

    /// The handle of the given name in the graph, or -1.
    int handle(String name) {
        if (handles.isEmpty()) {
            for (int i = 0; i < qubits.length; i++) handles.put(graph.qubits().name(i), i);
        }
        return handles.getOrDefault(name, -1);
    }

    String event(int event) {
        return events[event];
    }

    List<String> declarations() {
        return declarations;
    }

    List<String> copies() {
        return copies;
    }

    private void nameQubits() {
        NameTable names = graph.qubits();
        List<String> all = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) all.add(names.name(i));
        for (Run run : runs(all)) {
            if (run.isRegister()) {
                declarations.add("qubit[" + run.length + "] " + run.name + ";");
                for (int i = 0; i < run.length; i++)
                    qubits[run.first + i] = run.name + "[" + i + "]";
            } else if (run.name.startsWith("$")) {
                qubits[run.first] = run.name;
            } else {
                declarations.add("qubit " + run.name + ";");
                qubits[run.first] = run.name;
            }
        }
    }

    /// Results are read from the right: the reader gives the register declared last first.
    private void nameResults() {
        int count = graph.outputs().size();
        List<String> all = new ArrayList<>(count);
        for (int i = count - 1; i >= 0; i--) all.add(graph.outputs().name(i));
        for (Run run : runs(all)) {
            declarations.add(
                    (run.isRegister() ? "bit[" + run.length + "] " : "bit ") + run.name + ";");
            for (int i = 0; i < Math.max(1, run.length); i++) {
                String bit = run.isRegister() ? run.name + "[" + i + "]" : run.name;
                int event = graph.outputEvent(count - 1 - run.first - i);
                if (events[event] == null) events[event] = bit;
                else copies.add(bit + " = " + events[event] + ";");
            }
        }
    }

    private void nameOtherEvents() {
        for (int i = 0; i < events.length; i++) {
            if (events[i] != null) continue;
            events[i] = free(QasmSpelling.unicode(graph.events().name(i)));
            declarations.add("bool " + events[i] + ";");
        }
    }

    /// Consecutive handles that become one declaration.
    ///
    /// @param length elements of a register, or 0 for a single variable
    private record Run(String name, int first, int length) {
        boolean isRegister() {
            return length > 0;
        }
    }

    private List<Run> runs(List<String> names) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < names.size(); ) {
            String base = base(names.get(i));
            int length = 0;
            while (i + length < names.size() && isElement(names.get(i + length), base, length))
                length++;
            String name = QasmSpelling.unicode(base);
            if (length > 0 && isName(name) && taken.add(name)) {
                runs.add(new Run(name, i, length));
                i += length;
            } else {
                String single = QasmSpelling.unicode(names.get(i));
                runs.add(new Run(isHardware(single) ? single.substring(1) : free(single), i, 0));
                i++;
            }
        }
        return runs;
    }

    /// Whether a name is `base[index]`.
    private static boolean isElement(String name, String base, int index) {
        int end = name.length() - 1;
        int digits = end - base.length() - 1;
        if (digits < 1 || digits > 9 || name.charAt(end) != ']' || !name.startsWith(base))
            return false;
        int value = 0;
        for (int i = base.length() + 1; i < end; i++) {
            char digit = name.charAt(i);
            if (digit < '0' || digit > '9') return false;
            value = 10 * value + digit - '0';
        }
        boolean leadingZero = digits > 1 && name.charAt(base.length() + 1) == '0';
        return value == index && !leadingZero && name.charAt(base.length()) == '[';
    }

    /// Whether a name is what the reader calls a physical qubit: `_$` and its number.
    private static boolean isHardware(String name) {
        if (!name.startsWith("_$") || name.length() < 3 || name.length() > 11) return false;
        for (int i = 2; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') return false;
        }
        return true;
    }

    private static String base(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || Character.isDigit(name.codePointAt(0))) return false;
        return name.codePoints()
                .allMatch(
                        point ->
                                point == '_'
                                        || point >= '0' && point <= '9'
                                        || point >= 'a' && point <= 'z'
                                        || point >= 'A' && point <= 'Z'
                                        || point >= 0x80
                                                && (Character.isLetter(point)
                                                        || Character.getType(point)
                                                                == Character.LETTER_NUMBER));
    }

    /// The name itself if it can be one and is not taken, else one made from it.
    private String free(String name) {
        if (isName(name) && taken.add(name)) return name;
        var made = new StringBuilder("_");
        name.codePoints()
                .forEach(
                        point -> {
                            boolean plain = point < 0x80 && Character.isLetterOrDigit(point);
                            if (plain) made.appendCodePoint(point);
                            else if (made.charAt(made.length() - 1) != '_') made.append('_');
                        });
        while (made.length() > 1 && made.charAt(made.length() - 1) == '_')
            made.setLength(made.length() - 1);
        String base =
                made.charAt(0) == '_' && made.length() > 1 && Character.isLetter(made.charAt(1))
                        ? made.substring(1)
                        : made.toString();
        String unique = base;
        for (int i = 2; !taken.add(unique); i++) unique = base + "_" + i;
        return unique;
    }
}
