package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects the diagnostics of one source and turns byte offsets into lines and columns.
final class QirNotes {

    /// The offset of what has no place in the source.
    static final int NOWHERE = -1;

    private record Note(QirRule rule, int at, String message) {}

    private final byte[] source;
    private final String file;
    private final int errorsMax;
    private final List<Note> errors = new ArrayList<>();
    private final List<Note> warnings = new ArrayList<>();

    /// @param source text, or nothing if the program came in another form
    QirNotes(byte[] source, String file, int errorsMax) {
        this.source = source;
        this.file = file;
        this.errorsMax = errorsMax;
    }

    /// Notes an error at a byte offset.
    ///
    /// @return what the caller throws to leave the line
    QirRefusal error(QirRule rule, int at, Object... facts) {
        if (errors.size() == errorsMax) {
            return fatal(QirRule.BOUND_ERRORS, at, errorsMax);
        }
        errors.add(new Note(rule, at, rule.message(facts)));
        return QirRefusal.LINE;
    }

    /// Notes an error after which reading ends.
    QirRefusal fatal(QirRule rule, int at, Object... facts) {
        errors.add(new Note(rule, at, rule.message(facts)));
        return QirRefusal.PROGRAM;
    }

    /// Notes a warning; as many as errors are kept.
    void warn(QirRule rule, int at, Object... facts) {
        if (warnings.size() < errorsMax) warnings.add(new Note(rule, at, rule.message(facts)));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<QirDiagnostic> errors() {
        return placed(errors);
    }

    List<QirDiagnostic> warnings() {
        return placed(warnings);
    }

    /// Walks the source once, however many notes there are.
    private List<QirDiagnostic> placed(List<Note> notes) {
        List<Note> ordered = new ArrayList<>(notes);
        ordered.sort(Comparator.comparingInt(Note::at));
        List<QirDiagnostic> placed = new ArrayList<>();
        int line = 1;
        int column = 1;
        int offset = 0;
        for (Note note : ordered) {
            if (note.at == NOWHERE || source.length == 0) {
                placed.add(new QirDiagnostic(note.rule, file, 0, 0, note.message));
                continue;
            }
            int at = Math.min(note.at, source.length);
            for (; offset < at; offset++) {
                if (source[offset] == '\n') {
                    line++;
                    column = 1;
                } else if ((source[offset] & 0xC0) != 0x80) {
                    column++;
                }
            }
            placed.add(new QirDiagnostic(note.rule, file, line, column, note.message));
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
