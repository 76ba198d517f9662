package org.qmk.runtime.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Text with signatures, as C2SP signed-note has it.
final class SignedNote {

    /// The longest note that is read.
    private static final int BYTES_MAX = 1 << 16;

    private static final String MARK = "\u2014 ";

    private SignedNote() {}

    /// The text and a signature of the key under it.
    ///
    /// @param text ends with a newline
    static byte[] sign(String text, AuditKey key) {
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] hash = key.verifier().hash();
        byte[] tagged = Arrays.copyOf(hash, hash.length + signature.length);
        System.arraycopy(signature, 0, tagged, hash.length, signature.length);
        String line = MARK + key.verifier().name() + " " + StrictBase64.encode(tagged) + "\n";
        return (text + "\n" + line).getBytes(StandardCharsets.UTF_8);
    }

    /// The text of a note that the key signed. Signatures of other keys are passed over.
    ///
    /// @throws AuditRefusal if it is no note, or the key's signature is missing or wrong
    static String open(byte[] note, VerifierKey key) throws AuditRefusal {
        String whole = decode(note);
        String text = text(whole);
        boolean signed = false;
        String signatures = whole.substring(text.length() + 1);
        if (signatures.isEmpty()) throw noNote("no signature");
        for (String line : signatures.substring(0, signatures.length() - 1).split("\n", -1)) {
            signed |= isSignature(line, text, key);
        }
        if (!signed) throw new AuditRefusal("it is not signed by " + key.id());
        return text;
    }

    /// The text of a note, whoever signed it.
    ///
    /// @throws AuditRefusal if it is no note
    static String unverified(byte[] note) throws AuditRefusal {
        return text(decode(note));
    }

    private static String text(String whole) throws AuditRefusal {
        int blank = whole.lastIndexOf("\n\n");
        if (blank < 0 || !whole.endsWith("\n")) throw noNote("no blank line before signatures");
        return whole.substring(0, blank + 1);
    }

    /// Whether the line is a right signature of the key; false if it is of another one.
    private static boolean isSignature(String line, String text, VerifierKey key)
            throws AuditRefusal {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !MARK.equals(words[0] + " ") || !VerifierKey.isName(words[1])) {
            throw noNote("no signature line: " + line);
        }
        Optional<byte[]> tagged = StrictBase64.decode(words[2]);
        if (tagged.isEmpty() || tagged.get().length <= VerifierKey.HASH_BYTES) {
            throw noNote("no signature in base 64: " + line);
        }
        byte[] bytes = tagged.get();
        byte[] hash = Arrays.copyOf(bytes, VerifierKey.HASH_BYTES);
        if (!words[1].equals(key.name()) || !Arrays.equals(hash, key.hash())) return false;
        byte[] signature = Arrays.copyOfRange(bytes, VerifierKey.HASH_BYTES, bytes.length);
        if (!key.verifies(text.getBytes(StandardCharsets.UTF_8), signature)) {
            throw new AuditRefusal("the signature of " + key.id() + " is wrong");
        }
        return true;
    }

    private static String decode(byte[] note) throws AuditRefusal {
        if (note.length > BYTES_MAX) throw noNote("more than " + BYTES_MAX + " bytes");
        for (byte next : note) {
            if (next >= 0 && next < ' ' && next != '\n') throw noNote("a control character");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString();
        } catch (CharacterCodingException otherText) {
            throw noNote("no UTF-8");
        }
    }

    private static AuditRefusal noNote(String reason) {
        return new AuditRefusal("it is no signed note: " + reason);
    }
}
