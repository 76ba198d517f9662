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
        name.codePoints()
                .forEach(
                        point -> {
                            if (point < 0x80) text.appendCodePoint(point);
                            else text.append("u-").append(Integer.toHexString(point)).append('-');
                        });
        return text.toString();
    }

    /// The name of OpenQASM that `ascii` made a name from; other names stay as they are.
    static String unicode(String name) {
        int from = name.indexOf("u-");
        if (from < 0) return name;
        var text = new StringBuilder();
        int at = 0;
        for (; from >= 0; from = name.indexOf("u-", at)) {
            int end = name.indexOf('-', from + 2);
            if (end < 0 || end > from + 8 || !name.substring(from + 2, end).matches("[0-9a-f]+"))
                return name;
            int point = Integer.parseInt(name, from + 2, end, 16);
            if (!Character.isValidCodePoint(point)) return name;
            text.append(name, at, from).appendCodePoint(point);
            at = end + 1;
        }
        return text.append(name, at, name.length()).toString();
    }
}
