package org.qmk.qasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// Runs a program statement by statement, adding to the graph what depends on qubits.
///
/// Loops are unrolled and known values computed. Under a condition that depends on measurements,
/// nodes are guarded and bits keep their old value where it does not hold.
final class QasmLowering {

    private static final int NAME_LENGTH_MAX = 100;

    /// What `+=` and its like do before they assign; `~=` is apart.
    private static final Map<QasmToken, QasmOperator> COMPOUND =
            Map.ofEntries(
                    Map.entry(QasmToken.PLUS_EQUALS, QasmOperator.Calculation.ADD),
                    Map.entry(QasmToken.MINUS_EQUALS, QasmOperator.Calculation.SUBTRACT),
                    Map.entry(QasmToken.STAR_EQUALS, QasmOperator.Calculation.MULTIPLY),
                    Map.entry(QasmToken.SLASH_EQUALS, QasmOperator.Calculation.DIVIDE),
                    Map.entry(QasmToken.PERCENT_EQUALS, QasmOperator.Calculation.REMAINDER),
                    Map.entry(QasmToken.DOUBLE_STAR_EQUALS, QasmOperator.Calculation.POWER),
                    Map.entry(QasmToken.AMPERSAND_EQUALS, QasmOperator.Bitwise.AND),
                    Map.entry(QasmToken.PIPE_EQUALS, QasmOperator.Bitwise.OR),
                    Map.entry(QasmToken.CARET_EQUALS, QasmOperator.Bitwise.XOR),
                    Map.entry(QasmToken.SHIFT_LEFT_EQUALS, QasmOperator.Shift.LEFT),
                    Map.entry(QasmToken.SHIFT_RIGHT_EQUALS, QasmOperator.Shift.RIGHT));

    private final QasmNotes notes;
    private final QasmSettings settings;
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

    /// Names of the language and of the libraries, which a program may use again for its own.
    private final QasmScope library = QasmScope.outermost();

    private final QasmScope global = library.block();

    /// Bit variables of the outermost level, in the order of declaration.
    private final List<QasmSymbol.Bits> results = new ArrayList<>();

    /// How often each variable name was used. Looked up, never iterated.
    private final Map<String, Integer> variables = new HashMap<>();

    private int looseMeasurements;

    /// @param sourceBytes length of the source
    QasmLowering(QasmNotes notes, QasmSettings settings, int sourceBytes) {
        this.notes = notes;
        this.settings = settings;
        QasmLimits limits = settings.limits();
        emitter = new QasmEmitter(graph, notes, limits.nodes());
        long stepsMax = limits.steps() + (long) QasmLimits.STEPS_PER_BYTE * sourceBytes;
        steps = new QasmSteps(notes, (int) Math.min(stepsMax, Integer.MAX_VALUE));
        network = new BitNetwork(emitter, steps);
        store = new BitStore(network, notes, limits.bits());
        evaluator = new QasmEvaluator(notes, network, store, limits.qubits());
        var synthesis = new PhaseSynthesis(emitter);
        qubits = new QasmQubits(graph, emitter, notes, synthesis, limits.qubits());
        places = new QasmPlaces(notes, evaluator, qubits);
        gates = new GateApplication(notes, steps, evaluator, emitter, synthesis, qubits);
        definitions = new GateDefinitions(notes, gates, limits.gateNesting());
        marks = new QasmMarks(notes, emitter, qubits);
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
        try {
            run(statement, global);
        } catch (QasmRefusal refusal) {
            if (refusal.isFinal) throw refusal;
            store.condition = BitNetwork.TRUE;
            emitter.guard(Guard.ALWAYS);
        }
    }

    /// Frees the qubits, names the results and gives the graph.
    Graph finish() {
        for (int i = results.size() - 1; i >= 0; i--) {
            int[] bits = results.get(i).places;
            for (int j = bits.length - 1; j >= 0; j--) {
                int event = network.event(store.literal(bits[j]));
                graph.output(store.name(bits[j]), event);
            }
        }
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
                    measure(measurement.qubits(), measurement.target(), scope);
            case QasmStatement.Reset(int _, QasmExpression operand) ->
                    emitter.onQubits(Opcode.RESET, places.qubits(operand, scope).handles);
            case QasmStatement.Barrier barrier -> barrier(barrier, scope);
            case QasmStatement.Assignment assignment -> assign(assignment, scope);
            case QasmStatement.Evaluation(int _, QasmExpression value) ->
                    evaluator.value(value, scope);
            case QasmStatement.If conditional -> conditional(conditional, scope);
            case QasmStatement.For loop -> loop(loop, scope);
            case QasmStatement.Switch choice -> choice(choice, scope);
            case QasmStatement.Block(int _, List<QasmStatement> body) -> run(body, scope.block());
            case QasmStatement.QubitDeclaration declaration -> declareQubits(declaration, scope);
            case QasmStatement.ClassicalDeclaration declaration -> declare(declaration, scope);
            case QasmStatement.InputDeclaration input -> input(input, scope);
            case QasmStatement.Alias alias -> alias(alias, scope);
            case QasmStatement.GateDefinition definition -> define(definition, scope);
            case QasmStatement.Include include -> include(include);
            case QasmStatement.Mark(int start, String text) -> marks.pragma(start, text);
            case QasmStatement.Nop _ -> {}
            case QasmStatement.Refused(int _, String name) ->
                    scope.replace(name, new QasmSymbol.Poisoned());
        }
    }

    /// Runs all statements of a block, also after one that is refused, so that each error is noted.
    private void run(List<QasmStatement> body, QasmScope scope) {
        boolean refused = false;
        for (QasmStatement statement : body) {
            steps.take();
            int condition = store.condition;
            Guard guard = emitter.guard();
            try {
                run(statement, scope);
            } catch (QasmRefusal refusal) {
                if (refusal.isFinal) throw refusal;
                refused = true;
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
        gates.broadcast(use, operands, scope);
    }

    private void barrier(QasmStatement.Barrier barrier, QasmScope scope) {
        List<int[]> operands = new ArrayList<>();
        for (QasmExpression operand : barrier.operands()) {
            operands.add(places.qubits(operand, scope).handles);
        }
        marks.barrier(operands);
    }

    /// Measures qubits into the bits of a target or, if that is absent, into nothing.
    private void measure(QasmExpression operand, QasmExpression target, QasmScope scope) {
        int[] measured = places.qubits(operand, scope).handles;
        if (target.isAbsent()) {
            for (int qubit : measured) emitter.measure(qubit, "_.m" + looseMeasurements++);
            return;
        }
        measure(measured, places.bits(target, scope), operand, target);
    }

    private void measure(
            int[] measured,
            QasmSymbol.Bits target,
            QasmExpression operand,
            QasmExpression written) {
        if (target.type.isWhole()) {
            throw notes.error(
                    QasmRule.TYPE_MISMATCH,
                    written.start(),
                    text(written),
                    target.described(),
                    "bits to measure into");
        }
        if (measured.length != target.places.length) {
            throw notes.error(
                    QasmRule.VALUE_LENGTH,
                    operand.start(),
                    text(operand),
                    measured.length,
                    text(written),
                    target.places.length);
        }
        for (int i = 0; i < measured.length; i++) {
            int place = target.places[i];
            int event = emitter.measure(measured[i], store.measurementName(place));
            store.assignMeasured(place, network.leaf(event));
        }
    }

    private String text(QasmExpression expression) {
        return notes.excerpt(expression.start(), expression.end());
    }

    private void assign(QasmStatement.Assignment assignment, QasmScope scope) {
        QasmExpression target = assignment.target();
        QasmSymbol symbol = places.resolve(target, scope);
        switch (symbol) {
            case QasmSymbol.Bits bits -> assignBits(assignment, bits, scope);
            case QasmSymbol.Number number -> assignNumber(assignment, number, scope);
            case QasmSymbol.Constant _,
                    QasmSymbol.Qubits _,
                    QasmSymbol.Gate _,
                    QasmSymbol.Poisoned _ ->
                    throw notes.error(
                            QasmRule.TYPE_ASSIGN,
                            target.start(),
                            text(target) + ", " + symbol.described() + ",");
        }
    }

    private void assignBits(
            QasmStatement.Assignment assignment, QasmSymbol.Bits bits, QasmScope scope) {
        if (assignment.value() instanceof QasmExpression.Measure measure) {
            if (assignment.operator() != QasmToken.EQUALS) {
                throw notes.error(
                        QasmRule.TYPE_OPERATOR,
                        assignment.start(),
                        assignment.operator().spelling(),
                        "a measurement");
            }
            int[] measured = places.qubits(measure.operand(), scope).handles;
            measure(measured, bits, measure.operand(), assignment.target());
            return;
        }
        QasmValue value = assigned(assignment, scope);
        int[] literals = evaluator.conversion().literals(value, bits.type, assignment.value());
        for (int i = 0; i < literals.length; i++) store.assign(bits.places[i], literals[i]);
    }

    private void assignNumber(
            QasmStatement.Assignment assignment, QasmSymbol.Number number, QasmScope scope) {
        double value = evaluator.conversion().real(assigned(assignment, scope), assignment.value());
        double rounded = QasmConversion.rounded(value, number.type);
        if (store.condition != BitNetwork.TRUE && rounded != number.value) {
            throw notes.error(
                    QasmRule.UNSUPPORTED_FLOAT, assignment.start(), text(assignment.target()));
        }
        number.value = rounded;
    }

    /// The value to assign: `a += b` is `a = a + b`, and `a ~= b` is `a = ~b`.
    private QasmValue assigned(QasmStatement.Assignment assignment, QasmScope scope) {
        QasmExpression value = assignment.value();
        int end = value.end();
        if (assignment.operator() == QasmToken.TILDE_EQUALS) {
            value = new QasmExpression.Unary(value.start(), end, QasmPrefix.COMPLEMENT, value);
        }
        QasmOperator operator = COMPOUND.get(assignment.operator());
        if (operator != null) {
            QasmExpression target = assignment.target();
            value = new QasmExpression.Binary(target.start(), end, operator, target, value);
        }
        return evaluator.value(value, scope);
    }

    private void conditional(QasmStatement.If conditional, QasmScope scope) {
        int condition = evaluator.condition(conditional.condition(), scope);
        under(condition, conditional.then(), scope);
        under(BitNetwork.not(condition), conditional.otherwise(), scope);
    }

    /// Runs statements where a condition holds besides those in force.
    private void under(int condition, List<QasmStatement> body, QasmScope scope) {
        if (body.isEmpty()) return;
        int before = store.condition;
        int all = network.and(before, condition);
        if (all == BitNetwork.FALSE) return;
        store.condition = all;
        Guard guardBefore = emitter.guard(network.guard(all));
        run(body, scope.block());
        emitter.guard(guardBefore);
        store.condition = before;
    }

    private void loop(QasmStatement.For loop, QasmScope scope) {
        List<QasmValue> values = evaluator.sequence(loop.values(), scope, steps);
        QasmType type = evaluator.type(loop.type(), scope);
        for (QasmValue value : values) {
            steps.take();
            QasmScope round = scope.block();
            round.declare(
                    loop.name(), new QasmSymbol.Constant(constant(value, type, loop.values())));
            run(loop.body(), round.block());
        }
    }

    /// A value that a name stands for, converted to its type.
    private QasmValue constant(QasmValue value, QasmType type, QasmExpression from) {
        if (type.isReal()) {
            return new QasmValue.Real(
                    QasmConversion.rounded(evaluator.conversion().real(value, from), type));
        }
        int[] literals = evaluator.conversion().literals(value, type, from);
        return evaluator.conversion().known(new QasmValue.Word(literals, type));
    }

    private void choice(QasmStatement.Switch choice, QasmScope scope) {
        QasmValue subject = evaluator.value(choice.subject(), scope);
        int open = BitNetwork.TRUE;
        List<Integer> conditions = new ArrayList<>();
        for (QasmStatement.Case each : choice.cases()) {
            int chosen = BitNetwork.FALSE;
            for (QasmExpression label : each.labels()) {
                QasmValue wanted = new QasmValue.Whole(evaluator.whole(label, scope));
                chosen = network.or(chosen, evaluator.equal(subject, wanted, choice.subject()));
            }
            conditions.add(network.and(open, chosen));
            open = network.and(open, BitNetwork.not(chosen));
        }
        for (int i = 0; i < conditions.size(); i++) {
            under(conditions.get(i), choice.cases().get(i).body(), scope);
        }
        under(open, choice.otherwise(), scope);
    }

    private void add(String name, QasmSymbol symbol, int at, QasmScope scope) {
        if (!scope.declare(name, symbol)) throw notes.error(QasmRule.NAME_TWICE, at, name);
    }

    /// A name in the graph for a variable, unlike that of any other.
    private String graphName(String name) {
        String spelled = QasmSpelling.ascii(name);
        String shortened =
                spelled.length() > NAME_LENGTH_MAX
                        ? spelled.substring(0, NAME_LENGTH_MAX)
                                + "-"
                                + Integer.toHexString(name.hashCode())
                        : spelled;
        int used = variables.merge(shortened, 1, Integer::sum);
        return used == 1 ? shortened : shortened + "-" + used;
    }

    private void onlyOutermost(String what, int at, QasmScope scope) {
        if (scope != global) throw notes.error(QasmRule.SCOPE, at, what);
    }

    private void declareQubits(QasmStatement.QubitDeclaration declaration, QasmScope scope) {
        onlyOutermost("a qubit declaration", declaration.start(), scope);
        boolean scalar = declaration.size().isAbsent();
        int size = scalar ? 1 : evaluator.size(declaration.size(), scope);
        if (scope.declare(declaration.name(), new QasmSymbol.Poisoned())) {
            String name = graphName(declaration.name());
            scope.replace(
                    declaration.name(), qubits.declare(name, size, scalar, declaration.start()));
        } else {
            throw notes.error(QasmRule.NAME_TWICE, declaration.start(), declaration.name());
        }
    }

    private void declare(QasmStatement.ClassicalDeclaration declaration, QasmScope scope) {
        QasmSymbol symbol;
        try {
            symbol = declared(declaration, scope);
        } catch (QasmRefusal refusal) {
            scope.declare(declaration.name(), new QasmSymbol.Poisoned());
            throw refusal;
        }
        add(declaration.name(), symbol, declaration.start(), scope);
        if (symbol instanceof QasmSymbol.Bits bits && scope == global && isResult(bits))
            results.add(bits);
    }

    private static boolean isResult(QasmSymbol.Bits bits) {
        return bits.type.kind() == QasmType.Kind.BIT || bits.type.kind() == QasmType.Kind.REGISTER;
    }

    private QasmSymbol declared(QasmStatement.ClassicalDeclaration declaration, QasmScope scope) {
        QasmType type = evaluator.type(declaration.type(), scope);
        QasmExpression initial = declaration.initial();
        boolean measures = initial instanceof QasmExpression.Measure;
        if (declaration.isConstant()) return constant(declaration, type, scope);
        if (type.isReal()) {
            double value = initial.isAbsent() ? 0 : evaluator.real(initial, scope);
            return new QasmSymbol.Number(type, QasmConversion.rounded(value, type));
        }
        int[] literals =
                initial.isAbsent() || measures
                        ? new int[type.isWhole() ? type.width() : 0]
                        : evaluator
                                .conversion()
                                .literals(evaluator.value(initial, scope), type, initial);
        boolean scalar = type.kind() != QasmType.Kind.REGISTER;
        String name = graphName(declaration.name());
        int[] bits =
                store.declare(name, type.width(), scalar && type.width() == 1, declaration.start());
        for (int i = 0; i < literals.length; i++) store.set(bits[i], literals[i]);
        var variable = new QasmSymbol.Bits(bits, type);
        if (initial instanceof QasmExpression.Measure measure) {
            int[] measured = places.qubits(measure.operand(), scope).handles;
            measure(measured, variable, measure.operand(), initial);
        }
        return variable;
    }

    private QasmSymbol constant(
            QasmStatement.ClassicalDeclaration declaration, QasmType type, QasmScope scope) {
        QasmExpression initial = declaration.initial();
        QasmValue value = constant(evaluator.value(initial, scope), type, initial);
        if (value instanceof QasmValue.Word word && !word.isKnown()) {
            throw notes.error(QasmRule.TYPE_CONSTANT, initial.start(), text(initial));
        }
        return new QasmSymbol.Constant(value);
    }

    private void input(QasmStatement.InputDeclaration input, QasmScope scope) {
        onlyOutermost("an input declaration", input.start(), scope);
        String given = settings.inputs().get(input.name());
        if (given == null) {
            scope.declare(input.name(), new QasmSymbol.Poisoned());
            throw notes.error(QasmRule.INPUT, input.start(), input.name());
        }
        QasmType type = evaluator.type(input.type(), scope);
        QasmValue value =
                QasmReader.inputValue(
                        given,
                        type,
                        settings.limits(),
                        message -> {
                            scope.declare(input.name(), new QasmSymbol.Poisoned());
                            return notes.error(
                                    QasmRule.INPUT_VALUE,
                                    input.start(),
                                    input.name(),
                                    "'" + given + "'",
                                    message);
                        });
        add(input.name(), new QasmSymbol.Constant(value), input.start(), scope);
    }

    private void alias(QasmStatement.Alias alias, QasmScope scope) {
        QasmSymbol symbol;
        try {
            symbol = places.resolve(alias.value(), scope);
        } catch (QasmRefusal refusal) {
            scope.declare(alias.name(), new QasmSymbol.Poisoned());
            throw refusal;
        }
        boolean elements = symbol instanceof QasmSymbol.Qubits || symbol instanceof QasmSymbol.Bits;
        if (!elements) {
            throw notes.error(
                    QasmRule.NAME_KIND,
                    alias.value().start(),
                    text(alias.value()),
                    symbol.described(),
                    "qubits or bits");
        }
        add(alias.name(), symbol, alias.start(), scope);
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
        add(definition.name(), new QasmSymbol.Gate(rule), definition.start(), scope);
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
