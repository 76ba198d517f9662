package org.qmk.codec;

import java.util.Optional;

/// The forms in which a graph travels.
public enum QvmForm {
    TEXT(".qvm"),
    JSON(".qvm.json"),
    PROTOBUF(".qvm.pb");

    /// Field 1 of the protobuf message, a fixed32, and its value as it lies in the file.
    private static final byte[] PROTOBUF_MARK = {0x0D, 'Q', 'V', 'M', 'G'};

    private final String ending;

    QvmForm(String ending) {
        this.ending = ending;
    }

    /// How the names of files in this form end.
    public String ending() {
        return ending;
    }

    /// The form that the first bytes of a file tell: a brace begins JSON, the mark of the message
    /// protobuf, a word text. Nothing if they can begin no graph in any form.
    ///
    /// @param start the file or some hundred bytes of it
    public static Optional<QvmForm> detect(byte[] start) {
        if (startsWithMark(start)) return Optional.of(PROTOBUF);
        for (int i = afterMark(start); i < start.length; i++) {
            int c = start[i];
            boolean blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (blank) continue;
            if (c == '{') return Optional.of(JSON);
            boolean text = c == '#' || c == '"' || TextScanner.startsName(c);
            return text ? Optional.of(TEXT) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean startsWithMark(byte[] start) {
        if (start.length < PROTOBUF_MARK.length) return false;
        for (int i = 0; i < PROTOBUF_MARK.length; i++) {
            if (start[i] != PROTOBUF_MARK[i]) return false;
        }
        return true;
    }

    /// Where the content begins: after a byte order mark, if there is one.
    private static int afterMark(byte[] start) {
        return TextScanner.hasByteOrderMark(start) ? 3 : 0;
    }
}
