package org.qmk.source;

import java.util.List;
import org.qmk.codec.FormError;
import org.qmk.codec.Position;
import org.qmk.mlir.MlirDiagnostic;
import org.qmk.qasm.QasmDiagnostic;
import org.qmk.qec.QecFailure;
import org.qmk.qir.QirDiagnostic;
import org.qmk.qsharp.QsharpDiagnostic;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Violation;

/// One thing to say about a file, whoever found it.
///
/// @param message what, where, what was expected, how to mend it
/// @param facts values that the message is made of, if they are known one by one
public record Diagnostic(
        String file, Place place, String code, String message, List<Violation.Fact> facts) {

    /// The part of the file that is meant.
    public sealed interface Place {

        record Whole() implements Place {}

        /// @param label the node's label, or its number
        record Node(String label) implements Place {}

        /// @param line counted from 1
        /// @param column counted from 1
        record Line(int line, int column) implements Place {}

        record Offset(long bytes) implements Place {}

        /// What stands between the file's name and the code.
        default String text() {
            return switch (this) {
                case Whole() -> "";
                case Node(var label) -> label + ": ";
                case Line(int line, int column) -> line + ":" + column + ": ";
                case Offset(long bytes) -> "byte " + bytes + ": ";
            };
        }
    }

    public Diagnostic {
        facts = List.copyOf(facts);
    }

    public static Diagnostic of(String file, SourceRule rule) {
        return new Diagnostic(file, new Place.Whole(), rule.code(), rule.sentence(), List.of());
    }

    public static Diagnostic of(String file, QasmDiagnostic found) {
        var place = new Place.Line(found.line(), found.column());
        return new Diagnostic(file, place, found.code(), found.message(), List.of());
    }

    public static Diagnostic of(String file, QirDiagnostic found) {
        Place place =
                found.line() == 0
                        ? new Place.Whole()
                        : new Place.Line(found.line(), found.column());
        return new Diagnostic(file, place, found.code(), found.message(), List.of());
    }

    /// Of a file that the diagnostic names: a Q# program may be wrong in what it uses.
    public static Diagnostic of(QsharpDiagnostic found) {
        Place place =
                found.line() == 0
                        ? new Place.Whole()
                        : new Place.Line(found.line(), found.column());
        return new Diagnostic(found.file(), place, found.code(), found.message(), List.of());
    }

    public static Diagnostic of(MlirDiagnostic found) {
        var place = new Place.Line(found.line(), found.column());
        return new Diagnostic(found.file(), place, found.code(), found.message(), List.of());
    }

    public static Diagnostic of(String file, QecFailure found) {
        Place place =
                found.line() == 0
                        ? new Place.Whole()
                        : new Place.Line(found.line(), found.column());
        return new Diagnostic(file, place, found.rule().code(), found.sentence(), List.of());
    }

    public static Diagnostic of(String file, FormError error) {
        Violation violation = error.violation();
        String message = violation.message();
        if (error.position() instanceof Position.InJson at && !at.pointer().isEmpty()) {
            message += " (" + at.pointer() + ")";
        }
        Place place =
                switch (error.position()) {
                    case Position.InText(int line, int column) -> new Place.Line(line, column);
                    case Position.InJson(var _, int line, int column) ->
                            new Place.Line(line, column);
                    case Position.InBytes(long offset) -> new Place.Offset(offset);
                };
        return new Diagnostic(file, place, error.code(), message, violation.facts());
    }

    public static Diagnostic of(String file, Graph graph, Violation violation) {
        Place place =
                violation.node() == Violation.NO_NODE
                        ? new Place.Whole()
                        : new Place.Node(graph.label(violation.node()));
        return new Diagnostic(
                file, place, violation.code(), violation.message(), violation.facts());
    }

    /// `FILE:PLACE: CODE: message`.
    public String text() {
        String where = place.text();
        return file + ":" + (where.isEmpty() ? " " : where) + code + ": " + message;
    }
}
