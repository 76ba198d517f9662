package org.qmk.qir;

import java.nio.charset.StandardCharsets;

/// Reads QIR into a QVM graph.
public final class QirReader {

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
                        QirRule.BOUND_SOURCE,
                        QirNotes.NOWHERE,
                        text.length,
                        limits.sourceBytes());
            }
            QirModule module = new QirParser(text, notes, limits).module();
            return lowered(module, notes, settings, text.length);
        } catch (QirRefusal refusal) {
            return failed(notes, refusal);
        }
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
        if (!notes.hasErrors()) throw new IllegalStateException("a refusal without a note", refusal);
        return new QirReading.Failed(notes.errors());
    }
}
