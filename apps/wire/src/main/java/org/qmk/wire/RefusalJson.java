package org.qmk.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// A refusal as JSON: the `error` of JSON-RPC, and its `data`, which gRPC carries too.
final class RefusalJson {

    private RefusalJson() {}

    /// `{"code", "message", "data"}`.
    static byte[] error(CallRefused refusal) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonMessage.generator(bytes)) {
            out.writeStartObject();
            out.writeNumberProperty("code", refusal.error().rpcCode());
            out.writeStringProperty("message", refusal.getMessage());
            out.writeName("data");
            writeData(refusal, refusal.details(), out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /// The data with so many details as fit; with none at all if the first is too long.
    static byte[] data(CallRefused refusal, int bytesMax) {
        List<CallDetail> details = refusal.details();
        byte[] bytes = data(refusal, details);
        while (bytes.length > bytesMax && !details.isEmpty()) {
            details = details.subList(0, details.size() / 2);
            bytes = data(refusal, details);
        }
        return bytes;
    }

    private static byte[] data(CallRefused refusal, List<CallDetail> details) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonMessage.generator(bytes)) {
            writeData(refusal, details, out);
        }
        return bytes.toByteArray();
    }

    private static void writeData(
            CallRefused refusal, List<CallDetail> details, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("error", refusal.error().name());
        out.writeStringProperty("code", refusal.code());
        out.writeBooleanProperty("retry", refusal.again() == CallError.Again.LATER);
        out.writeArrayPropertyStart("details");
        for (CallDetail detail : details) writeDetail(detail, out);
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeDetail(CallDetail detail, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("code", detail.code());
        out.writeStringProperty("where", detail.where());
        out.writeStringProperty("message", detail.message());
        out.writeObjectPropertyStart("facts");
        for (Map.Entry<String, String> fact : detail.facts().entrySet()) {
            out.writeStringProperty(fact.getKey(), fact.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
