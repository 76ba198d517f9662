package org.qmk.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.kernel.call.*;
import org.qmk.qvm.*;
import org.qmk.verifier.Verified;

/// A tenant with a channel to each of two others is not to bring these together.
class FirewallTest {

    private static final int WAIT = 12;

    private final Desk desk;
    private final SessionId middle;
    private final SessionId left;
    private final SessionId right;

    FirewallTest() {
        var rates = new MachineShape.Rates(64, 64, 64, MachineShape.UNLIMITED);
        var times = new OperationTimes(0, 0, 1);
        var shape = new MachineShape("free", 1, 32, 3, rates, 8, List.of(), List.of(), times);
        desk = new Desk(shape, Policy.DEFAULT);
        middle = session();
        left = session();
        right = session();
    }

    @Test
    void gates_of_one_layer_do_not_bring_them_together_one_after_another() {
        JobId job = begin(new int[][] {{0, 1}, {1, 2}});

        desk.run();

        assertEquals(EndCause.FIREWALL, desk.changes(job).getLast().cause());
    }

    @Test
    void gates_of_one_layer_on_two_qubits_that_are_entangled_do_not_either() {
        JobId job = begin(new int[][] {{0, 1}, {3, 2}});

        desk.run();

        assertEquals(EndCause.FIREWALL, desk.changes(job).getLast().cause());
    }

    @Test
    void nor_do_gates_after_the_channels_are_closed() {
        JobId job = begin(new int[][] {{0, 2}});
        for (int channel = 1; channel <= 2; channel++) {
            desk.call(new Input.CloseChannel(middle, new ChannelId(channel)));
        }

        desk.run();

        assertEquals(EndCause.FIREWALL, desk.changes(job).getLast().cause());
    }

    @Test
    void gates_with_one_of_them_happen() {
        JobId job = begin(new int[][] {{0, 1}, {1, 3}});

        desk.run();

        assertEquals(EndCause.ALL_SHOTS_DONE, desk.changes(job).getLast().cause());
    }

    private SessionId session() {
        SessionId session = desk.session();
        desk.grant(session, Capability.LINK);
        desk.grant(session, Capability.MAGIC);
        return session;
    }

    /// Of the middle one's four qubits the first is entangled with the left one's, the third with
    /// the right one's, and the second with the fourth; later come CNOTs in one layer.
    private JobId begin(int[][] gates) {
        JobId job = desk.submit(middle, program(gates), 1);
        JobId leftJob = desk.submit(left, program(new int[0][]), 1);
        JobId rightJob = desk.submit(right, program(new int[0][]), 1);
        for (int i = 0; i < 3; i++) desk.epoch();
        entangle(job, 0, left, leftJob, 2);
        entangle(job, 2, right, rightJob, 3);
        return job;
    }

    private void entangle(JobId job, int qubit, SessionId peer, JobId peerJob, int tenant) {
        var terms = new ChannelTerms("a test", 9, 0.9);
        var offered = desk.call(new Input.OfferChannel(middle, new TenantId(tenant), terms));
        ChannelId id = assertInstanceOf(Notice.ChannelChanged.class, offered.getFirst()).channel();
        desk.call(new Input.AcceptChannel(peer, id));
        desk.call(new Input.UseChannel(middle, id, job, qubit));
        var used = desk.call(new Input.UseChannel(peer, id, peerJob, 0));
        assertInstanceOf(Notice.Entangled.class, used.getFirst());
    }

    private static Verified program(int[][] gates) {
        var builder = new GraphBuilder();
        int[] q = new int[4];
        for (int i = 0; i < q.length; i++) q[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(q).argument(new Argument.Profile("logical"));
        builder.node(Opcode.APPLY_CNOT).qubits(q[1], q[3]);
        for (int i = 0; i < WAIT; i++) for (int one : q) builder.node(Opcode.APPLY_T).qubit(one);
        for (int[] gate : gates) {
            builder.node(Opcode.APPLY_CNOT).qubits(q[gate[0]], q[gate[1]]);
        }
        for (int one : q) builder.node(Opcode.APPLY_T).qubit(one);
        builder.node(Opcode.FREE_LQ).qubits(q);
        return Programs.verified(builder.requireWhatIsUsed().build());
    }
}
