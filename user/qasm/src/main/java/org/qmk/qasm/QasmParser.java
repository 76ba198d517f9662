package org.qmk.qasm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads statements by recursive descent, one at a time, so that a long program is never held
/// whole. A statement that cannot be read is noted and skipped.
final class QasmParser {

    private static final Set<QasmToken> GATE_CALLS =
            EnumSet.of(
                    QasmToken.INV,
                    QasmToken.POW,
                    QasmToken.CTRL,
                    QasmToken.NEGCTRL,
                    QasmToken.GPHASE);

    private static final Set<QasmToken> CALIBRATIONS =
            EnumSet.of(QasmToken.CAL, QasmToken.DEFCAL, QasmToken.DEFCALGRAMMAR);

    /// Reads the statement that a token begins.
    private interface Form {
        QasmStatement read(int start);
    }

    private final Map<QasmToken, Form> forms = new EnumMap<>(QasmToken.class);
    private final QasmLexer lexer;
    private final QasmNotes notes;
    private final QasmExpressionParser expressions;
    private final int nestingMax;
    private int nesting;
    private boolean started;

    /// What an annotation says of the loop that must come next, or `Absent`.
    private QasmExpression bound = new QasmExpression.Absent(0, 0);

    QasmParser(QasmLexer lexer, QasmNotes notes, int nestingMax) {
        this.lexer = lexer;
        this.notes = notes;
        this.nestingMax = nestingMax;
        this.expressions = new QasmExpressionParser(lexer, notes, nestingMax);
        fillForms();
        fillRefused();
    }

    /// The next statement of the outermost level, or nothing at the end of the file.
    Optional<QasmStatement> next() {
        while (true) {
            try {
                if (!started) begin();
                if (lexer.token == QasmToken.END_OF_FILE) return Optional.empty();
                return Optional.of(statement());
            } catch (QasmRefusal refusal) {
                if (refusal.isFinal) throw refusal;
                recover();
                if (lexer.token == QasmToken.RIGHT_BRACE) advanceMuted();
            }
        }
    }

    /// One expression that is the whole source.
    QasmExpression onlyExpression() {
        lexer.next();
        QasmExpression expression = expressions.expression();
        if (lexer.token != QasmToken.END_OF_FILE) {
            throw expressions.unexpected("the end of the expression", "Remove it.");
        }
        return expression;
    }

    private void begin() {
        started = true;
        lexer.next();
        if (lexer.token == QasmToken.OPENQASM) version();
    }

    private void version() {
        int start = lexer.start;
        lexer.next();
        boolean isNumber = lexer.token == QasmToken.INTEGER || lexer.token == QasmToken.REAL;
        if (!isNumber) throw expressions.unexpected("a version", "Write 3.0.");
        double version = lexer.token == QasmToken.INTEGER ? lexer.whole : lexer.real;
        String written = notes.excerpt(lexer.start, lexer.end);
        if (version != 2 && (version < 3 || version >= 4)) {
            throw notes.fatal(QasmRule.VERSION, start, written);
        }
        lexer.next();
        lexer.version2 = version == 2;
        expressions.expect(QasmToken.SEMICOLON);
    }

    /// Skips to where the next statement begins: past a semicolon or a closed block.
    private void recover() {
        notes.mute(true);
        expressions.restart();
        int depth = 0;
        boolean found = false;
        while (!found && lexer.token != QasmToken.END_OF_FILE) {
            if (lexer.token == QasmToken.RIGHT_BRACE && depth == 0) break;
            if (lexer.token == QasmToken.LEFT_BRACE) depth++;
            boolean closes = lexer.token == QasmToken.RIGHT_BRACE && --depth == 0;
            boolean ends = lexer.token == QasmToken.SEMICOLON && depth == 0;
            advance();
            found = ends || closes && lexer.token != QasmToken.ELSE;
            if (closes && found && lexer.token == QasmToken.SEMICOLON) advance();
        }
        notes.mute(false);
    }

    private void advanceMuted() {
        notes.mute(true);
        advance();
        notes.mute(false);
    }

    private void advance() {
        try {
            lexer.next();
        } catch (QasmRefusal refusal) {
            if (refusal.isFinal) {
                notes.mute(false);
                throw refusal;
            }
            lexer.token = QasmToken.NAME; // whatever it is, it ends nothing
        }
    }

    private QasmStatement statement() {
        if (++nesting > nestingMax) {
            nesting = 0;
            throw notes.fatal(QasmRule.SYNTAX_NESTING, lexer.start, nestingMax);
        }
        try {
            while (lexer.token == QasmToken.AT) annotation();
            return unannotated(lexer.start);
        } finally {
            nesting--;
        }
    }

    /// `@qmk.bound N` says how often the `while` after it runs at the most; others change nothing.
    private void annotation() {
        int start = lexer.start;
        lexer.restOfLine(QasmToken.ANNOTATION);
        String text = lexer.text;
        lexer.next();
        if (!text.startsWith(BOUND) || lexer.token != QasmToken.WHILE) {
            notes.warn(QasmRule.WARN_ANNOTATION, start, text);
            return;
        }
        long rounds = QasmMarks.rounds(text.substring(BOUND.length()), start, notes);
        bound = new QasmExpression.Whole(start, start, rounds);
    }

    private static final String BOUND = "qmk.bound ";

    private QasmStatement unannotated(int start) {
        Form form = forms.get(lexer.token);
        if (form == null) {
            throw expressions.unexpected("a statement", "Remove it, or complete the statement.");
        }
        return form.read(start);
    }

    private void fillForms() {
        forms.put(QasmToken.NAME, this::named);
        for (var word : GATE_CALLS) forms.put(word, this::gateCall);
        forms.put(QasmToken.MEASURE, this::measurement);
        forms.put(QasmToken.RESET, this::reset);
        forms.put(QasmToken.BARRIER, this::barrier);
        forms.put(QasmToken.QUBIT, this::qubits);
        forms.put(QasmToken.QREG, this::qubits);
        forms.put(QasmToken.CREG, this::creg);
        for (var type : QasmExpressionParser.TYPES.keySet()) forms.put(type, this::variable);
        forms.put(QasmToken.ARRAY, this::variable);
        forms.put(QasmToken.CONST, this::constant);
        forms.put(QasmToken.LET, this::alias);
        forms.put(QasmToken.GATE, this::gate);
        forms.put(QasmToken.DEF, this::subroutine);
        forms.put(QasmToken.IF, this::conditional);
        forms.put(QasmToken.FOR, this::loop);
        forms.put(QasmToken.WHILE, this::whileLoop);
        forms.put(QasmToken.SWITCH, this::choice);
        forms.put(QasmToken.BREAK, start -> word(new QasmStatement.Break(start)));
        forms.put(QasmToken.CONTINUE, start -> word(new QasmStatement.Continue(start)));
        forms.put(QasmToken.END, start -> word(new QasmStatement.End(start)));
        forms.put(QasmToken.RETURN, this::returned);
        forms.put(QasmToken.BOX, this::box);
        forms.put(QasmToken.DELAY, this::delay);
        forms.put(QasmToken.LEFT_BRACE, start -> new QasmStatement.Block(start, block()));
        forms.put(QasmToken.INCLUDE, this::include);
        forms.put(QasmToken.INPUT, this::input);
        forms.put(QasmToken.OUTPUT, this::output);
        forms.put(QasmToken.PRAGMA, this::pragma);
        forms.put(QasmToken.NOP, this::nop);
    }

    /// What has no meaning on logical qubits, or stands where it may not.
    private void fillRefused() {
        forms.put(QasmToken.OPAQUE, this::opaque);
        forms.put(QasmToken.EXTERN, this::extern);
        for (var word : CALIBRATIONS) forms.put(word, this::calibration);
        forms.put(
                QasmToken.OPENQASM,
                start -> {
                    throw notes.error(QasmRule.VERSION_LATE, start);
                });
    }

    private QasmStatement extern(int start) {
        notes.error(QasmRule.UNSUPPORTED_EXTERN, start);
        lexer.next();
        String name = lexer.token == QasmToken.NAME ? lexer.text : "";
        recover();
        return new QasmStatement.Refused(start, name);
    }

    private QasmStatement output(int start) {
        lexer.next();
        if (!isType()) throw expressions.unexpected("a type", "Say what the output is.");
        return declaration(start, QasmStatement.Role.OUTPUT);
    }

    private QasmStatement opaque(int start) {
        lexer.next();
        String name = name("the name of the gate");
        notes.error(QasmRule.UNSUPPORTED_OPAQUE, start, name);
        recover();
        return new QasmStatement.Refused(start, name);
    }

    private QasmStatement calibration(int start) {
        notes.error(QasmRule.UNSUPPORTED_CAL, start, lexer.token.spelling());
        lexer.skipForeignBlock();
        lexer.next();
        return new QasmStatement.Refused(start, "");
    }

    private String name(String wanted) {
        if (lexer.token != QasmToken.NAME) throw expressions.unexpected(wanted, "Give a name.");
        String name = lexer.text;
        lexer.next();
        return name;
    }

    /// A statement that begins with a name: a gate, an assignment or a bare expression.
    private QasmStatement named(int start) {
        String name = lexer.text;
        int end = lexer.end;
        lexer.next();
        List<QasmExpression> arguments = List.of();
        QasmExpression whole = new QasmExpression.Name(start, end, name);
        if (lexer.token == QasmToken.LEFT_PAREN) {
            lexer.next();
            arguments = expressions.list(QasmToken.RIGHT_PAREN);
            end = lexer.end;
            expressions.expect(QasmToken.RIGHT_PAREN);
            whole = new QasmExpression.Call(start, end, name, arguments);
        } else if (lexer.token == QasmToken.LEFT_BRACKET) {
            return assignment(start, expressions.indexedName(start, end, name));
        } else if (isAssignment(lexer.token)) {
            return assignment(start, whole);
        }
        if (lexer.token == QasmToken.NAME || lexer.token == QasmToken.HARDWARE_QUBIT) {
            List<QasmExpression> operands = operands();
            expressions.expect(QasmToken.SEMICOLON);
            return new QasmStatement.GateCall(start, List.of(), name, arguments, operands);
        }
        if (lexer.token == QasmToken.SEMICOLON) {
            lexer.next();
            return new QasmStatement.Evaluation(start, whole);
        }
        if (lexer.token == QasmToken.LEFT_BRACKET) {
            throw notes.error(QasmRule.UNSUPPORTED_TIMED_GATE, lexer.start);
        }
        if (lexer.token == QasmToken.ARROW) {
            throw notes.error(QasmRule.UNSUPPORTED_OPERATION, start, name);
        }
        throw expressions.unexpected(
                "a qubit, '=' or ';'", "Complete the statement that begins with " + name + ".");
    }

    private static boolean isAssignment(QasmToken token) {
        return token == QasmToken.EQUALS || token.ordinal() >= QasmToken.PLUS_EQUALS.ordinal();
    }

    private QasmStatement assignment(int start, QasmExpression target) {
        if (lexer.token == QasmToken.NAME || lexer.token == QasmToken.HARDWARE_QUBIT) {
            throw notes.error(QasmRule.UNSUPPORTED_TIMED_GATE, start);
        }
        if (!isAssignment(lexer.token)) throw expressions.unexpected("'='", "Assign a value.");
        QasmToken operator = lexer.token;
        lexer.next();
        QasmExpression value = expressions.assigned();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Assignment(start, target, operator, value);
    }

    private List<QasmExpression> operands() {
        List<QasmExpression> operands = new ArrayList<>(3);
        while (true) {
            operands.add(expressions.operand());
            if (lexer.token != QasmToken.COMMA) return operands;
            lexer.next();
        }
    }

    private QasmStatement gateCall(int start) {
        List<QasmStatement.Modifier> modifiers = new ArrayList<>();
        while (lexer.token != QasmToken.NAME && lexer.token != QasmToken.GPHASE) {
            if (modifiers.size() > nestingMax) {
                throw notes.error(QasmRule.SYNTAX_NESTING, lexer.start, nestingMax);
            }
            modifiers.add(modifier());
        }
        String name = lexer.token == QasmToken.GPHASE ? "gphase" : lexer.text;
        boolean isPhase = lexer.token == QasmToken.GPHASE;
        lexer.next();
        List<QasmExpression> arguments = List.of();
        if (lexer.token == QasmToken.LEFT_PAREN) {
            lexer.next();
            arguments = expressions.list(QasmToken.RIGHT_PAREN);
            expressions.expect(QasmToken.RIGHT_PAREN);
        }
        if (lexer.token == QasmToken.LEFT_BRACKET) {
            throw notes.error(QasmRule.UNSUPPORTED_TIMED_GATE, lexer.start);
        }
        boolean none = isPhase && lexer.token == QasmToken.SEMICOLON;
        List<QasmExpression> operands = none ? List.of() : operands();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.GateCall(start, modifiers, name, arguments, operands);
    }

    private QasmStatement.Modifier modifier() {
        int start = lexer.start;
        QasmToken word = lexer.token;
        if (word != QasmToken.INV
                && word != QasmToken.POW
                && word != QasmToken.CTRL
                && word != QasmToken.NEGCTRL) {
            throw expressions.unexpected("a gate or modifier", "Name the gate to apply.");
        }
        lexer.next();
        QasmExpression argument = new QasmExpression.Absent(start, start);
        if (word != QasmToken.INV && lexer.token == QasmToken.LEFT_PAREN) {
            lexer.next();
            argument = expressions.expression();
            expressions.expect(QasmToken.RIGHT_PAREN);
        } else if (word == QasmToken.POW) {
            throw expressions.unexpected("'('", "Write the exponent: pow(2) @.");
        }
        expressions.expect(QasmToken.AT);
        if (word == QasmToken.INV) return new QasmStatement.Modifier.Inverse(start);
        if (word == QasmToken.POW) return new QasmStatement.Modifier.Power(start, argument);
        return new QasmStatement.Modifier.Control(start, argument, word == QasmToken.CTRL);
    }

    private QasmStatement measurement(int start) {
        lexer.next();
        QasmExpression qubits = expressions.operand();
        QasmExpression target = new QasmExpression.Absent(start, start);
        if (lexer.token == QasmToken.ARROW) {
            lexer.next();
            target = expressions.operand();
        }
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Measurement(start, qubits, target);
    }

    private QasmStatement reset(int start) {
        lexer.next();
        QasmExpression qubits = expressions.operand();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Reset(start, qubits);
    }

    private QasmStatement barrier(int start) {
        lexer.next();
        List<QasmExpression> operands = lexer.token == QasmToken.SEMICOLON ? List.of() : operands();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Barrier(start, operands);
    }

    /// `qubit[n] q;` or `qreg q[n];`.
    private QasmStatement qubits(int start) {
        boolean old = lexer.token == QasmToken.QREG;
        lexer.next();
        QasmExpression size = expressions.designator();
        String name = name("the name of the qubits");
        if (old) size = expressions.designator();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.QubitDeclaration(start, name, size);
    }

    private QasmStatement creg(int start) {
        lexer.next();
        String name = name("the name of the bits");
        QasmExpression size = expressions.designator();
        expressions.expect(QasmToken.SEMICOLON);
        var type = new QasmTypeName(QasmTypeName.Word.BIT, size);
        var none = new QasmExpression.Absent(start, start);
        return new QasmStatement.ClassicalDeclaration(
                start, type, name, none, QasmStatement.Role.VARIABLE);
    }

    private QasmStatement variable(int start) {
        return declaration(start, QasmStatement.Role.VARIABLE);
    }

    private QasmStatement declaration(int start, QasmStatement.Role role) {
        QasmTypeName type = expressions.type();
        String name = name("the name of the variable");
        QasmExpression initial = new QasmExpression.Absent(start, start);
        if (lexer.token == QasmToken.EQUALS) {
            lexer.next();
            initial = expressions.assigned();
        } else if (role == QasmStatement.Role.CONSTANT) {
            throw expressions.unexpected("'='", "Give the constant its value.");
        }
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.ClassicalDeclaration(start, type, name, initial, role);
    }

    private QasmStatement constant(int start) {
        lexer.next();
        if (isType()) return declaration(start, QasmStatement.Role.CONSTANT);
        throw expressions.unexpected("a type", "Say what the constant is: const int n = 3;");
    }

    private QasmStatement input(int start) {
        lexer.next();
        if (!isType()) {
            throw expressions.unexpected("a type", "Say what the input is: input float x;");
        }
        QasmTypeName type = expressions.type();
        String name = name("the name of the input");
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.InputDeclaration(start, type, name);
    }

    private boolean isType() {
        return lexer.token == QasmToken.ARRAY
                || QasmExpressionParser.TYPES.containsKey(lexer.token);
    }

    private QasmStatement alias(int start) {
        lexer.next();
        String name = name("the name of the alias");
        expressions.expect(QasmToken.EQUALS);
        QasmExpression value = expressions.expression();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Alias(start, name, value);
    }

    private QasmStatement gate(int start) {
        lexer.next();
        String name = name("the name of the gate");
        List<String> parameters = List.of();
        if (lexer.token == QasmToken.LEFT_PAREN) {
            lexer.next();
            parameters = names(QasmToken.RIGHT_PAREN);
            expressions.expect(QasmToken.RIGHT_PAREN);
        }
        List<String> qubits = names(QasmToken.LEFT_BRACE);
        if (qubits.isEmpty())
            throw expressions.unexpected("a qubit name", "Name the gate's qubits.");
        if (lexer.token != QasmToken.LEFT_BRACE)
            throw expressions.unexpected("'{'", "Give the body.");
        return new QasmStatement.GateDefinition(start, name, parameters, qubits, block());
    }

    private List<String> names(QasmToken close) {
        List<String> names = new ArrayList<>();
        while (lexer.token != close) {
            names.add(name("a name"));
            if (lexer.token != QasmToken.COMMA) break;
            lexer.next();
        }
        return names;
    }

    /// Statements in braces.
    private List<QasmStatement> block() {
        int open = lexer.start;
        expressions.expect(QasmToken.LEFT_BRACE);
        List<QasmStatement> body = new ArrayList<>();
        while (lexer.token != QasmToken.RIGHT_BRACE) {
            if (lexer.token == QasmToken.END_OF_FILE) {
                throw notes.error(QasmRule.SYNTAX_OPEN, open, "block", "}");
            }
            int nestingHere = nesting;
            try {
                body.add(statement());
            } catch (QasmRefusal refusal) {
                if (refusal.isFinal) throw refusal;
                nesting = nestingHere;
                recover();
            }
        }
        lexer.next();
        return body;
    }

    /// A block, or one statement without braces.
    private List<QasmStatement> body() {
        return lexer.token == QasmToken.LEFT_BRACE ? block() : List.of(statement());
    }

    private QasmStatement conditional(int start) {
        lexer.next();
        expressions.expect(QasmToken.LEFT_PAREN);
        QasmExpression condition = expressions.expression();
        expressions.expect(QasmToken.RIGHT_PAREN);
        List<QasmStatement> then = body();
        List<QasmStatement> otherwise = List.of();
        if (lexer.token == QasmToken.ELSE) {
            lexer.next();
            otherwise = body();
        }
        return new QasmStatement.If(start, condition, then, otherwise);
    }

    private QasmStatement whileLoop(int start) {
        QasmExpression stated = bound;
        bound = new QasmExpression.Absent(start, start);
        lexer.next();
        expressions.expect(QasmToken.LEFT_PAREN);
        QasmExpression condition = expressions.expression();
        expressions.expect(QasmToken.RIGHT_PAREN);
        return new QasmStatement.While(start, condition, body(), stated);
    }

    /// A statement of one word, which is read already but for its semicolon.
    private QasmStatement word(QasmStatement statement) {
        lexer.next();
        expressions.expect(QasmToken.SEMICOLON);
        return statement;
    }

    private QasmStatement returned(int start) {
        lexer.next();
        QasmExpression value = new QasmExpression.Absent(start, start);
        if (lexer.token != QasmToken.SEMICOLON) value = expressions.assigned();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Return(start, value);
    }

    private QasmStatement box(int start) {
        lexer.next();
        QasmExpression duration = expressions.designator();
        return new QasmStatement.Box(start, duration, block());
    }

    private QasmStatement delay(int start) {
        lexer.next();
        QasmExpression duration = expressions.designator();
        if (duration.isAbsent()) {
            throw expressions.unexpected("'['", "Say how long: delay[100ns] q;");
        }
        List<QasmExpression> operands = lexer.token == QasmToken.SEMICOLON ? List.of() : operands();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Delay(start, duration, operands);
    }

    /// `def name(type a, qubit[2] q) -> type { }`.
    private QasmStatement subroutine(int start) {
        lexer.next();
        String name = name("the name of the subroutine");
        expressions.expect(QasmToken.LEFT_PAREN);
        List<QasmStatement.Parameter> parameters = new ArrayList<>();
        while (lexer.token != QasmToken.RIGHT_PAREN) {
            parameters.add(parameter(lexer.start));
            if (lexer.token != QasmToken.COMMA) break;
            lexer.next();
        }
        expressions.expect(QasmToken.RIGHT_PAREN);
        Optional<QasmTypeName> result = Optional.empty();
        if (lexer.token == QasmToken.ARROW) {
            lexer.next();
            int at = lexer.start;
            result = Optional.of(expressions.type());
            if (result.get().isArray()) {
                throw notes.error(
                        QasmRule.TYPE_MISMATCH,
                        at,
                        "the result",
                        "an array",
                        "a single value; take a mutable array instead");
            }
        }
        if (lexer.token != QasmToken.LEFT_BRACE)
            throw expressions.unexpected("'{'", "Give the body.");
        return new QasmStatement.SubroutineDefinition(start, name, parameters, result, block());
    }

    private QasmStatement.Parameter parameter(int start) {
        QasmToken first = lexer.token;
        if (first == QasmToken.READONLY || first == QasmToken.MUTABLE) return reference(start);
        if (first == QasmToken.QUBIT || first == QasmToken.QREG) {
            lexer.next();
            QasmExpression size = expressions.designator();
            String name = name("the name of the qubits");
            if (first == QasmToken.QREG) size = expressions.designator();
            return new QasmStatement.Parameter.Quantum(start, size, name);
        }
        if (first == QasmToken.CREG) {
            lexer.next();
            String name = name("the name of the bits");
            var type = new QasmTypeName(QasmTypeName.Word.BIT, expressions.designator());
            return new QasmStatement.Parameter.Classical(start, type, name);
        }
        if (first == QasmToken.ARRAY) {
            throw expressions.unexpected("'readonly' or 'mutable' before it", "Say which it is.");
        }
        QasmTypeName type = expressions.type();
        String name = name("the name of the parameter");
        return new QasmStatement.Parameter.Classical(start, type, name);
    }

    /// `readonly array[int[8], 4] a` or `mutable array[int[8], #dim = 2] a`.
    private QasmStatement.Parameter reference(int start) {
        boolean isReadOnly = lexer.token == QasmToken.READONLY;
        lexer.next();
        if (lexer.token != QasmToken.ARRAY) {
            throw expressions.unexpected("array", "Only arrays are passed as they are.");
        }
        QasmTypeName element = expressions.elementOfArray();
        QasmExpression rank = new QasmExpression.Absent(start, start);
        List<QasmExpression> sizes = List.of();
        if (lexer.token == QasmToken.DIM) {
            lexer.next();
            expressions.expect(QasmToken.EQUALS);
            rank = expressions.expression();
        } else {
            sizes = expressions.list(QasmToken.RIGHT_BRACKET);
        }
        expressions.expect(QasmToken.RIGHT_BRACKET);
        String name = name("the name of the array");
        var type = new QasmTypeName(element.word(), element.width(), sizes);
        return new QasmStatement.Parameter.Reference(start, type, rank, isReadOnly, name);
    }

    private QasmStatement loop(int start) {
        lexer.next();
        var none = new QasmExpression.Absent(start, start);
        var type = new QasmTypeName(QasmTypeName.Word.INT, none);
        if (lexer.token != QasmToken.NAME) type = expressions.type();
        String name = name("the loop variable");
        expressions.expect(QasmToken.IN);
        QasmExpression values = expressions.values();
        return new QasmStatement.For(start, type, name, values, body());
    }

    /// `switch (x) { case 1, 2 { } default { } }`, and the older `case 1: case 2: { } break;`.
    private QasmStatement choice(int start) {
        lexer.next();
        expressions.expect(QasmToken.LEFT_PAREN);
        QasmExpression subject = expressions.expression();
        expressions.expect(QasmToken.RIGHT_PAREN);
        expressions.expect(QasmToken.LEFT_BRACE);
        List<QasmStatement.Case> cases = new ArrayList<>();
        List<QasmStatement> otherwise = List.of();
        while (lexer.token == QasmToken.CASE || lexer.token == QasmToken.DEFAULT) {
            boolean isDefault = lexer.token == QasmToken.DEFAULT;
            List<QasmExpression> labels = new ArrayList<>();
            while (lexer.token == QasmToken.CASE) labels(labels);
            if (isDefault) {
                lexer.next();
                if (lexer.token == QasmToken.COLON) lexer.next();
            }
            List<QasmStatement> body = block();
            if (lexer.token == QasmToken.BREAK) {
                lexer.next();
                expressions.expect(QasmToken.SEMICOLON);
            }
            if (isDefault) otherwise = body;
            else cases.add(new QasmStatement.Case(labels, body));
        }
        expressions.expect(QasmToken.RIGHT_BRACE);
        return new QasmStatement.Switch(start, subject, cases, otherwise);
    }

    private void labels(List<QasmExpression> labels) {
        lexer.next();
        labels.addAll(expressions.list(QasmToken.LEFT_BRACE));
        if (lexer.token == QasmToken.COLON) lexer.next();
    }

    private QasmStatement include(int start) {
        lexer.next();
        if (lexer.token != QasmToken.TEXT && lexer.token != QasmToken.BITS) {
            throw expressions.unexpected(
                    "a file name in quotes", "Write include \"stdgates.inc\";");
        }
        String file = lexer.text;
        lexer.next();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Include(start, file);
    }

    private QasmStatement pragma(int start) {
        String text = lexer.text;
        lexer.next();
        if (text.startsWith("qmk.")) return new QasmStatement.Mark(start, text);
        notes.warn(QasmRule.WARN_PRAGMA, start, text);
        return new QasmStatement.Nop(start);
    }

    private QasmStatement nop(int start) {
        lexer.next();
        if (lexer.token != QasmToken.SEMICOLON) operands();
        expressions.expect(QasmToken.SEMICOLON);
        return new QasmStatement.Nop(start);
    }
}
