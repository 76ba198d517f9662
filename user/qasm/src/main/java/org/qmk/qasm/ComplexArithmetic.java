package org.qmk.qasm;

/// Formulas of complex numbers.
final class ComplexArithmetic {

    private ComplexArithmetic() {}

    /// The result; not finite where there is none.
    static QasmValue.Complex calculated(
            QasmOperator.Calculation operator, QasmValue.Complex a, QasmValue.Complex b) {
        return switch (operator) {
            case ADD -> new QasmValue.Complex(a.re() + b.re(), a.im() + b.im());
            case SUBTRACT -> new QasmValue.Complex(a.re() - b.re(), a.im() - b.im());
            case MULTIPLY -> product(a, b);
            case DIVIDE -> quotient(a, b);
            case POWER -> power(a, b);
            case REMAINDER -> throw new IllegalStateException("complex numbers have no remainder");
        };
    }

    private static QasmValue.Complex product(QasmValue.Complex a, QasmValue.Complex b) {
        return new QasmValue.Complex(
                a.re() * b.re() - a.im() * b.im(), a.re() * b.im() + a.im() * b.re());
    }

    private static QasmValue.Complex quotient(QasmValue.Complex a, QasmValue.Complex b) {
        double norm = b.re() * b.re() + b.im() * b.im();
        QasmValue.Complex numerator = product(a, new QasmValue.Complex(b.re(), -b.im()));
        return new QasmValue.Complex(numerator.re() / norm, numerator.im() / norm);
    }

    /// Whole powers by multiplication, which is exact for small numbers; others by exp(b ln a).
    private static QasmValue.Complex power(QasmValue.Complex a, QasmValue.Complex b) {
        boolean isWhole = b.im() == 0 && b.re() == Math.rint(b.re()) && Math.abs(b.re()) <= 1024;
        if (isWhole) {
            var result = new QasmValue.Complex(1, 0);
            for (int i = 0; i < Math.abs(b.re()); i++) result = product(result, a);
            return b.re() < 0 ? quotient(new QasmValue.Complex(1, 0), result) : result;
        }
        if (a.re() == 0 && a.im() == 0) return new QasmValue.Complex(0, 0);
        var ln = new QasmValue.Complex(Math.log(Math.hypot(a.re(), a.im())), argument(a));
        return exponential(product(b, ln));
    }

    static double argument(QasmValue.Complex a) {
        return Math.atan2(a.im(), a.re());
    }

    static QasmValue.Complex exponential(QasmValue.Complex a) {
        double length = Math.exp(a.re());
        return new QasmValue.Complex(length * Math.cos(a.im()), length * Math.sin(a.im()));
    }

    /// The root in the right half plane.
    static QasmValue.Complex root(QasmValue.Complex a) {
        double length = Math.sqrt(Math.hypot(a.re(), a.im()));
        double half = argument(a) / 2;
        return new QasmValue.Complex(length * Math.cos(half), length * Math.sin(half));
    }
}
