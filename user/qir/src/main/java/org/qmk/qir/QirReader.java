package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reads QIR into a QVM graph.
public final class QirReader {

    /// How long a program in bitcode may take to become text.
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private QirReader() {}

    /// Reads a program in the text form with the usual settings.
    ///
    /// @param fileName what diagnostics call the source
    public static QirReading read(String source, String fileName) {
        return read(source.getBytes(StandardCharsets.UTF_8), fileName, QirSettings.DEFAULT);
    }

    /// Reads a program in the text form.
    ///
    /// @param text the source; not changed while it is read
    public static QirReading read(byte[] text, String fileName, QirSettings settings) {
        QirLimits limits = settings.limits();
        var notes = new QirNotes(text, fileName, limits.errors());
        try {
            if (text.length > limits.sourceBytes()) {
                throw notes.fatal(
                        QirRule.BOUND_SOURCE, QirNotes.NOWHERE, text.length, limits.sourceBytes());
            }
            QirModule module = new QirParser(text, notes, limits).module();
            return lowered(module, notes, settings, text.length);
        } catch (QirRefusal refusal) {
            return failed(notes, refusal);
        }
    }

    /// Reads a program in the bitcode form, by way of `llvm-dis`. Places in it are not told.
    public static QirReading readBitcode(byte[] bitcode, String fileName, QirSettings settings) {
        var disassembler = Disassembler.ofEnvironment(DEADLINE, settings.limits().sourceBytes());
        return readBitcode(bitcode, fileName, settings, disassembler);
    }

    static QirReading readBitcode(
            byte[] bitcode, String fileName, QirSettings settings, Disassembler disassembler) {
        QirLimits limits = settings.limits();
        var notes = new QirNotes(new byte[0], fileName, limits.errors());
        if (bitcode.length > limits.sourceBytes()) {
            int length = bitcode.length;
            return failed(
                    notes,
                    notes.fatal(
                            QirRule.BOUND_SOURCE, QirNotes.NOWHERE, length, limits.sourceBytes()));
        }
        return switch (disassembler.text(bitcode)) {
            case Disassembler.Outcome.Text(byte[] text) -> read(text, fileName, settings);
            case Disassembler.Outcome.Refused(var rule, var why) ->
                    failed(notes, notes.fatal(rule, QirNotes.NOWHERE, why));
        };
    }

    private static QirReading lowered(
            QirModule module, QirNotes notes, QirSettings settings, long bytes) {
        var validator = new QirValidator(module, notes, settings.validation());
        validator.check();
        var execution = new QirExecution(module, notes, settings, bytes);
        QirReading.Ok ok = execution.run();
        validator.checkCounts(execution.staticQubits(), execution.staticResults());
        if (notes.hasErrors()) throw QirRefusal.PROGRAM;
        return new QirReading.Ok(ok.graph(), ok.outputs(), notes.warnings());
    }

    private static QirReading.Failed failed(QirNotes notes, QirRefusal refusal) {
        // noted where it was thrown
        if (!notes.hasErrors())
            throw new IllegalStateException("a refusal without a note", refusal);
        return new QirReading.Failed(notes.errors());
    }
}
