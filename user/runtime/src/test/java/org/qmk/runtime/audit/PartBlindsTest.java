package org.qmk.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.codec.ByteReader;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.ByteWriter;

final class PartBlindsTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SECRET =
            HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /// Both figures are OpenSSL's.
    @Test
    void blind_and_commitment_are_those_of_the_specification() throws AuditRefusal {
        var tenant = new TenantId(300);
        byte[] part = Epochs.bytes("part");

        byte[] blind = PartBlinds.of(SECRET).blind(tenant, 5);
        byte[] commitment = PartBlinds.commitment(blind, tenant, part, TreeHash.sha256());

        assertEquals("66ab661135b8cc3438e9c03dd3b95ef5", HEX.formatHex(blind));
        assertEquals(
                "ab30a0d9b517b6e9850d5a2a6ead40569f9296ff16efd1508819a1b5cad337e8",
                HEX.formatHex(commitment));
    }

    @Test
    void the_commitments_of_an_epoch_are_those_of_its_parts() throws AuditRefusal {
        var blinds = PartBlinds.of(SECRET);
        EpochRecord record = record(0, 1, 127, 128, 16_384, Integer.MAX_VALUE);

        List<byte[]> leaves = blinds.commitments(record);

        assertEquals(record.parts().size(), leaves.size());
        for (int i = 0; i < leaves.size(); i++) {
            EpochRecord.Part part = record.parts().get(i);
            byte[] blind = blinds.blind(part.tenant(), record.epoch());
            assertArrayEquals(
                    PartBlinds.commitment(blind, part.tenant(), part.bytes(), TreeHash.sha256()),
                    leaves.get(i),
                    part.tenant().toString());
        }
    }

    @Test
    void blinds_differ_by_tenant_and_by_epoch() throws AuditRefusal {
        var blinds = PartBlinds.of(SECRET);
        byte[] one = blinds.blind(new TenantId(7), 8);

        assertFalse(Arrays.equals(one, blinds.blind(new TenantId(8), 8)));
        assertFalse(Arrays.equals(one, blinds.blind(new TenantId(7), 7)));
        assertFalse(Arrays.equals(one, blinds.blind(new TenantId(8), 7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void a_secret_of_another_length_is_refused(int length) {
        assertThrows(AuditRefusal.class, () -> PartBlinds.of(new byte[length]));
    }

    @Test
    void parts_are_written_as_the_specification_says() throws ByteReader.Malformed {
        EpochRecord record = record(0, 127, 128, 300, 16_383, 16_384, Integer.MAX_VALUE);
        var expected = ByteWriter.keeping().uint(record.parts().size());
        for (EpochRecord.Part part : record.parts()) {
            expected.uint(part.tenant().number()).counted(part.bytes());
        }

        byte[] encoded = EpochParts.encode(record);

        assertArrayEquals(expected.bytes(), encoded);
        List<EpochRecord.Part> decoded = EpochParts.decode(encoded);
        for (int i = 0; i < decoded.size(); i++) {
            assertEquals(record.parts().get(i).tenant(), decoded.get(i).tenant());
            assertArrayEquals(record.parts().get(i).bytes(), decoded.get(i).bytes());
        }
    }

    /// A part for each of the tenants: of no byte, and then always 97 bytes more.
    private static EpochRecord record(int... tenants) {
        List<EpochRecord.Part> parts = new ArrayList<>();
        for (int tenant : tenants) {
            byte[] bytes = new byte[97 * parts.size()];
            Arrays.fill(bytes, (byte) parts.size());
            parts.add(new EpochRecord.Part(new TenantId(tenant), bytes));
        }
        return new EpochRecord(9, Epochs.bytes("shared"), parts);
    }
}
