package org.qmk.machine.formula;

import java.util.List;

/// A formula with named variables, such as `2 * codeDistance * codeDistance`.
///
/// It has numbers, variables, `+ - * / % ^`, brackets, and the functions abs, ceil, floor, int,
/// sign, log, round, min, max, e and pi. `^` binds most tightly and from the right; a sign binds
/// less tightly than `^`.
public final class Formula {

    /// More characters than any formula of a code needs.
    public static final int LENGTH_MAX = 4096;

    /// How deep brackets and operators can be nested.
    public static final int DEPTH_MAX = 64;

    private final String text;
    private final Term term;

    Formula(String text, Term term) {
        this.text = text;
        this.term = term;
    }

    /// What parsing gives.
    public sealed interface Parsed {
        record Ok(Formula formula) implements Parsed {}

        /// @param message what is wrong and where, a sentence without its end
        record Failed(String message) implements Parsed {}
    }

    /// A part of a formula. Variables are numbered.
    sealed interface Term {
        record Number(double value) implements Term {}

        record Variable(int index) implements Term {}

        record Negation(Term of) implements Term {}

        record Operation(char operator, Term left, Term right) implements Term {}

        record Call(FormulaFunction function, List<Term> arguments) implements Term {
            public Call {
                arguments = List.copyOf(arguments);
            }
        }
    }

    /// @param variables names that the text can use; several names can stand at one place, apart
    ///     by `|`
    public static Parsed parse(String text, List<String> variables) {
        return new FormulaParser(text, variables).parse();
    }

    /// Its text, as it was given.
    public String text() {
        return text;
    }

    /// The value; not a number, or infinite, where the arithmetic says so.
    ///
    /// @param variables in the order of their names at `parse`
    public double value(double... variables) {
        return value(term, variables);
    }

    private static double value(Term term, double[] variables) {
        return switch (term) {
            case Term.Number(double value) -> value;
            case Term.Variable(int index) -> variables[index];
            case Term.Negation(var of) -> -value(of, variables);
            case Term.Operation(char operator, var left, var right) ->
                    result(operator, value(left, variables), value(right, variables));
            case Term.Call(var function, var arguments) -> {
                double[] values = new double[arguments.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(arguments.get(i), variables);
                }
                yield function.of(values);
            }
        };
    }

    private static double result(char operator, double left, double right) {
        if (operator == '+') return left + right;
        if (operator == '-') return left - right;
        if (operator == '*') return left * right;
        if (operator == '/') return left / right;
        if (operator == '%') return left % right;
        return Math.pow(left, right);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Formula formula && formula.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
