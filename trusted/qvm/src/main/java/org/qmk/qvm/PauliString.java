package org.qmk.qvm;

import java.util.Arrays;
import java.util.Optional;

/// A signed tensor product of Pauli operators, one letter per qubit of the node that carries it.
public final class PauliString {

    private final boolean negative;
    private final byte[] letters;

    private PauliString(boolean negative, byte[] letters) {
        this.negative = negative;
        this.letters = letters;
    }

    /// Reads `XZY`, `+XZY` or `-XZY`; nothing if a character is not one of I, X, Y, Z or no letter
    /// is there.
    public static Optional<PauliString> parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String letters = signed ? text.substring(1) : text;
        if (letters.isEmpty()) return Optional.empty();
        byte[] bytes = new byte[letters.length()];
        for (int i = 0; i < bytes.length; i++) {
            char letter = letters.charAt(i);
            if (letter != 'I' && letter != 'X' && letter != 'Y' && letter != 'Z') {
                return Optional.empty();
            }
            bytes[i] = (byte) letter;
        }
        return Optional.of(new PauliString(text.startsWith("-"), bytes));
    }

    /// @throws IllegalArgumentException if `parse` finds nothing
    public static PauliString of(String text) {
        Optional<PauliString> read = parse(text);
        if (read.isEmpty()) throw new IllegalArgumentException(text + " is not like -XZI");
        return read.get();
    }

    public boolean negative() {
        return negative;
    }

    public int length() {
        return letters.length;
    }

    /// The operator on the node's qubit of the given position: 'I', 'X', 'Y' or 'Z'.
    public char letter(int position) {
        return (char) letters[position];
    }

    public boolean hasX(int position) {
        return letters[position] == 'X' || letters[position] == 'Y';
    }

    public boolean hasZ(int position) {
        return letters[position] == 'Z' || letters[position] == 'Y';
    }

    public boolean isIdentity() {
        for (byte letter : letters) {
            if (letter != 'I') return false;
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PauliString that
                && negative == that.negative
                && Arrays.equals(letters, that.letters);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(letters) + (negative ? 1 : 0);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(letters.length + 1);
        if (negative) text.append('-');
        for (byte letter : letters) text.append((char) letter);
        return text.toString();
    }
}
