package org.qmk.estimate;

import java.util.List;
import org.qmk.machine.profile.FieldErrors;
import org.qmk.machine.profile.FieldReader;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads logical counts in JSON: Azure's `LogicalCounts`, alone or as `logicalCounts` of a result.
public final class CountsFile {

    static final String ERRORS = "QMK-COUNTS";

    private static final int BYTES_MAX = 1 << 22;
    private static final List<String> FIELDS =
            List.of(
                    "numQubits",
                    "tCount",
                    "rotationCount",
                    "rotationDepth",
                    "cczCount",
                    "ccixCount",
                    "measurementCount");

    private CountsFile() {}

    /// What reading gives.
    public sealed interface Reading {
        record Ok(LogicalCounts counts) implements Reading {}

        /// @param errors one sentence each, each with its code
        record Failed(List<String> errors) implements Reading {}

        /// It is something else: a program, perhaps.
        record Other() implements Reading {}
    }

    public static Reading read(byte[] json) {
        if (json.length > BYTES_MAX || !startsWithBrace(json)) return new Reading.Other();
        JsonNode root;
        try {
            root =
                    JsonMapper.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build()
                            .readTree(json);
        } catch (JacksonException malformed) {
            return new Reading.Other();
        }
        if (root.path("logicalCounts").isObject()) root = root.path("logicalCounts");
        if (root.path("numQubits").isMissingNode()) return new Reading.Other();
        var errors = new FieldErrors(ERRORS);
        var fields = new FieldReader(root, "", errors);
        fields.known(FIELDS);
        var counts =
                new LogicalCounts(
                        fields.longCount("numQubits", 1, LogicalCounts.COUNT_MAX),
                        count(fields, "tCount"),
                        count(fields, "rotationCount"),
                        count(fields, "rotationDepth"),
                        count(fields, "cczCount"),
                        count(fields, "ccixCount"),
                        count(fields, "measurementCount"));
        if (counts.rotationDepth() > counts.rotationCount()) {
            fields.wrong("rotationDepth", "at most rotationCount");
        }
        return errors.none() ? new Reading.Ok(counts) : new Reading.Failed(errors.all());
    }

    private static boolean startsWithBrace(byte[] json) {
        for (byte b : json) {
            if (b == '{') return true;
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') return false;
        }
        return false;
    }

    private static long count(FieldReader fields, String field) {
        return fields.has(field) ? fields.longCount(field, 0, LogicalCounts.COUNT_MAX) : 0;
    }
}
