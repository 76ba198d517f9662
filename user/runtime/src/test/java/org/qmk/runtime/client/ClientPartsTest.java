package org.qmk.runtime.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPartsTest {

    @Test
    void an_address_is_http_or_a_socket() {
        assertEquals(
                new ServerAddress.Unix(Path.of("/run/qmk.sock")),
                ServerAddress.of("unix:/run/qmk.sock"));
        assertEquals(
                "http://127.0.0.1:8077", ServerAddress.of("http://127.0.0.1:8077/").toString());
        var below = assertInstanceOf(ServerAddress.Http.class, ServerAddress.of("https://x/qmk"));
        assertEquals("https://x/qmk/rpc", below.at("/rpc").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unix:",
                "unix:a\0b",
                "127.0.0.1:8077",
                "ftp://x",
                "http://",
                "http://u:p@x",
                "http://x?a=b",
                "http://x#a",
                "http://a b"
            })
    void other_texts_are_no_addresses(String text) {
        var wrong = assertThrows(IllegalArgumentException.class, () -> ServerAddress.of(text));
        assertTrue(wrong.getMessage().contains("expected one like"), wrong.getMessage());
    }

    @Test
    void a_key_does_not_travel_in_the_clear_and_is_not_shown() {
        for (String safe : List.of("http://127.0.0.1:1", "http://[::1]:1", "https://example.org")) {
            var setting = ClientSetting.of(ServerAddress.of(safe), Optional.of("qmk_secret"));
            assertFalse(setting.toString().contains("secret"));
        }
        for (String open : List.of("http://example.org", "http://127.0.0.1.example.org")) {
            var address = ServerAddress.of(open);
            assertEquals(Optional.empty(), ClientSetting.of(address, Optional.empty()).key());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ClientSetting.of(address, Optional.of("qmk_secret")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX-Evil: 1", "\u00e9"})
    void what_cannot_be_a_key_is_none(String key) {
        var address = ServerAddress.of("http://127.0.0.1:1");
        var wrong =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ClientSetting.of(address, Optional.of(key)));
        assertFalse(!key.isEmpty() && wrong.getMessage().contains(key));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void lines_come_out_however_the_bytes_were_cut(long seed) throws Exception {
        var random = new Random(seed);
        List<String> written = new ArrayList<>();
        var bytes = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            written.add("x".repeat(random.nextInt(random.nextInt(5) == 0 ? 5_000 : 20)));
            bytes.append(written.getLast()).append('\n');
        }
        byte[] all = bytes.append("rest").toString().getBytes(StandardCharsets.UTF_8);
        var lines = new LineBuffer(5_000);
        List<String> read = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int length = Math.min(all.length - at, 1 + random.nextInt(700));
            lines.add(ByteBuffer.wrap(all, at, length));
            at += length;
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                read.add(new String(line.get(), StandardCharsets.UTF_8));
            }
        }

        assertEquals(written, read);
        assertTrue(lines.hasRest());
    }

    @Test
    void a_file_is_sent_as_what_it_is() {
        byte[] protobuf = {0x0D, 'Q', 'V', 'M', 'G', 1};

        assertInstanceOf(Program.ProtobufGraph.class, Program.of(protobuf));
        assertEquals(
                new Program.JsonGraph(" {}"), Program.of(" {}".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                new Program.Source("// h\u00e9\nOPENQASM 3.0;"),
                Program.of("// h\u00e9\nOPENQASM 3.0;".getBytes(StandardCharsets.UTF_8)));
        assertInstanceOf(Program.FileBytes.class, Program.of(new byte[] {(byte) 0xff, 'a'}));
    }

    @Test
    void a_job_of_one_shot_has_its_result_in_the_order_of_the_bits() throws Exception {
        String line =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"job_id\":3,\"seed\":"
                        + "\"18446744073709551615\",\"bits\":[\"c[1]\",\"c[0]\"],\"events\":"
                        + "{\"c[0]\":1,\"c[1]\":0},\"unheard\":{\"of\":[1]}}}";

        RemoteJob job =
                RpcAnswer.read(line.getBytes(StandardCharsets.UTF_8), RemoteJob::read)
                        .of(new RpcRequest(1, "q_status", _ -> {}));

        assertEquals(-1, job.seed());
        assertEquals(List.of("c[1]", "c[0]"), job.bits());
        assertEquals(Map.of("01", 1L), job.counts());
    }
}
