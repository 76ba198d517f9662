package org.qmk.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qmk.wire.v1.JobEvent;
import org.qmk.wire.v1.ReleaseReply;

final class JsonRpcAnswerTest {

    private static final JsonSlice ID = JsonSlice.of("\"a\\u0041\"");

    @Test
    void a_result_carries_the_id_as_it_was_sent() {
        byte[] answer = JsonRpcAnswer.result(ID, ReleaseReply.getDefaultInstance());

        assertEquals("{\"jsonrpc\":\"2.0\",\"id\":\"a\\u0041\",\"result\":{}}\n", text(answer));
    }

    @Test
    void an_error_carries_all_that_is_known() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("z", "1");
        facts.put("a", "\"");
        var detail = new CallDetail("QVM-LINEAR-2", "cx", "q0 is gone.", facts);
        var refused =
                new CallRefused(
                        CallError.INVALID_GRAPH, "QVM-LINEAR-2", "1 violation", List.of(detail));

        byte[] answer = JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused);

        assertEquals(
                """
                {"jsonrpc":"2.0","id":null,"error":{"code":-32200,"message":"1 violation",\
                "data":{"error":"INVALID_GRAPH","code":"QVM-LINEAR-2","retry":false,\
                "details":[{"code":"QVM-LINEAR-2","where":"cx","message":"q0 is gone.",\
                "facts":{"z":"1","a":"\\""}}]}}}
                """,
                text(answer));
    }

    @Test
    void a_refusal_says_itself_whether_to_try_again() {
        var refused =
                new CallRefused(
                        CallError.QUOTA_EXCEEDED, "QMK-QUOTA-1", "", List.of(), CallError.Again.NO);

        assertTrue(text(JsonRpcAnswer.error(ID, refused)).contains("\"retry\":false"));
        var usual = new CallRefused(CallError.QUOTA_EXCEEDED, "QMK-QUOTA-2", "", List.of());
        assertTrue(text(JsonRpcAnswer.error(ID, usual)).contains("\"retry\":true"));
    }

    @Test
    void an_event_is_a_notification_of_its_call() throws CallRefused {
        var event = JobEvent.newBuilder().setEpoch(4).build();

        byte[] line = JsonRpcAnswer.event(RpcCall.required("q_watch"), ID, event);

        assertEquals(
                "{\"jsonrpc\":\"2.0\",\"method\":\"q_watch\",\"params\":{\"id\":\"a\\u0041\","
                        + "\"event\":{\"epoch\":4}}}\n",
                text(line));
    }

    @Test
    void the_answers_of_a_batch_are_one_array() {
        byte[] one = JsonRpcAnswer.result(JsonSlice.of("1"), ReleaseReply.getDefaultInstance());
        byte[] two = JsonRpcAnswer.result(JsonSlice.of("2"), ReleaseReply.getDefaultInstance());

        assertEquals(
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}},"
                        + "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]\n",
                text(JsonRpcAnswer.batch(List.of(one, two))));
        assertEquals("", text(JsonRpcAnswer.batch(List.of())));
    }

    @Test
    void grpc_carries_the_data_in_a_trailer() {
        var refused = new CallRefused(CallError.TIMEOUT, "QMK-X-1", "Too late.", List.of());

        var status = GrpcRefusal.of(refused);

        assertEquals(Status.Code.DEADLINE_EXCEEDED, status.getStatus().getCode());
        assertEquals("Too late.", status.getStatus().getDescription());
        assertEquals(
                "{\"error\":\"TIMEOUT\",\"code\":\"QMK-X-1\",\"retry\":true,\"details\":[]}",
                text(status.getTrailers().get(GrpcRefusal.DATA)));
    }

    @Test
    void grpc_carries_as_many_details_as_fit() {
        List<CallDetail> details = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            details.add(new CallDetail("QVM-X-1", "node" + i, "x".repeat(i % 7), Map.of()));
        }
        var refused =
                new CallRefused(CallError.INVALID_GRAPH, "QVM-X-1", "é".repeat(5_000), details);

        var status = GrpcRefusal.of(refused);

        byte[] data = status.getTrailers().get(GrpcRefusal.DATA);
        assertTrue(data.length <= 4_500 && data.length > 2_000, "bytes: " + data.length);
        assertTrue(text(data).contains("\"node0\""));
        assertEquals(203, status.getStatus().getDescription().length());

        var huge = new CallDetail("QVM-X-1", "", "x".repeat(10_000), Map.of());
        var alone = new CallRefused(CallError.INVALID_GRAPH, "QVM-X-1", "", List.of(huge));
        assertTrue(
                text(GrpcRefusal.of(alone).getTrailers().get(GrpcRefusal.DATA))
                        .endsWith("\"details\":[]}"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
