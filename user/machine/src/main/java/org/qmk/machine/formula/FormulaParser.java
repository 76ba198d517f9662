package org.qmk.machine.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parses a formula by recursive descent.
final class FormulaParser {

    /// Says why a text is no formula; never leaves this class.
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    private static final int OPERATORS_MAX = 512;

    private final String text;
    private final List<String> variables;
    private int at;
    private int depth;
    private int operators;

    FormulaParser(String text, List<String> variables) {
        this.text = text;
        this.variables = List.copyOf(variables);
    }

    Formula.Parsed parse() {
        if (text.length() > Formula.LENGTH_MAX) {
            return new Formula.Parsed.Failed(
                    "%d characters, expected at most %d"
                            .formatted(text.length(), Formula.LENGTH_MAX));
        }
        try {
            Formula.Term term = sum();
            if (at < text.length()) throw unexpected("an operator or the end");
            return new Formula.Parsed.Ok(new Formula(text, term));
        } catch (Wrong wrong) {
            return new Formula.Parsed.Failed(wrong.getMessage());
        }
    }

    private Formula.Term sum() throws Wrong {
        if (++depth > Formula.DEPTH_MAX) {
            throw new Wrong("nested deeper than %d".formatted(Formula.DEPTH_MAX));
        }
        Formula.Term left = product();
        while (next("+-")) {
            char operator = text.charAt(at++);
            left = new Formula.Term.Operation(operator, left, product());
            bounded();
        }
        depth--;
        return left;
    }

    private Formula.Term product() throws Wrong {
        Formula.Term left = signed();
        while (next("*/%")) {
            char operator = text.charAt(at++);
            left = new Formula.Term.Operation(operator, left, signed());
            bounded();
        }
        return left;
    }

    private Formula.Term signed() throws Wrong {
        boolean negative = false;
        while (next("+-")) negative ^= text.charAt(at++) == '-';
        Formula.Term power = power();
        return negative ? new Formula.Term.Negation(power) : power;
    }

    private Formula.Term power() throws Wrong {
        Formula.Term base = atom();
        if (!next("^")) return base;
        at++;
        if (++depth > Formula.DEPTH_MAX) {
            throw new Wrong("nested deeper than %d".formatted(Formula.DEPTH_MAX));
        }
        Formula.Term exponent = signed();
        depth--;
        return new Formula.Term.Operation('^', base, exponent);
    }

    private Formula.Term atom() throws Wrong {
        space();
        if (at == text.length()) throw unexpected("a number, a name or a bracket");
        char first = text.charAt(at);
        if (first == '(') {
            at++;
            Formula.Term inside = sum();
            expect(')');
            return inside;
        }
        if (first >= '0' && first <= '9' || first == '.') return number();
        if (letter(first)) return name();
        throw unexpected("a number, a name or a bracket");
    }

    private Formula.Term number() throws Wrong {
        int from = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') at++;
        digits();
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) at++;
            digits();
        }
        String digits = text.substring(from, at);
        try {
            double value = Double.parseDouble(digits);
            if (Double.isFinite(value)) return new Formula.Term.Number(value);
        } catch (NumberFormatException malformed) {
            throw new Wrong("'%s' at %d is no number".formatted(digits, from + 1));
        }
        throw new Wrong("'%s' at %d is too large".formatted(digits, from + 1));
    }

    private void digits() {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
    }

    private Formula.Term name() throws Wrong {
        int from = at;
        while (at < text.length() && (letter(text.charAt(at)) || digit(text.charAt(at)))) at++;
        String name = text.substring(from, at);
        if (next("(")) return call(name, from);
        for (int i = 0; i < variables.size(); i++) {
            for (String alias : variables.get(i).split("\\|")) {
                if (alias.equals(name)) return new Formula.Term.Variable(i);
            }
        }
        throw new Wrong(
                "'%s' at %d is unknown; expected are %s"
                        .formatted(name, from + 1, String.join(", ", variables).replace('|', '/')));
    }

    private Formula.Term call(String name, int from) throws Wrong {
        Optional<FormulaFunction> function = FormulaFunction.named(name);
        if (function.isEmpty()) {
            throw new Wrong("there is no function '%s' (at %d)".formatted(name, from + 1));
        }
        at++;
        List<Formula.Term> arguments = new ArrayList<>();
        while (!next(")")) {
            if (!arguments.isEmpty()) expect(',');
            arguments.add(sum());
        }
        at++;
        if (!function.get().takes(arguments.size())) {
            throw new Wrong(
                    "'%s' at %d has %d arguments".formatted(name, from + 1, arguments.size()));
        }
        return new Formula.Term.Call(function.get(), arguments);
    }

    /// A chain of operators makes a term as deep as it is long.
    private void bounded() throws Wrong {
        if (++operators > OPERATORS_MAX) {
            throw new Wrong("more than %d operators".formatted(OPERATORS_MAX));
        }
    }

    private void expect(char bracket) throws Wrong {
        if (!next(String.valueOf(bracket))) throw unexpected("'" + bracket + "'");
        at++;
    }

    /// Whether one of the characters comes next.
    private boolean next(String characters) {
        space();
        return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') at++;
    }

    private Wrong unexpected(String expected) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new Wrong("%s at %d, expected %s".formatted(found, at + 1, expected));
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
