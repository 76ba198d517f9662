package org.qmk.qasm;

import java.util.List;

/// The functions that the language defines.
final class QasmFunctions {

    private final QasmNotes notes;
    private final BitNetwork network;
    private final QasmArithmetic arithmetic;

    QasmFunctions(QasmNotes notes, BitNetwork network, QasmArithmetic arithmetic) {
        this.notes = notes;
        this.network = network;
        this.arithmetic = arithmetic;
    }

    QasmValue apply(QasmExpression.Call call, List<QasmValue> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof QasmValue.Complex complex) {
            return ofComplex(call, complex);
        }
        return switch (call.name()) {
            case "real" -> real(call, number(call, arguments));
            case "imag" -> real(call, 0 * number(call, arguments));
            case "sin" -> real(call, Math.sin(number(call, arguments)));
            case "cos" -> real(call, Math.cos(number(call, arguments)));
            case "tan" -> real(call, Math.tan(number(call, arguments)));
            case "arcsin", "asin" -> real(call, Math.asin(number(call, arguments)));
            case "arccos", "acos" -> real(call, Math.acos(number(call, arguments)));
            case "arctan", "atan" -> real(call, Math.atan(number(call, arguments)));
            case "exp" -> real(call, Math.exp(number(call, arguments)));
            case "ln", "log" -> real(call, Math.log(number(call, arguments)));
            case "sqrt" -> real(call, Math.sqrt(number(call, arguments)));
            case "floor" -> real(call, Math.floor(number(call, arguments)));
            case "ceiling" -> real(call, Math.ceil(number(call, arguments)));
            case "mod" -> two(call, arguments, QasmOperator.Calculation.REMAINDER);
            case "pow" -> two(call, arguments, QasmOperator.Calculation.POWER);
            case "popcount" -> popcount(call, arguments);
            case "rotl" -> rotated(call, arguments, 1);
            case "rotr" -> rotated(call, arguments, -1);
            case "sizeof" -> size(call, arguments);
            default ->
                    throw notes.error(
                            QasmRule.NAME_UNKNOWN, call.start(), "function " + call.name(), "");
        };
    }

    private QasmValue ofComplex(QasmExpression.Call call, QasmValue.Complex complex) {
        return switch (call.name()) {
            case "real" -> real(call, complex.re());
            case "imag" -> real(call, complex.im());
            case "exp" -> ComplexArithmetic.exponential(complex);
            case "sqrt" -> ComplexArithmetic.root(complex);
            default -> throw wrong(call, List.of(complex), "a real number");
        };
    }

    private QasmRefusal wrong(QasmExpression.Call call, List<QasmValue> arguments, String wanted) {
        var found = new StringBuilder();
        for (QasmValue argument : arguments) {
            found.append(found.isEmpty() ? "" : ", ").append(argument.described());
        }
        String given = found.isEmpty() ? "nothing" : found.toString();
        return notes.error(QasmRule.TYPE_CALL, call.start(), call.name(), given, wanted);
    }

    private double number(QasmExpression.Call call, List<QasmValue> arguments) {
        if (arguments.size() != 1) throw wrong(call, arguments, "one number");
        return switch (arguments.get(0)) {
            case QasmValue.Whole(long whole, var _) -> whole;
            case QasmValue.Real(double value, var _) -> value;
            case QasmValue.Complex _, QasmValue.Time _ ->
                    throw wrong(call, arguments, "one number");
            case QasmValue.Word word -> {
                if (word.isKnown() && word.literals.length < 64) yield word.number();
                throw wrong(call, arguments, "one number known before the program runs");
            }
        };
    }

    private QasmValue real(QasmExpression.Call call, double value) {
        if (!Double.isFinite(value)) {
            throw notes.error(
                    QasmRule.VALUE_ARITHMETIC,
                    call.start(),
                    notes.excerpt(call.start(), call.end()),
                    "the result is not a finite number");
        }
        return new QasmValue.Real(value);
    }

    private QasmValue two(
            QasmExpression.Call call,
            List<QasmValue> arguments,
            QasmOperator.Calculation operator) {
        if (arguments.size() != 2) throw wrong(call, arguments, "two numbers");
        return arithmetic.binary(operator, arguments.get(0), arguments.get(1), call.start());
    }

    private QasmValue popcount(QasmExpression.Call call, List<QasmValue> arguments) {
        if (arguments.size() == 1
                && arguments.get(0) instanceof QasmValue.Whole(long whole, var _)
                && whole >= 0) {
            return new QasmValue.Whole(Long.bitCount(whole));
        }
        if (arguments.size() != 1 || !(arguments.get(0) instanceof QasmValue.Word word)) {
            throw wrong(call, arguments, "a bit register");
        }
        int width = 32 - Integer.numberOfLeadingZeros(word.literals.length);
        int[] sum = new int[width];
        for (int literal : word.literals) {
            int[] one = new int[width];
            one[0] = literal;
            sum = network.add(sum, one, BitNetwork.FALSE);
        }
        var counted = new QasmValue.Word(sum, new QasmType(QasmType.Kind.UINT, width));
        return QasmConversion.known(counted);
    }

    /// Bits moved towards higher places, those that leave at the top coming in below.
    private QasmValue rotated(QasmExpression.Call call, List<QasmValue> arguments, int direction) {
        if (arguments.size() == 2
                && arguments.get(0) instanceof QasmValue.Whole whole
                && !whole.isLiteral()) {
            int[] bits = QasmConversion.literals(whole.value(), whole.type().width());
            var word = new QasmValue.Word(bits, whole.type());
            return rotated(call, List.of(word, arguments.get(1)), direction);
        }
        boolean fits =
                arguments.size() == 2
                        && arguments.get(0) instanceof QasmValue.Word
                        && arguments.get(1) instanceof QasmValue.Whole;
        if (!fits) throw wrong(call, arguments, "a bit register and a known distance");
        var word = (QasmValue.Word) arguments.get(0);
        var distance = (QasmValue.Whole) arguments.get(1);
        int n = word.literals.length;
        int[] literals = new int[n];
        for (int i = 0; i < n; i++) {
            literals[(int) Math.floorMod(i + direction * (distance.value() % n), (long) n)] =
                    word.literals[i];
        }
        return QasmConversion.known(new QasmValue.Word(literals, word.type));
    }

    private QasmValue size(QasmExpression.Call call, List<QasmValue> arguments) {
        if (arguments.size() != 1 || !(arguments.get(0) instanceof QasmValue.Word word)) {
            throw wrong(call, arguments, "a register");
        }
        return new QasmValue.Whole(word.literals.length);
    }
}
