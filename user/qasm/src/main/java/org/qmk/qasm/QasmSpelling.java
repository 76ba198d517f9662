package org.qmk.qasm;

/// Names of OpenQASM as names of QVM: letters outside of ASCII become `u-HEX-`. A hyphen stands in
/// no identifier, so that different names stay different.
final class QasmSpelling {

    private QasmSpelling() {}

    static String ascii(String name) {
        boolean plain = true;
        for (int i = 0; i < name.length(); i++) plain &= name.charAt(i) < 0x80;
        if (plain) return name;
        var text = new StringBuilder();
        name.codePoints().forEach(point -> {
            if (point < 0x80) text.appendCodePoint(point);
            else text.append("u-").append(Integer.toHexString(point)).append('-');
        });
        return text.toString();
    }
}
