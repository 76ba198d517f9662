package org.qmk.runtime.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.qmk.kernel.call.TenantId;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// The forms in which proofs travel: JSON with bytes in base 64, see docs/spec/audit.md.
public final class ViewJson {

    private static final String FORMAT = "qmk-audit-view";
    private static final String ENTRY_FORMAT = "qmk-audit-entry";
    private static final int VERSION = 1;

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final JsonParser json;

    private ViewJson(JsonParser json) {
        this.json = json;
    }

    /// The view in UTF-8.
    public static byte[] write(TenantView view) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("format", FORMAT);
            json.writeNumberProperty("version", VERSION);
            json.writeNumberProperty("tenant", view.tenant().number());
            json.writeStringProperty("checkpoint", view.note());
            json.writeArrayPropertyStart("epochs");
            for (TenantView.Epoch epoch : view.epochs()) write(epoch, json);
            json.writeEndArray();
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /// An entry and its proof in UTF-8.
    public static byte[] write(EntryProof proof) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("format", ENTRY_FORMAT);
            json.writeNumberProperty("version", VERSION);
            json.writeStringProperty("checkpoint", proof.note());
            json.writeNumberProperty("index", proof.index());
            json.writeStringProperty("entry", StrictBase64.encode(proof.entry()));
            write("inclusion", proof.inclusion(), json);
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void write(TenantView.Epoch epoch, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("index", epoch.index());
        json.writeStringProperty("entry", StrictBase64.encode(epoch.entry()));
        write("inclusion", epoch.inclusion(), json);
        json.writeStringProperty("part", StrictBase64.encode(epoch.part()));
        json.writeStringProperty("blind", StrictBase64.encode(epoch.blind()));
        json.writeNumberProperty("place", epoch.place());
        write("partInclusion", epoch.partInclusion(), json);
        json.writeEndObject();
    }

    private static void write(String name, List<byte[]> hashes, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        for (byte[] hash : hashes) json.writeString(StrictBase64.encode(hash));
        json.writeEndArray();
    }

    /// Reads a view. Its properties come in the order in which they are written.
    ///
    /// @throws AuditRefusal if the bytes are no view
    public static TenantView read(byte[] bytes) throws AuditRefusal {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            return new ViewJson(json).view();
        } catch (JacksonException otherText) {
            throw new AuditRefusal("it is no view of a tenant: " + otherText.getOriginalMessage());
        }
    }

    private TenantView view() throws AuditRefusal {
        expect(JsonToken.START_OBJECT, "an object");
        if (!text("format").equals(FORMAT)) throw noView("the format " + FORMAT);
        if (number("version", VERSION) != VERSION) throw noView("version " + VERSION);
        var tenant = new TenantId((int) number("tenant", Integer.MAX_VALUE));
        String note = text("checkpoint");
        property("epochs");
        expect(JsonToken.START_ARRAY, "an array");
        List<TenantView.Epoch> epochs = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) epochs.add(epoch());
        if (json.currentToken() != JsonToken.END_ARRAY) throw noView("an epoch");
        expect(JsonToken.END_OBJECT, "the end of the view");
        if (json.nextToken() != null) throw noView("nothing after the view");
        return new TenantView(tenant, note, epochs);
    }

    private TenantView.Epoch epoch() throws AuditRefusal {
        long index = number("index", Long.MAX_VALUE);
        byte[] entry = bytes("entry");
        List<byte[]> inclusion = hashes("inclusion");
        byte[] part = bytes("part");
        byte[] blind = bytes("blind");
        int place = (int) number("place", Integer.MAX_VALUE);
        List<byte[]> partInclusion = hashes("partInclusion");
        expect(JsonToken.END_OBJECT, "the end of the epoch");
        return new TenantView.Epoch(index, entry, inclusion, part, blind, place, partInclusion);
    }

    private List<byte[]> hashes(String name) throws AuditRefusal {
        property(name);
        expect(JsonToken.START_ARRAY, "an array");
        List<byte[]> hashes = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            byte[] hash = base64();
            if (hash.length != TreeHash.BYTES) throw noView("a hash of 32 bytes");
            hashes.add(hash);
        }
        if (json.currentToken() != JsonToken.END_ARRAY) throw noView("a hash");
        return hashes;
    }

    private byte[] bytes(String name) throws AuditRefusal {
        property(name);
        expect(JsonToken.VALUE_STRING, "text");
        return base64();
    }

    private byte[] base64() throws AuditRefusal {
        return StrictBase64.decode(json.getString()).orElseThrow(() -> noView("base 64"));
    }

    private String text(String name) throws AuditRefusal {
        property(name);
        expect(JsonToken.VALUE_STRING, "text");
        return json.getString();
    }

    private long number(String name, long max) throws AuditRefusal {
        property(name);
        expect(JsonToken.VALUE_NUMBER_INT, "a number");
        long number = json.getLongValue();
        if (number < 0 || number > max) throw noView("a number from 0 to " + max);
        return number;
    }

    private void property(String name) throws AuditRefusal {
        boolean there =
                json.nextToken() == JsonToken.PROPERTY_NAME && json.currentName().equals(name);
        if (!there) throw noView("the property " + name);
    }

    private void expect(JsonToken token, String expected) throws AuditRefusal {
        if (json.nextToken() != token) throw noView(expected);
    }

    private AuditRefusal noView(String expected) {
        var at = json.currentLocation();
        return new AuditRefusal(
                "it is no view of a tenant: line %d, column %d: expected %s"
                        .formatted(at.getLineNr(), at.getColumnNr(), expected));
    }
}
