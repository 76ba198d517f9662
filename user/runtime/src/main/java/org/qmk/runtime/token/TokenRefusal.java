package org.qmk.runtime.token;

/// Every way in which a token does not open. Codes never change their meaning; words may.
public enum TokenRefusal {
    MALFORMED(
            "QMK-TOKEN-1",
            "the token is not in its canonical form at byte {byte}; pass it on as you received it"),
    NOT_GOOD(
            "QMK-TOKEN-2",
            "the token is not good for this session; ask who gave it to you for another"),
    CAVEAT_UNKNOWN(
            "QMK-TOKEN-3",
            "the caveat at byte {byte} is of no known type; restrict with caveats 1 to 7"),
    TOO_LARGE(
            "QMK-TOKEN-4",
            "the token is larger than 4096 bytes or has more than 32 caveats; delegate anew"),
    NOTHING_LEFT(
            "QMK-TOKEN-5", "the token's caveats leave no right; ask for one with fewer caveats");

    private final String code;
    private final String sentence;

    TokenRefusal(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public String code() {
        return code;
    }

    /// The words, with `{byte}` for the place.
    public String sentence() {
        return sentence;
    }
}
