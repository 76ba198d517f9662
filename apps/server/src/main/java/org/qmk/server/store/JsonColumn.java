package org.qmk.server.store;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qmk.server.engine.JobRecord;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What clients wrote, in a form that every database keeps: JSON in ASCII.
///
/// PostgreSQL's text takes no zero character, and no database half of a surrogate pair; one such
/// name would be refused for ever, and stop the archive for all.
final class JsonColumn {

    /// Keys of counts are as long as programs measure bits, and there are as many as clients want:
    /// no limit on their length, and no table of them.
    private static final JsonMapper MAPPER =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNameLength(Integer.MAX_VALUE)
                                            .maxStringLength(Integer.MAX_VALUE)
                                            .build())
                            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                            .build());

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private static final TypeReference<TreeMap<String, Long>> COUNTS = new TypeReference<>() {};

    private static final TypeReference<List<JobRecord.Stretch>> STRETCHES =
            new TypeReference<>() {};

    private JsonColumn() {}

    static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static String text(String json) {
        return MAPPER.readValue(json, String.class);
    }

    static List<String> texts(String json) {
        return MAPPER.readValue(json, TEXTS);
    }

    static SortedMap<String, Long> counts(String json) {
        return MAPPER.readValue(json, COUNTS);
    }

    static List<JobRecord.Stretch> stretches(String json) {
        return MAPPER.readValue(json, STRETCHES);
    }
}
