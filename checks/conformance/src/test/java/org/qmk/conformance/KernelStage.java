package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.qmk.device.*;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Limits;
import org.qmk.verifier.Verified;

/// A kernel, a device and the names that a script gives to things. Carries out one script.
final class KernelStage {

    private static final int EPOCHS_MAX = 20_000;

    /// A notice and the epoch in which it came.
    record Said(long epoch, Notice notice) {}

    final Kernel kernel;
    final MachineShape machine;
    final List<Said> said = new ArrayList<>();
    final List<EpochPlan> plans = new ArrayList<>();
    final List<String> digests = new ArrayList<>();

    /// By tenant: what its part of the audit log says, and when its jobs were served.
    private final Map<TenantId, StringBuilder> transcripts = new HashMap<>();

    private final KernelScript script;
    private final StageDevice device;
    private final TreeMap<String, Verified> programs = new TreeMap<>();
    private final TreeMap<String, TenantId> tenants = new TreeMap<>();
    private final TreeMap<String, SessionId> sessions = new TreeMap<>();
    private final TreeMap<String, JobId> jobs = new TreeMap<>();
    private final TreeMap<String, ChannelId> channels = new TreeMap<>();
    private final Map<SessionId, TenantId> owners = new HashMap<>();
    private final TreeMap<JobId, TenantId> jobTenants = new TreeMap<>();
    private final TreeMap<JobId, SessionId> submitters = new TreeMap<>();
    private final TreeMap<JobId, Long> tickets = new TreeMap<>();
    private EpochPlan open;

    KernelStage(KernelScript script) {
        this.script = script;
        var setup = new KernelSetup(script.setup());
        machine = setup.machine();
        kernel = new Kernel(machine, setup.limits(), setup.policy());
        device = new StageDevice(machine);
    }

    /// Carries out one line that is no check; says whether it was such a line.
    boolean act(KernelScript.Line line) {
        if (line.refusal().equals(Optional.of("form"))) {
            String why = refusedByForm(line);
            assertFalse(why.contains(" stands where "), why);
            return true;
        }
        Optional<Input> input = input(line);
        if (input.isPresent()) {
            answer(line, call(input.get()));
            return true;
        }
        if (line.refusal().isPresent() || line.result().isPresent()) return false;
        switch (line.verb()) {
            case "epochs" -> {
                for (int i = line.number(0, "a number of epochs"); i > 0; i--) epoch();
            }
            case "finish" -> finish(line);
            case "place" -> place();
            case "device" -> trouble(line);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Why there is no such input.
    private String refusedByForm(KernelScript.Line line) {
        var refused = assertThrows(IllegalArgumentException.class, () -> input(line), line::place);
        return String.valueOf(refused.getMessage());
    }

    private Optional<Input> input(KernelScript.Line line) {
        Input input =
                switch (line.verb()) {
                    case "tenant" -> new Input.AddTenant(name(line), terms(line));
                    case "set" -> new Input.SetTenant(tenant(line, 0), terms(line));
                    case "session" -> new Input.OpenSession(tenant(line, 1));
                    case "close" -> new Input.CloseSession(session(line, 0));
                    case "grant" -> new Input.Grant(session(line, 0), kind(line), bounds(line));
                    case "derive" -> {
                        int to = line.words().size() > 2 ? 2 : 0;
                        yield new Input.Derive(
                                session(line, 0), handle(line, 1), session(line, to), bounds(line));
                    }
                    case "revoke" -> new Input.Revoke(session(line, 0), handle(line, 1));
                    case "submit" -> submit(line);
                    case "cancel" -> new Input.Cancel(session(line, 0), job(line, 1));
                    case "checkpoint" -> new Input.Checkpoint(session(line, 0), job(line, 1));
                    case "restore" -> new Input.Restore(session(line, 0), job(line, 1));
                    case "migrate" ->
                            new Input.Migrate(
                                    session(line, 0), job(line, 1), line.number(2, "a module"));
                    case "offer" -> offer(line);
                    case "accept" -> new Input.AcceptChannel(session(line, 0), channel(line, 1));
                    case "use" -> {
                        int qubit = line.number(3, "a qubit");
                        yield new Input.UseChannel(
                                session(line, 0), channel(line, 1), job(line, 2), qubit);
                    }
                    case "hang-up" -> new Input.CloseChannel(session(line, 0), channel(line, 1));
                    case "purify" ->
                            new Input.Purify(
                                    line.number(0, "a link"),
                                    Purification.valueOf(line.word(1, "a protocol")),
                                    line.number(2, "a number of rounds"));
                    case "propose" -> new Input.Propose(job(line, 0), placement(line, 1));
                    case "begin" -> new Input.Begin();
                    case "report" -> new Input.Report(report(line));
                    default -> null;
                };
        return Optional.ofNullable(input);
    }

    private String name(KernelScript.Line line) {
        int bytes = (int) line.option("bytes", -1);
        return bytes < 0 ? line.word(0, "a name") : "x".repeat(bytes);
    }

    private static Terms terms(KernelScript.Line line) {
        line.allow("weight", "blocks", "jobs", "suspended", "bytes");
        int weight = (int) line.option("weight", 1);
        int blocks = (int) line.option("blocks", 1 << 20);
        int atOnce = (int) line.option("jobs", 1 << 10);
        return new Terms(weight, new Quotas(blocks, atOnce), line.option("suspended", 0) != 0);
    }

    static Bounds bounds(KernelScript.Line line) {
        line.allow("amount", "last", "uses", "delegable");
        return new Bounds(
                line.option("amount", Long.MAX_VALUE),
                line.option("last", Long.MAX_VALUE),
                line.option("uses", Long.MAX_VALUE),
                line.option("delegable", 1) != 0);
    }

    private static Capability kind(KernelScript.Line line) {
        String text = line.word(1, "a capability");
        return Capability.of(text).orElseThrow(() -> line.wrong("a capability, not " + text));
    }

    static CapabilityHandle handle(KernelScript.Line line, int at) {
        String[] parts = line.word(at, "a handle SLOT/GENERATION").split("/");
        if (parts.length != 2) throw line.wrong("a handle SLOT/GENERATION");
        return new CapabilityHandle(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private Input submit(KernelScript.Line line) {
        line.allow("shots", "seed", "priority", "deadline");
        var policy =
                new JobPolicy(
                        line.option("shots", 1),
                        line.option("seed", 7),
                        (int) line.option("priority", 0),
                        line.option("deadline", 0));
        String name = line.word(1, "a program");
        if (!script.programs().containsKey(name)) throw line.wrong("a program, not " + name);
        Verified program = programs.computeIfAbsent(name, this::program);
        return new Input.Submit(session(line, 0), program, policy);
    }

    private Verified program(String name) {
        byte[] source = script.programs().get(name).getBytes(StandardCharsets.UTF_8);
        return switch (Judgement.of(Script.Form.TEXT, source, Limits.DEFAULT)) {
            case Judgement.Accepted(var program) -> program;
            case Judgement.Refused refused ->
                    throw new IllegalArgumentException(
                            script.place() + ": program " + name + " is refused: " + refused);
        };
    }

    private Input offer(KernelScript.Line line) {
        line.allow("purpose", "pairs", "fidelity");
        String fidelity = line.options().getOrDefault("fidelity", "0.9");
        String purpose = line.options().getOrDefault("purpose", "test");
        var terms =
                new ChannelTerms(
                        purpose.equals("-") ? "" : purpose,
                        line.option("pairs", 100),
                        Double.parseDouble(fidelity));
        return new Input.OfferChannel(session(line, 0), tenant(line, 1), terms);
    }

    static Placement placement(KernelScript.Line line, int at) {
        List<Extent> extents = new ArrayList<>();
        for (String word : line.words().subList(at, line.words().size())) {
            String[] parts = word.split("\\+");
            if (parts.length != 2) throw line.wrong("extents START+LENGTH");
            extents.add(new Extent(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
        }
        return new Placement(extents);
    }

    /// What the device says of the open epoch, or, with `epoch=N`, an empty report of another.
    private EpochReport report(KernelScript.Line line) {
        line.allow("epoch");
        if (!line.options().isEmpty()) {
            return new EpochReport(line.option("epoch", 0), List.of(), List.of());
        }
        if (open == null) throw line.wrong("a report after 'begin'");
        return device.execute(open);
    }

    private void trouble(KernelScript.Line line) {
        line.allow("magic", "pairs", "backlog");
        boolean lasts = line.word(0, "a trouble").equals("always");
        int at = lasts ? 1 : 0;
        String what = line.word(at, "a trouble");
        if (what.equals("well")) {
            device.well();
            return;
        }
        StageDevice.Trouble trouble =
                switch (what) {
                    case "lost", "not-done", "refused" -> {
                        String kind = what.replace('-', '_').toUpperCase(Locale.ROOT);
                        yield new StageDevice.Trouble.Fault(
                                job(line, at + 1), EpochReport.Fault.Kind.valueOf(kind));
                    }
                    case "lies" -> new StageDevice.Trouble.Lie(job(line, at + 1));
                    case "late" -> new StageDevice.Trouble.Late();
                    case "signal" ->
                            new StageDevice.Trouble.Bad(
                                    new Signal(
                                            Condition.valueOf(line.word(at + 1, "a condition")),
                                            line.number(at + 2, "a subject"),
                                            line.number(at + 3, "permille")));
                    case "supply" -> new StageDevice.Trouble.Makes(supply(line));
                    default -> throw line.wrong("a trouble that README.md lists, not " + what);
                };
        device.trouble(trouble, lasts);
    }

    /// The same of every factory and link.
    private Supply supply(KernelScript.Line line) {
        int[] magic = new int[machine.factories().size()];
        int[] pairs = new int[machine.links().size()];
        Arrays.fill(magic, (int) line.option("magic", 0));
        Arrays.fill(pairs, (int) line.option("pairs", 0));
        return new Supply(magic, pairs, line.option("backlog", 0));
    }

    // What things are called. `#7` is number 7, whether there is such a thing or not.

    TenantId tenant(KernelScript.Line line, int at) {
        return named(line, at, "a tenant", tenants, TenantId::new);
    }

    SessionId session(KernelScript.Line line, int at) {
        return named(line, at, "a session", sessions, SessionId::new);
    }

    JobId job(KernelScript.Line line, int at) {
        return named(line, at, "a job", jobs, JobId::new);
    }

    ChannelId channel(KernelScript.Line line, int at) {
        return named(line, at, "a channel", channels, ChannelId::new);
    }

    TenantId owner(JobId job) {
        return jobTenants.get(job);
    }

    /// The session that submitted a job.
    SessionId sessionOf(JobId job) {
        return submitters.get(job);
    }

    String nameOf(TenantId tenant) {
        for (var entry : tenants.entrySet()) {
            if (entry.getValue().equals(tenant)) return entry.getKey();
        }
        throw new IllegalArgumentException("no tenant has number " + tenant.number());
    }

    /// All that a tenant was told, and when its jobs were served.
    String transcript(KernelScript.Line line) {
        StringBuilder transcript = transcripts.get(tenant(line, 0));
        if (transcript == null) throw line.wrong("a tenant that was told something");
        return transcript.toString();
    }

    private static <T> T named(
            KernelScript.Line line,
            int at,
            String what,
            TreeMap<String, T> names,
            Function<Integer, T> numbered) {
        String word = line.word(at, what);
        if (word.startsWith("#")) return numbered.apply(Integer.valueOf(word.substring(1)));
        T value = names.get(word);
        if (value == null) throw line.wrong(what + ", one of " + names.keySet() + ",");
        return value;
    }

    // Steps.

    private List<Notice> call(Input input) {
        List<Notice> answer = kernel.step(input);
        for (Notice notice : answer) {
            said.add(new Said(kernel.epoch(), notice));
            switch (notice) {
                case Notice.Planned(var plan) -> {
                    open = plan;
                    plans.add(plan);
                    for (EpochPlan.Issue issue : plan.issues()) serve(plan.epoch(), issue);
                }
                case Notice.EpochClosed(long epoch, var digest, var entry) -> {
                    open = null;
                    digests.add(digest);
                    for (EpochRecord.Part part : entry.parts()) {
                        String bytes = HexFormat.of().formatHex(part.bytes());
                        write(part.tenant(), "epoch " + epoch + " " + bytes);
                    }
                }
                case Notice.Accepted(var job, long ticket) -> {
                    if (input instanceof Input.Submit(var session, var _, var _)) {
                        submitters.put(job, session);
                        jobTenants.put(job, owners.get(session));
                        tickets.put(job, ticket);
                    }
                }
                default -> {}
            }
        }
        return answer;
    }

    private void serve(long epoch, EpochPlan.Issue issue) {
        String nodes = Arrays.toString(issue.nodes());
        TenantId tenant = owner(issue.job());
        write(tenant, "epoch " + epoch + " job " + tickets.get(issue.job()) + " issues " + nodes);
    }

    private void write(TenantId tenant, String text) {
        transcripts.computeIfAbsent(tenant, _ -> new StringBuilder()).append(text).append('\n');
    }

    /// Holds the kernel's answer against what the line says.
    private void answer(KernelScript.Line line, List<Notice> answer) {
        Optional<Notice.Refused> refused =
                answer.stream()
                        .filter(Notice.Refused.class::isInstance)
                        .map(Notice.Refused.class::cast)
                        .findFirst();
        String got =
                refused.map(r -> (r.refusal().code() + " " + r.fact()).strip()).orElse("accepted");
        if (line.refusal().isPresent()) {
            String expected = line.refusal().get();
            boolean fact = expected.contains(" ");
            String code = refused.map(r -> r.refusal().code()).orElse(got);
            assertEquals(expected, fact ? got : code, () -> line.place() + ": " + line.text());
            return;
        }
        assertEquals("accepted", got, () -> line.place() + ": " + line.text());
        if (answer.isEmpty()) return;
        switch (answer.getLast()) {
            case Notice.TenantAdded(var tenant) -> tenants.put(line.word(0, "a name"), tenant);
            case Notice.SessionOpened(var session) -> {
                sessions.put(line.word(0, "a name"), session);
                owners.put(session, tenant(line, 1));
            }
            case Notice.Accepted(var job, long _) -> line.result().ifPresent(n -> jobs.put(n, job));
            case Notice.Granted(var _, var handle) -> {
                String text = handle.slot() + "/" + handle.generation();
                line.result().ifPresent(right -> assertEquals(right, text, line::place));
            }
            case Notice.ChannelChanged(var channel, var _) ->
                    line.result().ifPresent(name -> channels.put(name, channel));
            default -> {}
        }
    }

    // Epochs.

    /// One epoch: everything that can be placed is, and the device carries the plan out.
    void epoch() {
        place();
        call(new Input.Begin());
        call(new Input.Report(device.execute(open)));
    }

    /// Closes an open epoch, or has one more: so that there is a digest of all that was done.
    void settle() {
        if (open != null) call(new Input.Report(device.execute(open)));
        else epoch();
    }

    private void finish(KernelScript.Line line) {
        for (int i = 0; i < EPOCHS_MAX && kernel.jobsInFlight() > 0; i++) epoch();
        assertTrue(kernel.jobsInFlight() == 0, () -> line.place() + ": jobs are still in flight");
    }

    /// Proposes the lowest free blocks for every wave that is wanted, until none has room.
    void place() {
        boolean more = true;
        while (more) {
            more = false;
            for (Kernel.Wanted wanted : kernel.wanted()) {
                Optional<Placement> lowest = lowest(wanted);
                if (lowest.isEmpty()) continue;
                var answer = call(new Input.Propose(wanted.job(), lowest.get()));
                if (!answer.isEmpty() && answer.getFirst() instanceof Notice.Refused) continue;
                more = true;
                break;
            }
        }
    }

    /// Shot by shot the lowest free blocks of the first module that has room for it.
    private Optional<Placement> lowest(Kernel.Wanted wanted) {
        List<List<Integer>> free = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < machine.modules(); i++) free.add(new ArrayList<>());
        for (Extent extent : kernel.freeExtents(wanted)) {
            for (int block = extent.start(); block < extent.end(); block++) {
                all.add(block);
                free.get(block / machine.blocksPerModule()).add(block);
            }
        }
        if (wanted.slots() > machine.blocksPerModule()) free = List.of(all);
        List<Extent> extents = new ArrayList<>();
        for (int shot = 0; shot < wanted.shots(); shot++) {
            Optional<List<Integer>> module =
                    free.stream().filter(blocks -> blocks.size() >= wanted.slots()).findFirst();
            if (module.isEmpty()) return Optional.empty();
            List<Integer> blocks = module.get().subList(0, wanted.slots());
            for (int block : blocks) {
                boolean touches = !extents.isEmpty() && extents.getLast().end() == block;
                if (touches) {
                    Extent last = extents.removeLast();
                    extents.add(new Extent(last.start(), last.length() + 1));
                } else {
                    extents.add(new Extent(block, 1));
                }
            }
            blocks.clear();
        }
        return Optional.of(new Placement(extents));
    }
}
