package org.qmk.wire;

import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes what a server sends over JSON-RPC 2.0: one line of UTF-8 each, newline included.
public final class JsonRpcAnswer {

    private JsonRpcAnswer() {}

    /// @param id as it was sent
    public static byte[] result(JsonSlice id, Message reply) {
        return answer(id, "result", JsonMessage.bytes(reply));
    }

    /// @param id as it was sent, or `JsonRpcRequest.NO_ID`
    public static byte[] error(JsonSlice id, CallRefused refusal) {
        return answer(id, "error", RefusalJson.error(refusal));
    }

    /// One reply of a streaming call: a notification, whose method is the call's name and whose
    /// params are the request's id and the reply. The last reply is also the call's result.
    ///
    /// @param id as it was sent
    public static byte[] event(RpcCall call, JsonSlice id, Message reply) {
        var out = new ByteArrayOutputStream();
        append(
                "{\"jsonrpc\":\"2.0\",\"method\":\"" + call.method() + "\",\"params\":{\"id\":",
                out);
        out.write(id.bytes(), id.from(), id.length());
        append(",\"event\":", out);
        out.writeBytes(JsonMessage.bytes(reply));
        append("}}\n", out);
        return out.toByteArray();
    }

    /// The answers to a batch in one array; nothing at all if none of it wants an answer.
    ///
    /// @param answers results and errors
    public static byte[] batch(List<byte[]> answers) {
        var out = new ByteArrayOutputStream();
        if (answers.isEmpty()) return out.toByteArray();
        for (int i = 0; i < answers.size(); i++) {
            append(i == 0 ? "[" : ",", out);
            byte[] answer = answers.get(i);
            out.write(answer, 0, answer.length - 1);
        }
        append("]\n", out);
        return out.toByteArray();
    }

    private static byte[] answer(JsonSlice id, String kind, byte[] content) {
        var out = new ByteArrayOutputStream(64 + id.length() + content.length);
        append("{\"jsonrpc\":\"2.0\",\"id\":", out);
        out.write(id.bytes(), id.from(), id.length());
        append(",\"" + kind + "\":", out);
        out.writeBytes(content);
        append("}\n", out);
        return out.toByteArray();
    }

    private static void append(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
