package org.qmk.runtime.token;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes tokens and opens them. Any number of threads may use one.
public final class TokenMint {
    private final KeyRing ring;

    public TokenMint(KeyRing ring) {
        this.ring = ring;
    }

    /// A token without caveats: whoever gets hold of it may use it, so restrict it first.
    ///
    /// @param nonce never used before, so that two tokens of one delegation differ
    public DelegationToken mint(Delegation delegation, Word128 nonce) {
        SealingKey key = ring.current();
        return DelegationToken.signed(new TokenRoot(key.id(), nonce, delegation), key.mac());
    }

    public TokenVerdict open(String text, Presenter presenter) {
        return open(DelegationToken.read(text), presenter);
    }

    public TokenVerdict open(byte[] bytes, Presenter presenter) {
        return open(DelegationToken.read(bytes), presenter);
    }

    private TokenVerdict open(TokenReading reading, Presenter presenter) {
        return switch (reading) {
            case TokenRefused refused -> refused;
            case TokenReading.Ok(DelegationToken token) -> open(token, presenter);
        };
    }

    /// Forged, altered, signed with a key that is no longer in the ring and meant for another: one
    /// answer, for the difference would tell about the other.
    private TokenVerdict open(DelegationToken token, Presenter presenter) {
        Optional<SealingKey> key = ring.find(token.keyId());
        if (key.isEmpty()) return new TokenRefused(TokenRefusal.NOT_GOOD, 0);
        List<Allowance> allowances = new ArrayList<>();
        byte[] expected = token.sign(key.get().mac(), allowances);
        boolean genuine = MessageDigest.isEqual(expected, token.signature());
        Bound bound = token.bound();
        if (!genuine || !bound.admits(presenter)) {
            return new TokenRefused(TokenRefusal.NOT_GOOD, 0);
        }
        if (bound.rights().isEmpty()) return new TokenRefused(TokenRefusal.NOTHING_LEFT, 0);
        return new TokenVerdict.Opened(token.delegation(), bound, allowances);
    }
}
