package org.qmk.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.wire.v1.BoundsFields;
import org.qmk.wire.v1.ChannelReply;
import org.qmk.wire.v1.JobPolicyFields;
import org.qmk.wire.v1.JobReply;
import org.qmk.wire.v1.NegotiateCapsRequest;
import org.qmk.wire.v1.ReplayReply;
import org.qmk.wire.v1.SubmitRequest;

final class JsonMessageTest {

    static List<Descriptor> types() {
        return RandomMessage.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_message_of_any_type_comes_back_from_json(Descriptor type) throws CallRefused {
        Message empty = DynamicMessage.getDefaultInstance(type);
        for (int seed = 0; seed < 300; seed++) {
            Message message = RandomMessage.of(type, new SplittableRandom(seed));

            byte[] json = JsonMessage.bytes(message);

            assertEquals(
                    message,
                    JsonMessage.read(JsonSlice.of(json), empty),
                    () -> new String(json, UTF_8));
        }
    }

    @Test
    void a_message_of_every_call_comes_back_as_its_class() throws CallRefused {
        for (RpcCall call : RpcCall.all()) {
            for (Message prototype : List.of(call.request(), call.reply())) {
                for (int seed = 0; seed < 100; seed++) {
                    Message message = RandomMessage.of(prototype, new SplittableRandom(seed));

                    Message back = JsonMessage.read(slice(message), prototype);

                    assertEquals(message, back, call.method());
                    assertEquals(prototype.getClass(), back.getClass());
                }
            }
        }
    }

    @Test
    void a_slice_is_read_wherever_it_lies() throws CallRefused {
        byte[] bytes = "garbage{\"graph\" : {\"a\":[1, {}]} , \"wait\":true}trash".getBytes(UTF_8);

        var read = JsonMessage.read(new JsonSlice(bytes, 7, bytes.length - 12), submit());

        assertEquals("{\"a\":[1, {}]}", read.getGraphJson());
        assertTrue(read.getWait());
    }

    @Test
    void a_graph_keeps_the_text_that_was_sent() throws CallRefused {
        String graph = "{ \"é\\u0041\" :[ 1.50, {\"x\":\"}\"}],\n\"x\" : null, \"x\":-0 }";

        assertEquals(graph, read("{\"name\":\"é\",\"graph\": " + graph + " }").getGraphJson());
        assertEquals("any", read("{\"graph\":\"any\"}").getGraphJson());
        assertEquals("{\"graph\":\"{ }\"}", json(read("{\"graph\":{ }}")));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7,7",
        "\"7\",7",
        "\"0x7F\",127",
        "\"0xfFFFffffFFFFffff\",-1",
        "18446744073709551615,-1",
        "\"18446744073709551615\",-1",
        "9223372036854775808," + "-9223372036854775808",
        "\"007\",7",
        "\"0x0000000000000010\",16"
    })
    void a_seed_is_a_number_or_a_string(String json, long seed) throws CallRefused {
        var read = read("{\"policy\":{\"seed\":" + json + "}}");

        assertTrue(read.getPolicy().hasSeed());
        assertEquals(seed, read.getPolicy().getSeed());
    }

    @Test
    void a_seed_that_is_not_given_is_not_set() throws CallRefused {
        assertFalse(read("{\"policy\":{}}").getPolicy().hasSeed());
        assertTrue(read("{\"policy\":{}}").hasPolicy());
        assertFalse(read("{}").hasPolicy());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "18446744073709551616",
                "\"\"",
                "\"0x\"",
                "\"-1\"",
                "\"+1\"",
                "\" 1\"",
                "\"0x10000000000000000\"",
                "\"0X1\"",
                "\"1e3\"",
                "\"0xg\"",
                "\"١\"",
                "99999999999999999999999999"
            })
    void what_is_no_seed_is_out_of_its_range(String json) {
        var refused = refused("{\"policy\":{\"seed\":" + json + "}}");

        assertEquals("QMK-WIRE-6", refused.code());
        assertEquals("/policy/seed", refused.details().getFirst().where());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e3", "true", "null", "[1]", "{}"})
    void what_is_no_whole_number_is_of_the_wrong_type(String json) {
        assertEquals("QMK-WIRE-5", refused("{\"policy\":{\"seed\":" + json + "}}").code());
        assertEquals("QMK-WIRE-5", refused("{\"policy\":{\"shots\":" + json + "}}").code());
    }

    @Test
    void a_whole_number_of_32_bits_has_32_bits() throws CallRefused {
        assertEquals(-1, read("{\"policy\":{\"priority\":4294967295}}").getPolicy().getPriority());
        for (String far : List.of("4294967296", "-1", "10000000000", "99999999999")) {
            assertEquals("QMK-WIRE-6", refused("{\"policy\":{\"priority\":" + far + "}}").code());
        }
        assertEquals("QMK-WIRE-5", refused("{\"policy\":{\"priority\":\"1\"}}").code());
    }

    @Test
    void replies_write_what_is_always_told_and_what_is_not_the_default() {
        assertEquals(
                "{\"job_id\":0,\"state\":\"\",\"shots\":0,\"shots_done\":0,\"seed\":\"0\","
                        + "\"accepted_epoch\":0}",
                json(JobReply.getDefaultInstance()));
        assertEquals(
                "{\"job_id\":3,\"state\":\"QUEUED\",\"shots\":18446744073709551615,"
                        + "\"shots_done\":0,\"seed\":\"18446744073709551615\",\"accepted_epoch\":0,"
                        + "\"counts\":{\"00\":2,\"11\":1}}",
                json(
                        JobReply.newBuilder()
                                .setJobId(3)
                                .setState("QUEUED")
                                .setShots(-1)
                                .setSeed(-1)
                                .putCounts("11", 1)
                                .putCounts("00", 2)
                                .build()));
        assertEquals("{}", json(SubmitRequest.getDefaultInstance()));
        assertEquals(
                "{\"uses\":0,\"delegable\":false}",
                json(BoundsFields.newBuilder().setUses(0).setDelegable(false).build()));
    }

    @Test
    void bytes_are_base64_with_padding() throws CallRefused {
        var reply = ReplayReply.newBuilder().addProof(ByteString.copyFrom(new byte[] {-5})).build();
        assertTrue(json(reply).contains("\"proof\":[\"+w==\"]"), json(reply));

        assertEquals(
                ByteString.copyFrom(new byte[] {-5}), read("{\"graph_pb\":\"+w==\"}").getGraphPb());
        for (String bad : List.of("+w", "+w=", "-w==", "+w==\\n", "====", "a", "+w==+w==")) {
            assertEquals("QMK-WIRE-5", refused("{\"graph_pb\":\"" + bad + "\"}").code(), bad);
        }
    }

    @Test
    void a_double_is_finite() throws CallRefused {
        var reply = ChannelReply.getDefaultInstance();
        var read = JsonMessage.read(JsonSlice.of("{\"fidelity\":1}"), reply);
        assertEquals(1.0, read.getFidelity());
        for (String bad : List.of("1e999", "-1e999")) {
            var json = JsonSlice.of("{\"fidelity\":" + bad + "}");
            var refused = assertThrows(CallRefused.class, () -> JsonMessage.read(json, reply));
            assertEquals("QMK-WIRE-6", refused.code());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> JsonMessage.bytes(reply.toBuilder().setFidelity(Double.NaN).build()));
    }

    @Test
    void an_unknown_field_is_refused_with_the_nearest_one() {
        var refused = refused("{\"policy\":{\"sed\":1}}");

        assertEquals(CallError.INVALID_PARAMS, refused.error());
        assertEquals(
                "/policy/sed: there is no such field: found \"sed\", expected seed. Write seed.",
                refused.getMessage());
        assertEquals("QMK-WIRE-4", refused("{\"has_seed\":true}").code());
        assertTrue(refused("{\"graph_json\":\"\"}").getMessage().contains("expected graph_pb"));
        assertTrue(refused("{\"zzzzzz\":\"\"}").getMessage().contains("one of session_id, graph,"));
        assertEquals("QMK-WIRE-4", refused("{\"" + "x".repeat(100_000) + "\":{}}").code());
    }

    @Test
    void a_field_given_twice_is_refused() {
        assertEquals("QMK-WIRE-7", refused("{\"wait\":true,\"wait\":true}").code());
        assertEquals("QMK-WIRE-7", refused("{\"wait\":1,\"wait\":true}").details().get(1).code());
        var reply = JobReply.getDefaultInstance();
        var json = JsonSlice.of("{\"counts\":{\"0\":1,\"\\u0030\":2}}");
        var refused = assertThrows(CallRefused.class, () -> JsonMessage.read(json, reply));
        assertEquals("QMK-WIRE-7", refused.code());
        assertEquals("/counts/0", refused.details().getFirst().where());
    }

    @Test
    void of_the_fields_of_a_choice_one_is_given() {
        var refused = refused("{\"graph\":{},\"source\":\"x\"}");

        assertEquals("QMK-WIRE-8", refused.code());
        assertEquals("/source", refused.details().getFirst().where());
    }

    @Test
    void everything_that_is_wrong_is_told_up_to_a_bound() {
        var three = refused("{\"session_id\":1,\"policy\":[{}],\"nme\":{\"a\":[]},\"wait\":true}");
        assertEquals(
                List.of("/session_id", "/policy", "/nme"),
                three.details().stream().map(CallDetail::where).toList());
        assertEquals(
                "/session_id: the value is of the wrong type: found the number 1, expected a"
                        + " string. Write a string. Another 2 things are wrong.",
                three.getMessage());
        assertEquals("a string", three.details().getFirst().facts().get("expected"));

        String many = "[" + "1,".repeat(1_000) + "1]";
        assertEquals(16, refused("{\"policy\":{},\"x\":1," + many(20) + "}").details().size());
        var list = NegotiateCapsRequest.getDefaultInstance();
        var json = JsonSlice.of("{\"requested\":" + many + "}");
        var refused = assertThrows(CallRefused.class, () -> JsonMessage.read(json, list));
        assertEquals("/requested/15", refused.details().getLast().where());
    }

    private static String many(int count) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) fields.add("\"y" + i + "\":{\"deep\":[[]]}");
        return String.join(",", fields);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"wait\":tru",
                "{\"wait\":true",
                "{\"wait\":true,}",
                "{wait:true}",
                "{'wait':true}",
                "{}{}",
                "{} x",
                "{\"name\":\"\\uD800\"}",
                "{\"\\uDC00\":1}",
                "{\"name\":\"\\uDC00\\uD800\"}",
                "{\"name\":\"a\nb\"}",
                "{\"name\":\"\\x\"}",
                "/**/{}",
                "{\"policy\":{\"shots\":01}}",
                "{\"policy\":{\"shots\":+1}}",
                "{\"policy\":{\"shots\":NaN}}",
                "\uFEFF{}"
            })
    void what_is_not_json_is_a_parse_error(String text) {
        var refused = refused(text);

        assertEquals(CallError.PARSE_ERROR, refused.error());
        assertEquals("QMK-WIRE-1", refused.code());
    }

    @Test
    void other_encodings_are_parse_errors() {
        List<byte[]> encodings =
                List.of(
                        "{}".getBytes(StandardCharsets.UTF_16LE),
                        "{}".getBytes(StandardCharsets.UTF_16BE),
                        "{}".getBytes(StandardCharsets.UTF_16),
                        "{}".getBytes(Charset.forName("UTF-32LE")),
                        "{\"name\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1),
                        new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'},
                        new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'});
        for (byte[] bytes : encodings) {
            var slice = JsonSlice.of(bytes);
            var refused = assertThrows(CallRefused.class, () -> JsonMessage.read(slice, submit()));
            assertEquals("QMK-WIRE-1", refused.code());
        }
    }

    @Test
    void nesting_is_bounded() throws CallRefused {
        int most = JsonMessage.NESTING_MAX - 2;
        assertEquals(2 * most + 6, graph(most).getGraphJson().length());

        for (int depth : new int[] {most + 1, 1_000_000}) {
            var refused = assertThrows(CallRefused.class, () -> graph(depth));
            assertEquals("QMK-WIRE-3", refused.code());
            assertEquals(CallError.REQUEST_TOO_LARGE, refused.error());
        }
    }

    private static SubmitRequest graph(int depth) throws CallRefused {
        String deep = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        return read("{\"graph\":" + deep + "}");
    }

    @Test
    void a_number_has_a_bound_too() {
        String digits = "1".repeat(2_000);
        assertEquals("QMK-WIRE-2", refused("{\"policy\":{\"shots\":" + digits + "}}").code());
        assertEquals("QMK-WIRE-2", refused("{\"graph\":{\"a\":" + digits + "}}").code());
    }

    @Test
    void a_top_level_value_is_an_object() {
        for (String text : List.of("[]", "1", "\"a\"", "null")) {
            assertEquals("QMK-WIRE-5", refused(text).code(), text);
        }
    }

    @Test
    void a_policy_reads_every_field() throws CallRefused {
        var policy =
                read("{\"policy\":{\"priority\":1,\"deadline_epochs\":2,\"seed\":\"3\",\"shots\":4,"
                                + "\"debug\":true,\"timeout_ms\":6}}")
                        .getPolicy();

        assertEquals(
                JobPolicyFields.newBuilder()
                        .setPriority(1)
                        .setDeadlineEpochs(2)
                        .setSeed(3)
                        .setShots(4)
                        .setDebug(true)
                        .setTimeoutMs(6)
                        .build(),
                policy);
    }

    private static SubmitRequest submit() {
        return SubmitRequest.getDefaultInstance();
    }

    private static SubmitRequest read(String json) throws CallRefused {
        return JsonMessage.read(JsonSlice.of(json), submit());
    }

    private static CallRefused refused(String json) {
        return assertThrows(CallRefused.class, () -> read(json), json);
    }

    private static JsonSlice slice(Message message) {
        return JsonSlice.of(JsonMessage.bytes(message));
    }

    private static String json(Message message) {
        return new String(JsonMessage.bytes(message), UTF_8);
    }
}
