package org.qmk.wire;

import java.util.List;
import java.util.Map;

/// What a call can break before the server looks at what it asks for.
public enum WireRule {
    SYNTAX("QMK-WIRE-1", CallError.PARSE_ERROR, "the text is not correct JSON"),
    LENGTH("QMK-WIRE-2", CallError.REQUEST_TOO_LARGE, "the request is too long"),
    NESTING("QMK-WIRE-3", CallError.REQUEST_TOO_LARGE, "the request is too deeply nested"),
    UNKNOWN_FIELD("QMK-WIRE-4", CallError.INVALID_PARAMS, "there is no such field"),
    TYPE("QMK-WIRE-5", CallError.INVALID_PARAMS, "the value is of the wrong type"),
    RANGE("QMK-WIRE-6", CallError.INVALID_PARAMS, "the value is out of its range"),
    TWICE("QMK-WIRE-7", CallError.INVALID_PARAMS, "the field is given twice"),
    CHOICE("QMK-WIRE-8", CallError.INVALID_PARAMS, "two fields exclude one another"),
    ENVELOPE("QMK-WIRE-9", CallError.INVALID_REQUEST, "that is no JSON-RPC 2.0 request"),
    CALL("QMK-WIRE-10", CallError.METHOD_NOT_FOUND, "there is no such call"),
    BATCH("QMK-WIRE-11", CallError.INVALID_REQUEST, "the batch has too few or too many requests");

    private final String code;
    private final CallError error;
    private final String sentence;

    WireRule(String code, CallError error, String sentence) {
        this.code = code;
        this.error = error;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /// What a call that breaks the rule is refused with.
    public CallError error() {
        return error;
    }

    public String sentence() {
        return sentence;
    }

    /// @param where a JSON pointer, or empty
    CallDetail at(String where, String found, String expected, String mend) {
        String place = where.isEmpty() ? "" : where + ": ";
        String message =
                "%s%s: found %s, expected %s. %s".formatted(place, sentence, found, expected, mend);
        return new CallDetail(code, where, message, Map.of("found", found, "expected", expected));
    }

    /// The refusal of a call that breaks this rule alone.
    CallRefused refused(String where, String found, String expected, String mend) {
        CallDetail detail = at(where, found, expected, mend);
        return new CallRefused(error, code, detail.message(), List.of(detail));
    }
}
