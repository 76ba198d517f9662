package org.qmk.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/// A JSON-RPC 2.0 request or batch. The members of a request are `jsonrpc`, `id`, `method` and
/// `params`; others are refused, so that a mistyped name is not overlooked.
///
/// @param batch whether the answers go into an array
/// @param entries in the order in which they were sent; exactly one where it is no batch
public record JsonRpcRequest(boolean batch, List<JsonRpcEntry> entries) {

    /// The id of answers to what has none.
    public static final JsonSlice NO_ID = JsonSlice.of("null");

    private static final int ID_BYTES_MAX = 256;
    private static final JsonSlice NO_PARAMS = JsonSlice.of("{}");
    private static final List<String> MEMBERS = List.of("jsonrpc", "id", "method", "params");

    public JsonRpcRequest {
        entries = List.copyOf(entries);
    }

    /// @param batchMax the most requests of a batch
    /// @throws CallRefused if the bytes are not JSON, or an empty or too long batch: one error,
    ///     with the id null, answers them
    public static JsonRpcRequest read(JsonSlice slice, int batchMax) throws CallRefused {
        var json = new JsonTokens(slice);
        try {
            json.next();
            boolean batch = json.token() == JsonToken.START_ARRAY;
            List<JsonRpcEntry> entries =
                    batch ? readBatch(json, batchMax) : List.of(readEntry(json));
            json.end();
            return new JsonRpcRequest(batch, entries);
        } catch (JacksonException e) {
            throw json.refused(e);
        }
    }

    private static List<JsonRpcEntry> readBatch(JsonTokens json, int batchMax) throws CallRefused {
        List<JsonRpcEntry> entries = new ArrayList<>();
        String expected = "1 to " + batchMax;
        while (json.nextElement()) {
            if (entries.size() == batchMax) {
                throw WireRule.BATCH.refused("", "more", expected, "Send several batches.");
            }
            entries.add(readEntry(json));
        }
        if (entries.isEmpty()) {
            throw WireRule.BATCH.refused("", "none", expected, "Send a request.");
        }
        return entries;
    }

    private static JsonRpcEntry readEntry(JsonTokens json) throws CallRefused {
        if (json.token() != JsonToken.START_OBJECT) {
            String found = json.found();
            json.skip();
            return new JsonRpcEntry.Unclear(NO_ID, refused("", found, "an object"));
        }
        var members = new Members();
        while (json.nextName()) {
            String name = json.name();
            json.next();
            members.take(name, json);
        }
        return members.entry();
    }

    private static CallRefused refused(String where, String found, String expected) {
        String mend = "Send {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": ..., \"params\": {...}}.";
        return WireRule.ENVELOPE.refused(where, found, expected, mend);
    }

    /// The members of one request, as far as they are read.
    private static final class Members {
        private final Set<String> seen = new HashSet<>();
        private Optional<JsonSlice> id = Optional.empty();
        private String method = "";
        private JsonSlice params = NO_PARAMS;

        /// The first thing that was wrong.
        private Optional<CallRefused> refusal = Optional.empty();

        void take(String name, JsonTokens json) throws CallRefused {
            boolean known = MEMBERS.contains(name);
            if (known && seen.add(name)) {
                takeMember(name, json);
                return;
            }
            // One request can have millions of them: words are made for the first alone.
            if (refusal.isEmpty()) {
                refuse(
                        known
                                ? refused(json.pointer(), "it again", "it once")
                                : unknown(name, json.pointer()));
            }
            json.skip();
        }

        private void takeMember(String name, JsonTokens json) throws CallRefused {
            JsonToken token = json.token();
            boolean text = token == JsonToken.VALUE_STRING;
            boolean plain = text || token.isNumeric() || token == JsonToken.VALUE_NULL;
            String where = json.pointer();
            switch (name) {
                case "jsonrpc" -> {
                    if (text && json.text().equals("2.0")) return;
                    refuse(refused(where, json.found(), "\"2.0\""));
                    json.skip();
                }
                case "id" -> {
                    String found = json.found();
                    JsonSlice value = json.value();
                    if (plain && value.length() <= ID_BYTES_MAX) id = Optional.of(value);
                    else refuse(refused(where, found, "a short string, a number or null"));
                }
                case "method" -> {
                    if (text) method = json.text();
                    else refuse(refused(where, json.found(), "a string"));
                    json.skip();
                }
                case "params" -> {
                    if (token == JsonToken.START_OBJECT) {
                        params = json.value();
                        return;
                    }
                    String mend = "Send the fields by name.";
                    String found = json.found();
                    refuse(WireRule.TYPE.refused(where, found, "an object", mend));
                    json.skip();
                }
                default -> throw new IllegalStateException(name + " is no member");
            }
        }

        private static CallRefused unknown(String name, String where) {
            Optional<String> nearest = NearestName.of(name, MEMBERS);
            String expected = nearest.orElse("one of " + String.join(", ", MEMBERS));
            return refused(where, JsonTokens.quoted(name), expected);
        }

        private void refuse(CallRefused why) {
            if (refusal.isEmpty()) refusal = Optional.of(why);
        }

        JsonRpcEntry entry() {
            for (String name : List.of("jsonrpc", "method")) {
                if (!seen.contains(name)) refuse(refused("/" + name, "nothing", "it"));
            }
            if (refusal.isPresent()) {
                return new JsonRpcEntry.Unclear(id.orElse(NO_ID), refusal.get());
            }
            return id.isPresent()
                    ? new JsonRpcEntry.Asked(id.get(), method, params)
                    : new JsonRpcEntry.Told(method, params);
        }
    }
}
