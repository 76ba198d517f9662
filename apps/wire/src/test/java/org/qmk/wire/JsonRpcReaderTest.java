package org.qmk.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonRpcReaderTest {

    private static final int BYTES_MAX = 1_000;

    /// Sixteen times the work takes sixteen times as long; were it quadratic, 256 times.
    private static final int SLOWER_MAX = 64;

    @Test
    void an_object_is_a_request_with_nothing_after_it() throws CallRefused {
        assertEquals(List.of("{\"a\":1}"), all("{\"a\":1}"));
        assertEquals(List.of("[{}]"), all("[{}]"));
    }

    @Test
    void requests_follow_one_another_with_and_without_blanks() throws CallRefused {
        assertEquals(
                List.of("{}", "{\"a\":{}}", "[]", "{ }"), all("{}{\"a\":{}}\r\n\n\t [] { } \n"));
    }

    @Test
    void brackets_in_strings_count_for_nothing() throws CallRefused {
        String odd = "{\"}\\\"]\\\\\":[\"{\",\"\\\\\"]}";
        assertEquals(List.of(odd, "{}"), all(odd + "{}"));
    }

    @Test
    void what_is_wrong_within_brackets_is_not_its_business() throws CallRefused {
        assertEquals(List.of("{foo,,}", "{}"), all("{foo,,}{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1",
                "\"a\"",
                "{]",
                "[}",
                "}",
                "{}}",
                "{\"a\nb\"}",
                "\0",
                "\uFEFF{}",
                "{},{}"
            })
    void where_no_request_can_begin_all_reading_ends(String text) {
        var reader = new JsonRpcReader(BYTES_MAX);

        var refused = assertThrows(CallRefused.class, () -> all(reader, text));

        assertEquals("QMK-WIRE-1", refused.code());
        assertFalse(reader.isWithinRequest());
        assertThrows(IllegalStateException.class, () -> all(reader, "{}"));
    }

    @Test
    void a_request_has_a_longest_length() throws CallRefused {
        String most = "{\"" + "a".repeat(BYTES_MAX - 6) + "\":1}";
        assertEquals(List.of(most.replace(":1", ":"), "{}"), all(most.replace(":1", ":") + "{}"));
        assertEquals(List.of("{}", most.replace(":1", ":1")), all("{}" + most));

        for (int chunk : new int[] {1, 7, 2_000}) {
            var reader = new JsonRpcReader(BYTES_MAX);
            var refused =
                    assertThrows(
                            CallRefused.class,
                            () ->
                                    pieces(
                                            reader,
                                            ("{\"" + "a".repeat(2_000)).getBytes(UTF_8),
                                            chunk));
            assertEquals("QMK-WIRE-2", refused.code());
        }
    }

    @Test
    void a_request_has_a_deepest_level() throws CallRefused {
        int most = JsonMessage.NESTING_MAX;
        String deepest = "[".repeat(most) + "]".repeat(most);
        assertEquals(List.of(deepest), all(deepest));

        var refused = assertThrows(CallRefused.class, () -> all("[" + deepest + "]"));
        assertEquals("QMK-WIRE-3", refused.code());
    }

    @Test
    void the_end_within_a_request_is_an_error() throws CallRefused {
        var reader = new JsonRpcReader(BYTES_MAX);
        all(reader, "{} ");
        reader.end();
        assertFalse(reader.isWithinRequest());
        all(reader, "{\"a\":");
        assertTrue(reader.isWithinRequest());
        assertThrows(CallRefused.class, reader::end);
        reader.end();
    }

    @Test
    void however_the_bytes_arrive_the_requests_are_the_same() throws CallRefused {
        for (int seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            List<String> sent = new ArrayList<>();
            var stream = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                RpcCall call = RpcCall.all().get(random.nextInt(RpcCall.all().size()));
                byte[] json = JsonMessage.bytes(RandomMessage.of(call.request(), random));
                sent.add(new String(json, UTF_8));
                stream.writeBytes(json);
                stream.writeBytes(" \n\r\t".substring(random.nextInt(5)).getBytes(UTF_8));
            }
            byte[] bytes = stream.toByteArray();

            assertEquals(sent, pieces(new JsonRpcReader(100_000), bytes, bytes.length));
            assertEquals(sent, pieces(new JsonRpcReader(100_000), bytes, 1));
            assertEquals(sent, pieces(new JsonRpcReader(100_000), bytes, 1 + random.nextInt(50)));
        }
    }

    @Test
    void a_million_requests_take_linear_time() throws CallRefused {
        byte[] request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"q_status\"}".getBytes(UTF_8);
        long part = Long.MAX_VALUE / SLOWER_MAX;
        long whole = Long.MAX_VALUE;
        for (int turn = 0; turn < 4 || turn < 40 && whole >= SLOWER_MAX * part; turn++) {
            part = Math.min(part, stream(request, 62_500));
            whole = Math.min(whole, stream(request, 1_000_000));
        }

        assertTrue(whole < SLOWER_MAX * part, part + " ns, then " + whole + " ns");
    }

    /// Time to read so many, 64 KiB at a time.
    private static long stream(byte[] request, int count) throws CallRefused {
        byte[] chunk = new byte[65_536 / request.length * request.length];
        for (int i = 0; i < chunk.length; i++) chunk[i] = request[i % request.length];
        var reader = new JsonRpcReader(BYTES_MAX);
        long start = System.nanoTime();
        int read = 0;
        while (read < count) {
            var buffer = ByteBuffer.wrap(chunk);
            while (buffer.hasRemaining() && read < count) {
                if (reader.next(buffer).isPresent()) read++;
            }
        }
        return System.nanoTime() - start;
    }

    @Test
    void a_long_request_byte_by_byte_takes_linear_time() throws CallRefused {
        long part = Long.MAX_VALUE / SLOWER_MAX;
        long whole = Long.MAX_VALUE;
        for (int turn = 0; turn < 4 || turn < 40 && whole >= SLOWER_MAX * part; turn++) {
            part = Math.min(part, trickle(1 << 20));
            whole = Math.min(whole, trickle(16 << 20));
        }

        assertTrue(whole < SLOWER_MAX * part, part + " ns, then " + whole + " ns");
    }

    private static long trickle(int length) throws CallRefused {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'a');
        bytes[0] = '{';
        bytes[1] = '"';
        bytes[length - 2] = '"';
        bytes[length - 1] = '}';
        var reader = new JsonRpcReader(16 << 20);
        long start = System.nanoTime();
        for (int i = 0; i < length - 1; i++) {
            assertTrue(reader.next(ByteBuffer.wrap(bytes, i, 1)).isEmpty());
        }
        var last = reader.next(ByteBuffer.wrap(bytes, length - 1, 1));
        long nanos = System.nanoTime() - start;
        assertEquals(length, last.orElseThrow().length());
        return nanos;
    }

    private static List<String> all(String text) throws CallRefused {
        return all(new JsonRpcReader(BYTES_MAX), text);
    }

    private static List<String> all(JsonRpcReader reader, String text) throws CallRefused {
        byte[] bytes = text.getBytes(UTF_8);
        return pieces(reader, bytes, bytes.length);
    }

    /// The requests that come out when so many bytes are fed at a time.
    private static List<String> pieces(JsonRpcReader reader, byte[] bytes, int size)
            throws CallRefused {
        List<String> requests = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += size) {
            var chunk = ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from));
            while (chunk.hasRemaining()) {
                reader.next(chunk).ifPresent(request -> requests.add(request.text()));
            }
        }
        return requests;
    }
}
