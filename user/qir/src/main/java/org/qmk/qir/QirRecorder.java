package org.qmk.qir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.qmk.qir.QirOutputs.Condition;
import org.qmk.qir.QirOutputs.Figure;
import org.qmk.qir.QirOutputs.Item;
import org.qmk.qvm.GraphBuilder;

/// Collects what a program records and names the bits of the result that it needs.
final class QirRecorder {

    private static final int NAME_MAX = 64;

    private final GraphBuilder graph;
    private final Decisions decisions;
    private final QirArithmetic arithmetic;
    private final List<Entry> entries = new ArrayList<>();

    /// By function: its place in the result. Looked up, never iterated.
    private final Map<Integer, Integer> places = new HashMap<>();

    private final Set<String> names = new HashSet<>();

    /// By name: how many names were made of it. Looked up, never iterated.
    private final Map<String, Integer> uses = new HashMap<>();

    /// Something recorded, and where.
    private record Entry(int when, QirRuntime kind, List<QirValue> values, String label) {}

    QirRecorder(GraphBuilder graph, Decisions decisions, QirArithmetic arithmetic) {
        this.graph = graph;
        this.decisions = decisions;
        this.arithmetic = arithmetic;
    }

    void record(int when, QirRuntime kind, List<QirValue> values, String label) {
        entries.add(new Entry(when, kind, List.copyOf(values), label));
    }

    /// Names the outputs of the graph.
    ///
    /// @param ended where a shot ends by itself
    QirOutputs outputs(
            SortedMap<String, String> metadata,
            QirValue exit,
            int ended,
            int overflow,
            int failed) {
        graph.outputsGiven();
        List<Map.Entry<Condition, Item>> records = new ArrayList<>();
        for (Entry entry : entries) {
            String name = entry.label.isEmpty() ? "r" + records.size() : entry.label;
            boolean always = decisions.implies(ended, entry.when);
            Item item = item(entry, name);
            Condition when =
                    always ? new Condition.Known(true) : condition(entry.when, name + ".if");
            records.add(Map.entry(when, item));
        }
        Figure code = figure(exit, ended, QirType.INT, "exit");
        return new QirOutputs(
                metadata,
                records,
                code,
                condition(overflow, "overflow"),
                condition(failed, "failed"));
    }

    private Item item(Entry entry, String name) {
        QirValue value = entry.values.isEmpty() ? QirValue.constant(0) : entry.values.getFirst();
        int when = entry.when;
        return switch (entry.kind) {
            case TUPLE_RECORD ->
                    new Item.Tuple(figure(value, when, QirType.INT, name), entry.label);
            case ARRAY_RECORD ->
                    new Item.Array(figure(value, when, QirType.INT, name), entry.label);
            case RESULT_RECORD ->
                    new Item.Result(condition(arithmetic.bit(value), name), entry.label);
            case BOOL_RECORD -> new Item.Truth(condition(arithmetic.bit(value), name), entry.label);
            case INT_RECORD -> new Item.Whole(figure(value, when, QirType.INT, name), entry.label);
            case DOUBLE_RECORD, FLOAT_RECORD ->
                    new Item.Real(figure(value, when, QirType.REAL, name), entry.label);
            case RESULT_ARRAY_RECORD -> {
                List<Condition> bits = new ArrayList<>();
                for (QirValue each : entry.values) {
                    String bitName = name + "[" + bits.size() + "]";
                    bits.add(condition(arithmetic.bit(each), bitName));
                }
                yield new Item.Results(bits, entry.label);
            }
            case INITIALIZE, READ_RESULT, QUBIT_ALLOCATE, QUBIT_RELEASE, RESULT_ALLOCATE ->
                    throw new IllegalStateException("no record: " + entry.kind);
            case RESULT_RELEASE, QUBIT_ARRAY_ALLOCATE, QUBIT_ARRAY_RELEASE, MOVE, BARRIER ->
                    throw new IllegalStateException("no record: " + entry.kind);
            case RESULT_ARRAY_ALLOCATE, RESULT_ARRAY_RELEASE, READ_RESULT_OLD, READ_LOSS ->
                    throw new IllegalStateException("no record: " + entry.kind);
            case QUBIT_BORROW, WRITE_RESULT, FAIL, MESSAGE, BEGIN_PARALLEL, END_PARALLEL ->
                    throw new IllegalStateException("no record: " + entry.kind);
        };
    }

    private Figure figure(QirValue value, int when, QirType type, String name) {
        if (value instanceof QirValue.Word(int[] bits)) {
            List<Condition> places = new ArrayList<>();
            for (int bit : bits) places.add(condition(bit, name + "[" + places.size() + "]"));
            return new Figure.Binary(places);
        }
        QirValue.Cases cases = ordered(arithmetic.cases(value, when, type.text()));
        List<Long> values = new ArrayList<>();
        for (long each : cases.values()) values.add(each);
        List<Condition> index = new ArrayList<>();
        for (int bit = 0; 1 << bit < cases.size(); bit++) {
            int set = Decisions.FALSE;
            for (int i = 0; i < cases.size(); i++) {
                if ((i >> bit & 1) != 0) set = decisions.or(set, cases.when()[i]);
            }
            String bitName = cases.size() > 2 ? name + "[" + bit + "]" : name;
            index.add(condition(set, bitName));
        }
        return new Figure.Listed(values, index);
    }

    /// Two cases in the order in which their number costs no logic.
    private QirValue.Cases ordered(QirValue.Cases cases) {
        if (cases.size() != 2 || decisions.isEvent(cases.when()[1])) return cases;
        return new QirValue.Cases(
                new long[] {cases.values()[1], cases.values()[0]},
                new int[] {cases.when()[1], cases.when()[0]});
    }

    private Condition condition(int function, String name) {
        if (Decisions.isKnown(function)) return new Condition.Known(function == Decisions.TRUE);
        Integer known = places.putIfAbsent(function, places.size());
        if (known != null) return new Condition.Bit(known);
        graph.output(unique(name), decisions.event(function));
        return new Condition.Bit(places.size() - 1);
    }

    private String unique(String name) {
        var plain = new StringBuilder();
        for (int i = 0; i < name.length() && i < NAME_MAX; i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            plain.append(letter || "[]_.".indexOf(c) >= 0 ? c : '_');
        }
        char head = plain.charAt(0);
        boolean named = head == '_' || head >= 'a' && head <= 'z' || head >= 'A' && head <= 'Z';
        String base = named ? plain.toString() : "_" + plain;
        String unique = base;
        while (!names.add(unique)) unique = base + "." + uses.merge(base, 1, Integer::sum);
        return unique;
    }
}
