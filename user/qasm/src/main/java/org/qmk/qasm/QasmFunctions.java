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
        return switch (call.name()) {
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
            case QasmValue.Whole(long whole) -> whole;
            case QasmValue.Real(double value) -> value;
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
                && arguments.get(0) instanceof QasmValue.Whole(long whole)
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
        return counted.isKnown() ? new QasmValue.Whole(counted.number()) : counted;
    }

    /// Bits moved towards higher places, those that leave at the top coming in below.
    private QasmValue rotated(QasmExpression.Call call, List<QasmValue> arguments, int direction) {
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
        return new QasmValue.Word(literals, word.type);
    }

    private QasmValue size(QasmExpression.Call call, List<QasmValue> arguments) {
        if (arguments.size() != 1 || !(arguments.get(0) instanceof QasmValue.Word word)) {
            throw wrong(call, arguments, "a register");
        }
        return new QasmValue.Whole(word.literals.length);
    }
}
