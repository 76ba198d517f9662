package org.qmk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.MachineShape;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Quotas;
import org.qmk.live.DecodingCost;
import org.qmk.live.LiveCode;
import org.qmk.live.LiveWindows;
import org.qmk.machine.DecoderFarm;
import org.qmk.machine.DeviceTraits;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineModel;
import org.qmk.machine.SimulatedDevice;
import org.qmk.machine.WindowTime;
import org.qmk.qec.QecFailure;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.runtime.KernelLoop;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// Runs a program with feed-forward on a machine whose decoders take the time that the syndromes of
/// its patches cost, with the kernel's back-pressure and without, and writes
/// `docs/reference/loop.md`.
///
/// Arguments: the repository and the commit, as `checks/bench/run loop` gives them.
public final class LoopReport {

    private static final int DISTANCE = 5;
    private static final int BLOCKS = 64;
    private static final int SHOTS = 128;
    private static final int STEPS = 20;
    private static final int EPOCHS_MAX = 2000;
    private static final int NEVER = 1 << 30;
    private static final int PATCHES = 4096;
    private static final int TURNS = 7;
    private static final long SEED = 1;

    private static final double[] CHANCES = {0.001, 0.003, 0.006};
    private static final int[] WORKERS = {4, 8, 16, 32};

    /// What was seen of one run.
    ///
    /// @param epochs used, or nothing if there were too many
    /// @param latencies of outcomes in epochs, ascending
    private record Run(Optional<Long> epochs, long backlogMost, long[] latencies) {

        String cells() {
            String used = epochs.map(each -> "%,d".formatted(each)).orElse("> " + EPOCHS_MAX);
            return "%s | %,d | %s | %s".formatted(used, backlogMost, quantile(0.5), quantile(0.99));
        }

        private String quantile(double part) {
            if (latencies.length == 0) return "none";
            return latencies[(int) (part * (latencies.length - 1))] + "";
        }
    }

    private LoopReport() {}

    public static void main(String[] arguments) throws IOException, QecFailure {
        Locale.setDefault(Locale.ROOT);
        Path root = Path.of(arguments[0]);
        var text = new StringBuilder();
        text.append(
                """
                # Decoding in the loop

                Made by `checks/bench/run loop` at commit %s on %s: %d processors, JDK %s.

                ## What a window costs

                Syndromes of rotated surface codes under uniform circuit noise, %d windows of 2 d
                rounds each, matched one by one on this machine: nanoseconds by the clock, for each
                window the least of %d. The line fits nanoseconds to events.
                `DecodingCost.DEFAULT` is %s.

                | d | p | events | p50, ns | p99, ns | line, ns |
                |---:|---:|---:|---:|---:|---:|
                """
                        .formatted(
                                arguments[1],
                                LocalDate.now(ZoneOffset.UTC),
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version(),
                                PATCHES,
                                TURNS,
                                line(
                                        DecodingCost.DEFAULT.nanos(),
                                        DecodingCost.DEFAULT.nanosPerEvent())));
        for (int distance : new int[] {3, 5, 7, 9}) {
            for (double p : new double[] {0.001, 0.005}) text.append(windowRow(distance, p));
        }
        text.append(loop());
        Path file = root.resolve("docs/reference/loop.md");
        Files.writeString(file, text);
        System.err.println("wrote " + file);
    }

    private static String line(double nanos, double perEvent) {
        return "%.0f + %.0f an event".formatted(nanos, perEvent);
    }

    private static String windowRow(int distance, double p) throws QecFailure {
        LiveCode code = LiveCode.surface(distance, p);
        var events = new LiveWindows(code, new DecodingCost.Counted(0, 1), 1, SEED);
        double[] counts = new double[PATCHES];
        Arrays.setAll(counts, i -> events.rounds(i, 0, 2 * distance));
        double[] times = new double[PATCHES];
        Arrays.fill(times, Double.MAX_VALUE);
        for (int turn = 0; turn < TURNS; turn++) {
            // Each one decodes anew.
            var nanos = new LiveWindows(code, new DecodingCost.Measured(), 1, SEED);
            for (int i = 0; i < PATCHES; i++) {
                times[i] = Math.min(times[i], nanos.rounds(i, 0, 2 * distance));
            }
        }
        double meanX = Arrays.stream(counts).average().orElseThrow();
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < PATCHES; i++) {
            n++;
            x += counts[i];
            y += times[i];
            xx += counts[i] * counts[i];
            xy += counts[i] * times[i];
        }
        double slope = (n * xy - x * y) / (n * xx - x * x);
        return "| %d | %s | %.1f | %.0f | %.0f | %s |\n"
                .formatted(
                        distance,
                        p,
                        meanX,
                        sorted[PATCHES / 2],
                        sorted[(int) (0.99 * PATCHES)],
                        line((y - slope * x) / n, slope));
    }

    private static String loop() throws IOException, QecFailure {
        var text = new StringBuilder();
        text.append(
                """

                ## Back-pressure

                A machine of %d patches of distance %d, rounds of 1 microsecond, epochs of %d
                rounds, windows of %d + %d rounds. Windows cost what their events cost, by the
                default line. A job of %d shots, each a qubit that is measured %d times and turned
                in between if the outcome was 1. With back-pressure the kernel is promised what
                the decoders do, and measures nothing while more than %d rounds a block wait;
                without, it is promised
                decoders for all patches and measures always. Latency: epochs from measuring to
                telling. "Keeps up with": patches that the decoders can serve on average.

                | p | decoders | keeps up with | epochs with | backlog most | latency p50 | p99 \
                | epochs without | backlog most | latency p50 | p99 |
                |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                """
                        .formatted(
                                BLOCKS,
                                DISTANCE,
                                DISTANCE,
                                DISTANCE,
                                DISTANCE,
                                SHOTS,
                                STEPS,
                                Policy.DEFAULT.backlogRoundsPerBlock()));
        for (double p : CHANCES) {
            for (int workers : WORKERS) {
                double mean = meanRounds(p);
                double served = workers * DISTANCE / mean;
                Run with = run(p, workers, mean, true);
                Run without = run(p, workers, mean, false);
                text.append(
                        "| %s | %d | %.1f | %s | %s |\n"
                                .formatted(p, workers, served, with.cells(), without.cells()));
            }
        }
        text.append(
                """

                Waiting jobs do not load decoders, held patches do: what helps is that a wave begins
                only if its patches can be decoded. Once more patches are held than the decoders
                serve, outcomes come later and later, since the patches must be measured while they
                wait (machine-files.md, decoder farms).
                """);
        return text.toString();
    }

    private static LiveWindows windows(double p) throws QecFailure {
        return new LiveWindows(LiveCode.surface(DISTANCE, p), DecodingCost.DEFAULT, 1000, SEED);
    }

    private static double meanRounds(double p) throws QecFailure {
        LiveWindows windows = windows(p);
        double sum = 0;
        for (int i = 0; i < PATCHES; i++) sum += windows.rounds(i, 0, 2 * DISTANCE);
        return sum / PATCHES;
    }

    private static Run run(double p, int workers, double mean, boolean pressed)
            throws IOException, QecFailure {
        var time = new WindowTime.Constant(mean);
        var farm = new DecoderFarm(workers, 1, DISTANCE, DISTANCE, false, time);
        int promised = pressed ? (int) (farm.roundsPerRound() * DISTANCE) : BLOCKS * DISTANCE;
        var rates = new MachineShape.Rates(NEVER, NEVER, NEVER, Math.max(DISTANCE, promised));
        var shape = new MachineShape("loop", 1, BLOCKS, DISTANCE, rates, 0, List.of(), List.of());
        MachineModel base = new MachineModel(shape, "A machine of this report.", List.of());
        var perfect = base.traits();
        var traits =
                new DeviceTraits(
                        perfect.factoryFailures(),
                        perfect.pipelines(),
                        perfect.linkLosses(),
                        0,
                        Optional.of(farm));
        var model = new MachineModel(shape, traits, base.description(), List.of());
        var device = new SimulatedDevice(Simulators::choose, model, SEED, Optional.of(windows(p)));
        Policy usual = Policy.DEFAULT;
        var policy =
                new Policy(
                        usual.order(),
                        usual.partitions(),
                        usual.window(),
                        usual.passesMax(),
                        usual.patienceEpochs(),
                        usual.retries(),
                        NEVER,
                        pressed ? usual.backlogRoundsPerBlock() : NEVER);
        var kernel = new Kernel(shape, KernelLimits.DEFAULT, policy);
        return follow(new KernelLoop(kernel, device, new FirstFitPlanner(shape)));
    }

    private static Run follow(KernelLoop loop) throws IOException {
        submit(loop);
        Deque<Long> measured = new ArrayDeque<>();
        List<Long> latencies = new ArrayList<>();
        Verified program = program();
        long most = 0;
        for (long count = 1; count <= EPOCHS_MAX; count++) {
            KernelLoop.Epoch epoch = loop.epoch();
            most = Math.max(most, epoch.report().supply().backlogRounds());
            for (EpochPlan.Issue issue : epoch.plan().issues()) {
                for (int node : issue.nodes()) {
                    if (program.graph().opcode(node) == Opcode.MEASURE_Z) measured.add(count);
                }
            }
            for (EpochReport.Outcome _ : epoch.report().outcomes()) {
                latencies.add(count - measured.remove());
            }
            for (Notice notice : epoch.notices()) {
                if (!(notice instanceof Notice.JobChanged changed)) continue;
                if (!changed.state().isFinal()) continue;
                return new Run(Optional.of(count), most, sorted(latencies));
            }
        }
        return new Run(Optional.empty(), most, sorted(latencies));
    }

    private static long[] sorted(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static void submit(KernelLoop loop) throws IOException {
        var quotas = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);
        var added = (Notice.TenantAdded) loop.call(new Input.AddTenant("t", quotas)).getFirst();
        var opened =
                (Notice.SessionOpened) loop.call(new Input.OpenSession(added.tenant())).getFirst();
        for (Capability capability : Capability.values()) {
            if (capability == Capability.ADMIN) continue;
            loop.call(new Input.Grant(opened.session(), capability));
        }
        var job = new Input.Submit(opened.session(), program(), new JobPolicy(SHOTS, SEED));
        if (loop.call(job).getFirst() instanceof Notice.Accepted) return;
        throw new IllegalStateException("the job was refused");
    }

    private static Verified program() {
        var builder = new GraphBuilder();
        int q = builder.declareQubit("q");
        builder.node(Opcode.ALLOC_LQ).qubit(q).argument(new Argument.Profile("logical"));
        for (int k = 0; k < STEPS; k++) {
            var step = builder.node(Opcode.APPLY_S).qubit(q);
            if (k > 0) step.guard(new Guard.Is(k - 1, true));
            builder.node(Opcode.MEASURE_Z).qubit(q).output(builder.declareEvent("m" + k));
        }
        builder.node(Opcode.FREE_LQ).qubit(q);
        var verdict = Verifier.verify(builder.requireWhatIsUsed().build());
        if (verdict instanceof Verified verified) return verified;
        throw new IllegalStateException("the program is refused: " + verdict);
    }
}
