package org.qmk.qasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Evaluates classical expressions. What is known is computed; what depends on measurements
/// becomes logic.
final class QasmEvaluator {

    private final QasmNotes notes;
    private final BitNetwork network;
    private final BitStore store;
    private final QasmArithmetic arithmetic;
    private final QasmConversion conversion;
    private final QasmFunctions functions;
    private final QasmSelection selection;
    private final QasmSteps steps;
    private final int sizeMax;
    private Calls calls =
            (_, call, _) -> {
                throw new IllegalStateException("no subroutine " + call.name());
            };

    /// Runs a subroutine; gives its result if it has one.
    interface Calls {
        Optional<QasmValue> call(
                QasmSymbol.Subroutine subroutine, QasmExpression.Call call, QasmScope scope);
    }

    QasmEvaluator(
            QasmNotes notes, BitNetwork network, BitStore store, QasmSteps steps, int sizeMax) {
        this.notes = notes;
        this.steps = steps;
        this.selection = new QasmSelection(notes, this, steps);
        this.network = network;
        this.store = store;
        this.sizeMax = sizeMax;
        this.arithmetic = new QasmArithmetic(notes, network);
        this.conversion = new QasmConversion(notes, network);
        this.functions = new QasmFunctions(notes, network, arithmetic);
    }

    /// States which language is read: in OpenQASM 2 all numbers are real.
    void version2(boolean on) {
        arithmetic.version2(on);
    }

    void calls(Calls next) {
        calls = next;
    }

    QasmConversion conversion() {
        return conversion;
    }

    QasmValue value(QasmExpression expression, QasmScope scope) {
        steps.enter();
        QasmValue value = evaluated(expression, scope);
        steps.leave();
        return value;
    }

    private QasmValue evaluated(QasmExpression expression, QasmScope scope) {
        return switch (expression) {
            case QasmExpression.Whole whole -> new QasmValue.Whole(whole.value());
            case QasmExpression.Real real -> new QasmValue.Real(real.value());
            case QasmExpression.Imaginary imaginary -> new QasmValue.Complex(0, imaginary.value());
            case QasmExpression.Timing timing ->
                    new QasmValue.Time(timing.amount(), timing.isTicks());
            case QasmExpression.Truth truth -> bool(BitNetwork.constant(truth.value()));
            case QasmExpression.Bits bits -> word(bits);
            case QasmExpression.Name name -> named(name, scope);
            case QasmExpression.Unary unary ->
                    arithmetic.unary(unary, value(unary.operand(), scope));
            case QasmExpression.Binary binary -> binary(binary, scope);
            case QasmExpression.Index index -> indexed(index, scope);
            case QasmExpression.Call call -> call(call, scope);
            case QasmExpression.Cast cast ->
                    conversion.cast(value(cast.operand(), scope), type(cast.type(), scope), cast);
            case QasmExpression.Hardware hardware -> throw mismatch(hardware, "a qubit", "a value");
            case QasmExpression.Measure measure ->
                    throw mismatch(
                            measure,
                            "a measurement",
                            "a value; assign the measurement to a bit first");
            case QasmExpression.Range range -> throw mismatch(range, "a range", "a value");
            case QasmExpression.Set set -> throw mismatch(set, "a set", "a value");
            case QasmExpression.Absent absent -> throw mismatch(absent, "missing", "a value");
        };
    }

    private QasmRefusal mismatch(QasmExpression expression, String found, String wanted) {
        return notes.error(
                QasmRule.TYPE_MISMATCH, expression.start(), text(expression), found, wanted);
    }

    private String text(QasmExpression expression) {
        return notes.excerpt(expression.start(), expression.end());
    }

    /// A number that is known now.
    double real(QasmExpression expression, QasmScope scope) {
        return conversion.real(value(expression, scope), expression);
    }

    /// A whole number that is known now.
    long whole(QasmExpression expression, QasmScope scope) {
        return conversion.whole(value(expression, scope), expression);
    }

    /// The literal of a condition.
    int condition(QasmExpression expression, QasmScope scope) {
        return conversion.truth(value(expression, scope), expression);
    }

    /// Whether two values are equal, as a literal.
    int equal(QasmValue left, QasmValue right, QasmExpression from) {
        return conversion.truth(
                arithmetic.binary(QasmOperator.Comparison.EQUAL, left, right, from.start()), from);
    }

    private static QasmValue bool(int literal) {
        return new QasmValue.Word(new int[] {literal}, QasmType.BOOL);
    }

    private static QasmValue word(QasmExpression.Bits bits) {
        String digits = bits.digits();
        int[] literals = new int[digits.length()];
        for (int i = 0; i < literals.length; i++) {
            literals[i] = BitNetwork.constant(digits.charAt(literals.length - 1 - i) == '1');
        }
        return new QasmValue.Word(literals, QasmType.register(literals.length));
    }

    /// The symbol of a name.
    QasmSymbol symbol(String name, int at, QasmScope scope) {
        Optional<QasmSymbol> found = scope.find(name);
        if (found.isEmpty()) throw notes.error(QasmRule.NAME_UNKNOWN, at, name, "");
        if (found.get() instanceof QasmSymbol.Poisoned) throw QasmRefusal.STATEMENT;
        return found.get();
    }

    private QasmValue named(QasmExpression.Name name, QasmScope scope) {
        if (scope.find(name.name()).isEmpty()) {
            switch (name.name()) {
                case "pi", "π" -> {
                    return new QasmValue.Real(Math.PI);
                }
                case "tau", "τ" -> {
                    return new QasmValue.Real(2 * Math.PI);
                }
                case "euler", "ℇ" -> {
                    return new QasmValue.Real(Math.E);
                }
                default -> {}
            }
        }
        return read(symbol(name.name(), name.start(), scope), name);
    }

    /// The value of a variable or constant.
    QasmValue read(QasmSymbol symbol, QasmExpression from) {
        return switch (symbol) {
            case QasmSymbol.Constant(QasmValue value) -> value;
            case QasmSymbol.Number number -> {
                if (number.type.kind() == QasmType.Kind.STRETCH) {
                    throw notes.error(QasmRule.UNSUPPORTED_STRETCH, from.start(), text(from));
                }
                yield number.value;
            }
            case QasmSymbol.Bits bits -> {
                steps.take(bits.places.length / BITS_PER_STEP);
                yield QasmConversion.known(
                        new QasmValue.Word(store.literals(bits.places), bits.type));
            }
            case QasmSymbol.Qubits _,
                    QasmSymbol.Array _,
                    QasmSymbol.Gate _,
                    QasmSymbol.Subroutine _,
                    QasmSymbol.Poisoned _ ->
                    throw notes.error(
                            QasmRule.NAME_KIND,
                            from.start(),
                            text(from),
                            symbol.described(),
                            "a value");
        };
    }

    /// Bits that are read in the time of a step.
    private static final int BITS_PER_STEP = 64;

    private QasmValue binary(QasmExpression.Binary binary, QasmScope scope) {
        QasmValue left = value(binary.left(), scope);
        QasmValue right = value(binary.right(), scope);
        return switch (binary.operator()) {
            case QasmOperator.Connective connective -> connected(connective, binary, left, right);
            case QasmOperator.Numeric operator ->
                    arithmetic.binary(operator, left, right, binary.start());
        };
    }

    private QasmValue connected(
            QasmOperator.Connective connective,
            QasmExpression.Binary binary,
            QasmValue left,
            QasmValue right) {
        return switch (connective) {
            case AND ->
                    bool(
                            network.and(
                                    conversion.truth(left, binary.left()),
                                    conversion.truth(right, binary.right())));
            case OR ->
                    bool(
                            network.or(
                                    conversion.truth(left, binary.left()),
                                    conversion.truth(right, binary.right())));
            case CONCATENATE -> concatenated(binary, left, right);
        };
    }

    private QasmValue concatenated(QasmExpression.Binary binary, QasmValue left, QasmValue right) {
        if (left instanceof QasmValue.Word a
                && right instanceof QasmValue.Word b
                && !a.type.isWhole()
                && !b.type.isWhole()) {
            int[] joined = Arrays.copyOf(a.literals, a.literals.length + b.literals.length);
            System.arraycopy(b.literals, 0, joined, a.literals.length, b.literals.length);
            return new QasmValue.Word(joined, QasmType.register(joined.length));
        }
        throw notes.error(
                QasmRule.TYPE_OPERATOR,
                binary.start(),
                "++",
                left.described() + " and " + right.described());
    }

    /// An element or some of a variable or value; integers may be indexed too, as if cast to bits.
    private QasmValue indexed(QasmExpression.Index index, QasmScope scope) {
        Optional<QasmSymbol> variable = variable(index, scope);
        if (variable.isPresent()) {
            Optional<QasmPath> path = selection.path(variable.get(), index, scope);
            if (path.isPresent()) return path.get().read(this, network, index);
            return read(selection.selected(index, scope), index);
        }
        if (index.indices().size() > 1) throw tooMany(index, 1);
        QasmExpression chosenBy = index.indices().get(0);
        QasmValue.Word word = bits(value(index.base(), scope), index);
        if (QasmSelection.isSingle(chosenBy)) {
            QasmValue place = value(chosenBy, scope);
            if (place instanceof QasmValue.Word at && !at.isKnown()) {
                return new QasmValue.Word(
                        new int[] {network.choose(word.literals, at.literals)}, QasmType.BIT);
            }
        }
        int[] chosen = selection.choose(chosenBy, word.literals.length, index.base(), scope);
        int[] literals = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) literals[i] = word.literals[chosen[i]];
        boolean single = QasmSelection.isSingle(chosenBy);
        return new QasmValue.Word(
                literals, single ? QasmType.BIT : QasmType.register(literals.length));
    }

    private QasmRefusal tooMany(QasmExpression.Index index, int most) {
        return notes.error(
                QasmRule.ARRAY_INDICES,
                index.start(),
                index.indices().size(),
                text(index.base()),
                most);
    }

    private QasmValue.Word bits(QasmValue base, QasmExpression.Index index) {
        if (base instanceof QasmValue.Whole(long whole, QasmType type)) {
            int width = type.width() == 0 ? 64 : type.width();
            return new QasmValue.Word(
                    QasmConversion.literals(whole, width), new QasmType(type.kind(), width));
        }
        if (base instanceof QasmValue.Real real && real.type().isAngleOfBits()) {
            int width = real.type().width();
            return new QasmValue.Word(
                    QasmConversion.literals(QasmConversion.parts(real), width),
                    QasmType.register(width));
        }
        if (base instanceof QasmValue.Word word && word.type.kind() != QasmType.Kind.BOOL) {
            return word;
        }
        throw notes.error(
                QasmRule.TYPE_MISMATCH,
                index.start(),
                text(index.base()),
                base.described(),
                "something with elements");
    }

    /// The bits or array that an index, or a row of them, begins with.
    Optional<QasmSymbol> variable(QasmExpression.Index index, QasmScope scope) {
        QasmExpression base = index.base();
        while (base instanceof QasmExpression.Index inner) base = inner.base();
        if (!(base instanceof QasmExpression.Name name)) return Optional.empty();
        Optional<QasmSymbol> found = scope.find(name.name());
        if (found.isEmpty()) return Optional.empty();
        QasmSymbol symbol = symbol(name.name(), name.start(), scope);
        boolean hasElements =
                symbol instanceof QasmSymbol.Array
                        || symbol instanceof QasmSymbol.Bits bits
                                && bits.type.kind() != QasmType.Kind.BOOL;
        return hasElements ? Optional.of(symbol) : Optional.empty();
    }

    /// The refusal of a number that would depend on a measurement.
    QasmRefusal dependent(QasmExpression from) {
        return notes.error(QasmRule.UNSUPPORTED_FLOAT, from.start(), text(from));
    }

    QasmSelection selection() {
        return selection;
    }

    /// The values that a loop runs over.
    ///
    /// @param steps must have one left for each value of a range
    List<QasmValue> sequence(QasmExpression values, QasmScope scope, QasmSteps steps) {
        if (!(values instanceof QasmExpression.Several several)) return elements(values, scope);
        List<QasmValue> sequence = new ArrayList<>();
        switch (several) {
            case QasmExpression.Range range -> {
                if (range.first().isAbsent() || range.last().isAbsent()) {
                    throw mismatch(range, "open", "a range with both ends");
                }
                long[] bounds = selection.bounds(range, 0, scope);
                long count = QasmSelection.rounds(bounds);
                if (count < 0 || count > steps.left()) throw steps.exceeded(values.start());
                for (long i = 0; i < count; i++) {
                    sequence.add(new QasmValue.Whole(bounds[0] + i * bounds[1]));
                }
            }
            case QasmExpression.Set set -> {
                for (QasmExpression each : set.elements()) sequence.add(value(each, scope));
            }
        }
        return sequence;
    }

    /// The elements of an array, or the bits of a register, each a value.
    private List<QasmValue> elements(QasmExpression values, QasmScope scope) {
        List<QasmValue> elements = new ArrayList<>();
        if (selection.array(values, scope) instanceof QasmSymbol.Array array) {
            if (array.dimensions.length > 1) {
                throw mismatch(values, array.described(), "one dimension");
            }
            steps.take(array.elements.length);
            for (QasmSymbol each : array.elements) elements.add(read(each, values));
            return elements;
        }
        if (!(value(values, scope) instanceof QasmValue.Word word)) {
            throw mismatch(values, "a single value", "a range, a set, a register or an array");
        }
        steps.take(word.literals.length);
        for (int literal : word.literals) {
            elements.add(new QasmValue.Word(new int[] {literal}, QasmType.BIT));
        }
        return elements;
    }

    private QasmValue call(QasmExpression.Call call, QasmScope scope) {
        if (scope.find(call.name()).isPresent()) {
            QasmSymbol symbol = symbol(call.name(), call.start(), scope);
            if (symbol instanceof QasmSymbol.Subroutine subroutine) {
                Optional<QasmValue> result = calls.call(subroutine, call, scope);
                if (result.isPresent()) return result.get();
                throw notes.error(QasmRule.CALL_RESULT, call.start(), call.name());
            }
            throw notes.error(
                    QasmRule.NAME_KIND,
                    call.start(),
                    call.name(),
                    symbol.described(),
                    "a function");
        }
        if ("sizeof".equals(call.name()) && !call.arguments().isEmpty()) {
            Optional<QasmValue> size = size(call, scope);
            if (size.isPresent()) return size.get();
        }
        List<QasmValue> arguments = new ArrayList<>();
        for (QasmExpression argument : call.arguments()) arguments.add(value(argument, scope));
        return functions.apply(call, arguments);
    }

    /// The number of qubits of a register, or of elements of an array in a dimension.
    private Optional<QasmValue> size(QasmExpression.Call call, QasmScope scope) {
        QasmExpression what = call.arguments().get(0);
        if (selection.array(what, scope) instanceof QasmSymbol.Array array) {
            long dimension =
                    call.arguments().size() == 1 ? 0 : whole(call.arguments().get(1), scope);
            int rank = array.dimensions.length;
            if (call.arguments().size() > 2 || dimension < 0 || dimension >= rank) {
                throw notes.error(
                        QasmRule.VALUE_INDEX, call.start(), dimension, text(what), rank, rank - 1);
            }
            return Optional.of(new QasmValue.Whole(array.dimensions[(int) dimension]));
        }
        boolean isQubits =
                call.arguments().size() == 1
                        && what instanceof QasmExpression.Name name
                        && scope.find(name.name()).orElse(POISONED) instanceof QasmSymbol.Qubits;
        if (!isQubits) return Optional.empty();
        String name = ((QasmExpression.Name) what).name();
        var qubits = (QasmSymbol.Qubits) scope.find(name).orElse(POISONED);
        return Optional.of(new QasmValue.Whole(qubits.handles.length));
    }

    private static final QasmSymbol POISONED = new QasmSymbol.Poisoned();

    /// A type with its width computed.
    QasmType type(QasmTypeName name, QasmScope scope) {
        int width = name.width().isAbsent() ? 0 : size(name.width(), scope);
        return switch (name.word()) {
            case BIT -> width == 0 ? QasmType.BIT : QasmType.register(width);
            case BOOL -> QasmType.BOOL;
            case INT ->
                    new QasmType(QasmType.Kind.INT, width == 0 ? INTEGER_WIDTH : word(name, width));
            case UINT ->
                    new QasmType(
                            QasmType.Kind.UINT, width == 0 ? INTEGER_WIDTH : word(name, width));
            case ANGLE -> new QasmType(QasmType.Kind.ANGLE, width);
            case FLOAT -> QasmType.FLOAT;
            case COMPLEX -> QasmType.COMPLEX;
            case DURATION -> QasmType.DURATION;
            case STRETCH -> QasmType.STRETCH;
        };
    }

    /// Bits of an int or uint that does not say.
    static final int INTEGER_WIDTH = 32;

    private int word(QasmTypeName name, int width) {
        if (width > 64) throw notes.error(QasmRule.VALUE_SIZE, name.width().start(), width, 64);
        return width;
    }

    /// The size of a register.
    int size(QasmExpression expression, QasmScope scope) {
        long size = whole(expression, scope);
        if (size < 1 || size > sizeMax) {
            throw notes.error(QasmRule.VALUE_SIZE, expression.start(), size, sizeMax);
        }
        return (int) size;
    }
}
