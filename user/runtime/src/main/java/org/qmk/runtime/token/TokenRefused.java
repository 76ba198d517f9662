package org.qmk.runtime.token;

/// A token did not open.
///
/// @param offset byte of the token at which the fault begins; 0 where it has no place
public record TokenRefused(TokenRefusal refusal, int offset) implements TokenReading, TokenVerdict {

    public String message() {
        return refusal.code()
                + ": "
                + refusal.sentence().replace("{byte}", Integer.toString(offset))
                + ".";
    }
}
