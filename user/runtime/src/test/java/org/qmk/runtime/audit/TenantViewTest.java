package org.qmk.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.TenantId;

final class TenantViewTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void a_view_has_every_part_of_its_tenant_and_is_verified(int tenant) throws IOException {
        AuditKey key = Epochs.log(folder, 300, 64);

        TenantView view = ViewJson.read(ViewJson.write(view(tenant)));

        assertEquals(300, view.verify(key.verifier()).size());
        assertEquals(300 / tenant, view.epochs().size());
        for (int i = 0; i < view.epochs().size(); i++) {
            byte[] part = Epochs.part(tenant, (i + 1L) * tenant).bytes();
            assertArrayEquals(part, view.epochs().get(i).part());
        }
    }

    @Test
    void a_tenant_that_nothing_was_decided_for_has_an_empty_view() throws IOException {
        AuditKey key = Epochs.log(folder, 10, 64);

        TenantView view = view(77);

        assertEquals(List.of(), view.epochs());
        assertEquals(10, view.verify(key.verifier()).size());
    }

    @Test
    void a_view_shows_no_part_of_another_tenant() throws IOException {
        Epochs.log(folder, 60, 64);
        var shown = new StringBuilder();
        for (TenantView.Epoch epoch : view(2).epochs()) {
            shown.append(new String(epoch.entry(), StandardCharsets.ISO_8859_1));
            shown.append(new String(epoch.part(), StandardCharsets.ISO_8859_1));
        }

        assertFalse(shown.indexOf("part 2 ") < 0);
        assertFalse(shown.toString().contains("part 3 "));
    }

    @Test
    void a_commitment_cannot_be_guessed_without_its_blind() throws IOException {
        Epochs.log(folder, 6, 64);
        TenantView.Epoch last = view(2).epochs().getLast(); // epoch 6: tenants 2, 3 and 6
        byte[] sibling = last.partInclusion().getFirst();
        byte[] part = Epochs.part(3, 6).bytes();

        byte[] guess =
                PartBlinds.commitment(last.blind(), new TenantId(3), part, TreeHash.sha256());

        assertFalse(Arrays.equals(sibling, guess));
    }

    @Test
    void the_view_of_one_tenant_is_not_that_of_another() throws IOException {
        AuditKey key = Epochs.log(folder, 30, 64);
        TenantView right = view(3);
        var stolen = new TenantView(new TenantId(2), right.note(), right.epochs());

        var refusal = assertThrows(AuditRefusal.class, () -> stolen.verify(key.verifier()));

        assertEquals("the part of epoch 3 is not proved to be tenant 2's", refusal.getMessage());
    }

    @Test
    void a_view_under_another_head_or_key_is_refused() throws IOException {
        AuditKey key = Epochs.log(folder, 30, 64);
        TenantView old = view(3);
        try (AuditLog log = AuditLog.open(folder, key)) {
            Epochs.append(log, 31);
        }
        var mixed = new TenantView(old.tenant(), view(3).note(), old.epochs());
        VerifierKey other = AuditKey.generate("example.org/log").verifier();

        assertThrows(AuditRefusal.class, () -> mixed.verify(key.verifier()));
        assertThrows(AuditRefusal.class, () -> old.verify(other));
        old.verify(key.verifier());
    }

    @Test
    void an_epoch_that_is_told_twice_is_refused() throws IOException {
        AuditKey key = Epochs.log(folder, 30, 64);
        TenantView right = view(3);
        List<TenantView.Epoch> twice = new ArrayList<>(right.epochs());
        twice.add(right.epochs().getLast());
        var wrong = new TenantView(right.tenant(), right.note(), twice);

        assertThrows(AuditRefusal.class, () -> wrong.verify(key.verifier()));
    }

    @Test
    void a_change_of_any_byte_of_a_view_is_refused_or_changes_nothing() throws IOException {
        AuditKey key = Epochs.log(folder, 12, 64);
        byte[] right = ViewJson.write(view(3));
        int refused = 0;
        for (int at = 0; at < right.length; at++) {
            for (int mask : new int[] {1, 0x20}) {
                byte[] wrong = right.clone();
                wrong[at] ^= (byte) mask;
                try {
                    TenantView view = ViewJson.read(wrong);
                    view.verify(key.verifier());
                    assertArrayEquals(right, ViewJson.write(view), "byte " + at);
                } catch (AuditRefusal expected) {
                    refused++;
                }
            }
        }
        assertEquals(2 * right.length, refused, "no character of a view is idle");
    }

    @Test
    void a_view_that_is_cut_short_is_refused() throws IOException {
        Epochs.log(folder, 12, 64);
        byte[] right = ViewJson.write(view(3));
        for (int length = 0; length < right.length - 1; length++) {
            byte[] cut = Arrays.copyOf(right, length);
            assertThrows(AuditRefusal.class, () -> ViewJson.read(cut), "length " + length);
        }
    }

    @Test
    void no_view_is_made_of_damaged_parts() throws IOException {
        Epochs.log(folder, 12, 64);
        Path parts = folder.resolve("private/parts/000.p/12");
        byte[] right = Files.readAllBytes(parts);
        int refused = 0;
        for (int at = 0; at < right.length; at++) {
            byte[] wrong = right.clone();
            wrong[at] ^= 1;
            Files.write(parts, wrong);
            try {
                TenantView view = view(2);
                for (TenantView.Epoch epoch : view.epochs()) {
                    long number = AuditLog.decode(epoch.entry(), epoch.index()).epoch();
                    assertArrayEquals(Epochs.part(2, number).bytes(), epoch.part());
                }
            } catch (AuditRefusal expected) {
                refused++;
            }
        }
        assertTrue(refused > right.length / 2, refused + " of " + right.length);
    }

    private TenantView view(int tenant) throws IOException {
        return TenantView.of(folder, new TenantId(tenant));
    }
}
