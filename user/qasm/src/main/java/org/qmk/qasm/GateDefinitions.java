package org.qmk.qasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns gate definitions into rules. All that can be wrong with a body is found here, whether
/// the gate is used or not.
final class GateDefinitions {

    private final QasmNotes notes;
    private final GateApplication application;
    private final int nestingMax;

    GateDefinitions(QasmNotes notes, GateApplication application, int nestingMax) {
        this.notes = notes;
        this.application = application;
        this.nestingMax = nestingMax;
    }

    GateRule.Defined define(QasmStatement.GateDefinition definition, QasmScope scope) {
        Map<String, Integer> places = places(definition);
        QasmScope checking = scope.gate();
        for (String parameter : definition.parameters()) {
            checking.declare(parameter, new QasmSymbol.Constant(new QasmValue.Real(1)));
        }
        List<GateRule.Step> body = steps(definition, places, definition.body(), checking);
        int nesting = 1 + deepest(body);
        if (nesting > nestingMax) {
            throw notes.error(
                    QasmRule.GATE_NESTING, definition.start(), definition.name(), nestingMax);
        }
        return new GateRule.Defined(
                definition.name(),
                List.copyOf(definition.parameters()),
                definition.qubits().size(),
                body,
                scope.gate(),
                nesting);
    }

    /// The number of each qubit in the head of the definition, whose names all differ.
    private Map<String, Integer> places(QasmStatement.GateDefinition definition) {
        Set<String> seen = new HashSet<>();
        for (String name : definition.parameters()) distinct(name, seen, definition);
        Map<String, Integer> places = new HashMap<>();
        for (String name : definition.qubits()) {
            distinct(name, seen, definition);
            places.put(name, places.size());
        }
        return places;
    }

    private void distinct(String name, Set<String> seen, QasmStatement.GateDefinition definition) {
        if (!seen.add(name)) throw notes.error(QasmRule.NAME_TWICE, definition.start(), name);
    }

    private static int deepest(List<GateRule.Step> steps) {
        int deepest = 0;
        for (GateRule.Step step : steps) {
            deepest =
                    Math.max(
                            deepest,
                            switch (step) {
                                case GateRule.Step.Apply(GateRule.Use use, var _) ->
                                        use.rule().nesting();
                                case GateRule.Step.Barrier() -> 0;
                                case GateRule.Step.Repeat repeat -> 1 + deepest(repeat.body());
                            });
        }
        return deepest;
    }

    private List<GateRule.Step> steps(
            QasmStatement.GateDefinition definition,
            Map<String, Integer> qubits,
            List<QasmStatement> body,
            QasmScope scope) {
        List<GateRule.Step> steps = new ArrayList<>();
        for (QasmStatement statement : body) {
            switch (statement) {
                case QasmStatement.GateCall call ->
                        steps.add(apply(definition, qubits, call, scope));
                case QasmStatement.Barrier barrier -> {
                    for (QasmExpression operand : barrier.operands())
                        place(definition, qubits, operand);
                    steps.add(new GateRule.Step.Barrier());
                }
                case QasmStatement.Nop _ -> {}
                case QasmStatement.Block block ->
                        steps.addAll(steps(definition, qubits, block.body(), scope));
                case QasmStatement.For loop -> {
                    QasmScope inner = scope.gate();
                    inner.declare(loop.name(), new QasmSymbol.Constant(new QasmValue.Whole(1)));
                    steps.add(
                            new GateRule.Step.Repeat(
                                    loop.start(),
                                    loop.type(),
                                    loop.name(),
                                    loop.values(),
                                    steps(definition, qubits, loop.body(), inner)));
                }
                case QasmStatement.Measurement _ -> throw misplaced(statement, "measure");
                case QasmStatement.Reset _ -> throw misplaced(statement, "reset");
                case QasmStatement.While _ -> throw misplaced(statement, "while");
                case QasmStatement.Break _ -> throw misplaced(statement, "break");
                case QasmStatement.Continue _ -> throw misplaced(statement, "continue");
                case QasmStatement.Return _ -> throw misplaced(statement, "return");
                case QasmStatement.End _ -> throw misplaced(statement, "end");
                case QasmStatement.Box _ -> throw misplaced(statement, "box");
                case QasmStatement.Delay _ -> throw misplaced(statement, "delay");
                case QasmStatement.SubroutineDefinition _ ->
                        throw misplaced(statement, "a subroutine definition");
                case QasmStatement.If _ -> throw misplaced(statement, "if");
                case QasmStatement.Switch _ -> throw misplaced(statement, "switch");
                case QasmStatement.Assignment _ -> throw misplaced(statement, "an assignment");
                case QasmStatement.Include _ -> throw misplaced(statement, "include");
                case QasmStatement.GateDefinition _ ->
                        throw misplaced(statement, "a gate definition");
                case QasmStatement.Evaluation _ -> throw misplaced(statement, "an expression");
                case QasmStatement.Mark _ -> throw misplaced(statement, "this pragma");
                case QasmStatement.QubitDeclaration _,
                        QasmStatement.ClassicalDeclaration _,
                        QasmStatement.InputDeclaration _,
                        QasmStatement.Alias _,
                        QasmStatement.Refused _ ->
                        throw misplaced(statement, "a declaration");
            }
        }
        return List.copyOf(steps);
    }

    private QasmRefusal misplaced(QasmStatement statement, String what) {
        return notes.error(QasmRule.GATE_BODY, statement.start(), what);
    }

    private GateRule.Step apply(
            QasmStatement.GateDefinition definition,
            Map<String, Integer> qubits,
            QasmStatement.GateCall call,
            QasmScope scope) {
        GateRule.Use use = application.use(call, scope);
        List<Integer> places = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (QasmExpression operand : call.operands()) {
            int place = place(definition, qubits, operand);
            if (!seen.add(place)) {
                throw notes.error(
                        QasmRule.GATE_SAME_QUBIT, operand.start(), definition.qubits().get(place));
            }
            places.add(place);
        }
        if (places.size() != use.qubits()) {
            throw notes.error(
                    QasmRule.GATE_QUBITS,
                    call.start(),
                    use.rule().name(),
                    places.size(),
                    use.qubits());
        }
        return new GateRule.Step.Apply(use, List.copyOf(places));
    }

    /// The number of a qubit in the head of the definition.
    private int place(
            QasmStatement.GateDefinition definition,
            Map<String, Integer> qubits,
            QasmExpression operand) {
        if (!(operand instanceof QasmExpression.Name name)) {
            String text = notes.excerpt(operand.start(), operand.end());
            throw notes.error(QasmRule.GATE_BODY, operand.start(), "the operand " + text);
        }
        Integer place = qubits.get(name.name());
        if (place == null) {
            throw notes.error(
                    QasmRule.NAME_KIND,
                    operand.start(),
                    name.name(),
                    "no qubit of gate " + definition.name(),
                    "one of its head");
        }
        return place;
    }
}
