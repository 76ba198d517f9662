package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Capability;

/// Tenants that are kept apart: what one of them sees does not depend on the others.
class StrictModeTest {

    private static final int PARTS = 21;
    private static final int EPOCHS = 10 * PARTS;

    @Test
    void a_tenants_whole_transcript_is_the_same_with_none_one_and_twenty_hostile_neighbours() {
        String alone = transcript(0, 1);

        assertEquals(alone, transcript(1, 1), "one neighbour");
        assertEquals(alone, transcript(20, 1), "twenty neighbours");
        assertEquals(alone, transcript(20, 2), "twenty others");
        assertTrue(alone.lines().count() > 100, alone);
        assertTrue(alone.contains("issues") && alone.contains("QMK-CAP-2"), alone);
    }

    @Test
    void the_neighbours_are_not_idle() {
        var run = new Neighbourhood(20, 1);
        run.all();

        assertTrue(run.neighbourJobs > 500, "jobs of neighbours: " + run.neighbourJobs);
        assertTrue(run.neighbourRefusals > 500, "refusals: " + run.neighbourRefusals);
    }

    private static String transcript(int neighbours, long seed) {
        var run = new Neighbourhood(neighbours, seed);
        run.all();
        return run.told.toString();
    }

    /// One run: tenant 1 does the same things each time, its neighbours whatever the seed says.
    private static final class Neighbourhood {
        final StringBuilder told = new StringBuilder();
        final TreeMap<JobId, Long> tickets = new TreeMap<>();
        final List<SessionId> hostile = new ArrayList<>();
        final List<JobId> theirs = new ArrayList<>();
        final SplittableRandom random;
        final Desk desk;
        final SessionId mine;
        int neighbourJobs;
        int neighbourRefusals;

        Neighbourhood(int neighbours, long seed) {
            random = new SplittableRandom(seed);
            var machine = MachineShape.plain("strict", 4 * PARTS, 5, 7);
            desk = new Desk(machine, Policy.DEFAULT.strict(PARTS));
            mine = desk.session(new Quotas(4, 3));
            for (Capability kind : Capability.values()) desk.grant(mine, kind);
            for (int i = 0; i < neighbours; i++) {
                SessionId session = desk.session(new Quotas(1 << 20, 1 << 10));
                for (Capability kind : Capability.values()) desk.grant(session, kind);
                hostile.add(session);
            }
        }

        void all() {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                for (SessionId session : hostile) molest(session);
                act(epoch);
                int from = desk.notices.size();
                desk.epoch();
                for (Notice notice : desk.notices.subList(from, desk.notices.size())) note(notice);
            }
        }

        void act(int epoch) {
            if (epoch % 7 == 0) submit(Programs.bell(), 1 + epoch % 5);
            if (epoch % 5 == 2) submit(Programs.line(epoch % 9), 3);
            if (epoch % 13 == 4) say(desk.call(new Input.Revoke(mine, handle(99, 0))));
            if (epoch % 17 == 6)
                say(desk.call(new Input.Derive(mine, handle(0, 0), mine, narrow())));
            if (epoch % 11 == 5 && !tickets.isEmpty()) {
                say(desk.call(new Input.Cancel(mine, tickets.lastKey())));
            }
        }

        void submit(org.qmk.verifier.Verified program, long shots) {
            List<Notice> answer = desk.submitRaw(mine, program, shots);
            if (answer.getFirst() instanceof Notice.Accepted(var job, long ticket)) {
                tickets.put(job, ticket);
                told.append("accepted ").append(ticket).append('\n');
            } else {
                say(answer);
            }
        }

        /// What the tenant was answered, without the kernel's own numbers.
        void say(List<Notice> answer) {
            for (Notice notice : answer) {
                if (notice instanceof Notice.Refused refused) told.append(refused.message());
                if (notice instanceof Notice.Granted granted) told.append(granted.handle());
                told.append('\n');
            }
        }

        void molest(SessionId session) {
            List<Notice> answer =
                    switch (random.nextInt(9)) {
                        case 0, 1 -> desk.submitRaw(session, Programs.wide(4), 1000);
                        case 2 -> desk.submitRaw(session, Programs.line(30), 50);
                        case 3 -> desk.submitRaw(session, Programs.wide(90), 1);
                        case 4 -> desk.call(new Input.Cancel(session, anyJob()));
                        case 5 -> desk.call(new Input.Checkpoint(session, anyJob()));
                        case 6 ->
                                desk.call(new Input.Revoke(session, handle(random.nextInt(99), 0)));
                        case 7 ->
                                desk.call(
                                        new Input.Derive(session, handle(0, 0), session, narrow()));
                        default ->
                                desk.call(
                                        new Input.Propose(
                                                anyJob(),
                                                new Placement(List.of(new Extent(4, 4)))));
                    };
            if (answer.isEmpty()) return;
            if (answer.getFirst() instanceof Notice.Refused) neighbourRefusals++;
            if (answer.getFirst() instanceof Notice.Accepted(var job, long _)) {
                neighbourJobs++;
                theirs.add(job);
            }
        }

        /// A neighbour's job, or a guess that may be the victim's.
        JobId anyJob() {
            boolean guess = theirs.isEmpty() || random.nextInt(3) == 0;
            return guess
                    ? new JobId(1 + random.nextInt(50))
                    : theirs.get(random.nextInt(theirs.size()));
        }

        void note(Notice notice) {
            if (notice instanceof Notice.Planned(var plan)) {
                for (EpochPlan.Start start : plan.starts()) {
                    Long ticket = tickets.get(start.job());
                    if (ticket == null) continue;
                    told.append(plan.epoch()).append(" starts ").append(ticket).append(' ');
                    told.append(start.firstShot()).append(' ').append(start.shots()).append(' ');
                    told.append(start.placement()).append('\n');
                }
                for (EpochPlan.Issue issue : plan.issues()) {
                    Long ticket = tickets.get(issue.job());
                    if (ticket == null) continue;
                    told.append(plan.epoch()).append(" issues ").append(ticket).append(' ');
                    told.append(Arrays.toString(issue.nodes())).append('\n');
                }
            }
            if (notice instanceof Notice.EpochClosed(long epoch, var _, var entry)) {
                for (EpochRecord.Part part : entry.parts()) {
                    if (part.tenant().number() != 1) continue;
                    told.append(epoch).append(" log ");
                    told.append(HexFormat.of().formatHex(part.bytes())).append('\n');
                }
            }
        }

        static CapabilityHandle handle(int slot, int generation) {
            return new CapabilityHandle(slot, generation);
        }

        static Bounds narrow() {
            return new Bounds(3, 1000, 2, true);
        }
    }
}
