package org.qmk.runtime;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.qmk.codec.ByteReader;
import org.qmk.device.MachineShape;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Input;

/// Reads a journal frame by frame and checks the chain of hashes.
final class JournalReader implements AutoCloseable {

    /// One frame's meaning.
    sealed interface Entry {
        record Header(MachineShape machine, KernelLimits limits) implements Entry {}

        record Taken(Input input) implements Entry {}

        record Closed(long epoch, String digest) implements Entry {}

        /// The end mark, after which nothing may follow.
        record End() implements Entry {}

        /// The file ends between two frames, without an end mark.
        record CutShort() implements Entry {}
    }

    /// The file is not what was written.
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(long offset, String message) {
            super("byte %d: %s".formatted(offset, message));
        }
    }

    private static final int HEAD_BYTES = 5;

    private final DataInputStream in;
    private final long length;
    private long offset;
    private byte[] chain = new byte[Journal.HASH_BYTES];

    JournalReader(Path folder) throws IOException {
        Path file = folder.resolve(Journal.FILE);
        length = Files.size(file);
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /// The next entry.
    Entry next() throws IOException, Damaged {
        long start = offset;
        if (length == start) return new Entry.CutShort();
        byte[] head = bytes(HEAD_BYTES, start);
        int size =
                (head[1] & 0xFF) << 24
                        | (head[2] & 0xFF) << 16
                        | (head[3] & 0xFF) << 8
                        | head[4] & 0xFF;
        boolean known = head[0] >= 0 && head[0] < Journal.FrameKind.values().length;
        if (!known || size < 0 || size + (long) Journal.HASH_BYTES > length - offset) {
            throw new Damaged(start, "no frame begins here, or the file is cut inside it");
        }
        byte[] payload = bytes(size, start);
        byte[] hash = bytes(Journal.HASH_BYTES, start);
        chain = Journal.hash(chain, head, payload);
        if (!Arrays.equals(hash, chain)) {
            throw new Damaged(
                    start, "the frame of %d bytes does not match its hash".formatted(size));
        }
        Journal.FrameKind kind = Journal.FrameKind.values()[head[0]];
        if ((start == 0) != (kind == Journal.FrameKind.HEADER)) {
            throw new Damaged(start, "a journal begins with one header");
        }
        try {
            return entry(kind, payload);
        } catch (ByteReader.Malformed malformed) {
            throw new Damaged(start, "in the frame, " + malformed.getMessage());
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

    private static Entry entry(Journal.FrameKind kind, byte[] payload) throws ByteReader.Malformed {
        return switch (kind) {
            case HEADER -> header(new ByteReader(payload));
            case INPUT -> new Entry.Taken(InputRecord.decode(payload));
            case DIGEST -> {
                var digest = new ByteReader(payload);
                var closed = new Entry.Closed(digest.uint(Long.MAX_VALUE), digest.text());
                digest.end();
                yield closed;
            }
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
        try {
            var machine = new MachineShape(in.text(), int31(in), int31(in), int31(in));
            var limits =
                    new KernelLimits(
                            int31(in),
                            int31(in),
                            int31(in),
                            int31(in),
                            in.uint(Long.MAX_VALUE),
                            int31(in),
                            in.uint(Long.MAX_VALUE));
            in.end();
            return new Entry.Header(machine, limits);
        } catch (IllegalArgumentException outOfRange) {
            throw new ByteReader.Malformed(5, "a machine");
        }
    }

    private static int int31(ByteReader in) throws ByteReader.Malformed {
        return (int) in.uint(Integer.MAX_VALUE);
    }

    private byte[] bytes(int count, long frame) throws IOException, Damaged {
        if (count > length - offset) throw new Damaged(frame, "the file is cut inside a frame");
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        offset += count;
        return bytes;
    }
}
