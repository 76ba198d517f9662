package org.qmk.runtime.token;

/// What came of reading a token's bytes. Reading needs no key and proves nothing.
public sealed interface TokenReading permits TokenReading.Ok, TokenRefused {

    /// In order as far as one can see without the key.
    record Ok(DelegationToken token) implements TokenReading {}
}
