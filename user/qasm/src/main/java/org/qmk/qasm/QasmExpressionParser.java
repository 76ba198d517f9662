package org.qmk.qasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads expressions by precedence (Pratt, 1973), one token ahead.
final class QasmExpressionParser {

    /// The words of types of single values. `creg`, which declares in its own way, is not among
    /// them.
    static final Map<QasmToken, QasmTypeName.Word> TYPES =
            new EnumMap<>(
                    Map.of(
                            QasmToken.BIT, QasmTypeName.Word.BIT,
                            QasmToken.BOOL, QasmTypeName.Word.BOOL,
                            QasmToken.INT, QasmTypeName.Word.INT,
                            QasmToken.UINT, QasmTypeName.Word.UINT,
                            QasmToken.FLOAT, QasmTypeName.Word.FLOAT,
                            QasmToken.ANGLE, QasmTypeName.Word.ANGLE,
                            QasmToken.COMPLEX, QasmTypeName.Word.COMPLEX,
                            QasmToken.DURATION, QasmTypeName.Word.DURATION,
                            QasmToken.STRETCH, QasmTypeName.Word.STRETCH));

    private static final Map<QasmToken, QasmOperator> OPERATORS = operators();

    private static final Map<QasmToken, QasmPrefix> PREFIXES =
            new EnumMap<>(
                    Map.of(
                            QasmToken.MINUS, QasmPrefix.MINUS,
                            QasmToken.TILDE, QasmPrefix.COMPLEMENT,
                            QasmToken.EXCLAMATION, QasmPrefix.NOT));

    /// Unary operators bind less tightly than powers: -a**2 is -(a**2).
    private static final int POWER = QasmOperator.Calculation.POWER.strength();

    /// Reads the expression that a token begins.
    private interface Atom {
        QasmExpression read(int start, int end);
    }

    private final Map<QasmToken, Atom> atoms = new EnumMap<>(QasmToken.class);
    private final QasmLexer lexer;
    private final QasmNotes notes;
    private final int nestingMax;

    /// How many parentheses, indices and operators the reader is inside of.
    private int depth;

    /// Whether a statement, which may begin with a name, may stand behind the expression.
    private boolean bodyMayFollow;

    /// Levels of the expression read last. What walks expressions recurses as deep.
    private int height;

    QasmExpressionParser(QasmLexer lexer, QasmNotes notes, int nestingMax) {
        this.lexer = lexer;
        this.notes = notes;
        this.nestingMax = nestingMax;
        fillAtoms();
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
        if (lexer.token != QasmToken.LEFT_BRACKET) {
            bodyMayFollow = true;
            QasmExpression values = expression();
            bodyMayFollow = false;
            return values;
        }
        int start = lexer.start;
        lexer.next();
        QasmExpression range = rangeOrExpression(start);
        expect(QasmToken.RIGHT_BRACKET);
        return range;
    }

    /// A type of a single value or of an array.
    QasmTypeName type() {
        if (lexer.token == QasmToken.ARRAY) return array();
        QasmToken token = lexer.token == QasmToken.CREG ? QasmToken.BIT : lexer.token;
        QasmTypeName.Word word = TYPES.get(token);
        if (word == null) throw unexpected("a type", "Write one: int, bit[4], float.");
        lexer.next();
        boolean isComplex = word == QasmTypeName.Word.COMPLEX;
        if (!isComplex || lexer.token != QasmToken.LEFT_BRACKET) {
            return new QasmTypeName(word, designator());
        }
        lexer.next();
        if (lexer.token != QasmToken.FLOAT) {
            throw unexpected("'float'", "Write complex[float] or complex.");
        }
        lexer.next();
        designator();
        expect(QasmToken.RIGHT_BRACKET);
        return new QasmTypeName(word, new QasmExpression.Absent(lexer.start, lexer.start));
    }

    /// `array[type, size, size]`.
    private QasmTypeName array() {
        int start = lexer.start;
        QasmTypeName element = elementOfArray();
        List<QasmExpression> sizes = list(QasmToken.RIGHT_BRACKET);
        expect(QasmToken.RIGHT_BRACKET);
        if (sizes.isEmpty() || sizes.size() > DIMENSIONS_MAX) {
            throw notes.error(QasmRule.ARRAY_DIMENSIONS, start, sizes.size(), DIMENSIONS_MAX);
        }
        return new QasmTypeName(element.word(), element.width(), sizes);
    }

    /// `array[type,` up to what follows.
    QasmTypeName elementOfArray() {
        lexer.next();
        expect(QasmToken.LEFT_BRACKET);
        if (lexer.token == QasmToken.ARRAY || lexer.token == QasmToken.STRETCH) {
            throw unexpected("a type of a single value", "Write array[int[8], 4].");
        }
        QasmTypeName element = type();
        expect(QasmToken.COMMA);
        return element;
    }

    /// As OpenQASM says.
    static final int DIMENSIONS_MAX = 7;

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
            QasmToken token = lexer.token;
            Optional<QasmOperator> found = operator(token);
            if (found.isEmpty() || found.get().strength() < least) return left;
            QasmOperator operator = found.get();
            int strength = operator.strength();
            int leftHeight = height;
            lexer.next();
            enter();
            // ** is right-associative, the others left
            QasmExpression right = binary(token == QasmToken.DOUBLE_STAR ? strength : strength + 1);
            depth--;
            grow(Math.max(leftHeight, height), left.start());
            left = new QasmExpression.Binary(left.start(), right.end(), operator, left, right);
        }
    }

    private Optional<QasmOperator> operator(QasmToken token) {
        // ^ is a power in OpenQASM 2 and an exclusive or in OpenQASM 3
        if (token == QasmToken.CARET && lexer.version2) {
            return Optional.of(QasmOperator.Calculation.POWER);
        }
        return Optional.ofNullable(OPERATORS.get(token));
    }

    private QasmExpression unary() {
        QasmPrefix operator = PREFIXES.get(lexer.token);
        if (operator == null) return indexed(atom());
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
            List<QasmExpression> indices = List.of(index(start));
            if (lexer.token == QasmToken.COMMA) indices = indices(indices.get(0));
            depth--;
            grow(Math.max(below, height), start);
            int end = lexer.end;
            expect(QasmToken.RIGHT_BRACKET);
            indexed = new QasmExpression.Index(base.start(), end, indexed, indices);
        }
        return indexed;
    }

    private QasmExpression index(int start) {
        return lexer.token == QasmToken.LEFT_BRACE ? set() : rangeOrExpression(start);
    }

    private List<QasmExpression> indices(QasmExpression first) {
        List<QasmExpression> indices = new ArrayList<>();
        indices.add(first);
        int heightMax = height;
        while (lexer.token == QasmToken.COMMA) {
            lexer.next();
            if (lexer.token == QasmToken.RIGHT_BRACKET) break;
            if (indices.size() == DIMENSIONS_MAX) {
                throw notes.error(
                        QasmRule.ARRAY_DIMENSIONS, lexer.start, DIMENSIONS_MAX + 1, DIMENSIONS_MAX);
            }
            indices.add(index(lexer.start));
            heightMax = Math.max(heightMax, height);
        }
        height = heightMax;
        return indices;
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
        boolean none =
                lexer.token == QasmToken.COLON
                        || lexer.token == QasmToken.RIGHT_BRACKET
                        || lexer.token == QasmToken.COMMA;
        if (none) {
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
        Atom atom = atoms.get(lexer.token);
        if (atom == null) throw unexpected("an expression", "Write a value, a name or a formula.");
        return atom.read(start, end);
    }

    private void fillAtoms() {
        atoms.put(QasmToken.NAME, this::nameOrCall);
        atoms.put(
                QasmToken.INTEGER,
                (start, end) -> taken(new QasmExpression.Whole(start, end, lexer.whole)));
        atoms.put(
                QasmToken.REAL,
                (start, end) -> taken(new QasmExpression.Real(start, end, lexer.real)));
        atoms.put(
                QasmToken.BITS,
                (start, end) ->
                        taken(new QasmExpression.Bits(start, end, lexer.text.replace("_", ""))));
        atoms.put(
                QasmToken.TRUE, (start, end) -> taken(new QasmExpression.Truth(start, end, true)));
        atoms.put(
                QasmToken.FALSE,
                (start, end) -> taken(new QasmExpression.Truth(start, end, false)));
        atoms.put(
                QasmToken.HARDWARE_QUBIT,
                (start, end) -> taken(new QasmExpression.Hardware(start, end, lexer.whole)));
        atoms.put(QasmToken.LEFT_PAREN, (_, _) -> parenthesised());
        atoms.put(QasmToken.LEFT_BRACE, (_, _) -> set());
        for (QasmToken type : TYPES.keySet()) atoms.put(type, (start, _) -> cast(start));
        atoms.put(QasmToken.POW, (start, _) -> functionNamedLikeAKeyword(start));
        atoms.put(
                QasmToken.IMAGINARY,
                (start, end) -> taken(new QasmExpression.Imaginary(start, end, lexer.real)));
        atoms.put(
                QasmToken.TIMING,
                (start, end) ->
                        taken(new QasmExpression.Timing(start, end, lexer.real, lexer.isTicks)));
        atoms.put(QasmToken.DURATIONOF, this::durationOf);
    }

    /// Notes that nobody knows the duration, after its operand, which is statements in braces.
    private QasmExpression durationOf(int start, int end) {
        lexer.next();
        int open = 0;
        do {
            if (lexer.token == QasmToken.LEFT_PAREN) open++;
            if (lexer.token == QasmToken.RIGHT_PAREN) open--;
            lexer.next();
        } while (open > 0 && lexer.token != QasmToken.END_OF_FILE);
        throw notes.error(QasmRule.UNSUPPORTED_DURATIONOF, start, notes.excerpt(start, end));
    }

    private QasmExpression taken(QasmExpression literal) {
        lexer.next();
        return literal;
    }

    private QasmExpression nameOrCall(int start, int end) {
        String name = lexer.text;
        lexer.next();
        if (lexer.token == QasmToken.LEFT_PAREN) return call(start, name);
        refuseOperation(start, name);
        return new QasmExpression.Name(start, end, name);
    }

    /// A name and a qubit without anything in between would be an operation with a result.
    private void refuseOperation(int start, String name) {
        boolean operand = lexer.token == QasmToken.NAME || lexer.token == QasmToken.HARDWARE_QUBIT;
        if (operand && !bodyMayFollow) {
            throw notes.error(QasmRule.UNSUPPORTED_OPERATION, start, name);
        }
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
        refuseOperation(start, name);
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

    private static Map<QasmToken, QasmOperator> operators() {
        Map<QasmToken, QasmOperator> operators = new EnumMap<>(QasmToken.class);
        Stream.<QasmOperator[]>of(
                        QasmOperator.Connective.values(),
                        QasmOperator.Bitwise.values(),
                        QasmOperator.Comparison.values(),
                        QasmOperator.Shift.values(),
                        QasmOperator.Calculation.values())
                .flatMap(Arrays::stream)
                .forEach(operator -> operators.put(operator.token(), operator));
        return operators;
    }

    /// Forgets how deep the reader was when a statement was given up.
    void restart() {
        depth = 0;
        bodyMayFollow = false;
    }
}
