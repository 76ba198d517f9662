package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;
import org.qmk.verifier.Verified;

class DeterminismTest {

    private static final List<Verified> PROGRAMS =
            List.of(Programs.bell(), Programs.line(4), Programs.wide(3), Programs.wide(1));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void any_inputs_are_taken_without_exception_and_twice_alike(long seed) {
        List<String> first = wild(seed).digests();
        List<String> second = wild(seed).digests();

        assertEquals(first, second);
        assertEquals(first.size(), first.stream().distinct().count(), "no digest comes twice");
    }

    @Test
    void a_digest_depends_on_every_earlier_input() {
        List<String> plain = bellAfter(1);
        List<String> other = bellAfter(2);

        assertNotEquals(plain.get(0), other.get(0));
        assertNotEquals(plain.getLast(), other.getLast());
    }

    private static List<String> bellAfter(int sessions) {
        var desk = new Desk(16, 100);
        for (int i = 0; i < sessions; i++) desk.session();
        desk.submit(new SessionId(1), Programs.bell(), 3);
        desk.run();
        return desk.digests();
    }

    @Test
    void a_digest_depends_on_the_outcomes() {
        var honest = new Desk(16, 100);
        honest.submit(honest.session(), Programs.bell(), 3);
        honest.run();
        var other = new Desk(16, 100);
        other.submit(other.session(), Programs.bell(), 3);
        other.tamper(
                report -> {
                    List<EpochReport.Outcome> outcomes = new ArrayList<>();
                    for (EpochReport.Outcome outcome : report.outcomes()) {
                        long[] plane = {outcome.word(0) ^ 1};
                        outcomes.add(
                                new EpochReport.Outcome(outcome.job(), outcome.event(), plane));
                    }
                    return new EpochReport(report.epoch(), outcomes, report.faults());
                });
        other.run();

        assertNotEquals(honest.digests().getLast(), other.digests().getLast());
    }

    /// A kernel after many inputs, sensible and senseless.
    private static Desk wild(long seed) {
        var random = new SplittableRandom(seed);
        var desk = new Desk(random.nextInt(1, 12), random.nextInt(1, 20));
        for (int i = 0; i < 400; i++) {
            if (random.nextInt(3) == 0) {
                desk.settle();
                desk.epoch();
            } else {
                desk.call(input(random));
            }
            int free = 0;
            int last = -1;
            for (Extent extent : desk.kernel.freeExtents()) {
                assertEquals(true, extent.start() > last, "free extents ascend and do not touch");
                last = extent.end();
                free += extent.length();
            }
            assertEquals(true, free >= 0);
        }
        return desk;
    }

    private static Input input(SplittableRandom random) {
        var session = new SessionId(random.nextInt(0, 6));
        var job = new JobId(random.nextInt(0, 40));
        return switch (random.nextInt(9)) {
            case 0 ->
                    new Input.AddTenant(
                            "t" + random.nextInt(5),
                            new Quotas(random.nextInt(8), random.nextInt(6)));
            case 1 -> new Input.OpenSession(new TenantId(random.nextInt(0, 5)));
            case 2 -> new Input.Grant(session, Capability.ALLOC);
            case 3 ->
                    new Input.Revoke(
                            session, new CapabilityHandle(random.nextInt(8), random.nextInt(3)));
            case 4 ->
                    new Input.Submit(
                            session,
                            PROGRAMS.get(random.nextInt(PROGRAMS.size())),
                            new JobPolicy(random.nextInt(9), random.nextLong()));
            case 5 -> new Input.Cancel(session, job);
            case 6 ->
                    new Input.Propose(
                            job,
                            new Placement(
                                    List.of(
                                            new Extent(random.nextInt(12), random.nextInt(1, 6)),
                                            new Extent(random.nextInt(12), 1))));
            case 7 -> new Input.Begin();
            default -> new Input.Report(new EpochReport(random.nextInt(60), List.of(), List.of()));
        };
    }
}
