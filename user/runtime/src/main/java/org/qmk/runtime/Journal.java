package org.qmk.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.qmk.kernel.call.Input;
import org.qmk.qvm.ByteWriter;

/// The file that holds what went into a kernel, written as it goes.
///
/// The file is a sequence of frames, see docs/spec/journal.md. A frame ends with a SHA-256 over the
/// frame before it and its own bytes, so that no byte can change unnoticed. Appending goes through
/// one buffer; `sync` makes all before it durable, and `digest` does so where every epoch is to be.
/// A journal that could not be written once is not written again: what the file holds since is not
/// known.
public final class Journal implements AutoCloseable {

    /// The file's name in a data folder.
    public static final String FILE = "journal.qmkj";

    static final int VERSION = 3;

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Durability durability;

    /// The hash of the frame that was appended last.
    private byte[] chain;

    private boolean ended;
    private boolean failed;

    /// Whether the system could not make durable what was written. It may have let go of it, so a
    /// later force that succeeds says nothing.
    private volatile boolean lost;

    private Journal(FileChannel channel, byte[] chain, Durability durability) {
        this.channel = channel;
        this.chain = chain;
        this.durability = durability;
    }

    /// Creates the journal of a new kernel, with every epoch durable.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if the folder has a journal already
    public static Journal create(Path folder, KernelSetting setting) throws IOException {
        return create(folder, setting, Durability.EVERY_EPOCH);
    }

    /// Creates the journal of a new kernel in the folder, which is made if it is not there. The
    /// header is durable, and so is the file's name where folders can be forced.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if the folder has a journal already
    public static Journal create(Path folder, KernelSetting setting, Durability durability)
            throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(FILE),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        var journal = new Journal(channel, new byte[Frame.HASH_BYTES], durability);
        try {
            journal.append(Frame.Kind.HEADER, header(setting));
            journal.sync();
            forceNames(folder);
        } catch (IOException unwritable) {
            channel.close();
            throw unwritable;
        }
        return journal;
    }

    /// Opens a journal without end mark to go on after its last whole frame. What the file holds
    /// past it is cut off.
    ///
    /// @param end offset of the byte past the last whole frame
    /// @param chain the hash of that frame
    static Journal append(Path folder, long end, byte[] chain, Durability durability)
            throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE);
        try {
            channel.truncate(end);
            channel.position(end);
        } catch (IOException unwritable) {
            channel.close();
            throw unwritable;
        }
        return new Journal(channel, chain, durability);
    }

    /// Notes an input, before the kernel takes it.
    public void input(Input input) throws IOException {
        append(Frame.Kind.INPUT, InputRecord.encode(input));
    }

    /// Notes the digest with which the kernel closed an epoch, and makes all before it durable if
    /// every epoch is to be.
    public void digest(long epoch, String digest) throws IOException {
        append(Frame.Kind.DIGEST, ByteWriter.keeping().uint(epoch).text(digest).bytes());
        switch (durability) {
            case EVERY_EPOCH -> sync();
            case AT_END -> {}
        }
    }

    /// Notes what is no input and changes nothing: what its caller wants to know again after a
    /// crash. A replay passes over it.
    public void note(byte[] note) throws IOException {
        append(Frame.Kind.NOTE, note);
    }

    /// Gives all that was noted to the file, and returns the file's length. It is durable when
    /// `force` was called after that.
    public long write() throws IOException {
        expectSound();
        failed = true;
        flush();
        failed = false;
        return channel.position();
    }

    /// Makes all that was written durable. Unlike everything else here, another thread may call
    /// it, so that one force serves what was written while the last one ran.
    public void force() throws IOException {
        if (lost) throw new IOException("the journal could not be made durable before");
        try {
            channel.force(false);
        } catch (IOException failure) {
            lost = true;
            throw failure;
        }
    }

    /// Makes all that was noted durable.
    public void sync() throws IOException {
        expectSound();
        failed = true;
        flush();
        force();
        failed = false;
    }

    /// Marks the end of the run. A journal without the mark was cut short.
    public void end() throws IOException {
        append(Frame.Kind.END, new byte[0]);
        ended = true;
        sync();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (!ended && !failed) flush();
        }
    }

    private static byte[] header(KernelSetting setting) {
        var out = ByteWriter.keeping();
        out.raw(new byte[] {'Q', 'M', 'K', 'J'}).uint(VERSION);
        SettingRecord.write(setting, out);
        return out.bytes();
    }

    private void append(Frame.Kind kind, byte[] payload) throws IOException {
        expectSound();
        failed = true;
        byte[] head = Frame.head(chain, kind, payload.length);
        chain = Frame.hash(chain, head, payload);
        // Whole frames go to the file, so that a killed run leaves no torn one where it can.
        if (buffer.remaining() < head.length + (long) payload.length + chain.length) flush();
        put(head);
        put(payload);
        put(chain);
        failed = false;
    }

    /// After a write or force that failed nobody knows what the file holds.
    private void expectSound() throws IOException {
        if (failed || lost) throw new IOException("the journal could not be written before");
    }

    /// A new file is safe when its name in the folder is. Not every system lets folders be forced.
    private static void forceNames(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException notHere) {
            return;
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
