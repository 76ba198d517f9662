package org.qmk.qasm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects the diagnostics of one source and turns byte offsets into lines and columns.
final class QasmNotes {

    private record Note(QasmRule rule, int at, String message) {}

    private final byte[] source;
    private final String file;
    private final int errorsMax;
    private final List<Note> errors = new ArrayList<>();
    private final List<Note> warnings = new ArrayList<>();
    private boolean muted;

    QasmNotes(byte[] source, String file, int errorsMax) {
        this.source = source;
        this.file = file;
        this.errorsMax = errorsMax;
    }

    /// Notes an error at a byte offset.
    ///
    /// @return what the caller throws to leave the statement
    QasmRefusal error(QasmRule rule, int at, Object... facts) {
        if (muted) return QasmRefusal.STATEMENT;
        if (errors.size() == errorsMax) {
            errors.add(
                    new Note(QasmRule.BOUND_ERRORS, at, QasmRule.BOUND_ERRORS.message(errorsMax)));
            return QasmRefusal.PROGRAM;
        }
        errors.add(new Note(rule, at, rule.message(facts)));
        return QasmRefusal.STATEMENT;
    }

    /// Notes an error after which reading ends.
    QasmRefusal fatal(QasmRule rule, int at, Object... facts) {
        errors.add(new Note(rule, at, rule.message(facts)));
        return QasmRefusal.PROGRAM;
    }

    /// Notes a warning; as many as errors are kept.
    void warn(QasmRule rule, int at, Object... facts) {
        if (warnings.size() < errorsMax) warnings.add(new Note(rule, at, rule.message(facts)));
    }

    /// Whether errors are let pass for now: while looking for the end of a statement that is
    /// already refused.
    void mute(boolean on) {
        muted = on;
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<QasmDiagnostic> errors() {
        return placed(errors);
    }

    List<QasmDiagnostic> warnings() {
        return placed(warnings);
    }

    /// Walks the source once, however many notes there are.
    private List<QasmDiagnostic> placed(List<Note> notes) {
        List<Note> ordered = new ArrayList<>(notes);
        ordered.sort(Comparator.comparingInt(Note::at));
        List<QasmDiagnostic> placed = new ArrayList<>();
        int line = 1;
        int column = 1;
        int offset = 0;
        for (Note note : ordered) {
            int at = Math.min(note.at, source.length);
            for (; offset < at; offset++) {
                if (source[offset] == '\n') {
                    line++;
                    column = 1;
                } else if ((source[offset] & 0xC0) != 0x80) {
                    column++;
                }
            }
            placed.add(new QasmDiagnostic(note.rule, file, line, column, note.message));
        }
        return placed;
    }

    /// The text between two offsets, shortened if long.
    String excerpt(int from, int to) {
        int end = Math.min(to, Math.min(source.length, from + 40));
        while (end > from && end < source.length && (source[end] & 0xC0) == 0x80) end--;
        if (end <= from) return "";
        String text = new String(source, from, end - from, StandardCharsets.UTF_8);
        return end < to ? text + "..." : text;
    }
}
