package org.qmk.runtime.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

class HandleSealTest {
    private static final Optional<CapabilityHandle> NO = Optional.empty();
    private static final TenantId TENANT = new TenantId(1);
    private static final SessionId SESSION = new SessionId(2);
    private static final CapabilityHandle HANDLE = new CapabilityHandle(3, 4);

    private final KeyRing ring = KeyRing.of(TokenGenerator.key(7, 0));
    private final HandleSeal seal = new HandleSeal(ring);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_sealed_handle_opens_for_its_session_and_for_no_other(long seed) {
        TokenGenerator random = new TokenGenerator(seed);
        for (int i = 0; i < 500; i++) {
            TenantId tenant = random.tenant();
            SessionId session = random.session();
            Capability kind = random.kind();
            CapabilityHandle handle = random.handle();
            byte[] sealed = seal.seal(tenant, session, kind, handle);
            String text = seal.sealText(tenant, session, kind, handle);

            TenantId asker = random.tenant();
            SessionId askerSession = random.session();
            Capability asked = random.kind();
            boolean own = asker.equals(tenant) && askerSession.equals(session) && asked == kind;
            var expected = own ? Optional.of(handle) : NO;

            assertEquals(Optional.of(handle), seal.open(tenant, session, kind, sealed));
            assertEquals(Optional.of(handle), seal.open(tenant, session, kind, text));
            assertEquals(expected, seal.open(asker, askerSession, asked, sealed));
            assertEquals(expected, seal.open(asker, askerSession, asked, text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_kind_opens_as_itself_alone(Capability kind) {
        byte[] sealed = seal.seal(TENANT, SESSION, kind, HANDLE);

        for (Capability asked : Capability.values()) {
            var expected = asked == kind ? Optional.of(HANDLE) : NO;
            assertEquals(expected, seal.open(TENANT, SESSION, asked, sealed), asked.text());
        }
    }

    @Test
    void foreign_and_forged_handles_get_one_answer() {
        byte[] sealed = seal.seal(TENANT, SESSION, Capability.ALLOC, HANDLE);
        byte[] forged = sealed.clone();
        Arrays.fill(forged, 12, forged.length, (byte) 0);

        assertEquals(NO, seal.open(new TenantId(2), SESSION, Capability.ALLOC, sealed));
        assertEquals(NO, seal.open(TENANT, new SessionId(3), Capability.ALLOC, sealed));
        assertEquals(NO, seal.open(TENANT, SESSION, Capability.ADMIN, sealed));
        assertEquals(NO, seal.open(TENANT, SESSION, Capability.ALLOC, forged));
    }

    @Test
    void a_handle_with_any_bit_changed_does_not_open() {
        byte[] sealed = seal.seal(TENANT, SESSION, Capability.ALLOC, HANDLE);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(NO, seal.open(TENANT, SESSION, Capability.ALLOC, changed), "bit " + bit);
        }
    }

    @Test
    void a_text_with_any_bit_changed_does_not_open() {
        String text = seal.sealText(TENANT, SESSION, Capability.ALLOC, HANDLE);
        for (int bit = 0; bit < text.length() * 16; bit++) {
            char[] changed = text.toCharArray();
            changed[bit / 16] ^= (char) (1 << bit % 16);
            assertEquals(
                    NO,
                    seal.open(TENANT, SESSION, Capability.ALLOC, new String(changed)),
                    "bit " + bit);
        }
    }

    @Test
    void a_handle_of_another_length_does_not_open() {
        byte[] sealed = seal.seal(TENANT, SESSION, Capability.ALLOC, HANDLE);
        String text = seal.sealText(TENANT, SESSION, Capability.ALLOC, HANDLE);
        for (int length = 0; length < 2 * sealed.length; length++) {
            if (length == sealed.length) continue;
            byte[] other = Arrays.copyOf(sealed, length);
            assertEquals(NO, seal.open(TENANT, SESSION, Capability.ALLOC, other), "" + length);
        }
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertEquals(NO, seal.open(TENANT, SESSION, Capability.ALLOC, cut), cut);
        }
        assertEquals(NO, seal.open(TENANT, SESSION, Capability.ALLOC, text + "="));
        assertEquals(NO, seal.open(TENANT, SESSION, Capability.ALLOC, text + "A"));
    }

    @Test
    void a_handle_outlives_rotation_until_its_key_is_withdrawn() {
        byte[] sealed = seal.seal(TENANT, SESSION, Capability.ALLOC, HANDLE);
        KeyRing rotated = ring.rotatedTo(TokenGenerator.key(8, 100));

        assertEquals(
                Optional.of(HANDLE),
                new HandleSeal(rotated).open(TENANT, SESSION, Capability.ALLOC, sealed));
        assertEquals(
                NO,
                new HandleSeal(rotated.withoutPrevious(7))
                        .open(TENANT, SESSION, Capability.ALLOC, sealed));
    }

    @Test
    void a_key_of_the_same_number_and_another_secret_opens_nothing() {
        byte[] sealed = seal.seal(TENANT, SESSION, Capability.ALLOC, HANDLE);
        HandleSeal other = new HandleSeal(KeyRing.of(SealingKey.fresh(7, new SecureRandom())));

        assertEquals(NO, other.open(TENANT, SESSION, Capability.ALLOC, sealed));
    }

    @Test
    void a_key_does_not_print_its_secret() {
        assertEquals("KeyRing[current=key 7, previous=[]]", ring.toString());
        assertFalse(new SealingKey(1, new byte[32]).equals(new SealingKey(1, new byte[32])));
    }
}
