package org.qmk.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.wire.v1.SubmitRequest;

final class JsonRpcRequestTest {

    private static final int BATCH_MAX = 3;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0",
                "1.50",
                "1e3",
                "18446744073709551616",
                "\"\"",
                "\"a\\u0041\\/\"",
                "\"é\"",
                "null"
            })
    void an_id_is_kept_as_it_was_sent(String id) throws CallRefused {
        for (String after : List.of("", " ", "\n")) {
            var asked = asked("{\"id\": " + id + after + ",\"method\":\"m\",\"jsonrpc\":\"2.0\"}");
            assertEquals(id, asked.id().text());
            asked = asked("{\"method\":\"m\",\"jsonrpc\":\"2.0\",\"id\":" + id + after + "}");
            assertEquals(id, asked.id().text());
        }
    }

    @Test
    void params_are_kept_as_they_were_sent() throws CallRefused {
        String start = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"q_status\"";

        var asked = asked(start + ",\"params\": {\"a\" :[ 1,{}]} }");

        assertEquals("q_status", asked.method());
        assertEquals("{\"a\" :[ 1,{}]}", asked.params().text());
        assertEquals("{}", asked(start + "}").params().text());
    }

    @Test
    void params_are_read_where_they_lie() throws CallRefused {
        var asked =
                asked(
                        " {\"params\":{\"graph\":{\"nodes\" : []},\"policy\":{\"seed\":\"0xff\"}},"
                                + "\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"q_submit\"}");

        var call = RpcCall.required(asked.method());
        var request =
                assertInstanceOf(
                        SubmitRequest.class, JsonMessage.read(asked.params(), call.request()));

        assertEquals("{\"nodes\" : []}", request.getGraphJson());
        assertEquals(255, request.getPolicy().getSeed());
    }

    @Test
    void a_request_without_an_id_is_a_notification() throws CallRefused {
        var told =
                assertInstanceOf(
                        JsonRpcEntry.Told.class,
                        only("{\"jsonrpc\":\"2.0\",\"method\":\"q_cancel\",\"params\":{}}"));

        assertEquals("q_cancel", told.method());
        assertEquals("{}", told.params().text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|null|/jsonrpc",
                "{\"id\":7}|7|/jsonrpc",
                "{\"id\":7,\"jsonrpc\":\"2.0\"}|7|/method",
                "{\"id\":7,\"jsonrpc\":\"1.0\",\"method\":\"m\"}|7|/jsonrpc",
                "{\"id\":7,\"jsonrpc\":2.0,\"method\":\"m\"}|7|/jsonrpc",
                "{\"id\":7,\"jsonrpc\":[],\"method\":\"m\"}|7|/jsonrpc",
                "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":[{}]}|7|/method",
                "{\"id\":[1],\"jsonrpc\":\"2.0\",\"method\":\"m\"}|null|/id",
                "{\"id\":true,\"jsonrpc\":\"2.0\",\"method\":\"m\"}|null|/id",
                "{\"id\":{},\"jsonrpc\":\"2.0\",\"method\":\"m\"}|null|/id",
                "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"m\",\"parms\":{}}|7|/parms",
                "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":8}|7|/id",
                "{\"x\":{\"id\":1},\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"m\"}|7|/x"
            })
    void what_is_no_request_is_answered_with_an_error(String json, String id, String where)
            throws CallRefused {
        var unclear = assertInstanceOf(JsonRpcEntry.Unclear.class, only(json));

        assertEquals(id, unclear.id().text());
        assertEquals("QMK-WIRE-9", unclear.refusal().code());
        assertEquals(CallError.INVALID_REQUEST, unclear.refusal().error());
        assertEquals(where, unclear.refusal().details().getFirst().where());
    }

    @Test
    void an_unknown_member_is_refused_with_the_nearest_one() throws CallRefused {
        var unclear = (JsonRpcEntry.Unclear) only("{\"parms\":{},\"id\":1}");

        assertTrue(unclear.refusal().getMessage().contains("found \"parms\", expected params"));
    }

    @Test
    void params_by_position_are_invalid_params() throws CallRefused {
        String json = "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1]}";

        var unclear = assertInstanceOf(JsonRpcEntry.Unclear.class, only(json));

        assertEquals(CallError.INVALID_PARAMS, unclear.refusal().error());
        assertEquals("/params", unclear.refusal().details().getFirst().where());
    }

    @Test
    void an_id_has_a_longest_length() throws CallRefused {
        String start = "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":";
        String most = "\"" + "a".repeat(254) + "\"";
        assertEquals(most, asked(start + most + "}").id().text());
        assertInstanceOf(JsonRpcEntry.Unclear.class, only(start + "\"a" + most.substring(1) + "}"));
    }

    @Test
    void a_batch_has_entries_of_every_kind() throws CallRefused {
        var request =
                read(
                        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}, 7,"
                                + " {\"jsonrpc\":\"2.0\",\"method\":\"b\"}]");

        assertTrue(request.batch());
        assertInstanceOf(JsonRpcEntry.Asked.class, request.entries().get(0));
        assertInstanceOf(JsonRpcEntry.Unclear.class, request.entries().get(1));
        assertInstanceOf(JsonRpcEntry.Told.class, request.entries().get(2));
        assertFalse(read("{}").batch());
        assertEquals(3, read("[1,[[{}]],null]").entries().size());
    }

    @Test
    void a_batch_is_neither_empty_nor_too_long() {
        for (String batch : List.of("[]", "[1,1,1,1]")) {
            var refused = assertThrows(CallRefused.class, () -> read(batch));
            assertEquals("QMK-WIRE-11", refused.code());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{foo}",
                "[{},}",
                "[{\"jsonrpc\":\"2.0\",\"method\":\"m\"}",
                "{}{}",
                "{\"method\":\"\\uD800\"}",
                "{\"id\":\"\\uD800\"}",
                "{\"id\":01}",
                "{\"id\":-}"
            })
    void what_is_not_json_is_a_parse_error_of_the_whole(String text) {
        var refused = assertThrows(CallRefused.class, () -> read(text), text);

        assertEquals(CallError.PARSE_ERROR, refused.error());
    }

    private static JsonRpcRequest read(String json) throws CallRefused {
        return JsonRpcRequest.read(JsonSlice.of(json), BATCH_MAX);
    }

    private static JsonRpcEntry only(String json) throws CallRefused {
        List<JsonRpcEntry> entries = read(json).entries();
        assertEquals(1, entries.size());
        return entries.getFirst();
    }

    private static JsonRpcEntry.Asked asked(String json) throws CallRefused {
        return assertInstanceOf(JsonRpcEntry.Asked.class, only(json), json);
    }
}
