package org.qmk.qec.result;

import java.io.IOException;
import java.io.InputStream;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// Reads shots in one of the formats.
public final class ResultReader {

    private static final int END = -1;
    private static final long NUMBER_MAX = 1L << 40;

    private final InputStream in;
    private final ShotFormat format;
    private final RecordLayout layout;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int size;
    private long shot;

    /// @param in read to its end
    public ResultReader(InputStream in, ShotFormat format, RecordLayout layout) {
        this.in = in;
        this.format = format;
        this.layout = layout;
    }

    /// Replaces the shots of `rows` by the next ones, as many as it has room for.
    ///
    /// @param rows with room for a multiple of 64
    /// @return whether there were any
    /// @throws QecFailure if the file is not what its format says
    public boolean read(ShotRows rows) throws IOException, QecFailure {
        rows.resize(0);
        if (layout.bits() == 0
                && format != ShotFormat.TEXT
                && format != ShotFormat.HITS
                && format != ShotFormat.DETS) {
            throw failure("shots without bits cannot be told apart in this format");
        }
        while (rows.shots() < rows.capacity() && peek() != END) {
            switch (format) {
                case TEXT -> text(rows);
                case B8 -> bytes(rows);
                case R8 -> runs(rows);
                case PTB64 -> group(rows);
                case HITS -> hits(rows);
                case DETS -> dets(rows);
            }
        }
        return rows.shots() > 0;
    }

    private int peek() throws IOException {
        if (at == size) {
            at = 0;
            size = Math.max(0, in.read(buffer));
            if (size == 0) return END;
        }
        return buffer[at] & 255;
    }

    private int next() throws IOException {
        int b = peek();
        if (b != END) at++;
        return b;
    }

    private QecFailure failure(String sentence) {
        return new QecFailure(
                QecRule.RESULT, "%s, shot %d: %s".formatted(format.word(), shot, sentence));
    }

    private int begin(ShotRows rows) {
        rows.resize(rows.shots() + 1);
        return rows.shots() - 1;
    }

    private void text(ShotRows rows) throws IOException, QecFailure {
        int row = begin(rows);
        for (int bit = 0; bit < layout.bits(); bit++) {
            int c = next();
            if (c != '0' && c != '1') {
                throw failure("expected %d characters 0 or 1".formatted(layout.bits()));
            }
            if (c == '1') rows.flip(row, bit);
        }
        endLine();
    }

    private void endLine() throws IOException, QecFailure {
        int c = next();
        if (c == '\r') c = next();
        if (c != '\n' && c != END) throw failure("expected the end of the line");
        shot++;
    }

    private void bytes(ShotRows rows) throws IOException, QecFailure {
        int row = begin(rows);
        int count = layout.bits() + 7 >>> 3;
        int start = row * rows.stride();
        for (int i = 0; i < count; i++) {
            long b = next();
            if (b == END) throw failure("the file ends within a shot");
            rows.words()[start + (i >>> 3)] |= b << 8 * (i & 7);
        }
        int rest = layout.bits() & 63;
        if (rest != 0 && rows.words()[start + (layout.bits() >>> 6)] >>> rest != 0) {
            throw failure("a bit behind the last is 1");
        }
        shot++;
    }

    private void runs(ShotRows rows) throws IOException, QecFailure {
        int row = begin(rows);
        for (long bit = 0; bit <= layout.bits(); bit++) {
            for (int b = 255; b == 255; bit += b) {
                b = next();
                if (b == END) throw failure("the file ends within a shot");
            }
            if (bit < layout.bits()) rows.flip(row, (int) bit);
            else if (bit > layout.bits()) throw failure("a run goes beyond the last bit");
        }
        shot++;
    }

    private void group(ShotRows rows) throws IOException, QecFailure {
        int first = rows.shots();
        rows.resize(first + 64);
        for (int bit = 0; bit < layout.bits(); bit++) {
            for (int i = 0; i < 64; i += 8) {
                int b = next();
                if (b == END) throw failure("the file ends within 64 shots");
                for (int k = 0; k < 8; k++) {
                    if ((b >> k & 1) != 0) rows.flip(first + i + k, bit);
                }
            }
        }
        shot += 64;
    }

    private void hits(ShotRows rows) throws IOException, QecFailure {
        int row = begin(rows);
        boolean first = true;
        while (peek() != '\n' && peek() != '\r' && peek() != END) {
            if (!first && next() != ',') throw failure("expected a comma between numbers");
            long bit = number();
            if (bit >= layout.bits()) {
                throw failure("bit %d is beyond the last of %d".formatted(bit, layout.bits()));
            }
            rows.flip(row, (int) bit);
            first = false;
        }
        endLine();
    }

    private long number() throws IOException, QecFailure {
        int c = peek();
        if (c < '0' || c > '9') throw failure("expected a number");
        long value = 0;
        for (; c >= '0' && c <= '9'; c = peek()) {
            value = Math.min(NUMBER_MAX, 10 * value + c - '0');
            next();
        }
        return value;
    }

    private void dets(ShotRows rows) throws IOException, QecFailure {
        int row = begin(rows);
        for (char c : "shot".toCharArray()) {
            if (next() != c) throw failure("expected a line that starts with 'shot'");
        }
        while (peek() == ' ') {
            next();
            if (peek() == '\n' || peek() == '\r' || peek() == END) break;
            char letter = (char) next();
            long number = number();
            int bit = layout.bit(letter, number);
            if (bit < 0) throw failure("there is no '%s%d'".formatted(letter, number));
            rows.flip(row, bit);
        }
        endLine();
    }
}
