package org.qmk.qasm;

import java.util.ArrayList;
import java.util.List;

/// Reads expressions by precedence (Pratt, 1973), one token ahead.
final class QasmExpressionParser {

    private final QasmLexer lexer;
    private final QasmNotes notes;
    private final int nestingMax;

    /// How many parentheses, indices and operators the reader is inside of.
    private int depth;

    /// Levels of the expression read last. What walks expressions recurses as deep.
    private int height;

    QasmExpressionParser(QasmLexer lexer, QasmNotes notes, int nestingMax) {
        this.lexer = lexer;
        this.notes = notes;
        this.nestingMax = nestingMax;
    }

    QasmExpression expression() {
        return binary(1);
    }

    /// An expression, `measure q`, or a concatenation.
    QasmExpression assigned() {
        if (lexer.token != QasmToken.MEASURE) return expression();
        int start = lexer.start;
        lexer.next();
        QasmExpression operand = operand();
        return new QasmExpression.Measure(start, operand.end(), operand);
    }

    /// A qubit or register: a name with indices, or a physical qubit.
    QasmExpression operand() {
        if (lexer.token == QasmToken.HARDWARE_QUBIT || lexer.token == QasmToken.NAME) {
            return indexed(atom());
        }
        throw unexpected("a qubit or register", "Name what the operation acts on.");
    }

    /// A name that was just read, with the indices that follow.
    QasmExpression indexedName(int start, int end, String name) {
        height = 1;
        return indexed(new QasmExpression.Name(start, end, name));
    }

    /// Expressions up to the closing token, which stays; a comma may come last.
    List<QasmExpression> list(QasmToken close) {
        List<QasmExpression> list = new ArrayList<>();
        int heightMax = 0;
        while (lexer.token != close) {
            list.add(expression());
            heightMax = Math.max(heightMax, height);
            if (lexer.token != QasmToken.COMMA) break;
            lexer.next();
        }
        height = heightMax;
        return list;
    }

    /// What a `for` loop runs over: a set, a range in brackets or an expression.
    QasmExpression values() {
        if (lexer.token == QasmToken.LEFT_BRACE) return set();
        if (lexer.token != QasmToken.LEFT_BRACKET) return expression();
        int start = lexer.start;
        lexer.next();
        QasmExpression range = rangeOrExpression(start);
        expect(QasmToken.RIGHT_BRACKET);
        return range;
    }

    /// A type word with its width, if it has one. The word is known to be one.
    QasmTypeName type() {
        QasmToken word = lexer.token;
        QasmRule unsupported =
                switch (word) {
                    case COMPLEX -> QasmRule.UNSUPPORTED_COMPLEX;
                    case ARRAY, READONLY, MUTABLE -> QasmRule.UNSUPPORTED_ARRAY;
                    case STRETCH -> QasmRule.UNSUPPORTED_STRETCH;
                    default -> QasmRule.UNSUPPORTED_DURATION;
                };
        boolean supported =
                switch (word) {
                    case BIT, INT, UINT, FLOAT, ANGLE, BOOL, CREG -> true;
                    default -> false;
                };
        if (!supported) throw notes.error(unsupported, lexer.start, one(unsupported, "it"));
        lexer.next();
        return new QasmTypeName(word, designator());
    }

    private static Object[] one(QasmRule rule, String fact) {
        return rule.sentence().contains("{}") ? new Object[] {fact} : new Object[0];
    }

    /// `[expression]`, or nothing.
    QasmExpression designator() {
        if (lexer.token != QasmToken.LEFT_BRACKET) {
            return new QasmExpression.Absent(lexer.start, lexer.start);
        }
        lexer.next();
        QasmExpression size = expression();
        expect(QasmToken.RIGHT_BRACKET);
        return size;
    }

    void expect(QasmToken wanted) {
        if (lexer.token != wanted) throw unexpected(wanted.described(), "Write it there.");
        lexer.next();
    }

    QasmRefusal unexpected(String wanted, String mend) {
        if (lexer.token == QasmToken.END_OF_FILE) {
            return notes.error(QasmRule.SYNTAX_END, lexer.start, wanted);
        }
        String found = "'" + notes.excerpt(lexer.start, lexer.end) + "'";
        return notes.error(QasmRule.SYNTAX_TOKEN, lexer.start, found, wanted, mend);
    }

    private QasmExpression binary(int least) {
        QasmExpression left = unary();
        while (true) {
            QasmToken operator = lexer.token;
            int strength = strength(operator);
            if (strength < least) return left;
            int leftHeight = height;
            lexer.next();
            enter();
            // ** is right-associative, the others left
            QasmExpression right =
                    binary(operator == QasmToken.DOUBLE_STAR ? strength : strength + 1);
            depth--;
            grow(Math.max(leftHeight, height), left.start());
            // ^ is a power in OpenQASM 2 and an exclusive or in OpenQASM 3
            QasmToken meaning = strength == POWER ? QasmToken.DOUBLE_STAR : operator;
            left = new QasmExpression.Binary(left.start(), right.end(), meaning, left, right);
        }
    }

    /// How tightly an operator binds, 0 if it is none.
    private int strength(QasmToken operator) {
        return switch (operator) {
            case DOUBLE_PLUS -> 1;
            case DOUBLE_PIPE -> 2;
            case DOUBLE_AMPERSAND -> 3;
            case PIPE -> 4;
            case CARET -> lexer.version2 ? POWER : 5;
            case AMPERSAND -> 6;
            case EQUAL, NOT_EQUAL -> 7;
            case LESS, GREATER, LESS_EQUAL, GREATER_EQUAL -> 8;
            case SHIFT_LEFT, SHIFT_RIGHT -> 9;
            case PLUS, MINUS -> 10;
            case STAR, SLASH, PERCENT -> 11;
            case DOUBLE_STAR -> POWER;
            default -> 0;
        };
    }

    /// Unary operators bind less tightly than powers: -a**2 is -(a**2).
    private static final int POWER = 13;

    private QasmExpression unary() {
        QasmToken operator = lexer.token;
        if (operator != QasmToken.MINUS
                && operator != QasmToken.TILDE
                && operator != QasmToken.EXCLAMATION) {
            return indexed(atom());
        }
        int start = lexer.start;
        lexer.next();
        enter();
        QasmExpression operand = binary(POWER);
        depth--;
        grow(height, start);
        return new QasmExpression.Unary(start, operand.end(), operator, operand);
    }

    private QasmExpression indexed(QasmExpression base) {
        QasmExpression indexed = base;
        while (lexer.token == QasmToken.LEFT_BRACKET) {
            int below = height;
            int start = lexer.start;
            lexer.next();
            enter();
            QasmExpression index =
                    lexer.token == QasmToken.LEFT_BRACE ? set() : rangeOrExpression(start);
            depth--;
            if (lexer.token == QasmToken.COMMA) {
                throw notes.error(QasmRule.UNSUPPORTED_ARRAY, lexer.start);
            }
            grow(Math.max(below, height), start);
            int end = lexer.end;
            expect(QasmToken.RIGHT_BRACKET);
            indexed = new QasmExpression.Index(base.start(), end, indexed, index);
        }
        return indexed;
    }

    private QasmExpression rangeOrExpression(int start) {
        QasmExpression first = part();
        int heightMax = height;
        if (lexer.token != QasmToken.COLON) {
            if (first.isAbsent()) throw unexpected("an index", "Write a number or a range.");
            return first;
        }
        lexer.next();
        QasmExpression second = part();
        heightMax = Math.max(heightMax, height);
        if (lexer.token != QasmToken.COLON) {
            height = heightMax;
            var none = new QasmExpression.Absent(start, start);
            return new QasmExpression.Range(start, lexer.start, first, none, second);
        }
        lexer.next();
        QasmExpression third = part();
        height = Math.max(heightMax, height);
        return new QasmExpression.Range(start, lexer.start, first, second, third);
    }

    private QasmExpression part() {
        if (lexer.token == QasmToken.COLON || lexer.token == QasmToken.RIGHT_BRACKET) {
            height = 0;
            return new QasmExpression.Absent(lexer.start, lexer.start);
        }
        return expression();
    }

    private QasmExpression set() {
        int start = lexer.start;
        lexer.next();
        enter();
        List<QasmExpression> elements = list(QasmToken.RIGHT_BRACE);
        depth--;
        grow(height, start);
        int end = lexer.end;
        expect(QasmToken.RIGHT_BRACE);
        return new QasmExpression.Set(start, end, elements);
    }

    private QasmExpression atom() {
        int start = lexer.start;
        int end = lexer.end;
        height = 1;
        return switch (lexer.token) {
            case NAME, DURATIONOF -> nameOrCall(start, end);
            case INTEGER -> taken(new QasmExpression.Whole(start, end, lexer.whole));
            case REAL -> taken(new QasmExpression.Real(start, end, lexer.real));
            case BITS -> taken(new QasmExpression.Bits(start, end, lexer.text.replace("_", "")));
            case TRUE -> taken(new QasmExpression.Truth(start, end, true));
            case FALSE -> taken(new QasmExpression.Truth(start, end, false));
            case HARDWARE_QUBIT -> taken(new QasmExpression.Hardware(start, end, lexer.whole));
            case LEFT_PAREN -> parenthesised();
            case LEFT_BRACE -> set();
            case BIT, INT, UINT, FLOAT, ANGLE, BOOL -> cast(start);
            case COMPLEX, IMAGINARY -> throw notes.error(QasmRule.UNSUPPORTED_COMPLEX, start);
            case ARRAY -> throw notes.error(QasmRule.UNSUPPORTED_ARRAY, start);
            case TIMING, DURATION ->
                    throw notes.error(
                            QasmRule.UNSUPPORTED_DURATION, start, notes.excerpt(start, end));
            case POW -> functionNamedLikeAKeyword(start);
            default -> throw unexpected("an expression", "Write a value, a name or a formula.");
        };
    }

    private QasmExpression taken(QasmExpression literal) {
        lexer.next();
        return literal;
    }

    private QasmExpression nameOrCall(int start, int end) {
        if (lexer.token == QasmToken.DURATIONOF) {
            throw notes.error(QasmRule.UNSUPPORTED_DURATION, start, "durationof");
        }
        String name = lexer.text;
        lexer.next();
        if (lexer.token == QasmToken.LEFT_PAREN) return call(start, name);
        if (lexer.token == QasmToken.NAME || lexer.token == QasmToken.HARDWARE_QUBIT) {
            throw notes.error(QasmRule.UNSUPPORTED_OPERATION, start, name);
        }
        return new QasmExpression.Name(start, end, name);
    }

    private QasmExpression functionNamedLikeAKeyword(int start) {
        lexer.next();
        if (lexer.token != QasmToken.LEFT_PAREN) throw unexpected("'('", "Give pow its operands.");
        return call(start, "pow");
    }

    private QasmExpression call(int start, String name) {
        lexer.next();
        enter();
        List<QasmExpression> arguments = list(QasmToken.RIGHT_PAREN);
        depth--;
        grow(height, start);
        int end = lexer.end;
        expect(QasmToken.RIGHT_PAREN);
        if (lexer.token == QasmToken.NAME || lexer.token == QasmToken.HARDWARE_QUBIT) {
            throw notes.error(QasmRule.UNSUPPORTED_OPERATION, start, name);
        }
        return new QasmExpression.Call(start, end, name, arguments);
    }

    private QasmExpression parenthesised() {
        lexer.next();
        enter();
        QasmExpression inner = expression();
        depth--;
        expect(QasmToken.RIGHT_PAREN);
        return inner;
    }

    private QasmExpression cast(int start) {
        QasmTypeName type = type();
        expect(QasmToken.LEFT_PAREN);
        enter();
        QasmExpression operand = expression();
        depth--;
        grow(height, start);
        int end = lexer.end;
        expect(QasmToken.RIGHT_PAREN);
        return new QasmExpression.Cast(start, end, type, operand);
    }

    private void enter() {
        if (++depth > nestingMax) tooDeep(lexer.start);
    }

    private void grow(int below, int at) {
        height = below + 1;
        if (height > 2 * nestingMax) tooDeep(at);
    }

    private void tooDeep(int at) {
        throw notes.error(QasmRule.SYNTAX_NESTING, at, nestingMax);
    }

    /// Forgets how deep the reader was when a statement was given up.
    void restart() {
        depth = 0;
    }
}
