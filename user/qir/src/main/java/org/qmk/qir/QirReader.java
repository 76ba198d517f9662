package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.util.List;

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
                        QirRule.BOUND_SOURCE, QirNotes.NOWHERE, text.length, limits.sourceBytes());
            }
            QirModule module = new QirParser(text, notes, limits).module();
            return lowered(module, notes, settings, text.length);
        } catch (QirRefusal refusal) {
            return failed(notes, refusal);
        }
    }

    /// Reads a program in the bitcode form. Places in it are not told.
    public static QirReading readBitcode(byte[] bitcode, String fileName, QirSettings settings) {
        QirLimits limits = settings.limits();
        var notes = new QirNotes(new byte[0], fileName, limits.errors());
        try {
            if (bitcode.length > limits.sourceBytes()) {
                throw notes.fatal(
                        QirRule.BOUND_SOURCE,
                        QirNotes.NOWHERE,
                        bitcode.length,
                        limits.sourceBytes());
            }
            byte[] text = BitcodeReader.text(bitcode, limits.sourceBytes());
            return withoutPlaces(read(text, fileName, settings));
        } catch (BitcodeDamage damage) {
            Object why = damage.getMessage();
            return failed(notes, notes.fatal(damage.rule(), QirNotes.NOWHERE, why));
        } catch (QirRefusal refusal) {
            return failed(notes, refusal);
        }
    }

    /// Nobody sees the text that bitcode becomes, so its lines say nothing.
    private static QirReading withoutPlaces(QirReading reading) {
        return switch (reading) {
            case QirReading.Ok(var graph, var outputs, var warnings) ->
                    new QirReading.Ok(graph, outputs, withoutPlaces(warnings));
            case QirReading.Failed(var errors) -> new QirReading.Failed(withoutPlaces(errors));
        };
    }

    private static List<QirDiagnostic> withoutPlaces(List<QirDiagnostic> diagnostics) {
        return diagnostics.stream()
                .map(each -> new QirDiagnostic(each.rule(), each.file(), 0, 0, each.message()))
                .toList();
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
