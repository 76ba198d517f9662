package org.qmk.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.qmk.device.MachineShape;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Input;
import org.qmk.qvm.ByteWriter;

/// The file that holds what went into a kernel, written as it goes.
///
/// The file is a sequence of frames, see docs/spec/journal.md. A frame ends with a SHA-256 over the
/// frame before it and its own bytes, so that no byte can change unnoticed. Appending goes through
/// one buffer; `sync` makes all before it durable.
public final class Journal implements AutoCloseable {

    /// The file's name in a data folder.
    public static final String FILE = "journal.qmkj";

    static final int VERSION = 1;
    static final int HASH_BYTES = 32;

    /// What a frame holds.
    enum FrameKind {
        HEADER,
        INPUT,
        DIGEST,
        END
    }

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private byte[] chain = new byte[HASH_BYTES];
    private boolean ended;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /// Creates the journal of a new kernel in the folder, which is made if it is not there.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if the folder has a journal already
    public static Journal create(Path folder, MachineShape machine, KernelLimits limits)
            throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(FILE),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        var journal = new Journal(channel);
        try {
            journal.append(FrameKind.HEADER, header(machine, limits));
        } catch (IOException unwritable) {
            channel.close();
            throw unwritable;
        }
        return journal;
    }

    /// Notes an input, before the kernel takes it.
    public void input(Input input) throws IOException {
        append(FrameKind.INPUT, InputRecord.encode(input));
    }

    /// Notes the digest with which the kernel closed an epoch.
    public void digest(long epoch, String digest) throws IOException {
        append(FrameKind.DIGEST, ByteWriter.keeping().uint(epoch).text(digest).bytes());
    }

    /// Makes all that was noted durable.
    public void sync() throws IOException {
        flush();
        channel.force(false);
    }

    /// Marks the end of the run. A journal without the mark was cut short.
    public void end() throws IOException {
        append(FrameKind.END, new byte[0]);
        ended = true;
        sync();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (!ended) flush();
        }
    }

    private static byte[] header(MachineShape machine, KernelLimits limits) {
        var out = ByteWriter.keeping();
        out.raw(new byte[] {'Q', 'M', 'K', 'J'}).uint(VERSION);
        out.text(machine.name()).uint(machine.blocks());
        out.uint(machine.operationsPerEpoch()).uint(machine.roundsPerEpoch());
        out.uint(limits.tenants()).uint(limits.sessions()).uint(limits.capabilities());
        out.uint(limits.jobs()).uint(limits.shots()).uint(limits.waveShots());
        out.uint(limits.waveBits());
        return out.bytes();
    }

    private void append(FrameKind kind, byte[] payload) throws IOException {
        byte[] head = {
            (byte) kind.ordinal(),
            (byte) (payload.length >>> 24),
            (byte) (payload.length >>> 16),
            (byte) (payload.length >>> 8),
            (byte) payload.length
        };
        chain = hash(chain, head, payload);
        // Whole frames go to the file, so that a killed run leaves no torn one where it can.
        if (buffer.remaining() < head.length + (long) payload.length + chain.length) flush();
        put(head);
        put(payload);
        put(chain);
    }

    static byte[] hash(byte[] chain, byte[] head, byte[] payload) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(chain);
            sha256.update(head);
            return sha256.digest(payload);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private void put(byte[] bytes) throws IOException {
        if (buffer.remaining() < bytes.length) flush();
        if (bytes.length > buffer.capacity()) writeFully(ByteBuffer.wrap(bytes));
        else buffer.put(bytes);
    }

    private void flush() throws IOException {
        buffer.flip();
        writeFully(buffer);
        buffer.clear();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }
}
