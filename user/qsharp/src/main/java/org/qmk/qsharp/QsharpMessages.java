package org.qmk.qsharp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// The lines of JSON between QMK and the worker; worker.mjs says which there are.
final class QsharpMessages {

    /// Errors of one program that are passed on.
    static final int ERRORS_MAX = 100;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    // a line break of Unicode would end the line for the worker
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(8)
                                    .maxStringLength(QsharpWorker.ANSWER_MAX)
                                    .build())
                    .build();

    private QsharpMessages() {}

    static byte[] request(String name, String source, QsharpProfile profile) {
        var line = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeStringProperty("source", source);
            json.writeStringProperty("profile", profile.word());
            json.writeEndObject();
        }
        return line.toByteArray();
    }

    /// @param warnings of the program, should it compile
    static QsharpCompiled answer(byte[] line, List<String> warnings) throws QsharpFailure {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            expect(json, json.nextToken(), JsonToken.PROPERTY_NAME);
            String kind = json.currentName();
            JsonToken value = json.nextToken();
            if (kind.equals("qir")) {
                expect(json, value, JsonToken.VALUE_STRING);
                return new QsharpCompiled.Qir(json.getString(), warnings);
            }
            if (kind.equals("diagnostics")) {
                expect(json, value, JsonToken.START_ARRAY);
                List<QsharpDiagnostic> errors = diagnostics(json);
                if (!errors.isEmpty()) return new QsharpCompiled.Failed(errors);
                throw new QsharpFailure(QsharpRule.WORKER_ANSWER, "it lists no error");
            }
            String why = kind.equals("failure") ? json.getString() : "it has a member " + kind;
            throw new QsharpFailure(QsharpRule.WORKER_ANSWER, why);
        } catch (JacksonException wrong) {
            throw new QsharpFailure(QsharpRule.WORKER_ANSWER, wrong.getOriginalMessage());
        }
    }

    private static List<QsharpDiagnostic> diagnostics(JsonParser json) {
        List<QsharpDiagnostic> errors = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            QsharpDiagnostic error = diagnostic(json);
            if (errors.size() < ERRORS_MAX) errors.add(error);
        }
        return errors;
    }

    private static QsharpDiagnostic diagnostic(JsonParser json) {
        String file = "";
        String code = "";
        String message = "";
        int line = 0;
        int column = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "file" -> file = json.getString();
                case "code" -> code = json.getString();
                case "message" -> message = json.getString();
                case "line" -> line = json.getIntValue();
                case "column" -> column = json.getIntValue();
                default -> json.skipChildren();
            }
        }
        String said = String.join(" ", message.lines().filter(each -> !each.isBlank()).toList());
        String text = QsharpRule.COMPILE.message(code.isEmpty() ? said : said + " [" + code + "]");
        return new QsharpDiagnostic(QsharpRule.COMPILE, file, line, column, text);
    }

    private static void expect(JsonParser json, JsonToken found, JsonToken expected) {
        if (found != expected) {
            throw new StreamReadException(json, found + " stands where " + expected + " belongs");
        }
    }
}
