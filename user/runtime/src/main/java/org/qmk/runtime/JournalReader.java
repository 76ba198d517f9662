package org.qmk.runtime;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.qmk.codec.ByteReader;
import org.qmk.kernel.call.Input;

/// Reads a journal frame by frame and checks the chain of hashes.
final class JournalReader implements AutoCloseable {

    /// One frame's meaning.
    sealed interface Entry {
        record Header(KernelSetting setting) implements Entry {}

        record Taken(Input input) implements Entry {}

        record Closed(long epoch, String digest) implements Entry {}

        /// What the loop noted for itself; no input.
        record Noted(byte[] note) implements Entry {}

        /// The end mark, after which nothing may follow.
        record End() implements Entry {}

        /// The file ends without an end mark.
        ///
        /// @param tornBytes bytes of a frame that was begun; 0 if the file ends between two frames
        record CutShort(long tornBytes) implements Entry {}
    }

    /// The file is not what was written.
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(long offset, String message) {
            super("byte %d: %s".formatted(offset, message));
        }
    }

    private final DataInputStream in;
    private final long length;
    private long offset;
    private byte[] chain;

    JournalReader(Path folder) throws IOException {
        Path file = folder.resolve(Journal.FILE);
        length = Files.size(file);
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        chain = new byte[Frame.HASH_BYTES];
    }

    /// A reader that goes on in the middle of a journal.
    ///
    /// @param in the journal's bytes from the offset on
    /// @param length bytes of the whole journal
    /// @param offset where a frame begins
    /// @param chain the hash of the frame before it
    JournalReader(InputStream in, long length, long offset, byte[] chain) {
        this.in = new DataInputStream(in);
        this.length = length;
        this.offset = offset;
        this.chain = chain.clone();
    }

    /// The next entry. After `CutShort` there is none.
    Entry next() throws IOException, Damaged {
        long start = offset;
        long left = length - start;
        if (left < Frame.HEAD_BYTES) return shortHead((int) left, start);
        byte[] head = bytes(Frame.HEAD_BYTES);
        expectKind(head[0], start);
        if (!Frame.isIntact(chain, head)) {
            throw new Damaged(start, "the head of a frame does not match its check word");
        }
        int size = Frame.payloadBytes(head);
        if (size < 0) throw new Damaged(start, "a frame is longer than any can be");
        if (left < Frame.HEAD_BYTES + (long) size + Frame.HASH_BYTES) {
            offset = start;
            return new Entry.CutShort(left);
        }
        byte[] payload = bytes(size);
        byte[] hash = bytes(Frame.HASH_BYTES);
        if (!Arrays.equals(hash, Frame.hash(chain, head, payload))) {
            throw new Damaged(
                    start, "the frame of %d bytes does not match its hash".formatted(size));
        }
        try {
            Entry entry = entry(Frame.Kind.values()[head[0]], payload);
            chain = hash;
            return entry;
        } catch (ByteReader.Malformed malformed) {
            throw new Damaged(start, "in the frame, " + malformed.getMessage());
        }
    }

    /// Whether the file holds nothing but a part of its first frame. To be asked before `next`.
    boolean endsWithinHeader() throws IOException {
        in.mark(Frame.HEAD_BYTES);
        byte[] head = in.readNBytes(Frame.HEAD_BYTES);
        in.reset();
        if (head.length > 0 && head[0] != Frame.Kind.HEADER.ordinal()) return false;
        if (head.length < Frame.HEAD_BYTES) return true;
        long frame = Frame.HEAD_BYTES + (long) Frame.payloadBytes(head) + Frame.HASH_BYTES;
        return Frame.isIntact(chain, head) && length < frame;
    }

    /// Bytes past the last whole frame that was read.
    long bytesLeft() {
        return length - offset;
    }

    /// Offset of the byte past the last whole frame that was read.
    long offset() {
        return offset;
    }

    /// The hash of the last whole frame that was read.
    byte[] chain() {
        return chain.clone();
    }

    private Entry shortHead(int left, long start) throws IOException, Damaged {
        if (left > 0) expectKind(in.readByte(), start);
        return new Entry.CutShort(left);
    }

    private static void expectKind(byte kind, long start) throws Damaged {
        if (kind < 0 || kind >= Frame.Kind.values().length) {
            throw new Damaged(start, "no frame begins here");
        }
        if ((start == 0) != (kind == Frame.Kind.HEADER.ordinal())) {
            throw new Damaged(start, "a journal begins with one header");
        }
    }

    /// Checks that nothing follows the end mark.
    void expectNothingMore() throws Damaged {
        if (offset != length) throw new Damaged(offset, "bytes follow the end mark");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static Entry entry(Frame.Kind kind, byte[] payload) throws ByteReader.Malformed {
        return switch (kind) {
            case HEADER -> header(new ByteReader(payload));
            case INPUT -> new Entry.Taken(InputRecord.decode(payload));
            case DIGEST -> {
                var digest = new ByteReader(payload);
                var closed = new Entry.Closed(digest.uint(Long.MAX_VALUE), digest.text());
                digest.end();
                yield closed;
            }
            case NOTE -> new Entry.Noted(payload);
            case END -> {
                new ByteReader(payload).end();
                yield new Entry.End();
            }
        };
    }

    private static Entry header(ByteReader in) throws ByteReader.Malformed {
        for (byte letter : new byte[] {'Q', 'M', 'K', 'J'}) {
            if (in.u8() != letter) throw new ByteReader.Malformed(0, "the mark of a journal");
        }
        if (in.uint(Integer.MAX_VALUE) != Journal.VERSION) {
            throw new ByteReader.Malformed(4, "journal version " + Journal.VERSION);
        }
        KernelSetting setting = SettingRecord.read(in);
        in.end();
        return new Entry.Header(setting);
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        offset += count;
        return bytes;
    }
}
