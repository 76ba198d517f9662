package org.qmk.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.TenantId;

final class EntryProofTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 64, 255, 256, 257, 299, 300})
    void every_epoch_has_a_proof(long epoch) throws IOException {
        AuditKey key = Epochs.log(folder, 300, 64);

        EntryProof proof = EntryProof.of(folder, epoch).orElseThrow();

        AuditLeaf leaf = proof.verify(key.verifier());
        assertEquals(epoch, leaf.epoch());
        assertArrayEquals(Epochs.bytes("shared " + epoch), leaf.shared());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 301, Long.MAX_VALUE})
    void an_epoch_that_the_head_does_not_cover_has_none(long epoch) throws IOException {
        Epochs.log(folder, 300, 64);

        assertEquals(Optional.empty(), EntryProof.of(folder, epoch));
        assertEquals(List.of(), TenantView.of(folder, new TenantId(2), epoch).epochs());
    }

    @Test
    void an_empty_log_has_no_proofs() throws IOException {
        Epochs.log(folder, 0, 64);

        assertEquals(Optional.empty(), EntryProof.of(folder, 1));
    }

    @Test
    void a_proof_of_another_entry_or_under_another_key_is_refused() throws IOException {
        AuditKey key = Epochs.log(folder, 300, 64);
        EntryProof proof = EntryProof.of(folder, 7).orElseThrow();
        EntryProof other = EntryProof.of(folder, 8).orElseThrow();
        VerifierKey stranger = AuditKey.generate("example.org/log").verifier();

        var mixed = new EntryProof(proof.note(), 7, other.entry(), proof.inclusion());

        assertThrows(AuditRefusal.class, () -> mixed.verify(key.verifier()));
        assertThrows(AuditRefusal.class, () -> proof.verify(stranger));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 256, 258, 300})
    void the_view_of_one_epoch_is_that_epoch_of_the_view(long epoch) throws IOException {
        AuditKey key = Epochs.log(folder, 300, 64);
        TenantView all = TenantView.of(folder, new TenantId(2));

        TenantView one = ViewJson.read(ViewJson.write(TenantView.of(folder, all.tenant(), epoch)));

        one.verify(key.verifier());
        TenantView.Epoch expected = all.epochs().get((int) (epoch / 2 - 1));
        assertEquals(1, one.epochs().size());
        assertEquals(expected.index(), one.epochs().getFirst().index());
        assertArrayEquals(expected.part(), one.epochs().getFirst().part());
    }

    @Test
    void an_epoch_without_a_part_of_the_tenant_has_an_empty_view() throws IOException {
        Epochs.log(folder, 300, 64);

        assertEquals(List.of(), TenantView.of(folder, new TenantId(2), 7).epochs());
    }
}
