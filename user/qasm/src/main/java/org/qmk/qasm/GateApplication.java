package org.qmk.qasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Opcode;

/// Applies gates to qubits: modifiers, definitions by other gates, and in the end turns.
final class GateApplication {

    private static final int[] NO_QUBITS = {};
    private static final double[] NO_NUMBERS = {};

    private final QasmNotes notes;
    private final QasmSteps steps;
    private final QasmEvaluator evaluator;
    private final QasmEmitter emitter;
    private final PhaseSynthesis synthesis;
    private final QasmQubits names;

    GateApplication(
            QasmNotes notes,
            QasmSteps steps,
            QasmEvaluator evaluator,
            QasmEmitter emitter,
            PhaseSynthesis synthesis,
            QasmQubits names) {
        this.notes = notes;
        this.steps = steps;
        this.evaluator = evaluator;
        this.emitter = emitter;
        this.synthesis = synthesis;
        this.names = names;
    }

    /// Reads the gate of a call, its modifiers and how many parameters it has.
    GateRule.Use use(QasmStatement.GateCall call, QasmScope scope) {
        GateRule rule = rule(call, scope);
        if (call.parameters().size() != rule.parameters()) {
            throw notes.error(
                    QasmRule.GATE_PARAMETERS,
                    call.start(),
                    rule.name(),
                    call.parameters().size(),
                    rule.parameters());
        }
        if (call.modifiers().isEmpty()) {
            return new GateRule.Use(call.start(), rule, List.of(), List.of(), call.parameters());
        }
        List<Boolean> controls = new ArrayList<>();
        List<QasmExpression> exponents = new ArrayList<>();
        for (QasmStatement.Modifier modifier : call.modifiers()) {
            switch (modifier) {
                case QasmStatement.Modifier.Control control -> controls(control, controls, scope);
                case QasmStatement.Modifier.Inverse(int at) ->
                        exponents.add(0, new QasmExpression.Whole(at, at, -1));
                case QasmStatement.Modifier.Power(int _, QasmExpression exponent) ->
                        exponents.add(0, exponent);
            }
        }
        return new GateRule.Use(call.start(), rule, controls, exponents, call.parameters());
    }

    private GateRule rule(QasmStatement.GateCall call, QasmScope scope) {
        if ("gphase".equals(call.name())) return new GateRule.GlobalPhase();
        var found = scope.find(call.name());
        if (found.isEmpty()) {
            boolean standard = StandardGate.of(call.name()).isPresent();
            String hint = standard ? ", or include \"stdgates.inc\"" : "";
            throw notes.error(QasmRule.NAME_UNKNOWN, call.start(), "gate " + call.name(), hint);
        }
        QasmSymbol symbol = evaluator.symbol(call.name(), call.start(), scope);
        if (symbol instanceof QasmSymbol.Gate(GateRule rule)) return rule;
        throw notes.error(
                QasmRule.NAME_KIND, call.start(), call.name(), symbol.described(), "a gate");
    }

    /// Controls that one operation can have at the most.
    private static final int CONTROLS_MAX = 1024;

    private void controls(
            QasmStatement.Modifier.Control control, List<Boolean> controls, QasmScope scope) {
        long count = control.count().isAbsent() ? 1 : evaluator.whole(control.count(), scope);
        if (count < 1 || count > CONTROLS_MAX - controls.size()) {
            throw notes.error(QasmRule.GATE_CONTROLS, control.start(), count, CONTROLS_MAX);
        }
        for (long i = 0; i < count; i++) controls.add(control.positive());
    }

    /// Applies a gate to operands, element by element where they are registers.
    ///
    /// @param parameters of the gate
    void broadcast(
            GateRule.Use use, QasmSymbol.Qubits[] operands, double[] parameters, QasmScope scope) {
        int length = -1;
        for (QasmSymbol.Qubits operand : operands) {
            if (operand.isScalar) continue;
            int size = operand.handles.length;
            if (length >= 0 && size != length) {
                throw notes.error(QasmRule.GATE_BROADCAST, use.start(), length, size);
            }
            length = size;
        }
        if (operands.length != use.qubits()) {
            throw notes.error(
                    QasmRule.GATE_QUBITS,
                    use.start(),
                    use.rule().name(),
                    operands.length,
                    use.qubits());
        }
        double[] exponents = numbers(use.exponents(), scope);
        int[] qubits = new int[operands.length];
        for (int i = 0; i < Math.max(1, length); i++) {
            if (length == 0) return;
            for (int j = 0; j < qubits.length; j++) {
                qubits[j] = operands[j].handles[operands[j].isScalar ? 0 : i];
            }
            different(qubits, use.start());
            apply(use, parameters, exponents, NO_QUBITS, qubits.clone(), NO_NUMBERS);
        }
    }

    private void different(int[] qubits, int at) {
        if (qubits.length > 8) {
            int[] sorted = qubits.clone();
            Arrays.sort(sorted);
            for (int i = 1; i < sorted.length; i++) {
                if (sorted[i] == sorted[i - 1]) throw twice(sorted[i], at);
            }
            return;
        }
        for (int i = 0; i < qubits.length; i++) {
            for (int j = 0; j < i; j++) {
                if (qubits[i] == qubits[j]) throw twice(qubits[i], at);
            }
        }
    }

    private QasmRefusal twice(int qubit, int at) {
        return notes.error(QasmRule.GATE_SAME_QUBIT, at, names.name(qubit));
    }

    double[] numbers(List<QasmExpression> expressions, QasmScope scope) {
        if (expressions.isEmpty()) return NO_NUMBERS;
        double[] numbers = new double[expressions.size()];
        for (int i = 0; i < numbers.length; i++)
            numbers[i] = evaluator.real(expressions.get(i), scope);
        return numbers;
    }

    /// Applies a gate where all outer controls are 1.
    ///
    /// @param outerExponents what the gate around this one is raised to, innermost first
    private void apply(
            GateRule.Use use,
            double[] parameters,
            double[] exponents,
            int[] outerControls,
            int[] operands,
            double[] outerExponents) {
        int own = use.controls().size();
        if (own == 0 && outerControls.length == 0) {
            apply(use, parameters, joined(exponents, outerExponents), NO_QUBITS, operands);
            return;
        }
        int[] controls = Arrays.copyOf(outerControls, outerControls.length + own);
        System.arraycopy(operands, 0, controls, outerControls.length, own);
        negate(use, operands);
        apply(
                use,
                parameters,
                joined(exponents, outerExponents),
                controls,
                Arrays.copyOfRange(operands, own, operands.length));
        negate(use, operands);
    }

    private void negate(GateRule.Use use, int[] operands) {
        for (int i = 0; i < use.controls().size(); i++) {
            if (!use.controls().get(i)) emitter.gate(Opcode.APPLY_X, operands[i]);
        }
    }

    private static double[] joined(double[] inner, double[] outer) {
        if (outer.length == 0) return inner;
        if (inner.length == 0) return outer;
        double[] joined = Arrays.copyOf(inner, inner.length + outer.length);
        System.arraycopy(outer, 0, joined, inner.length, outer.length);
        return joined;
    }

    private void apply(
            GateRule.Use use,
            double[] parameters,
            double[] exponents,
            int[] controls,
            int[] qubits) {
        switch (use.rule()) {
            case GateRule.Standard(StandardGate gate) ->
                    standard(gate, parameters, exponents, controls, qubits);
            case GateRule.GlobalPhase() -> {
                Turn turn = raised(Turn.about(Turn.Axis.Z, parameters[0], 0), exponents);
                synthesis.phase(turn.phase(), controls);
            }
            case GateRule.Defined gate ->
                    defined(use, gate, parameters, exponents, controls, qubits);
        }
    }

    private static Turn raised(Turn turn, double[] exponents) {
        Turn raised = turn;
        for (double exponent : exponents) {
            raised = exponent == -1 ? raised.inverse() : raised.power(exponent);
        }
        return raised;
    }

    private void standard(
            StandardGate gate,
            double[] parameters,
            double[] exponents,
            int[] controls,
            int[] qubits) {
        boolean plain = exponents.length == 0 && controls.length == 0;
        if (plain && gate.direct().isPresent()) {
            direct(gate.direct().get(), qubits);
            return;
        }
        Turn turn = raised(gate.turn(parameters), exponents);
        if (plain && turn.axis() == Turn.Axis.GENERAL && gate.controls == 0) {
            euler(gate, parameters, qubits[0]);
            return;
        }
        int inner = qubits.length - 1;
        int[] all = Arrays.copyOf(controls, controls.length + inner);
        System.arraycopy(qubits, 0, all, controls.length, inner);
        int target = qubits[inner];
        if (!gate.isExchange()) {
            synthesis.turn(turn, all, target);
            return;
        }
        int other = qubits[inner - 1];
        emitter.gate(Opcode.APPLY_CNOT, target, other);
        synthesis.turn(turn, all, target);
        emitter.gate(Opcode.APPLY_CNOT, target, other);
    }

    private void direct(Opcode opcode, int[] qubits) {
        switch (qubits.length) {
            case 1 -> emitter.gate(opcode, qubits[0]);
            case 2 -> emitter.gate(opcode, qubits[0], qubits[1]);
            default -> emitter.gate(opcode, qubits[0], qubits[1], qubits[2]);
        }
    }

    /// Rz(phi) Ry(theta) Rz(lambda), shorter than a turn about a general axis.
    private void euler(StandardGate gate, double[] p, int qubit) {
        boolean two = gate == StandardGate.U2;
        synthesis.zPhase(two ? p[1] : p[2], qubit);
        synthesis.yTurn(two ? Math.PI / 2 : p[0], qubit);
        synthesis.zPhase(two ? p[0] : p[1], qubit);
    }

    private void defined(
            GateRule.Use use,
            GateRule.Defined gate,
            double[] parameters,
            double[] exponents,
            int[] controls,
            int[] qubits) {
        QasmScope scope = gate.scope();
        if (parameters.length > 0) {
            scope = gate.scope().gate();
            for (int i = 0; i < parameters.length; i++) {
                scope.declare(
                        gate.parameterNames().get(i),
                        new QasmSymbol.Constant(new QasmValue.Real(parameters[i])));
            }
        }
        boolean single =
                gate.body().size() == 1 && gate.body().get(0) instanceof GateRule.Step.Apply;
        if (single) {
            // the power of a gate that is another gate is that gate's power
            step(gate.body().get(0), scope, controls, qubits, exponents);
            return;
        }
        double repeats = repeats(use, gate, exponents);
        boolean backwards = repeats < 0;
        for (double i = 0; i < Math.abs(repeats); i++) {
            int before = emitter.size();
            steps.take();
            body(gate.body(), scope, controls, qubits, backwards ? BACKWARDS : NO_NUMBERS);
            if (emitter.size() == before) return; // nothing, however often
        }
    }

    private static final double[] BACKWARDS = {-1};

    private double repeats(GateRule.Use use, GateRule.Defined gate, double[] exponents) {
        double product = 1;
        for (double exponent : exponents) {
            if (exponent != Math.rint(exponent)) {
                throw notes.error(QasmRule.GATE_POWER, use.start(), gate.name(), exponent);
            }
            product *= exponent;
        }
        if (Math.abs(product) > Integer.MAX_VALUE) {
            throw notes.error(QasmRule.GATE_POWER_RANGE, use.start(), product);
        }
        return product;
    }

    private void body(
            List<GateRule.Step> body,
            QasmScope scope,
            int[] controls,
            int[] qubits,
            double[] exponents) {
        boolean backwards = exponents.length > 0;
        for (int i = 0; i < body.size(); i++) {
            GateRule.Step step = body.get(backwards ? body.size() - 1 - i : i);
            step(step, scope, controls, qubits, exponents);
        }
    }

    private void step(
            GateRule.Step step, QasmScope scope, int[] controls, int[] qubits, double[] exponents) {
        switch (step) {
            case GateRule.Step.Apply(GateRule.Use use, List<Integer> places) -> {
                int[] operands = new int[places.size()];
                for (int i = 0; i < operands.length; i++) operands[i] = qubits[places.get(i)];
                steps.take();
                apply(
                        use,
                        numbers(use.parameters(), scope),
                        numbers(use.exponents(), scope),
                        controls,
                        operands,
                        exponents);
            }
            case GateRule.Step.Barrier() -> {}
            case GateRule.Step.Repeat repeat -> repeat(repeat, scope, controls, qubits, exponents);
        }
    }

    private void repeat(
            GateRule.Step.Repeat repeat,
            QasmScope scope,
            int[] controls,
            int[] qubits,
            double[] exponents) {
        List<QasmValue> values = evaluator.sequence(repeat.values(), scope, steps);
        for (int i = 0; i < values.size(); i++) {
            QasmScope round = scope.gate();
            QasmValue value = values.get(exponents.length > 0 ? values.size() - 1 - i : i);
            round.declare(repeat.name(), new QasmSymbol.Constant(value));
            steps.take();
            body(repeat.body(), round, controls, qubits, exponents);
        }
    }
}
