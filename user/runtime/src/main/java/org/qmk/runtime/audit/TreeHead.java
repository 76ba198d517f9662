package org.qmk.runtime.audit;

import java.util.Optional;

/// What a log signs: its name, its size and its root. As text, a C2SP tlog-checkpoint.
///
/// @param root 32 bytes; not to be changed
public record TreeHead(String origin, long size, byte[] root) {

    /// The note that the key signed over this head.
    public byte[] sign(AuditKey key) {
        String text = origin + "\n" + size + "\n" + StrictBase64.encode(root) + "\n";
        return SignedNote.sign(text, key);
    }

    /// The head in a note that the key signed.
    ///
    /// @throws AuditRefusal if it is none; the message says why
    public static TreeHead open(byte[] note, VerifierKey key) throws AuditRefusal {
        TreeHead head = of(SignedNote.open(note, key));
        if (!head.origin.equals(key.name())) {
            throw noHead("the origin " + key.name() + ", it is " + head.origin);
        }
        return head;
    }

    /// The head that the text of a note states, whoever signed it.
    ///
    /// @throws AuditRefusal if it is none; the message says why
    static TreeHead of(String text) throws AuditRefusal {
        String[] lines = text.split("\n", -1);
        // Further lines are extensions, which we do not know; text after the last newline is none.
        if (lines.length < 4 || lines[0].isEmpty()) throw noHead("origin, size and root");
        if (!lines[1].matches("0|[1-9][0-9]{0,17}")) throw noHead("a size");
        Optional<byte[]> root = StrictBase64.decode(lines[2]);
        if (root.isEmpty() || root.get().length != TreeHash.BYTES) throw noHead("a root");
        return new TreeHead(lines[0], Long.parseLong(lines[1]), root.get());
    }

    private static AuditRefusal noHead(String expected) {
        return new AuditRefusal("it is no head of a log: expected " + expected);
    }
}
