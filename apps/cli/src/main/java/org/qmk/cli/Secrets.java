package org.qmk.cli;

import java.util.regex.Pattern;

/// Keeps API keys and delegation tokens out of what is said to people.
final class Secrets {

    private static final Pattern KEY_OPTION = Pattern.compile("(--key[ =])\\S+");
    private static final Pattern SECRET = Pattern.compile("\\b(qmk_|qmkd1\\.)[A-Za-z0-9_.=-]+");

    private Secrets() {}

    /// The text without what is, or may be, a secret.
    static String hidden(String text) {
        String shown = KEY_OPTION.matcher(text).replaceAll("$1(hidden)");
        return SECRET.matcher(shown).replaceAll("$1(hidden)");
    }
}
