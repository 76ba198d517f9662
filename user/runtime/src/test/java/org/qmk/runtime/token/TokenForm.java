package org.qmk.runtime.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// A token as its parts, written a second time after docs/spec/tokens.md, so that tests can put
/// together tokens that the mint would not make.
record TokenForm(byte[] root, List<byte[]> blocks, byte[] signature) {
    static final SealingKey KEY = TokenGenerator.key(7, 0);
    static final TokenMint MINT = new TokenMint(KeyRing.of(KEY));

    /// Signs any blocks with the key.
    static TokenForm signed(byte[] root, List<byte[]> blocks) {
        Mac mac = Hmac.keyed(KEY.secret());
        mac.update("qmk token 1".getBytes(StandardCharsets.US_ASCII));
        byte[] signature = mac.doFinal(root);
        for (byte[] block : blocks) signature = Hmac.keyed(signature).doFinal(block);
        return new TokenForm(root, blocks, signature);
    }

    static TokenForm of(DelegationToken token) {
        return of(token.bytes());
    }

    static TokenForm of(byte[] token) {
        try {
            CborReader in = new CborReader(token);
            in.array(4, 4);
            in.unsigned(1, 1);
            byte[] root = in.bytes(0, 4096);
            int size = in.array(0, 4096);
            List<byte[]> blocks = new ArrayList<>();
            for (int i = 0; i < size; i++) blocks.add(in.bytes(0, 4096));
            byte[] signature = in.bytes(32, 32);
            in.end();
            return new TokenForm(root, blocks, signature);
        } catch (CborReader.Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }

    TokenForm with(List<byte[]> others) {
        return new TokenForm(root, others, signature);
    }

    byte[] bytes() {
        CborWriter out = new CborWriter().array(4).unsigned(1).bytes(root).array(blocks.size());
        blocks.forEach(out::bytes);
        return out.bytes(signature).toBytes();
    }

    /// Whether both have the same blocks in the same order.
    boolean hasBlocks(List<byte[]> others) {
        return Arrays.deepEquals(blocks.toArray(), others.toArray());
    }

    /// Somebody whom the bound admits.
    static Presenter anyone(TokenGenerator random, Bound bound) {
        for (int i = 0; i < 10_000; i++) {
            Presenter presenter = random.presenter();
            if (bound.admits(presenter)) return presenter;
        }
        throw new AssertionError("nobody may use it: " + bound);
    }

    /// A token with caveats that leave somebody and something.
    static DelegationToken usable(TokenGenerator random, int caveatsMost) {
        DelegationToken token = MINT.mint(random.delegation(), random.nonce());
        for (int i = random.below(caveatsMost + 1); i > 0; i--) {
            DelegationToken narrower = token.restrict(random.caveat()).orElseThrow();
            Bound bound = narrower.bound();
            boolean empty =
                    bound.rights().isEmpty()
                            || isNobody(bound.tenants())
                            || isNobody(bound.sessions())
                            || isNobody(bound.holders());
            if (!empty) token = narrower;
        }
        // A tenant of large number is nobody that the generator presents.
        boolean known = false;
        for (int i = 0; i < 1000 && !known; i++) known = token.bound().admits(random.presenter());
        return known ? token : usable(random, caveatsMost);
    }

    private static <T> boolean isNobody(Allowed<T> allowed) {
        return allowed instanceof Allowed.Only<T>(var those) && those.isEmpty();
    }

    static TokenVerdict.Opened opened(byte[] token, Presenter presenter) {
        return assertInstanceOf(TokenVerdict.Opened.class, MINT.open(token, presenter));
    }

    static void assertRefused(TokenRefusal expected, TokenVerdict verdict, String which) {
        TokenRefused refused = assertInstanceOf(TokenRefused.class, verdict, which);
        assertEquals(expected, refused.refusal(), which);
    }

    static Delegation delegation(Capability... rights) {
        return new Delegation(
                new TenantId(1), new SessionId(2), new CapabilityHandle(3, 4), Set.of(rights));
    }
}
