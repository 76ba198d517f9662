package org.qmk.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qmk.machine.magic.Pipeline;
import org.qmk.machine.magic.StateFactory;

/// Estimates for people, and for spreadsheets.
public final class EstimateText {

    private static final List<String> COLUMNS =
            List.of(
                    "job",
                    "scheme",
                    "physicalQubits",
                    "runtimeNanos",
                    "logicalQubits",
                    "logicalDepth",
                    "codeDistance",
                    "numTstates",
                    "numTfactories",
                    "tfactoryPhysicalQubits",
                    "tfactoryRuntimeNanos",
                    "tfactoryErrorRate",
                    "error");

    private EstimateText() {}

    /// A paragraph of fields for each estimate, or a table where a job has many.
    public static String table(List<EstimateJson.Outcome> outcomes) {
        var text = new StringBuilder();
        for (EstimateJson.Outcome outcome : outcomes) {
            if (!text.isEmpty()) text.append('\n');
            switch (outcome) {
                case EstimateJson.Outcome.Failed(var rule, var message) ->
                        text.append(rule.code()).append(": ").append(message).append('\n');
                case EstimateJson.Outcome.Done(var job, var estimates) -> {
                    if (job.frontier()) frontier(text, estimates);
                    else fields(text, job, estimates.getFirst());
                }
            }
        }
        return text.toString();
    }

    private static void fields(StringBuilder text, JobParameters job, ResourceEstimate estimate) {
        ResourceEstimate.LogicalQubit qubit = estimate.qubit();
        line(text, "qubits", job.qubit().name());
        line(text, "code", job.profile().name());
        line(text, "physical qubits", grouped(estimate.physicalQubits()));
        line(text, "runtime", AzureNumber.duration(estimate.runtimeNanos()));
        line(text, "runtime in ns", grouped(estimate.runtimeNanos()));
        line(text, "logical qubits", grouped(estimate.patches()));
        line(text, "logical cycles", grouped(estimate.cycles()));
        line(text, "cycle in ns", grouped(qubit.cycleNanos()));
        line(text, "code distance", qubit.distance());
        line(text, "qubits of a patch", grouped(qubit.qubits()));
        line(text, "error of a patch", "%.3e per cycle".formatted(qubit.error()));
        line(text, "error required", "%.3e per cycle".formatted(estimate.requiredError()));
        line(text, "program's qubits", grouped(estimate.programQubits()));
        line(text, "T states", grouped(estimate.tStates()));
        if (estimate.tPerRotation().isPresent()) {
            line(text, "T states per rotation", estimate.tPerRotation().getAsLong());
        }
        Optional<ResourceEstimate.Magic> magic = estimate.magic();
        if (magic.isEmpty()) return;
        StateFactory factory = magic.get().factory();
        line(text, "factories", grouped(magic.get().copies()));
        line(text, "qubits of a factory", grouped(factory.qubits()));
        line(text, "factory's run in ns", grouped(factory.runNanos()));
        line(text, "error of a state", "%.3e".formatted(factory.outputError()));
        line(text, "error required", "%.3e".formatted(magic.get().requiredError()));
        if (!(factory instanceof Pipeline pipeline)) {
            line(text, "factory", factory.name());
            return;
        }
        for (Pipeline.Round round : pipeline.rounds()) {
            line(
                    text,
                    "  round",
                    "%d x %s, distance %d, %s qubits, %s ns"
                            .formatted(
                                    round.copies(),
                                    round.unit().name(),
                                    round.distance(),
                                    grouped(round.qubits()),
                                    grouped(round.nanos())));
        }
    }

    private static void line(StringBuilder text, String field, Object value) {
        text.append("%-22s  %s\n".formatted(field, value));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void frontier(StringBuilder text, List<ResourceEstimate> estimates) {
        text.append(
                "%16s %22s  %-14s %8s %10s\n"
                        .formatted(
                                "physical qubits", "runtime in ns", "", "distance", "factories"));
        for (ResourceEstimate estimate : estimates) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%,16d %,22d  %-14s %8d %,10d\n",
                            estimate.physicalQubits(),
                            estimate.runtimeNanos(),
                            AzureNumber.duration(estimate.runtimeNanos()),
                            estimate.qubit().distance(),
                            estimate.magic().map(ResourceEstimate.Magic::copies).orElse(0L)));
        }
    }

    /// A head, and a line for each estimate; a job that failed has its code in the last column.
    public static String csv(List<EstimateJson.Outcome> outcomes) {
        var text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case EstimateJson.Outcome.Failed(var rule, var _) ->
                        text.append(i)
                                .append(",".repeat(COLUMNS.size() - 1))
                                .append(rule.code())
                                .append('\n');
                case EstimateJson.Outcome.Done(var job, var estimates) -> {
                    for (ResourceEstimate estimate : estimates) text.append(row(i, job, estimate));
                }
            }
        }
        return text.toString();
    }

    private static String row(int job, JobParameters parameters, ResourceEstimate estimate) {
        List<Object> cells = new ArrayList<>();
        cells.add(job);
        cells.add(quoted(parameters.schemeName()));
        cells.add(estimate.physicalQubits());
        cells.add(estimate.runtimeNanos());
        cells.add(estimate.patches());
        cells.add(estimate.cycles());
        cells.add(estimate.qubit().distance());
        cells.add(estimate.tStates());
        cells.add(estimate.magic().map(ResourceEstimate.Magic::copies).orElse(0L));
        Optional<StateFactory> factory = estimate.magic().map(ResourceEstimate.Magic::factory);
        cells.add(factory.map(f -> "" + f.qubits()).orElse(""));
        cells.add(factory.map(f -> "" + f.runNanos()).orElse(""));
        cells.add(factory.map(f -> "" + f.outputError()).orElse(""));
        cells.add("");
        return String.join(",", cells.stream().map(String::valueOf).toList()) + "\n";
    }

    private static String quoted(String text) {
        boolean plain = text.matches("[A-Za-z0-9_. -]*");
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
