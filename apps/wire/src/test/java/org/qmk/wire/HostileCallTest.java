package org.qmk.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Damaged and made-up bytes take the whole way that a request takes: they come out as messages or
/// as refusals, never as anything else.
final class HostileCallTest {

    private static final int BYTES_MAX = 10_000;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "\\",
        "\\u0000",
        "\\uD800",
        "null",
        "true",
        "1e999",
        "-",
        "0",
        "18446744073709551616",
        "\"id\":",
        "\"method\":",
        "\"params\":",
        "\"graph\":",
        "\0",
        "\uFEFF",
        "\n",
        "\uD83D\uDE00",
        "[[[[[[[[",
        "}}}}"
    };

    /// What became of the inputs.
    private static final class Fates {
        private int frames;
        private int broken;
        private int messages;
        private int refusals;
    }

    @Test
    void a_hundred_thousand_damaged_requests_are_read_or_refused() {
        var fates = new Fates();

        for (int seed = 0; seed < 100_000; seed++) {
            var random = new SplittableRandom(seed);
            byte[] bytes = damaged(random);
            long start = System.nanoTime();
            walk(bytes, random, fates);
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis < 5_000, "seed " + seed + " took " + millis + " ms");
        }

        assertTrue(fates.frames > 50_000, "frames: " + fates.frames);
        assertTrue(fates.broken > 5_000, "broken streams: " + fates.broken);
        assertTrue(fates.messages > 5_000, "messages: " + fates.messages);
        assertTrue(fates.refusals > 20_000, "refusals: " + fates.refusals);
    }

    /// A random request, or two, with some of their bytes changed.
    private static byte[] damaged(SplittableRandom random) {
        RpcCall call = RpcCall.all().get(random.nextInt(RpcCall.all().size()));
        String params =
                new String(JsonMessage.bytes(RandomMessage.of(call.request(), random)), UTF_8);
        String request =
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
                        .formatted(random.nextInt(10), call.method(), params);
        var text = new StringBuilder(random.nextInt(4) == 0 ? "[" + request + "]" : request);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(6));
            String piece = random.nextBoolean() ? PIECES[random.nextInt(PIECES.length)] : "";
            text.replace(at, end, piece);
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        if (random.nextInt(4) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static void walk(byte[] bytes, SplittableRandom random, Fates fates) {
        List<JsonSlice> frames = new ArrayList<>();
        try {
            var reader = new JsonRpcReader(BYTES_MAX);
            int size = 1 + random.nextInt(bytes.length + 1);
            for (int from = 0; from < bytes.length; from += size) {
                var chunk = ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from));
                while (chunk.hasRemaining()) reader.next(chunk).ifPresent(frames::add);
            }
            reader.end();
        } catch (CallRefused refused) {
            fates.broken++;
            answer(JsonRpcRequest.NO_ID, refused);
        }
        for (JsonSlice frame : frames) {
            fates.frames++;
            call(frame, fates);
        }
        // HTTP hands a body over whole, without cutting.
        call(JsonSlice.of(bytes), fates);
    }

    private static void call(JsonSlice frame, Fates fates) {
        try {
            for (JsonRpcEntry entry : JsonRpcRequest.read(frame, 5).entries()) {
                switch (entry) {
                    case JsonRpcEntry.Asked(var id, var method, var params) ->
                            carryOut(id, method, params, fates);
                    case JsonRpcEntry.Told(var method, var params) ->
                            carryOut(JsonRpcRequest.NO_ID, method, params, fates);
                    case JsonRpcEntry.Unclear(var id, var refusal) -> {
                        fates.refusals++;
                        answer(id, refusal);
                    }
                }
            }
        } catch (CallRefused refused) {
            fates.refusals++;
            answer(JsonRpcRequest.NO_ID, refused);
        }
    }

    private static void carryOut(JsonSlice id, String method, JsonSlice params, Fates fates) {
        try {
            RpcCall call = RpcCall.required(method);
            var message = JsonMessage.read(params, call.request());
            fates.messages++;
            var again = JsonMessage.read(JsonSlice.of(JsonMessage.bytes(message)), call.request());
            assertEquals(message, again);
        } catch (CallRefused refused) {
            fates.refusals++;
            answer(id, refused);
        }
    }

    /// Every refusal can be sent: as JSON that can be read again, and as trailers.
    private static void answer(JsonSlice id, CallRefused refusal) {
        byte[] line = JsonRpcAnswer.error(id, refusal);
        assertTrue(line.length < 100_000, "answer of " + line.length + " bytes");
        assertTrue(refusal.getMessage().length() < 2_000, refusal.getMessage());
        try {
            assertEquals(1, JsonRpcRequest.read(JsonSlice.of(line), 1).entries().size());
        } catch (CallRefused e) {
            throw new AssertionError("not JSON: " + new String(line, UTF_8), e);
        }
        assertTrue(GrpcRefusal.of(refusal).getTrailers().containsKey(GrpcRefusal.DATA));
    }

    @Test
    void long_requests_take_linear_time() {
        for (String piece : List.of("\"a\":1,", "\"id\":1,", "\"params\":{\"a\":{}},", "[],")) {
            long part = Long.MAX_VALUE / 64;
            long whole = Long.MAX_VALUE;
            // Sixteen times the work; were it quadratic, 256 times the time. Others may use the
            // machine: measured again before it fails.
            for (int turn = 0; turn < 4 || turn < 40 && whole >= 64 * part; turn++) {
                part = Math.min(part, nanos(piece, 25_000));
                whole = Math.min(whole, nanos(piece, 400_000));
            }
            assertTrue(whole < 64 * part, piece + ": " + part + " ns, then " + whole);
        }
    }

    /// Time to read an envelope, and params, of so many pieces.
    private static long nanos(String piece, int count) {
        String many = piece.repeat(count);
        String open = piece.startsWith("[") ? "{\"params\":{\"requested\":[" : "{\"params\":{";
        String close = piece.startsWith("[") ? "[]]}," : "\"b\":1},";
        String rest = piece.startsWith("[") ? "" : many;
        var slice =
                JsonSlice.of(
                        open
                                + many
                                + close
                                + rest
                                + "\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"q_negotiate_caps\"}");
        long start = System.nanoTime();
        call(slice, new Fates());
        return System.nanoTime() - start;
    }
}
