package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.codec.ByteReader;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.device.Route;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Capability;

class InputRecordTest {

    private static final SessionId SESSION = new SessionId(3);

    static List<Input> inputs() {
        return List.of(
                new Input.AddTenant("tenänt", new Quotas(Integer.MAX_VALUE, 0)),
                new Input.OpenSession(new TenantId(1)),
                new Input.Grant(SESSION, Capability.MAGIC),
                new Input.Revoke(SESSION, new CapabilityHandle(5, 1 << 30)),
                new Input.Cancel(SESSION, new JobId(1L << 40)),
                new Input.Propose(
                        new JobId(2), new Placement(List.of(new Extent(0, 1), new Extent(7, 300)))),
                new Input.Propose(new JobId(2), Placement.NOWHERE),
                new Input.Begin(),
                new Input.Begin(
                        List.of(
                                new Route(new JobId(1L << 33), 7, List.of(0, 1 << 24)),
                                new Route(new JobId(2), 0, List.of()))),
                new Input.Report(
                        new EpochReport(
                                12,
                                List.of(
                                        new EpochReport.Outcome(new JobId(1), 0, new long[] {-1}),
                                        new EpochReport.Outcome(new JobId(1), 9, new long[0])),
                                List.of(new EpochReport.Fault(new JobId(4), "lost")))));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void an_input_is_read_as_it_was_written(Input input) throws ByteReader.Malformed {
        assertEquals(input, InputRecord.decode(InputRecord.encode(input)));
    }

    @Test
    void a_submitted_program_keeps_its_bytes_seed_and_shots() throws ByteReader.Malformed {
        var submit = new Input.Submit(SESSION, Bell.program(), new JobPolicy(1L << 35, -7));

        var read =
                assertInstanceOf(
                        Input.Submit.class, InputRecord.decode(InputRecord.encode(submit)));

        assertEquals(submit.policy(), read.policy());
        assertArrayEquals(
                CanonicalForm.encode(submit.program().graph()),
                CanonicalForm.encode(read.program().graph()));
    }

    @Test
    void a_program_that_the_verifier_rejects_is_refused() {
        byte[] good =
                InputRecord.encode(new Input.Submit(SESSION, Bell.program(), new JobPolicy(1, 1)));
        byte[] leaking = CanonicalForm.encode(Bell.leaking());
        byte[] bad = Arrays.copyOf(good, good.length);
        int start = good.length - CanonicalForm.encode(Bell.program().graph()).length;
        bad = Arrays.copyOf(bad, start + leaking.length);
        System.arraycopy(leaking, 0, bad, start, leaking.length);
        bad[start - 1] = (byte) leaking.length;
        byte[] record = bad;

        var malformed = assertThrows(ByteReader.Malformed.class, () -> InputRecord.decode(record));

        assertEquals(true, malformed.getMessage().contains("QVM-LINEAR-5"), malformed.getMessage());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void cut_or_lengthened_records_are_refused(Input input) {
        byte[] bytes = InputRecord.encode(input);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(ByteReader.Malformed.class, () -> InputRecord.decode(cut));
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(ByteReader.Malformed.class, () -> InputRecord.decode(longer));
    }

    @Test
    void random_bytes_are_an_input_or_are_refused() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            byte[] bytes = new byte[random.nextInt(1, 60)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(0, 10);
            try {
                InputRecord.decode(bytes);
            } catch (ByteReader.Malformed expected) {
                assertEquals(true, expected.offset() >= 0, "seed " + seed);
            }
        }
    }
}
