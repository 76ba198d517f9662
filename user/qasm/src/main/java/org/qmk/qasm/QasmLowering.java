package org.qmk.qasm;

import java.util.ArrayList;
import java.util.List;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// Runs a program statement by statement, adding to the graph what depends on qubits.
///
/// Loops are unrolled and known values computed. Under a condition that depends on measurements,
/// nodes are guarded and bits keep their old value where it does not hold.
final class QasmLowering {

    /// The result that is 1 where a loop had more rounds to go than its bound.
    static final String OVERFLOW = "loop-overflow";

    private final QasmNotes notes;
    private final GraphBuilder graph = new GraphBuilder();
    private final QasmEmitter emitter;
    private final QasmSteps steps;
    private final BitNetwork network;
    private final BitStore store;
    private final QasmEvaluator evaluator;
    private final QasmQubits qubits;
    private final QasmPlaces places;
    private final GateApplication gates;
    private final GateDefinitions definitions;
    private final QasmMarks marks;
    private final QasmAssignment assignment;
    private final QasmDeclarations declarations;
    private final QasmFlow flow;
    private final QasmSubroutines subroutines;
    private final QasmTiming timing;

    /// Names of the language and of the libraries, which a program may use again for its own.
    private final QasmScope library = QasmScope.outermost();

    private final QasmScope global = library.block();

    /// @param sourceBytes length of the source
    QasmLowering(QasmNotes notes, QasmSettings settings, int sourceBytes) {
        this.notes = notes;
        QasmLimits limits = settings.limits();
        emitter = new QasmEmitter(graph, notes, limits.nodes());
        long stepsMax = limits.steps() + (long) QasmLimits.STEPS_PER_BYTE * sourceBytes;
        steps =
                new QasmSteps(
                        notes, (int) Math.min(stepsMax, Integer.MAX_VALUE), 3 * limits.nesting());
        network = new BitNetwork(emitter, steps);
        store = new BitStore(network, notes, limits.bits());
        evaluator = new QasmEvaluator(notes, network, store, steps, limits.qubits());
        var synthesis = new PhaseSynthesis(emitter);
        qubits = new QasmQubits(graph, emitter, notes, synthesis, limits.qubits());
        places = new QasmPlaces(notes, evaluator, qubits);
        gates = new GateApplication(notes, steps, evaluator, emitter, synthesis, qubits);
        definitions = new GateDefinitions(notes, gates, limits.gateNesting());
        marks = new QasmMarks(notes, emitter, qubits);
        assignment = new QasmAssignment(notes, steps, network, store, emitter, evaluator, places);
        declarations =
                new QasmDeclarations(notes, settings, steps, store, evaluator, places, assignment);
        long bound = settings.loopBound().orElse(-1);
        flow = new QasmFlow(notes, steps, network, store, emitter, evaluator, this::run, bound);
        subroutines =
                new QasmSubroutines(
                        notes,
                        steps,
                        store,
                        emitter,
                        evaluator,
                        places,
                        declarations,
                        assignment,
                        flow);
        evaluator.calls(subroutines::call);
        timing = new QasmTiming(notes, emitter, evaluator, places);
        for (StandardGate gate : StandardGate.values()) {
            if (gate.home() == StandardGate.Home.LANGUAGE) addToLibrary(gate);
        }
    }

    void version2(boolean on) {
        evaluator.version2(on);
    }

    private void addToLibrary(StandardGate gate) {
        library.replace(gate.spelling(), new QasmSymbol.Gate(new GateRule.Standard(gate)));
    }

    /// Runs one statement of the outermost level.
    void run(QasmStatement statement) {
        if (store.condition == BitNetwork.FALSE) return; // every run has ended
        try {
            run(statement, global);
        } catch (QasmRefusal refusal) {
            if (refusal.isFinal) throw refusal;
            steps.depth(0);
            store.condition = BitNetwork.TRUE;
            emitter.guard(Guard.ALWAYS);
        }
    }

    /// Frees the qubits, names the results and gives the graph.
    Graph finish() {
        if (flow.overflow() != BitNetwork.FALSE) {
            graph.output(OVERFLOW, network.event(flow.overflow()));
        }
        declarations.giveOutputs(graph, network);
        declarations.warnOfUnusedInputs();
        graph.outputsGiven();
        qubits.freeAll();
        return graph.requireWhatIsUsed().build();
    }

    private void run(QasmStatement statement, QasmScope scope) {
        emitter.at = statement.start();
        steps.at = statement.start();
        switch (statement) {
            case QasmStatement.GateCall call -> call(call, scope);
            case QasmStatement.Measurement measurement ->
                    assignment.measure(measurement.qubits(), measurement.target(), scope);
            case QasmStatement.Reset(int _, QasmExpression operand) ->
                    emitter.onQubits(Opcode.RESET, places.qubits(operand, scope).handles);
            case QasmStatement.Barrier barrier -> barrier(barrier, scope);
            case QasmStatement.Assignment written -> assignment.assign(written, scope);
            case QasmStatement.Evaluation(int _, QasmExpression value) -> evaluate(value, scope);
            case QasmStatement.If conditional -> flow.conditional(conditional, scope);
            case QasmStatement.For loop -> flow.loop(loop, scope, declarations::constant);
            case QasmStatement.While loop -> flow.loop(loop, scope);
            case QasmStatement.Switch choice -> flow.choice(choice, scope);
            case QasmStatement.Break(int start) -> flow.breakLoop(start);
            case QasmStatement.Continue(int start) -> flow.continueLoop(start);
            case QasmStatement.End _ -> flow.end();
            case QasmStatement.Return statementOfResult ->
                    subroutines.giveBack(statementOfResult, scope);
            case QasmStatement.Box box -> timing.box(box, scope, this::run);
            case QasmStatement.Delay delay -> timing.delay(delay, scope);
            case QasmStatement.Block(int _, List<QasmStatement> body) -> run(body, scope.block());
            case QasmStatement.QubitDeclaration declaration -> declareQubits(declaration, scope);
            case QasmStatement.ClassicalDeclaration declaration ->
                    declarations.declare(declaration, scope, scope == global);
            case QasmStatement.InputDeclaration input ->
                    declarations.input(input, scope, scope == global);
            case QasmStatement.Alias alias -> alias(alias, scope);
            case QasmStatement.GateDefinition definition -> define(definition, scope);
            case QasmStatement.SubroutineDefinition definition -> define(definition, scope);
            case QasmStatement.Include include -> include(include);
            case QasmStatement.Mark(int start, String text) -> pragma(start, text);
            case QasmStatement.Nop _ -> {}
            case QasmStatement.Refused(int _, String name) ->
                    scope.replace(name, new QasmSymbol.Poisoned());
        }
    }

    /// A call of a subroutine need not have a result.
    private void evaluate(QasmExpression value, QasmScope scope) {
        if (value instanceof QasmExpression.Call call
                && scope.find(call.name()).isPresent()
                && evaluator.symbol(call.name(), call.start(), scope)
                        instanceof QasmSymbol.Subroutine subroutine) {
            subroutines.call(subroutine, call, scope);
        } else {
            evaluator.value(value, scope);
        }
    }

    private static final String BOUND = "qmk.bound ";

    /// `pragma qmk.bound N` is for all loops that follow.
    private void pragma(int start, String text) {
        if (text.startsWith(BOUND)) {
            flow.bound(QasmMarks.rounds(text.substring(BOUND.length()), start, notes));
        } else {
            marks.pragma(start, text);
        }
    }

    /// Runs all statements of a block, also after one that is refused, so that each error is noted.
    private void run(List<QasmStatement> body, QasmScope scope) {
        boolean refused = false;
        for (QasmStatement statement : body) {
            if (store.condition == BitNetwork.FALSE) break; // nobody comes here
            steps.take();
            int condition = store.condition;
            int depth = steps.depth();
            Guard guard = emitter.guard();
            try {
                steps.enter();
                run(statement, scope);
                steps.leave();
            } catch (QasmRefusal refusal) {
                if (refusal.isFinal) throw refusal;
                refused = true;
                steps.depth(depth);
                store.condition = condition;
                emitter.guard(guard);
            }
        }
        if (refused) throw QasmRefusal.STATEMENT;
    }

    private void call(QasmStatement.GateCall call, QasmScope scope) {
        GateRule.Use use = gates.use(call, scope);
        var operands = new QasmSymbol.Qubits[call.operands().size()];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = places.qubits(call.operands().get(i), scope);
        }
        if (use.parameters().size() == 1 && use.rule().isAdditive()) {
            QasmExpression written = use.parameters().get(0);
            QasmValue angle = evaluator.value(written, scope);
            boolean dependent = angle instanceof QasmValue.Word word && word.type.isAngleOfBits();
            if (dependent) {
                turn(use, operands, (QasmValue.Word) angle, scope);
            } else {
                double[] parameter = {evaluator.conversion().real(angle, written)};
                gates.broadcast(use, operands, parameter, scope);
            }
            return;
        }
        gates.broadcast(use, operands, gates.numbers(use.parameters(), scope), scope);
    }

    /// Applies a gate by an angle that depends on measurements: bit by bit, where the bit is 1.
    private void turn(
            GateRule.Use use, QasmSymbol.Qubits[] operands, QasmValue.Word angle, QasmScope scope) {
        Guard before = emitter.guard();
        for (int i = 0; i < angle.literals.length; i++) {
            steps.take();
            int condition = network.and(store.condition, angle.literals[i]);
            if (condition == BitNetwork.FALSE) continue;
            emitter.guard(network.guard(condition));
            double[] parameter = {QasmConversion.angle(1L << i, angle.type).value()};
            gates.broadcast(use, operands, parameter, scope);
        }
        emitter.guard(before);
    }

    private void barrier(QasmStatement.Barrier barrier, QasmScope scope) {
        List<int[]> operands = new ArrayList<>();
        for (QasmExpression operand : barrier.operands()) {
            operands.add(places.qubits(operand, scope).handles);
        }
        marks.barrier(operands);
    }

    private void onlyOutermost(String what, int at, QasmScope scope) {
        if (scope != global) throw notes.error(QasmRule.SCOPE, at, what);
    }

    private void declareQubits(QasmStatement.QubitDeclaration declaration, QasmScope scope) {
        onlyOutermost("a qubit declaration", declaration.start(), scope);
        boolean scalar = declaration.size().isAbsent();
        int size = scalar ? 1 : evaluator.size(declaration.size(), scope);
        if (scope.declare(declaration.name(), new QasmSymbol.Poisoned())) {
            String name = declarations.graphName(declaration.name());
            scope.replace(
                    declaration.name(), qubits.declare(name, size, scalar, declaration.start()));
        } else {
            throw notes.error(QasmRule.NAME_TWICE, declaration.start(), declaration.name());
        }
    }

    private void alias(QasmStatement.Alias alias, QasmScope scope) {
        QasmSymbol symbol;
        try {
            symbol = places.resolve(alias.value(), scope);
        } catch (QasmRefusal refusal) {
            scope.declare(alias.name(), new QasmSymbol.Poisoned());
            throw refusal;
        }
        boolean elements =
                symbol instanceof QasmSymbol.Qubits
                        || symbol instanceof QasmSymbol.Bits
                        || symbol instanceof QasmSymbol.Array;
        if (!elements) {
            throw notes.error(
                    QasmRule.NAME_KIND,
                    alias.value().start(),
                    notes.excerpt(alias.value().start(), alias.value().end()),
                    symbol.described(),
                    "qubits, bits or an array");
        }
        declarations.add(alias.name(), symbol, alias.start(), scope);
    }

    private void define(QasmStatement.GateDefinition definition, QasmScope scope) {
        onlyOutermost("a gate definition", definition.start(), scope);
        GateRule.Defined rule;
        try {
            rule = definitions.define(definition, scope);
        } catch (QasmRefusal refusal) {
            scope.declare(definition.name(), new QasmSymbol.Poisoned());
            throw refusal;
        }
        declarations.add(definition.name(), new QasmSymbol.Gate(rule), definition.start(), scope);
    }

    private void define(QasmStatement.SubroutineDefinition definition, QasmScope scope) {
        onlyOutermost("a subroutine definition", definition.start(), scope);
        var subroutine = new QasmSymbol.Subroutine(definition, scope);
        declarations.add(definition.name(), subroutine, definition.start(), scope);
    }

    private void include(QasmStatement.Include include) {
        StandardGate.Home other =
                switch (include.file()) {
                    case "stdgates.inc" -> StandardGate.Home.STDGATES;
                    case "qelib1.inc" -> StandardGate.Home.QELIB1;
                    default ->
                            throw notes.error(
                                    QasmRule.INCLUDE,
                                    include.start(),
                                    "\"" + include.file() + "\"");
                };
        for (StandardGate gate : StandardGate.values()) {
            if (gate.home() == StandardGate.Home.BOTH || gate.home() == other) addToLibrary(gate);
        }
        if (other == StandardGate.Home.QELIB1) {
            for (QasmStatement.GateDefinition definition : StandardLibrary.sequences()) {
                var rule = definitions.define(definition, library);
                library.replace(definition.name(), new QasmSymbol.Gate(rule));
            }
        }
    }
}
