package org.qmk.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Cuts a stream of bytes into JSON-RPC requests and batches: objects and arrays, back to back or
/// with white space between them. One is complete at its last bracket; nothing needs to follow.
///
/// Only strings and brackets are looked at, each byte once, so the time is linear however the
/// bytes arrive. At most one unfinished request is held. What is wrong inside of balanced brackets
/// is for `JsonRpcRequest` to say, and the connection goes on. Bytes that begin no object or array,
/// a bracket that closes nothing, a control character in a string, a request too long or too deep:
/// after those nobody can say where the next request begins. Then this reader refuses, once, and
/// is at its end: answer with the refusal and the id null, and close the connection.
public final class JsonRpcReader {

    private static final byte[] NOTHING = {};

    private final int bytesMax;

    /// The unfinished request. Capacity never exceeds `bytesMax`.
    private byte[] held = NOTHING;

    private int heldLength;

    /// The brackets that are open: true for an object.
    private final boolean[] objects = new boolean[JsonMessage.NESTING_MAX];

    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean ended;

    /// @param bytesMax the longest request
    public JsonRpcReader(int bytesMax) {
        if (bytesMax < 2) {
            throw new IllegalArgumentException("bytesMax is " + bytesMax + ", expected 2 or more");
        }
        this.bytesMax = bytesMax;
    }

    /// Takes bytes to the end of the next request, or all. To be called again with the same chunk
    /// until it is used up: a chunk may hold several requests.
    ///
    /// @return the request, if it is complete
    /// @throws CallRefused at the end of all reading
    /// @throws IllegalStateException if this reader is at its end
    public Optional<JsonSlice> next(ByteBuffer chunk) throws CallRefused {
        if (ended) throw new IllegalStateException("the reader refused before");
        if (heldLength == 0) skipBlanks(chunk);
        int room = Math.min(chunk.remaining(), bytesMax - heldLength);
        int start = chunk.position();
        for (int i = start; i < start + room; i++) {
            if (completes(chunk.get(i))) return Optional.of(complete(chunk, i + 1 - start));
        }
        if (room < chunk.remaining()) {
            throw end(WireRule.LENGTH, "more", "at most " + bytesMax + " bytes", "Ask for less.");
        }
        hold(chunk, room);
        return Optional.empty();
    }

    /// Whether a request has begun and not ended.
    public boolean isWithinRequest() {
        return heldLength > 0;
    }

    /// Bytes of memory that the unfinished request takes.
    public int heldBytes() {
        return held.length;
    }

    /// Says that no more bytes will come.
    ///
    /// @throws CallRefused if that is in the midst of a request
    public void end() throws CallRefused {
        if (ended || heldLength == 0) return;
        throw end(WireRule.SYNTAX, "the end of the bytes", "the rest", "Send whole requests.");
    }

    private static void skipBlanks(ByteBuffer chunk) {
        while (chunk.hasRemaining()) {
            byte b = chunk.get(chunk.position());
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') return;
            chunk.position(chunk.position() + 1);
        }
    }

    /// Takes one byte; true if the request ends with it.
    private boolean completes(byte b) throws CallRefused {
        if (inString) {
            string(b);
            return false;
        }
        switch (b) {
            case '{', '[' -> open(b == '{');
            case '}', ']' -> close(b == '}');
            case '"' -> inString = true;
            default -> {
                // A number, a word, a comma: the parser's business.
            }
        }
        if (depth == 0 && b != '}' && b != ']') {
            throw end(WireRule.SYNTAX, words(b), "{ or [", "Send an object or a batch.");
        }
        return depth == 0;
    }

    private void string(byte b) throws CallRefused {
        if (b >= 0 && b < ' ') {
            throw end(WireRule.SYNTAX, words(b) + " in a string", "its end", "Escape it.");
        }
        if (escaped) escaped = false;
        else if (b == '\\') escaped = true;
        else if (b == '"') inString = false;
    }

    private void open(boolean object) throws CallRefused {
        if (depth == objects.length) {
            throw end(
                    WireRule.NESTING, "more", "at most " + depth + " levels", "Nest less deeply.");
        }
        objects[depth++] = object;
    }

    private void close(boolean object) throws CallRefused {
        if (depth == 0 || objects[depth - 1] != object) {
            String found = object ? "}" : "]";
            throw end(WireRule.SYNTAX, found, "its opening bracket first", "Balance brackets.");
        }
        depth--;
    }

    private JsonSlice complete(ByteBuffer chunk, int count) {
        hold(chunk, count);
        var request = new JsonSlice(held, 0, heldLength);
        held = NOTHING;
        heldLength = 0;
        return request;
    }

    private void hold(ByteBuffer chunk, int count) {
        int needed = heldLength + count;
        if (needed > held.length) {
            int doubled = (int) Math.min(2L * held.length, bytesMax);
            held = Arrays.copyOf(held, Math.max(needed, doubled));
        }
        chunk.get(held, heldLength, count);
        heldLength = needed;
    }

    private CallRefused end(WireRule rule, String found, String expected, String mend) {
        ended = true;
        held = NOTHING;
        heldLength = 0;
        return rule.refused("", found, expected, mend);
    }

    private static String words(byte b) {
        return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : "the byte 0x%02X".formatted(b & 0xFF);
    }
}
