package org.qmk.runtime.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qmk.runtime.token.TokenForm.KEY;
import static org.qmk.runtime.token.TokenForm.MINT;
import static org.qmk.runtime.token.TokenForm.delegation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// docs/spec/tokens.md against the code. Its vectors were computed by another program.
class TokenSpecTest {
    private static final Word128 NONCE = new Word128(0x0001020304050607L, 0x08090a0b0c0d0e0fL);

    private final String spec;

    TokenSpecTest() throws IOException {
        spec = Files.readString(Path.of(System.getProperty("qmk.root"), "docs/spec/tokens.md"));
    }

    @Test
    void the_sealed_handle_of_the_specification_is_what_we_make() {
        String text =
                new HandleSeal(KeyRing.of(KEY))
                        .sealText(
                                new TenantId(1),
                                new SessionId(2),
                                Capability.MAGIC,
                                new CapabilityHandle(3, 4));

        assertTrue(spec.contains("\n" + text + "\n"), text);
    }

    @Test
    void the_tokens_of_the_specification_are_what_we_make() {
        DelegationToken token = MINT.mint(delegation(Capability.ALLOC, Capability.MAGIC), NONCE);
        Holder holder = new Holder("ab".repeat(32));
        DelegationToken narrow =
                TokenGenerator.restrict(
                        token,
                        List.of(
                                new Caveat.Tenants(Set.of(new TenantId(300), new TenantId(5))),
                                new Caveat.Ops(Set.of(Capability.ALLOC)),
                                new Caveat.Epoch(1000),
                                new Caveat.Quota(10),
                                new Caveat.Qubits(20),
                                new Caveat.SessionAudience(new TenantId(5), new SessionId(9)),
                                new Caveat.HeldBy(holder)));

        assertTrue(spec.contains("\n" + token.text() + "\n"), token.text());
        assertTrue(spec.contains("\n" + narrow.text() + "\n"), narrow.text());
        TokenVerdict.Opened opened =
                TokenForm.opened(
                        narrow.bytes(),
                        new Presenter(new TenantId(5), new SessionId(9), Set.of(holder)));
        assertTrue(spec.contains("\n" + opened.allowances().getFirst().id().text() + "."));
    }

    @ParameterizedTest
    @EnumSource
    void every_refusal_is_in_the_specification(TokenRefusal refusal) {
        assertTrue(spec.contains("\n| " + refusal.code() + " |"), refusal.code());
    }

    @ParameterizedTest
    @EnumSource
    void every_right_has_the_number_of_the_specification(Capability capability) {
        String numbered = CapabilityCode.of(capability) + " " + capability.name();

        assertTrue(spec.replace('\n', ' ').contains(" " + numbered), numbered);
        assertEquals(Set.of(capability), CapabilityCode.set(1 << CapabilityCode.of(capability)));
    }
}
