package org.qmk.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.LogicalDevice;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineModel;
import org.qmk.machine.SimulatedDevice;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.runtime.KernelLoop;
import org.qmk.runtime.KernelSetting;
import org.qmk.sim.TimingSimulator;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// Measures how many epochs of a machine of 1,000 logical qubits pass in a second, kernel and
/// device together, and writes docs/reference/machine.md.
///
/// Argument: the folder of the checkout.
public final class MachineReport {

    private static final int BLOCKS = 1_000;
    private static final int ROUNDS = 25;
    private static final int RUNS = 5;
    private static final int LAYERS = 400;

    /// What keeps the machine busy.
    ///
    /// @param jobs of equal width, which hold all blocks together
    /// @param chained whether a job does one gate an epoch, and not one on each qubit
    /// @param operations of the machine in an epoch
    private record Load(
            String name, int jobs, boolean chained, int operations, int epochs, int goal) {}

    private static final List<Load> LOADS =
            List.of(
                    new Load("idle: one job of 1,000 qubits", 1, true, 1, 20_000, 20_000),
                    new Load("idle: 10 jobs of 100 qubits", 10, true, 4096, 20_000, 20_000),
                    new Load("saturated: one job of 1,000 qubits", 1, false, 4096, 2_000, 2_000),
                    new Load("saturated: 100 jobs of 10 qubits", 100, false, 4096, 2_000, 2_000),
                    new Load(
                            "saturated: the same, and half the operations that they want",
                            100,
                            false,
                            500,
                            2_000,
                            2_000));

    private static final String HEAD =
            """
            # How fast a machine is simulated

            Made by `checks/bench/run machine`. A machine of 1,000 logical qubits in 10 modules, \
            with factories, links and decoders, all of its blocks held: by jobs that do one gate \
            each in an epoch (idle), or one on each qubit (saturated). Outcomes are not simulated. \
            %s.

            Epochs in a second of processor time, the median of %d runs after one that is not \
            counted; where the time of an epoch goes, in microseconds: `step(Begin)`, which \
            decides, the device, `step(Report)`, which closes and digests.

            | load | nodes in an epoch | goal | epochs/s | range | begin | device | report |
            |---|---|---|---|---|---|---|---|
            """;

    private static final String BOUNDS =
            """

            What bounds it: in the idle rows what every epoch costs whatever is done in it: \
            digesting a 64th of the tables, and drawing what factories and links make. In the \
            saturated rows what a node costs: the partition of entangled qubits, the device's book \
            of nodes and outcomes, for a job in several modules the search for Bell pairs, and, \
            where operations are short, serving node by node in the order of the tenants' virtual \
            times.
            """;

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private MachineReport() {}

    /// @throws IOException if the document cannot be written
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        String where =
                "%s, %d processors, Java %s"
                        .formatted(
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version());
        var text = new StringBuilder(HEAD.formatted(where, RUNS));
        for (Load load : LOADS) {
            String row = row(load);
            out.print(row);
            text.append(row);
        }
        text.append(BOUNDS);
        Files.writeString(Path.of(args[0]).resolve("docs/reference/machine.md"), text);
    }

    private static String row(Load load) throws IOException {
        double[] rates = new double[RUNS];
        double[] parts = new double[3];
        double nodes = 0;
        for (int run = -1; run < RUNS; run++) {
            double[] micros = new Bench(load).run();
            if (run < 0) continue;
            rates[run] = 1e6 / micros[0];
            nodes = micros[4];
            for (int i = 0; i < parts.length; i++) parts[i] += micros[i + 1] / RUNS;
        }
        Arrays.sort(rates);
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %,d | %,.0f | %,.0f to %,.0f | %.1f | %.1f | %.1f |\n",
                load.name(),
                nodes,
                load.goal(),
                rates[RUNS / 2],
                rates[0],
                rates[RUNS - 1],
                parts[0],
                parts[1],
                parts[2]);
    }

    private static MachineModel machine(int operations) {
        int unlimited = MachineShape.UNLIMITED;
        var rates = new MachineShape.Rates(operations, unlimited, unlimited, BLOCKS * ROUNDS * 2);
        List<MachineShape.Factory> factories = new ArrayList<>();
        for (int i = 0; i < 50; i++) factories.add(new MachineShape.Factory(16, 512));
        List<MachineShape.Link> links = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            links.add(new MachineShape.Link(i, (i + 1) % 10, 32, 256, 0.99));
        }
        var shape =
                new MachineShape(
                        "thousand",
                        10,
                        BLOCKS / 10,
                        ROUNDS,
                        rates,
                        20,
                        factories,
                        links,
                        new OperationTimes(1, 0, 1));
        return new MachineModel(shape, "For measurements.", List.of());
    }

    /// A machine under load, and where its time goes.
    private static final class Bench {
        private final KernelLoop loop;
        private final Load load;
        private long device;

        Bench(Load load) throws IOException {
            this.load = load;
            MachineModel model = machine(load.operations());
            var simulated = new SimulatedDevice(_ -> TimingSimulator.chosen(), model, 1);
            LogicalDevice timed =
                    plan -> {
                        long before = CLOCK.getCurrentThreadCpuTime();
                        EpochReport report = simulated.execute(plan);
                        device += CLOCK.getCurrentThreadCpuTime() - before;
                        return report;
                    };
            loop =
                    new KernelLoop(
                            new KernelSetting(model.shape()).boot(),
                            timed,
                            new FirstFitPlanner(model.shape().blocksPerModule()),
                            Optional.empty(),
                            Optional.empty());
            Verified program = program(BLOCKS / load.jobs(), load.chained());
            for (int job = 0; job < load.jobs(); job++) submit("tenant " + job, program);
        }

        private void submit(String tenant, Verified program) throws IOException {
            var quotas = new Quotas(BLOCKS, 1);
            if (!(loop.call(new Input.AddTenant(tenant, quotas)).getFirst()
                            instanceof Notice.TenantAdded(var added))
                    || !(loop.call(new Input.OpenSession(added)).getFirst()
                            instanceof Notice.SessionOpened(var session))) {
                throw new IllegalStateException("a new kernel takes tenants and sessions");
            }
            for (Capability capability : program.graph().capabilities()) {
                loop.call(new Input.Grant(session, capability));
            }
            var submit = new Input.Submit(session, program, new JobPolicy(1L << 30, 1));
            Notice answer = loop.call(submit).getFirst();
            if (!(answer instanceof Notice.Accepted)) {
                throw new IllegalStateException("a new kernel takes the job: " + answer);
            }
        }

        /// Microseconds of an epoch: all, begin, device, report; and nodes issued in it.
        double[] run() throws IOException {
            for (int i = 0; i < 10; i++) loop.epoch();
            device = 0;
            long begin = 0;
            long report = 0;
            long issued = 0;
            long start = CLOCK.getCurrentThreadCpuTime();
            for (int i = 0; i < load.epochs(); i++) {
                long before = CLOCK.getCurrentThreadCpuTime();
                List<Notice> opened = loop.begin();
                long between = CLOCK.getCurrentThreadCpuTime();
                long deviceBefore = device;
                EpochPlan plan = plan(opened);
                for (EpochPlan.Issue issue : plan.issues()) issued += issue.size();
                loop.finish(plan);
                long after = CLOCK.getCurrentThreadCpuTime();
                begin += between - before;
                report += after - between - (device - deviceBefore);
            }
            long all = CLOCK.getCurrentThreadCpuTime() - start;
            if (issued < load.epochs() / 2L) {
                throw new IllegalStateException("the machine stands still: " + load);
            }
            double micros = 1e3 * load.epochs();
            return new double[] {
                all / micros,
                begin / micros,
                device / micros,
                report / micros,
                (double) issued / load.epochs()
            };
        }

        private static EpochPlan plan(List<Notice> opened) {
            if (opened.getLast() instanceof Notice.Planned(var plan)) return plan;
            throw new IllegalStateException("the kernel did not begin an epoch: " + opened);
        }
    }

    /// Layers of T and CNOT gates and measurements, on each qubit or, chained, on one or two.
    private static Verified program(int width, boolean chained) {
        var builder = new GraphBuilder();
        int[] q = new int[width];
        for (int i = 0; i < width; i++) q[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(q).argument(new Argument.Profile("logical"));
        int events = 0;
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int i = 0; i < (chained ? 1 : width); i++) {
                int at = chained ? layer % width : i;
                switch (layer % 4) {
                    case 0 -> builder.node(Opcode.APPLY_T).qubit(q[at]);
                    case 1 -> builder.node(Opcode.APPLY_H).qubit(q[at]);
                    case 2 -> {
                        if (at % 2 > 0) break;
                        builder.node(Opcode.APPLY_CNOT).qubits(q[at], q[at + 1]);
                    }
                    default -> {
                        int event = builder.declareEvent("m" + events++);
                        builder.node(Opcode.MEASURE_Z).qubit(q[at]).output(event);
                    }
                }
            }
            builder.node(Opcode.FENCE_EPOCH);
        }
        builder.node(Opcode.FREE_LQ).qubits(q);
        if (Verifier.verify(builder.requireWhatIsUsed().build()) instanceof Verified program) {
            return program;
        }
        throw new IllegalStateException("the program is right");
    }
}
