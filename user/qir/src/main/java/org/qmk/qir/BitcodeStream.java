package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Blocks and records of a bitstream. Source: "LLVM Bitcode File Format" of the LLVM manual.
final class BitcodeStream {

    /// What stands at a place of a block.
    enum Entry {
        RECORD,
        BLOCK,
        END
    }

    /// Numbers of one record; no instruction or constant of QIR comes near.
    private static final int OPERANDS_MAX = 1 << 22;

    private static final int BLOCKS_MAX = 32;
    private static final int ABBREVIATIONS_MAX = 1 << 12;
    private static final int BLOCK_INFO = 0;
    private static final int SET_BLOCK = 1;
    private static final String CHARACTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._";

    private enum Encoding {
        LITERAL,
        FIXED,
        VARIABLE,
        ARRAY,
        CHARACTER,
        BLOB
    }

    /// One part of an abbreviation.
    ///
    /// @param value the literal, or the width
    private record Part(Encoding encoding, long value) {}

    /// An open block: how wide its abbreviation numbers are, and what they stand for.
    private record Block(int width, List<List<Part>> abbreviations) {}

    private final BitCursor cursor;
    private final List<Block> open = new ArrayList<>();
    // Abbreviations that every block of a kind has. Looked up, never iterated.
    private final Map<Long, List<List<Part>>> shared = new HashMap<>();

    /// The block that can be entered or skipped.
    private long blockId;

    /// The record at hand.
    long code;

    long[] operands = new long[64];
    int count;
    byte[] blob = new byte[0];

    BitcodeStream(BitCursor cursor) {
        this.cursor = cursor;
        open.add(new Block(2, new ArrayList<>()));
    }

    boolean isAtEnd() {
        // up to 31 bits of padding may follow the last block
        return cursor.left() < 32;
    }

    long blockId() {
        return blockId;
    }

    /// Goes on to the next record or block, or to the end of the block at hand.
    Entry next() {
        Block block = open.getLast();
        while (true) {
            long id = cursor.fixed(block.width);
            if (id == 0) {
                if (open.size() == 1) throw new BitcodeDamage("a block ends that never began");
                cursor.align();
                open.removeLast();
                return Entry.END;
            }
            if (id == 1) {
                blockId = cursor.variable(8);
                return Entry.BLOCK;
            }
            if (id == 2) {
                define(block.abbreviations);
            } else if (id == 3) {
                unabbreviated();
                return Entry.RECORD;
            } else if (id - 4 < block.abbreviations.size()) {
                abbreviated(block.abbreviations.get((int) id - 4));
                return Entry.RECORD;
            } else {
                throw new BitcodeDamage("abbreviation " + id + " is not defined");
            }
        }
    }

    /// Passes over the block at hand.
    void skip() {
        cursor.variable(4);
        cursor.align();
        cursor.skip(32 * cursor.fixed(32));
    }

    /// Enters the block at hand.
    void enter() {
        long width = cursor.variable(4);
        cursor.align();
        cursor.fixed(32); // its length; what stands in it says where it ends
        if (width < 2 || width > 32)
            throw new BitcodeDamage("abbreviations are " + width + " wide");
        if (open.size() > BLOCKS_MAX) throw new BitcodeDamage("blocks are nested too deep");
        open.add(new Block((int) width, new ArrayList<>(shared.getOrDefault(blockId, List.of()))));
    }

    /// Reads the block at hand, which says what abbreviations other blocks have.
    void readBlockInfo() {
        enter();
        List<List<Part>> current = new ArrayList<>();
        Block block = open.removeLast();
        open.add(new Block(block.width, current));
        while (true) {
            // abbreviations that are defined here are those of another block
            long id = cursor.fixed(block.width);
            if (id == 0) {
                cursor.align();
                open.removeLast();
                return;
            }
            if (id == 2) {
                define(current);
                continue;
            }
            if (id != 3) throw new BitcodeDamage("a block of abbreviations has others");
            unabbreviated();
            if (code == SET_BLOCK && count > 0) {
                current = shared.computeIfAbsent(operands[0], _ -> new ArrayList<>());
            }
        }
    }

    boolean isBlockInfo() {
        return blockId == BLOCK_INFO;
    }

    private void define(List<List<Part>> into) {
        if (into.size() == ABBREVIATIONS_MAX) throw new BitcodeDamage("too many abbreviations");
        long size = cursor.variable(5);
        List<Part> parts = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            if (parts.size() > 256) throw new BitcodeDamage("an abbreviation is too long");
            parts.add(part());
        }
        if (parts.isEmpty()) throw new BitcodeDamage("an abbreviation is empty");
        into.add(parts);
    }

    private Part part() {
        if (cursor.fixed(1) == 1) return new Part(Encoding.LITERAL, cursor.variable(8));
        int encoding = (int) cursor.fixed(3);
        return switch (encoding) {
            case 1 -> numbers(Encoding.FIXED, 64);
            case 2 -> numbers(Encoding.VARIABLE, 32);
            case 3 -> new Part(Encoding.ARRAY, 0);
            case 4 -> new Part(Encoding.CHARACTER, 0);
            case 5 -> new Part(Encoding.BLOB, 0);
            default -> throw new BitcodeDamage("encoding " + encoding + " does not exist");
        };
    }

    private Part numbers(Encoding encoding, int most) {
        long width = cursor.variable(5);
        if (width == 0) return new Part(Encoding.LITERAL, 0); // as LLVM reads it
        int least = encoding == Encoding.VARIABLE ? 2 : 1;
        if (width < least || width > most)
            throw new BitcodeDamage("numbers are " + width + " wide");
        return new Part(encoding, width);
    }

    private void unabbreviated() {
        code = cursor.variable(6);
        long size = cursor.variable(6);
        count = 0;
        blob = new byte[0];
        for (long i = 0; i < size; i++) add(cursor.variable(6));
    }

    private void add(long value) {
        if (count == operands.length) {
            if (count >= OPERANDS_MAX) throw new BitcodeDamage("a record is too long");
            operands = Arrays.copyOf(operands, 2 * count);
        }
        operands[count++] = value;
    }

    private void abbreviated(List<Part> parts) {
        count = 0;
        blob = new byte[0];
        int i = 0;
        while (i < parts.size()) {
            Part part = parts.get(i++);
            switch (part.encoding) {
                case LITERAL, FIXED, VARIABLE, CHARACTER -> add(number(part));
                case ARRAY -> {
                    if (i != parts.size() - 1) throw new BitcodeDamage("an array is not last");
                    array(parts.get(i++));
                }
                case BLOB -> {
                    if (i != parts.size()) throw new BitcodeDamage("a blob is not last");
                    blob();
                }
            }
        }
        if (count == 0) throw new BitcodeDamage("a record has no code");
        code = operands[0];
        System.arraycopy(operands, 1, operands, 0, --count);
    }

    private void array(Part element) {
        long size = cursor.variable(6);
        for (long n = 0; n < size; n++) {
            // elements that take no bits would cost nothing to ask for
            if (element.encoding == Encoding.LITERAL)
                throw new BitcodeDamage("an array of literals");
            add(number(element));
        }
    }

    private void blob() {
        long size = cursor.variable(6);
        cursor.align();
        if (size < 0 || size > cursor.left() / 8) throw new BitcodeDamage("a blob is too long");
        blob = new byte[(int) size];
        for (int i = 0; i < blob.length; i++) blob[i] = (byte) cursor.fixed(8);
        cursor.align();
    }

    private long number(Part part) {
        return switch (part.encoding) {
            case LITERAL -> part.value;
            case FIXED -> cursor.fixed((int) part.value);
            case VARIABLE -> cursor.variable((int) part.value);
            case CHARACTER -> CHARACTERS.charAt((int) cursor.fixed(6));
            case ARRAY, BLOB -> throw new BitcodeDamage("an array holds arrays");
        };
    }

    /// A number of the record at hand.
    long operand(int place) {
        if (place < count) return operands[place];
        throw new BitcodeDamage("a record of code " + code + " is too short");
    }

    /// An index into something.
    int index(int place) {
        long value = operand(place);
        if (value >= 0 && value <= Integer.MAX_VALUE) return (int) value;
        throw new BitcodeDamage("a record of code " + code + " names what is not there");
    }

    /// The numbers from a place on as characters, each a byte.
    String text(int from) {
        byte[] bytes = new byte[Math.max(0, count - from)];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) operands[from + i];
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
