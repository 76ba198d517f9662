package org.qmk.qec.result;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// Writes shots in one of the formats.
public final class ResultWriter {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] NAME = "shot".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final ShotFormat format;
    private final RecordLayout layout;
    private byte[] buffer = new byte[1 << 16];
    private int size;

    public ResultWriter(OutputStream out, ShotFormat format, RecordLayout layout) {
        this.out = out;
        this.format = format;
        this.layout = layout;
    }

    /// Writes shots behind those before.
    ///
    /// @throws QecFailure if the format takes 64 shots at a time and these are not
    public void write(ShotRows rows) throws IOException, QecFailure {
        if (rows.bits() != layout.bits()) {
            throw new IllegalArgumentException(
                    "shots have %d bits, expected %d".formatted(rows.bits(), layout.bits()));
        }
        switch (format) {
            case PTB64 -> groups(rows);
            case TEXT -> {
                for (int shot = 0; shot < rows.shots(); shot++) text(rows, shot);
            }
            case B8 -> {
                for (int shot = 0; shot < rows.shots(); shot++) bytes(rows, shot);
            }
            case R8 -> {
                for (int shot = 0; shot < rows.shots(); shot++) runs(rows, shot);
            }
            case HITS, DETS -> {
                for (int shot = 0; shot < rows.shots(); shot++) names(rows, shot);
            }
        }
        out.write(buffer, 0, size);
        size = 0;
    }

    private void room(int more) throws IOException {
        if (size + more <= buffer.length) return;
        out.write(buffer, 0, size);
        size = 0;
        if (more > buffer.length) buffer = new byte[more];
    }

    private void text(ShotRows rows, int shot) throws IOException {
        room(rows.bits() + 1);
        for (int bit = 0; bit < rows.bits(); bit++) {
            buffer[size++] = (byte) (rows.get(shot, bit) ? '1' : '0');
        }
        buffer[size++] = '\n';
    }

    private void bytes(ShotRows rows, int shot) throws IOException {
        int count = rows.bits() + 7 >>> 3;
        // Whole words are written: those behind the last bit give way to the next shot.
        room(8 * rows.stride());
        int start = shot * rows.stride();
        for (int word = 0; 8 * word < count; word++) {
            LONGS.set(buffer, size + 8 * word, rows.words()[start + word]);
        }
        size += count;
    }

    private void runs(ShotRows rows, int shot) throws IOException {
        room(rows.bits() + 1 + rows.bits() / 255);
        int zeros = 0;
        for (int bit = 0; bit <= rows.bits(); bit++) {
            if (bit < rows.bits() && !rows.get(shot, bit)) {
                zeros++;
                continue;
            }
            for (; zeros >= 255; zeros -= 255) buffer[size++] = (byte) 255;
            buffer[size++] = (byte) zeros;
            zeros = 0;
        }
    }

    private void names(ShotRows rows, int shot) throws IOException {
        boolean dets = format == ShotFormat.DETS;
        room(NAME.length);
        if (dets) for (byte b : NAME) buffer[size++] = b;
        boolean first = true;
        int start = shot * rows.stride();
        for (int word = 0; word < rows.stride(); word++) {
            for (long rest = rows.words()[start + word]; rest != 0; rest &= rest - 1) {
                int bit = 64 * word + Long.numberOfTrailingZeros(rest);
                String name = dets ? layout.name(bit) : Integer.toString(bit);
                room(name.length() + 2);
                if (dets) buffer[size++] = ' ';
                else if (!first) buffer[size++] = ',';
                for (int i = 0; i < name.length(); i++) buffer[size++] = (byte) name.charAt(i);
                first = false;
            }
        }
        room(1);
        buffer[size++] = '\n';
    }

    private void groups(ShotRows rows) throws IOException, QecFailure {
        if ((rows.shots() & 63) != 0) {
            throw new QecFailure(
                    QecRule.RESULT, "ptb64 holds shots by 64, choose a multiple of 64 shots");
        }
        for (int group = 0; group < rows.shots(); group += 64) {
            for (int bit = 0; bit < rows.bits(); bit++) {
                room(8);
                long word = 0;
                for (int i = 0; i < 64; i++) if (rows.get(group + i, bit)) word |= 1L << i;
                for (int i = 0; i < 8; i++) buffer[size++] = (byte) (word >>> 8 * i);
            }
        }
    }
}
