package org.qmk.conformance;

import java.util.ArrayList;
import java.util.List;
import org.qmk.codec.FormError;
import org.qmk.codec.GraphReader;
import org.qmk.codec.Position;
import org.qmk.codec.Reading;
import org.qmk.qasm.QasmDiagnostic;
import org.qmk.qasm.QasmReader;
import org.qmk.qasm.QasmReading;
import org.qmk.qasm.QasmSettings;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Violation;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// What became of a program between its bytes and the verifier's verdict.
sealed interface Judgement {

    record Accepted(Verified program) implements Judgement {}

    /// @param refusals in the order in which they were reported
    record Refused(List<Refusal> refusals) implements Judgement {}

    /// @param code of `Rule` or `QasmRule`
    /// @param where a node, `LINE:COLUMN`, `byte N` or `graph`
    /// @param message for people
    record Refusal(String code, String where, String message) {}

    static Judgement of(Script script, Limits limits) {
        return script.form() == Script.Form.QASM
                ? ofQasm(script.source(), script.settings(), limits)
                : of(script.form(), script.source(), limits);
    }

    static Judgement of(Script.Form form, byte[] source, Limits limits) {
        return switch (form) {
            case TEXT, JSON, HEX ->
                    switch (GraphReader.read(source)) {
                        case Reading.Ok(var graph, var _) -> verdict(graph, limits);
                        case Reading.Failed(var errors) -> refusedByForm(errors);
                    };
            case QASM -> ofQasm(source, QasmSettings.DEFAULT, limits);
        };
    }

    static Judgement ofQasm(byte[] source, QasmSettings settings, Limits limits) {
        return switch (QasmReader.read(source, "program", settings)) {
            case QasmReading.Ok(var graph, var _) -> verdict(graph, limits);
            case QasmReading.Failed(var errors) -> refusedByQasm(errors);
        };
    }

    static Judgement verdict(Graph graph, Limits limits) {
        return switch (Verifier.verify(graph, limits)) {
            case Verified program -> new Accepted(program);
            case Rejected rejected -> {
                List<Refusal> refusals = new ArrayList<>();
                for (Violation violation : rejected.violations()) {
                    boolean whole = violation.node() == Violation.NO_NODE;
                    String where = whole ? "graph" : Integer.toString(violation.node());
                    refusals.add(new Refusal(violation.code(), where, violation.message()));
                }
                yield new Refused(refusals);
            }
        };
    }

    private static Judgement refusedByForm(List<FormError> errors) {
        List<Refusal> refusals = new ArrayList<>();
        for (FormError error : errors) {
            String where =
                    switch (error.position()) {
                        case Position.InText(int line, int column) -> line + ":" + column;
                        case Position.InJson(var _, int line, int column) -> line + ":" + column;
                        case Position.InBytes(long offset) -> "byte " + offset;
                    };
            refusals.add(new Refusal(error.code(), where, error.message()));
        }
        return new Refused(refusals);
    }

    private static Judgement refusedByQasm(List<QasmDiagnostic> errors) {
        List<Refusal> refusals = new ArrayList<>();
        for (QasmDiagnostic error : errors) {
            refusals.add(
                    new Refusal(
                            error.code(), error.line() + ":" + error.column(), error.message()));
        }
        return new Refused(refusals);
    }
}
