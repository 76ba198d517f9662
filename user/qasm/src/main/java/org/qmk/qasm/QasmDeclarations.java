package org.qmk.qasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.qmk.qvm.GraphBuilder;

/// Makes classical variables, and knows which of them are the program's results.
final class QasmDeclarations {

    private static final int NAME_LENGTH_MAX = 100;

    private final QasmNotes notes;
    private final QasmSettings settings;
    private final QasmSteps steps;
    private final BitStore store;
    private final QasmEvaluator evaluator;
    private final QasmPlaces places;
    private final QasmAssignment assignment;

    /// Bits of the outermost level in the order of declaration, and those that are declared as
    /// outputs. If there are outputs, they alone are results.
    private final List<int[]> bits = new ArrayList<>();

    private final List<int[]> outputs = new ArrayList<>();

    /// Names of inputs that were declared.
    private final Set<String> inputs = new HashSet<>();

    /// How often each variable name was used. Looked up, never iterated.
    private final Map<String, Integer> names = new HashMap<>();

    QasmDeclarations(
            QasmNotes notes,
            QasmSettings settings,
            QasmSteps steps,
            BitStore store,
            QasmEvaluator evaluator,
            QasmPlaces places,
            QasmAssignment assignment) {
        this.notes = notes;
        this.settings = settings;
        this.steps = steps;
        this.store = store;
        this.evaluator = evaluator;
        this.places = places;
        this.assignment = assignment;
    }

    /// Warns of values that no input has taken.
    void warnOfUnusedInputs() {
        for (String name : new TreeSet<>(settings.inputs().keySet())) {
            if (!inputs.contains(name)) notes.warn(QasmRule.WARN_INPUT, 0, name);
        }
    }

    /// Names the results in the graph: the one declared last first, the highest bit first.
    void giveOutputs(GraphBuilder graph, BitNetwork network) {
        List<int[]> results = outputs.isEmpty() ? bits : outputs;
        for (int i = results.size() - 1; i >= 0; i--) {
            int[] result = results.get(i);
            for (int j = result.length - 1; j >= 0; j--) {
                graph.output(store.name(result[j]), network.event(store.literal(result[j])));
            }
        }
    }

    /// A name in the graph for a variable, unlike that of any other.
    String graphName(String name) {
        String spelled = QasmSpelling.ascii(name);
        String shortened =
                spelled.length() > NAME_LENGTH_MAX
                        ? spelled.substring(0, NAME_LENGTH_MAX)
                                + "-"
                                + Integer.toHexString(name.hashCode())
                        : spelled;
        int used = names.merge(shortened, 1, Integer::sum);
        return used == 1 ? shortened : shortened + "-" + used;
    }

    /// @param isGlobal whether the declaration stands at the outermost level
    void declare(
            QasmStatement.ClassicalDeclaration declaration, QasmScope scope, boolean isGlobal) {
        QasmSymbol symbol;
        try {
            symbol = declared(declaration, scope, isGlobal);
        } catch (QasmRefusal refusal) {
            scope.declare(declaration.name(), new QasmSymbol.Poisoned());
            throw refusal;
        }
        add(declaration.name(), symbol, declaration.start(), scope);
        if (isGlobal) addResult(declaration, symbol);
    }

    void add(String name, QasmSymbol symbol, int at, QasmScope scope) {
        if (!scope.declare(name, symbol)) throw notes.error(QasmRule.NAME_TWICE, at, name);
    }

    private void addResult(QasmStatement.ClassicalDeclaration declaration, QasmSymbol symbol) {
        boolean isOutput = declaration.role() == QasmStatement.Role.OUTPUT;
        List<int[]> results = isOutput ? outputs : bits;
        switch (symbol) {
            case QasmSymbol.Bits variable when isOutput || isMeasurable(variable.type) ->
                    results.add(variable.places);
            case QasmSymbol.Array array when isOutput && array.element.isBits() -> {
                for (QasmSymbol each : array.elements) {
                    results.add(((QasmSymbol.Bits) each).places);
                }
            }
            case QasmSymbol.Bits _,
                    QasmSymbol.Array _,
                    QasmSymbol.Number _,
                    QasmSymbol.Constant _,
                    QasmSymbol.Qubits _,
                    QasmSymbol.Gate _,
                    QasmSymbol.Subroutine _,
                    QasmSymbol.Poisoned _ -> {
                if (isOutput) {
                    throw notes.error(
                            QasmRule.UNSUPPORTED_OUTPUT_TYPE,
                            declaration.start(),
                            declaration.name(),
                            symbol.described());
                }
            }
        }
    }

    private static boolean isMeasurable(QasmType type) {
        return type.kind() == QasmType.Kind.BIT || type.kind() == QasmType.Kind.REGISTER;
    }

    private QasmSymbol declared(
            QasmStatement.ClassicalDeclaration declaration, QasmScope scope, boolean isGlobal) {
        boolean isOutput = declaration.role() == QasmStatement.Role.OUTPUT;
        if (isOutput && !isGlobal) {
            throw notes.error(QasmRule.SCOPE, declaration.start(), "an output declaration");
        }
        QasmType type = evaluator.type(declaration.type(), scope);
        QasmExpression initial = declaration.initial();
        boolean isConstant = declaration.role() == QasmStatement.Role.CONSTANT;
        if (isConstant && !declaration.type().isArray()) return constant(initial, type, scope);
        int seen = isGlobal ? BitNetwork.TRUE : store.condition;
        if (declaration.type().isArray()) {
            int[] dimensions = dimensions(declaration.type().dimensions(), scope);
            QasmSymbol.Array array = array(declaration, type, dimensions, seen);
            if (!initial.isAbsent()) assignment.fill(array, initial, scope);
            return isConstant
                    ? new QasmSymbol.Array(type, dimensions, array.elements, true)
                    : array;
        }
        if (initial instanceof QasmExpression.Measure measure) {
            return measured(declaration, measure, type, scope, seen);
        }
        if (initial.isAbsent()) {
            return variable(type, declaration.name(), seen, declaration.start());
        }
        QasmValue value = evaluator.value(initial, scope);
        return variable(type, declaration.name(), seen, value, initial);
    }

    private QasmSymbol measured(
            QasmStatement.ClassicalDeclaration declaration,
            QasmExpression.Measure measure,
            QasmType type,
            QasmScope scope,
            int seen) {
        int[] qubits = places.qubits(measure.operand(), scope).handles;
        QasmSymbol variable = variable(type, declaration.name(), seen, declaration.start());
        if (variable instanceof QasmSymbol.Bits bits) {
            assignment.measure(qubits, bits, measure.operand(), measure);
            return variable;
        }
        throw notes.error(
                QasmRule.TYPE_MISMATCH,
                declaration.start(),
                declaration.name(),
                type.described(),
                "bits to measure into");
    }

    int[] dimensions(List<QasmExpression> written, QasmScope scope) {
        int[] dimensions = new int[written.size()];
        long product = 1;
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = evaluator.size(written.get(i), scope);
            product *= dimensions[i];
            int most = settings.limits().bits();
            if (product > most) {
                throw notes.fatal(QasmRule.BOUND_BITS, written.get(i).start(), most);
            }
        }
        return dimensions;
    }

    private QasmSymbol.Array array(
            QasmStatement.ClassicalDeclaration declaration,
            QasmType type,
            int[] dimensions,
            int seen) {
        int count = Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
        steps.take(count);
        var elements = new QasmSymbol[count];
        if (!type.isBits()) {
            for (int i = 0; i < count; i++) elements[i] = number(type);
            return new QasmSymbol.Array(type, dimensions, elements, false);
        }
        long width = (long) count * type.width();
        if (width > settings.limits().bits()) {
            throw notes.fatal(QasmRule.BOUND_BITS, declaration.start(), settings.limits().bits());
        }
        int[] all =
                store.declare(
                        graphName(declaration.name()),
                        (int) width,
                        false,
                        seen,
                        declaration.start());
        if (type.isWhole() || type.isAngleOfBits())
            for (int place : all) store.set(place, BitNetwork.FALSE);
        for (int i = 0; i < count; i++) {
            int from = i * type.width();
            elements[i] =
                    new QasmSymbol.Bits(Arrays.copyOfRange(all, from, from + type.width()), type);
        }
        return new QasmSymbol.Array(type, dimensions, elements, false);
    }

    /// A variable without a first value: bits are unset, the rest is 0.
    ///
    /// @param seen the condition under which it can be seen
    QasmSymbol variable(QasmType type, String name, int seen, int at) {
        if (!type.isBits()) return number(type);
        boolean isScalar = type.kind() != QasmType.Kind.REGISTER && type.width() == 1;
        int[] bits = store.declare(graphName(name), type.width(), isScalar, seen, at);
        if (type.isWhole() || type.isAngleOfBits())
            for (int place : bits) store.set(place, BitNetwork.FALSE);
        return new QasmSymbol.Bits(bits, type);
    }

    /// A variable with its first value.
    QasmSymbol variable(
            QasmType type, String name, int seen, QasmValue value, QasmExpression from) {
        if (!type.isBits()) {
            QasmSymbol.Number number = number(type);
            number.value = evaluator.conversion().number(value, type, from);
            return number;
        }
        int[] literals = evaluator.conversion().literals(value, type, from);
        var variable = (QasmSymbol.Bits) variable(type, name, seen, from.start());
        for (int i = 0; i < literals.length; i++) store.set(variable.places[i], literals[i]);
        return variable;
    }

    private QasmSymbol.Number number(QasmType type) {
        QasmValue zero =
                switch (type.kind()) {
                    case COMPLEX -> new QasmValue.Complex(0, 0);
                    case DURATION, STRETCH -> new QasmValue.Time(0, false);
                    case FLOAT, ANGLE, BIT, REGISTER, BOOL, INT, UINT ->
                            new QasmValue.Real(0, type);
                };
        return new QasmSymbol.Number(type, store.condition, zero);
    }

    private QasmSymbol constant(QasmExpression initial, QasmType type, QasmScope scope) {
        QasmValue value = constant(evaluator.value(initial, scope), type, initial);
        if (value instanceof QasmValue.Word word && !word.isKnown()) {
            throw notes.error(
                    QasmRule.TYPE_CONSTANT,
                    initial.start(),
                    notes.excerpt(initial.start(), initial.end()));
        }
        return new QasmSymbol.Constant(value);
    }

    /// A value that a name stands for, converted to its type.
    QasmValue constant(QasmValue value, QasmType type, QasmExpression from) {
        if (!type.isBits()) return evaluator.conversion().number(value, type, from);
        int[] literals = evaluator.conversion().literals(value, type, from);
        return QasmConversion.known(new QasmValue.Word(literals, type));
    }

    /// An input is a variable that begins with the value given from outside.
    void input(QasmStatement.InputDeclaration input, QasmScope scope, boolean isGlobal) {
        if (!isGlobal) throw notes.error(QasmRule.SCOPE, input.start(), "an input declaration");
        try {
            add(input.name(), given(input, scope), input.start(), scope);
        } catch (QasmRefusal refusal) {
            scope.declare(input.name(), new QasmSymbol.Poisoned());
            throw refusal;
        }
    }

    private QasmSymbol given(QasmStatement.InputDeclaration input, QasmScope scope) {
        inputs.add(input.name());
        String given = settings.inputs().get(input.name());
        if (given == null) {
            throw notes.error(QasmRule.INPUT, input.start(), input.name(), input.name());
        }
        QasmType type = evaluator.type(input.type(), scope);
        boolean fits = !input.type().isArray() && type.kind() != QasmType.Kind.STRETCH;
        if (!fits) {
            throw notes.error(
                    QasmRule.TYPE_MISMATCH,
                    input.start(),
                    input.name(),
                    input.type().isArray() ? "an array" : type.described(),
                    "an input of a single value");
        }
        QasmValue value =
                QasmReader.inputValue(
                        given,
                        type,
                        settings.limits(),
                        message ->
                                notes.error(
                                        QasmRule.INPUT_VALUE,
                                        input.start(),
                                        input.name(),
                                        "'" + given + "'",
                                        message));
        var from = new QasmExpression.Absent(input.start(), input.start());
        return variable(type, input.name(), BitNetwork.TRUE, value, from);
    }
}
