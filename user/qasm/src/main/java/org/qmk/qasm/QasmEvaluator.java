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
    private final int sizeMax;

    QasmEvaluator(QasmNotes notes, BitNetwork network, BitStore store, int sizeMax) {
        this.notes = notes;
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

    QasmConversion conversion() {
        return conversion;
    }

    QasmValue value(QasmExpression expression, QasmScope scope) {
        return switch (expression) {
            case QasmExpression.Whole whole -> new QasmValue.Whole(whole.value());
            case QasmExpression.Real real -> new QasmValue.Real(real.value());
            case QasmExpression.Truth truth -> bool(BitNetwork.constant(truth.value()));
            case QasmExpression.Bits bits -> word(bits);
            case QasmExpression.Name name -> named(name, scope);
            case QasmExpression.Unary unary ->
                    arithmetic.unary(unary, value(unary.operand(), scope));
            case QasmExpression.Binary binary -> binary(binary, scope);
            case QasmExpression.Index index -> index(index, scope);
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
        QasmSymbol symbol = symbol(name.name(), name.start(), scope);
        return switch (symbol) {
            case QasmSymbol.Constant(QasmValue value) -> value;
            case QasmSymbol.Number number -> new QasmValue.Real(number.value);
            case QasmSymbol.Bits bits -> read(bits);
            case QasmSymbol.Qubits _, QasmSymbol.Gate _, QasmSymbol.Poisoned _ ->
                    throw notes.error(
                            QasmRule.NAME_KIND,
                            name.start(),
                            name.name(),
                            symbol.described(),
                            "a value");
        };
    }

    private QasmValue read(QasmSymbol.Bits bits) {
        return conversion.known(new QasmValue.Word(store.literals(bits.places), bits.type));
    }

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

    /// A bit or some bits of a value; integers may be indexed too, as if cast to bits.
    private QasmValue index(QasmExpression.Index index, QasmScope scope) {
        if (index.base() instanceof QasmExpression.Name name
                && symbolOrConstant(name, scope) instanceof QasmSymbol.Bits bits
                && bits.type.kind() != QasmType.Kind.BOOL) {
            return element(index, bits, scope);
        }
        QasmValue base = value(index.base(), scope);
        if (base instanceof QasmValue.Whole(long whole)) {
            base =
                    new QasmValue.Word(
                            QasmConversion.literals(whole, 64),
                            new QasmType(QasmType.Kind.INT, 64));
        }
        if (!(base instanceof QasmValue.Word word) || word.type.kind() == QasmType.Kind.BOOL) {
            throw notes.error(
                    QasmRule.TYPE_MISMATCH,
                    index.start(),
                    text(index.base()),
                    base.described(),
                    "something with elements");
        }
        int[] chosen = choose(index.index(), word.literals.length, index.base(), scope);
        int[] literals = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) literals[i] = word.literals[chosen[i]];
        boolean single = isSingle(index.index());
        return new QasmValue.Word(
                literals, single ? QasmType.BIT : QasmType.register(literals.length));
    }

    /// Reads the chosen bits of a variable alone, however long it is.
    private QasmValue element(QasmExpression.Index index, QasmSymbol.Bits bits, QasmScope scope) {
        int[] places = choose(index.index(), bits.places.length, index.base(), scope);
        for (int i = 0; i < places.length; i++) places[i] = bits.places[places[i]];
        QasmType type = isSingle(index.index()) ? QasmType.BIT : QasmType.register(places.length);
        return new QasmValue.Word(store.literals(places), type);
    }

    /// What a name stands for; the language's own constants have no symbol.
    private QasmSymbol symbolOrConstant(QasmExpression.Name name, QasmScope scope) {
        return scope.find(name.name()).isPresent()
                ? symbol(name.name(), name.start(), scope)
                : new QasmSymbol.Constant(named(name, scope));
    }

    static boolean isSingle(QasmExpression index) {
        return !(index instanceof QasmExpression.Several);
    }

    /// The elements that an index chooses out of `size`, in order; negative ones count from the
    /// end.
    int[] choose(QasmExpression index, int size, QasmExpression what, QasmScope scope) {
        if (!(index instanceof QasmExpression.Several several)) {
            return new int[] {element(whole(index, scope), size, what, index.start())};
        }
        return switch (several) {
            case QasmExpression.Range range -> {
                long[] bounds = bounds(range, size, scope);
                int count = count(bounds, range.start(), size);
                int[] chosen = new int[count];
                for (int i = 0; i < count; i++) {
                    chosen[i] = element(bounds[0] + i * bounds[1], size, what, range.start());
                }
                yield chosen;
            }
            case QasmExpression.Set set -> {
                int[] chosen = new int[set.elements().size()];
                for (int i = 0; i < chosen.length; i++) {
                    QasmExpression each = set.elements().get(i);
                    chosen[i] = element(whole(each, scope), size, what, each.start());
                }
                yield chosen;
            }
        };
    }

    private int element(long index, int size, QasmExpression what, int at) {
        long place = index < 0 ? index + size : index;
        if (place < 0 || place >= size) {
            throw notes.error(QasmRule.VALUE_INDEX, at, index, text(what), size, size - 1);
        }
        return (int) place;
    }

    /// First, step and last of a range over `size` elements, what is left out filled in.
    private long[] bounds(QasmExpression.Range range, int size, QasmScope scope) {
        long step = range.step().isAbsent() ? 1 : whole(range.step(), scope);
        if (step == 0) throw notes.error(QasmRule.VALUE_STEP, range.start());
        long first =
                range.first().isAbsent() ? step > 0 ? 0 : size - 1 : whole(range.first(), scope);
        long last = range.last().isAbsent() ? step > 0 ? size - 1 : 0 : whole(range.last(), scope);
        if (size > 0 && first < 0) first += size;
        if (size > 0 && last < 0) last += size;
        return new long[] {first, step, last};
    }

    private int count(long[] bounds, int at, int most) {
        long first = bounds[0];
        long step = bounds[1];
        long last = bounds[2];
        if (step > 0 ? first > last : first < last) return 0;
        // unsigned, for the difference of two longs may not fit one
        long count = Long.divideUnsigned(step > 0 ? last - first : first - last, Math.abs(step));
        if (count < 0 || count >= most) {
            throw notes.error(QasmRule.VALUE_INDEX, at, last, "the range", most, most - 1);
        }
        return (int) count + 1;
    }

    /// The values that a loop runs over.
    ///
    /// @param steps must have one left for each value of a range
    List<QasmValue> sequence(QasmExpression values, QasmScope scope, QasmSteps steps) {
        if (!(values instanceof QasmExpression.Several several)) return bits(values, scope);
        List<QasmValue> sequence = new ArrayList<>();
        switch (several) {
            case QasmExpression.Range range -> {
                if (range.first().isAbsent() || range.last().isAbsent()) {
                    throw mismatch(range, "open", "a range with both ends");
                }
                long[] bounds = bounds(range, 0, scope);
                long count = rounds(bounds);
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

    /// The bits of a register, each a value.
    private List<QasmValue> bits(QasmExpression register, QasmScope scope) {
        if (!(value(register, scope) instanceof QasmValue.Word word)) {
            throw mismatch(register, "a single value", "a range, a set or a register");
        }
        List<QasmValue> bits = new ArrayList<>(word.literals.length);
        for (int literal : word.literals) {
            bits.add(new QasmValue.Word(new int[] {literal}, QasmType.BIT));
        }
        return bits;
    }

    /// The rounds of a range, negative if more than fit.
    private static long rounds(long[] bounds) {
        if (bounds[1] > 0 ? bounds[0] > bounds[2] : bounds[0] < bounds[2]) return 0;
        long span = bounds[1] > 0 ? bounds[2] - bounds[0] : bounds[0] - bounds[2];
        return Long.divideUnsigned(span, Math.abs(bounds[1])) + 1;
    }

    private QasmValue call(QasmExpression.Call call, QasmScope scope) {
        if ("sizeof".equals(call.name())
                && call.arguments().size() == 1
                && call.arguments().get(0) instanceof QasmExpression.Name name
                && symbol(name.name(), name.start(), scope) instanceof QasmSymbol.Qubits qubits) {
            return new QasmValue.Whole(qubits.handles.length);
        }
        if (scope.find(call.name()).isPresent()) {
            QasmSymbol symbol = symbol(call.name(), call.start(), scope);
            throw notes.error(
                    QasmRule.NAME_KIND,
                    call.start(),
                    call.name(),
                    symbol.described(),
                    "a function");
        }
        List<QasmValue> arguments = new ArrayList<>();
        for (QasmExpression argument : call.arguments()) arguments.add(value(argument, scope));
        return functions.apply(call, arguments);
    }

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
