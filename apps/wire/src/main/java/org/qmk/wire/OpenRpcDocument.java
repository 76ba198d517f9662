package org.qmk.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;
import org.qmk.wire.v1.Qsyscall;
import org.qmk.wire.v1.Role;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Writes docs/reference/qsyscall.openrpc.json, the calls as an OpenRPC 1.3 document.
public final class OpenRpcDocument {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String ERRORS = "#/components/errors/";
    private static final String HEX_OR_DECIMAL = "^(0x[0-9a-fA-F]{1,16}|[0-9]{1,20})$";

    private final JsonGenerator out;
    private final Set<Descriptor> asked = asked();

    private OpenRpcDocument(JsonGenerator out) {
        this.out = out;
    }

    /// The document, the same on every machine.
    public static String json() {
        var text = new StringWriter();
        try (JsonGenerator out = JsonMessage.FACTORY.createGenerator(new Indented(), text)) {
            new OpenRpcDocument(out).write();
        }
        return text + "\n";
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        }
    }

    private void write() {
        out.writeStartObject();
        out.writeStringProperty("openrpc", "1.3.2");
        out.writeObjectPropertyStart("info");
        out.writeStringProperty("title", "qSyscall");
        out.writeStringProperty("version", "1");
        out.writeStringProperty("description", "How programs reach the kernel of a QMK server.");
        out.writeEndObject();
        out.writeArrayPropertyStart("methods");
        for (RpcCall call : RpcCall.all()) writeMethod(call);
        out.writeEndArray();
        out.writeObjectPropertyStart("components");
        out.writeObjectPropertyStart("schemas");
        for (Descriptor type : Qsyscall.getDescriptor().getMessageTypes()) writeType(type);
        out.writeEndObject();
        out.writeObjectPropertyStart("errors");
        for (CallError error : CallError.values()) writeError(error);
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
    }

    private void writeTag(String name) {
        out.writeStartObject();
        out.writeStringProperty("name", name);
        out.writeEndObject();
    }

    private void writeMethod(RpcCall call) {
        out.writeStartObject();
        out.writeStringProperty("name", call.method());
        out.writeStringProperty("summary", call.meaning());
        out.writeArrayPropertyStart("tags");
        if (call.role() != Role.ADMIN) writeTag("tenant");
        if (call.role() != Role.TENANT) writeTag("administration");
        if (call.streaming()) {
            out.writeStartObject();
            out.writeStringProperty("name", "streaming");
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeStringProperty("paramStructure", "by-name");
        out.writeArrayPropertyStart("params");
        for (JsonField field : fields(call.request().getDescriptorForType())) writeParam(field);
        out.writeEndArray();
        out.writeObjectPropertyStart("result");
        String reply = call.reply().getDescriptorForType().getName();
        out.writeStringProperty("name", reply);
        out.writeName("schema");
        writeReference(SCHEMAS + reply);
        out.writeEndObject();
        out.writeArrayPropertyStart("errors");
        for (CallError error : CallError.values()) writeReference(ERRORS + error.name());
        out.writeEndArray();
        out.writeEndObject();
    }

    private static Iterable<JsonField> fields(Descriptor type) {
        return JsonShape.of(type).fields().values();
    }

    private void writeParam(JsonField field) {
        out.writeStartObject();
        out.writeStringProperty("name", field.name());
        out.writeStringProperty("description", about(field));
        out.writeBooleanProperty("required", false);
        out.writeName("schema");
        out.writeStartObject();
        writeSchema(field);
        out.writeEndObject();
        out.writeEndObject();
    }

    private static String about(JsonField field) {
        return field.field().getOptions().getExtension(Qsyscall.about);
    }

    private void writeType(Descriptor type) {
        out.writeObjectPropertyStart(type.getName());
        out.writeStringProperty("type", "object");
        out.writeObjectPropertyStart("properties");
        for (JsonField field : fields(type)) {
            out.writeObjectPropertyStart(field.name());
            out.writeStringProperty("description", about(field));
            writeSchema(field);
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeArrayPropertyStart("required");
        for (JsonField field : fields(type)) if (field.always()) out.writeString(field.name());
        out.writeEndArray();
        // The server refuses unknown members; its replies may get new ones within a version.
        if (asked.contains(type)) out.writeBooleanProperty("additionalProperties", false);
        out.writeEndObject();
    }

    /// The types that occur in requests.
    private static Set<Descriptor> asked() {
        Set<Descriptor> asked = new HashSet<>();
        for (RpcCall call : RpcCall.all()) reach(call.request().getDescriptorForType(), asked);
        return asked;
    }

    private static void reach(Descriptor type, Set<Descriptor> reached) {
        if (!reached.add(type)) return;
        for (FieldDescriptor field : type.getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                reach(field.getMessageType(), reached);
            }
        }
    }

    /// The members of the schema of a field, within an object.
    private void writeSchema(JsonField field) {
        if (field.field().isMapField()) {
            out.writeStringProperty("type", "object");
            out.writeObjectPropertyStart("additionalProperties");
            writeValueSchema(field);
            out.writeEndObject();
        } else if (field.field().isRepeated()) {
            out.writeStringProperty("type", "array");
            out.writeObjectPropertyStart("items");
            writeValueSchema(field);
            out.writeEndObject();
        } else {
            writeValueSchema(field);
        }
    }

    private void writeValueSchema(JsonField field) {
        switch (field.type()) {
            case TEXT -> out.writeStringProperty("type", "string");
            case TRUTH -> out.writeStringProperty("type", "boolean");
            case WHOLE_32 -> writeWhole("4294967295");
            case WHOLE_64 -> writeWhole(JsonType.UINT_64_MAX);
            case DIGITS_64 -> writeDigits();
            case REAL -> out.writeStringProperty("type", "number");
            case BYTES -> {
                out.writeStringProperty("type", "string");
                out.writeStringProperty("contentEncoding", "base64");
            }
            case OBJECT_TEXT -> {
                out.writeArrayPropertyStart("type");
                out.writeString("object");
                out.writeString("string");
                out.writeEndArray();
            }
            case MESSAGE ->
                    out.writeStringProperty(
                            "$ref", SCHEMAS + field.field().getMessageType().getName());
        }
    }

    private void writeWhole(String most) {
        out.writeStringProperty("type", "integer");
        out.writeNumberProperty("minimum", 0);
        out.writeName("maximum");
        out.writeNumber(most);
    }

    private void writeDigits() {
        out.writeArrayPropertyStart("oneOf");
        out.writeStartObject();
        writeWhole(JsonType.UINT_64_MAX);
        out.writeEndObject();
        out.writeStartObject();
        out.writeStringProperty("type", "string");
        out.writeStringProperty("pattern", HEX_OR_DECIMAL);
        out.writeEndObject();
        out.writeEndArray();
    }

    private void writeError(CallError error) {
        out.writeObjectPropertyStart(error.name());
        out.writeNumberProperty("code", error.rpcCode());
        out.writeStringProperty("message", error.meaning());
        out.writeEndObject();
    }

    private void writeReference(String target) {
        out.writeStartObject();
        out.writeStringProperty("$ref", target);
        out.writeEndObject();
    }
}
