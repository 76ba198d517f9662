package org.qmk.runtime.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    @Test
    void rotation_keeps_the_seven_youngest_keys() {
        KeyRing ring = KeyRing.of(TokenGenerator.key(0, 0));
        for (int id = 1; id <= 9; id++) ring = ring.rotatedTo(TokenGenerator.key(id, id));

        assertEquals(9, ring.current().id());
        assertEquals(
                List.of(8, 7, 6, 5, 4, 3, 2),
                ring.previous().stream().map(SealingKey::id).toList());
        assertTrue(ring.find(2).isPresent());
        assertTrue(ring.find(1).isEmpty());
    }

    @Test
    void two_keys_of_a_ring_have_different_numbers() {
        KeyRing ring = KeyRing.of(TokenGenerator.key(1, 0));
        SealingKey same = TokenGenerator.key(1, 50);

        assertThrows(IllegalArgumentException.class, () -> ring.rotatedTo(same));
    }

    @Test
    void a_key_is_made_anew_from_what_the_caller_kept() {
        SealingKey key = TokenGenerator.key(5, 9);

        SealingKey kept = new SealingKey(key.id(), key.secret());

        assertArrayEquals(key.mac().doFinal(new byte[] {1}), kept.mac().doFinal(new byte[] {1}));
    }

    @Test
    void a_secret_has_32_bytes() {
        assertThrows(IllegalArgumentException.class, () -> new SealingKey(1, new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> new SealingKey(1, new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> new SealingKey(-1, new byte[32]));
    }
}
