package org.qmk.runtime.client;

import java.time.Duration;
import java.util.Optional;

/// How a client talks to a server.
///
/// @param key the API key; nothing over a Unix-domain socket, where the system says who calls
/// @param patience how long an answer may take, beyond the time that a call is to wait
/// @param answerBytesMax the longest answer that is read
public record ClientSetting(
        ServerAddress address,
        Optional<String> key,
        Duration patience,
        Retry retry,
        int answerBytesMax) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ANSWER_BYTES_MAX = 64 << 20;

    public ClientSetting {
        if (key.isPresent()) {
            if (!key.get().matches("[!-~]{1,512}")) {
                throw new IllegalArgumentException(
                        "the API key has characters that no key has; copy it again");
            }
            if (!address.keepsSecrets()) {
                throw new IllegalArgumentException(
                        address + " would carry the API key in the clear; use https");
            }
        }
        if (patience.isNegative() || patience.isZero() || answerBytesMax < 1) {
            throw new IllegalArgumentException(
                    "patience of %s, answers of %d bytes".formatted(patience, answerBytesMax));
        }
    }

    public static ClientSetting of(ServerAddress address, Optional<String> key) {
        return new ClientSetting(address, key, PATIENCE, Retry.DEFAULT, ANSWER_BYTES_MAX);
    }

    /// Without the key.
    @Override
    public String toString() {
        return "client of " + address;
    }
}
