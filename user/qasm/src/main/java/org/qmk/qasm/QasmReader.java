package org.qmk.qasm;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.qmk.qvm.GraphBuilder;

/// Reads OpenQASM 3 and 2 into a QVM graph.
public final class QasmReader {

    /// The words a program may begin with, and the words that may follow each.
    private static final Map<QasmToken, Set<QasmToken>> OPENINGS =
            Map.of(
                    QasmToken.OPENQASM, EnumSet.of(QasmToken.REAL, QasmToken.INTEGER),
                    QasmToken.INCLUDE, EnumSet.of(QasmToken.TEXT),
                    QasmToken.QREG, EnumSet.of(QasmToken.NAME),
                    QasmToken.CREG, EnumSet.of(QasmToken.NAME),
                    QasmToken.GATE, EnumSet.of(QasmToken.NAME),
                    QasmToken.OPAQUE, EnumSet.of(QasmToken.NAME),
                    QasmToken.DEF, EnumSet.of(QasmToken.NAME),
                    QasmToken.EXTERN, EnumSet.of(QasmToken.NAME),
                    QasmToken.QUBIT, EnumSet.of(QasmToken.NAME, QasmToken.LEFT_BRACKET),
                    QasmToken.BIT, EnumSet.of(QasmToken.NAME, QasmToken.LEFT_BRACKET));

    private static final Set<QasmToken> OPENINGS_ALONE =
            EnumSet.of(QasmToken.PRAGMA, QasmToken.INPUT, QasmToken.DEFCALGRAMMAR);

    private QasmReader() {}

    /// Reads a program with the usual limits and no inputs.
    ///
    /// @param fileName what diagnostics call the source
    public static QasmReading read(String source, String fileName) {
        return read(source.getBytes(StandardCharsets.UTF_8), fileName, QasmSettings.DEFAULT);
    }

    /// Reads a program in UTF-8 with the usual limits and no inputs.
    public static QasmReading read(byte[] utf8, String fileName) {
        return read(utf8, fileName, QasmSettings.DEFAULT);
    }

    /// Reads a program in UTF-8.
    ///
    /// @param utf8 the source; not changed while it is read
    public static QasmReading read(byte[] utf8, String fileName, QasmSettings settings) {
        QasmLimits limits = settings.limits();
        var notes = new QasmNotes(utf8, fileName, limits.errors());
        try {
            if (utf8.length > limits.sourceBytes()) {
                throw notes.fatal(QasmRule.BOUND_SOURCE, 0, utf8.length, limits.sourceBytes());
            }
            var lexer = new QasmLexer(utf8, notes);
            var parser = new QasmParser(lexer, notes, limits.nesting());
            var lowering = new QasmLowering(notes, settings, utf8.length);
            for (var next = parser.next(); next.isPresent(); next = parser.next()) {
                lowering.version2(lexer.version2);
                lowering.run(next.get());
            }
            if (!notes.hasErrors()) return new QasmReading.Ok(lowering.finish(), notes.warnings());
        } catch (QasmRefusal refusal) {
            // noted where it was thrown
            if (!notes.hasErrors())
                throw new IllegalStateException("a refusal without a note", refusal);
        }
        return new QasmReading.Failed(notes.errors());
    }

    /// Whether bytes look like the start of an OpenQASM program: after comments and space, a
    /// header, an include or a declaration of qubits or bits.
    public static boolean looksLikeQasm(byte[] start) {
        var notes = new QasmNotes(start, "", 1);
        var lexer = new QasmLexer(start, notes);
        try {
            QasmToken first = lexer.next();
            QasmToken second = lexer.next();
            return OPENINGS.getOrDefault(first, Set.of()).contains(second)
                    || OPENINGS_ALONE.contains(first);
        } catch (QasmRefusal _) {
            return false; // what cannot be cut into words is no program
        }
    }

    /// The value of an input that is given as the text of a constant expression.
    ///
    /// @param refuse makes the refusal out of the reason
    static QasmValue inputValue(
            String given, QasmType type, QasmLimits limits, Function<String, QasmRefusal> refuse) {
        byte[] source = given.getBytes(StandardCharsets.UTF_8);
        var notes = new QasmNotes(source, "input", 1);
        var emitter = new QasmEmitter(new GraphBuilder(), notes, 0);
        var steps = new QasmSteps(notes, limits.steps(), 3 * limits.nesting());
        var network = new BitNetwork(emitter, steps);
        var store = new BitStore(network, notes, limits.bits());
        var evaluator = new QasmEvaluator(notes, network, store, steps, limits.qubits());
        try {
            var parser = new QasmParser(new QasmLexer(source, notes), notes, limits.nesting());
            QasmExpression expression = parser.onlyExpression();
            QasmValue value = evaluator.value(expression, QasmScope.outermost());
            var conversion = evaluator.conversion();
            if (!type.isBits()) return conversion.number(value, type, expression);
            return QasmConversion.known(
                    new QasmValue.Word(conversion.literals(value, type, expression), type));
        } catch (QasmRefusal _) {
            throw refuse.apply(notes.errors().get(0).message());
        }
    }
}
