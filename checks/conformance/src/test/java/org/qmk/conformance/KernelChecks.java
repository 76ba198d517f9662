package org.qmk.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qmk.device.EpochPlan;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.*;

/// What a script says must be true of a stage. Changes nothing.
final class KernelChecks {

    private final KernelStage stage;

    KernelChecks(KernelStage stage) {
        this.stage = stage;
    }

    /// What is so, in the words in which the line says what should be.
    String found(KernelScript.Line line) {
        return switch (line.verb()) {
            case "state" -> state(line);
            case "states" -> String.join(" ", states(stage.job(line, 0)));
            case "live" -> live(stage.job(line, 0)) ? "yes" : "no";
            case "wait" -> status(line).waitCause().name();
            case "issued" -> issued(line);
            case "runs" -> runs(line);
            case "turns" -> turns(line);
            case "starts" -> starts(line);
            case "ended" -> Long.toString(ended(line));
            case "share" -> share(line);
            case "work" -> work(line);
            case "holds" -> holds(line);
            case "bounds" -> bounds(line);
            case "free" -> Integer.toString(free());
            case "at" -> text(placement(stage.job(line, 0)));
            case "mapping" -> mapping(line);
            case "in-flight" -> Integer.toString(stage.kernel.jobsInFlight());
            case "mode" -> mode(line);
            case "handled" -> handled(line);
            case "channel" -> channel(line);
            case "rounds" -> rounds(line);
            default -> throw line.wrong("a verb that README.md lists");
        };
    }

    /// What should be.
    String expected(KernelScript.Line line) {
        int from =
                switch (line.verb()) {
                    case "free", "in-flight" -> 0;
                    case "mapping", "mode", "bounds" -> 2;
                    case "share", "work" -> line.words().size();
                    default -> 1;
                };
        if (line.verb().equals("share") || line.verb().equals("work")) return "within";
        List<String> words = line.words().subList(from, line.words().size());
        if (line.verb().equals("holds")) return String.join(" ", new TreeSet<>(words));
        if (line.verb().equals("bounds")) {
            return words.isEmpty()
                    ? KernelStage.bounds(line).toString()
                    : words.getFirst() + " " + KernelStage.bounds(line);
        }
        return String.join(" ", words);
    }

    private String state(KernelScript.Line line) {
        JobId job = stage.job(line, 0);
        List<Notice.JobChanged> changes = changes(job);
        boolean withCause = line.words().size() > 2;
        if (!changes.isEmpty() && changes.getLast().state().isFinal()) {
            String state = changes.getLast().state().name();
            return withCause ? state + " " + changes.getLast().cause().code() : state;
        }
        String state = stage.kernel.status(stage.sessionOf(job), job).orElseThrow().state().name();
        return withCause ? state + " " + EndCause.NONE.code() : state;
    }

    private List<Notice.JobChanged> changes(JobId job) {
        List<Notice.JobChanged> changes = new ArrayList<>();
        for (KernelStage.Said said : stage.said) {
            if (said.notice() instanceof Notice.JobChanged change && change.job().equals(job)) {
                changes.add(change);
            }
        }
        return changes;
    }

    private boolean live(JobId job) {
        return stage.kernel.status(stage.sessionOf(job), job).isPresent();
    }

    private List<String> states(JobId job) {
        return changes(job).stream().map(change -> change.state().name()).toList();
    }

    private JobStatus status(KernelScript.Line line) {
        JobId job = stage.job(line, 0);
        return stage.kernel.status(stage.sessionOf(job), job).orElseThrow();
    }

    /// `issued JOB EPOCH: NODES`; what is taken back is named after `undo`.
    private String issued(KernelScript.Line line) {
        JobId job = stage.job(line, 0);
        String epoch = line.word(1, "EPOCH:");
        for (EpochPlan plan : stage.plans) {
            if (!epoch.equals(plan.epoch() + ":")) continue;
            for (EpochPlan.Issue issue : plan.issues()) {
                if (!issue.job().equals(job)) continue;
                List<String> words = new ArrayList<>(List.of(epoch));
                if (issue.undo()) words.add("undo");
                for (int node : issue.nodes()) words.add(Integer.toString(node));
                return String.join(" ", words);
            }
        }
        return epoch + " nothing";
    }

    /// The epochs in which a job issued something.
    private String runs(KernelScript.Line line) {
        JobId job = stage.job(line, 0);
        List<String> epochs = new ArrayList<>();
        for (EpochPlan plan : stage.plans) {
            if (issues(plan, job)) epochs.add(Long.toString(plan.epoch()));
        }
        return epochs.isEmpty() ? "never" : String.join(" ", epochs);
    }

    private static boolean issues(EpochPlan plan, JobId job) {
        return plan.issues().stream().anyMatch(issue -> issue.job().equals(job));
    }

    /// `turns FIRST: A B A+B -`: whose jobs issued something, epoch by epoch.
    private String turns(KernelScript.Line line) {
        String first = line.word(0, "EPOCH:");
        long from = Long.parseLong(first.replace(":", ""));
        List<String> words = new ArrayList<>();
        for (EpochPlan plan : stage.plans) {
            boolean counts = plan.epoch() >= from && words.size() < line.words().size() - 1;
            if (!counts) continue;
            TreeSet<String> names = new TreeSet<>();
            for (EpochPlan.Issue issue : plan.issues()) {
                names.add(stage.nameOf(stage.owner(issue.job())));
            }
            words.add(names.isEmpty() ? "-" : String.join("+", names));
        }
        return String.join(" ", words);
    }

    /// The epochs in which waves of a job began.
    private String starts(KernelScript.Line line) {
        JobId job = stage.job(line, 0);
        List<String> epochs = new ArrayList<>();
        for (EpochPlan plan : stage.plans) {
            boolean begins = plan.starts().stream().anyMatch(start -> start.job().equals(job));
            if (begins) epochs.add(Long.toString(plan.epoch()));
        }
        return epochs.isEmpty() ? "never" : String.join(" ", epochs);
    }

    private long ended(KernelScript.Line line) {
        JobId job = stage.job(line, 0);
        for (KernelStage.Said said : stage.said) {
            if (said.notice() instanceof Notice.JobChanged(var id, var state, var _)
                    && id.equals(job)
                    && state.isFinal()) {
                return said.epoch();
            }
        }
        throw line.wrong("a job that has ended");
    }

    /// Operations that were issued for a tenant, one a node and shot.
    private Map<TenantId, Long> operations(long from, long to) {
        TreeMap<JobId, Integer> shots = new TreeMap<>();
        Map<TenantId, Long> operations = new HashMap<>();
        for (EpochPlan plan : stage.plans) {
            for (EpochPlan.Start start : plan.starts()) shots.put(start.job(), start.shots());
            if (plan.epoch() < from || plan.epoch() > to) continue;
            for (EpochPlan.Issue issue : plan.issues()) {
                long count = (long) issue.size() * shots.get(issue.job());
                operations.merge(stage.owner(issue.job()), count, Long::sum);
            }
        }
        return operations;
    }

    /// `share A B 3:2 within=N`: of the operations of both, A has its part, give or take N.
    private String share(KernelScript.Line line) {
        line.allow("within", "from", "to");
        var operations = operations(line.option("from", 1), line.option("to", Long.MAX_VALUE));
        long a = operations.getOrDefault(stage.tenant(line, 0), 0L);
        long b = operations.getOrDefault(stage.tenant(line, 1), 0L);
        String[] parts = line.word(2, "P:Q").split(":");
        long p = Long.parseLong(parts[0]);
        long q = Long.parseLong(parts[1]);
        long off = Math.abs(a * q - b * p);
        boolean within = a > 0 && b > 0 && off <= line.option("within", 0) * (p + q);
        return within ? "within" : a + " to " + b + " operations";
    }

    /// `work A least=N most=N`.
    private String work(KernelScript.Line line) {
        line.allow("least", "most", "from", "to");
        var operations = operations(line.option("from", 1), line.option("to", Long.MAX_VALUE));
        long work = operations.getOrDefault(stage.tenant(line, 0), 0L);
        boolean within =
                work >= line.option("least", 0) && work <= line.option("most", Long.MAX_VALUE);
        return within ? "within" : work + " operations";
    }

    private String holds(KernelScript.Line line) {
        TreeSet<String> handles = new TreeSet<>();
        for (Held held : stage.kernel.held(stage.session(line, 0))) {
            handles.add(held.handle().slot() + "/" + held.handle().generation());
        }
        return handles.isEmpty() ? "nothing" : String.join(" ", handles);
    }

    private String bounds(KernelScript.Line line) {
        CapabilityHandle handle = KernelStage.handle(line, 1);
        for (Held held : stage.kernel.held(stage.session(line, 0))) {
            if (!held.handle().equals(handle)) continue;
            String bounds = held.bounds().toString();
            return line.words().size() > 2 ? held.kind().text() + " " + bounds : bounds;
        }
        return "not held";
    }

    private int free() {
        int free = 0;
        for (Extent extent : stage.kernel.freeExtents()) free += extent.length();
        return free;
    }

    private Placement placement(JobId job) {
        Placement last = Placement.NOWHERE;
        for (EpochPlan plan : stage.plans) {
            for (EpochPlan.Start start : plan.starts()) {
                if (start.job().equals(job)) last = start.placement();
            }
            for (EpochPlan.Move move : plan.moves()) {
                if (move.job().equals(job)) last = move.to();
            }
        }
        return last;
    }

    private static String text(Placement placement) {
        List<String> words = new ArrayList<>();
        for (Extent extent : placement.extents()) words.add(extent.start() + "+" + extent.length());
        return words.isEmpty() ? "nowhere" : String.join(" ", words);
    }

    private String mapping(KernelScript.Line line) {
        return stage.kernel
                .mapping(stage.session(line, 0), stage.job(line, 1))
                .map(KernelChecks::text)
                .orElse("hidden");
    }

    private String mode(KernelScript.Line line) {
        String condition = line.word(0, "a condition");
        int subject = line.number(1, "a subject");
        int level = 0;
        for (KernelStage.Said said : stage.said) {
            if (said.notice() instanceof Notice.ModeChanged(var of, int at, int to)
                    && of.name().equals(condition)
                    && at == subject) {
                level = to;
            }
        }
        return Integer.toString(level);
    }

    /// How often a job was told something: `handled JOB 2 rolled back`.
    private String handled(KernelScript.Line line) {
        JobId job = stage.job(line, 0);
        String what = String.join(" ", line.words().subList(2, line.words().size()));
        long count =
                stage.said.stream()
                        .filter(said -> said.notice().equals(new Notice.JobHandled(job, what)))
                        .count();
        return count + " " + what;
    }

    private String channel(KernelScript.Line line) {
        ChannelId channel = stage.channel(line, 0);
        String state = "never";
        String left = "";
        for (KernelStage.Said said : stage.said) {
            if (said.notice() instanceof Notice.ChannelChanged(var id, var now)
                    && id.equals(channel)) {
                state = now.name();
            }
            if (said.notice() instanceof Notice.Entangled(var id, long pairs)
                    && id.equals(channel)) {
                left = " " + pairs;
            }
        }
        return state + left;
    }

    private String rounds(KernelScript.Line line) {
        String epoch = line.word(0, "an epoch");
        for (EpochPlan plan : stage.plans) {
            if (epoch.equals(Long.toString(plan.epoch()))) return Integer.toString(plan.rounds());
        }
        throw line.wrong("an epoch that was, of " + Arrays.asList(stage.plans.size()));
    }
}
