package org.qmk.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.qmk.machine.magic.DistillationUnit;
import org.qmk.machine.magic.FactoryFamily;
import org.qmk.machine.magic.Pipeline;
import org.qmk.machine.magic.StateFactory;
import org.qmk.machine.profile.ErrorLaw;
import org.qmk.machine.profile.PhysicalQubit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes results in the shape of Azure's.
public final class EstimateJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NO_STATES = "No T states in algorithm";
    private static final String NOT_SET = "constraint not set";

    private EstimateJson() {}

    /// What became of one job.
    public sealed interface Outcome {
        record Done(JobParameters job, List<ResourceEstimate> estimates) implements Outcome {
            public Done {
                estimates = List.copyOf(estimates);
            }
        }

        record Failed(EstimateRule rule, String message) implements Outcome {}
    }

    /// One result, or an array of them where there were several jobs.
    public static String text(List<Outcome> outcomes) {
        if (outcomes.size() == 1) return print(result(outcomes.getFirst()));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Outcome outcome : outcomes) all.add(result(outcome));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    }

    private static String print(ObjectNode node) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(var rule, var message) ->
                    object().put("status", "error")
                            .put("code", rule.code())
                            .put("message", message);
            case Outcome.Done(var job, var estimates) -> success(job, estimates);
        };
    }

    private static ObjectNode success(JobParameters job, List<ResourceEstimate> estimates) {
        ObjectNode result = object().put("status", "success");
        result.set("jobParams", parameters(job));
        ResourceEstimate first = estimates.getFirst();
        if (!job.frontier()) describe(result, job, first);
        result.set("logicalCounts", counts(first.counts()));
        if (job.frontier()) {
            ArrayNode entries = result.putArray("frontierEntries");
            for (ResourceEstimate estimate : estimates) {
                ObjectNode entry = object();
                describe(entry, job, estimate);
                entries.add(entry);
            }
        }
        result.set("reportData", ReportEntries.of(result));
        return result;
    }

    private static void describe(ObjectNode in, JobParameters job, ResourceEstimate estimate) {
        in.set("physicalCounts", physicalCounts(job, estimate));
        in.set("physicalCountsFormatted", formatted(job, estimate));
        ResourceEstimate.LogicalQubit qubit = estimate.qubit();
        ObjectNode logical = in.putObject("logicalQubit");
        logical.put("codeDistance", qubit.distance()).put("physicalQubits", qubit.qubits());
        logical.put("logicalCycleTime", qubit.cycleNanos());
        logical.put("logicalErrorRate", qubit.error());
        if (estimate.magic().isPresent()) {
            in.set("tfactory", factory(estimate.magic().get().factory()));
        }
        ErrorBudget budget = estimate.budget();
        in.putObject("errorBudget")
                .put("logical", budget.logical())
                .put("tstates", budget.tStates())
                .put("rotations", budget.rotations());
    }

    private static ObjectNode physicalCounts(JobParameters job, ResourceEstimate estimate) {
        ObjectNode counts =
                object().put("physicalQubits", estimate.physicalQubits())
                        .put("runtime", estimate.runtimeNanos())
                        .put("rqops", estimate.rqops());
        ObjectNode parts = counts.putObject("breakdown");
        parts.put("algorithmicLogicalQubits", estimate.patches());
        parts.put("algorithmicLogicalDepth", estimate.programCycles());
        parts.put("logicalDepth", estimate.cycles());
        parts.put("numTstates", estimate.tStates());
        parts.put("clockFrequency", estimate.clockHertz());
        parts.put("numTfactories", estimate.magic().map(ResourceEstimate.Magic::copies).orElse(0L));
        parts.put("numTfactoryRuns", estimate.magic().map(ResourceEstimate.Magic::runs).orElse(0L));
        parts.put("physicalQubitsForTfactories", estimate.magicQubits());
        parts.put("physicalQubitsForAlgorithm", estimate.programQubits());
        parts.put("requiredLogicalQubitErrorRate", estimate.requiredError());
        parts.put(
                "requiredLogicalTstateErrorRate",
                estimate.magic().map(ResourceEstimate.Magic::requiredError).orElse(null));
        OptionalLong perRotation = estimate.tPerRotation();
        if (perRotation.isPresent()) parts.put("numTsPerRotation", perRotation.getAsLong());
        else parts.putNull("numTsPerRotation");
        parts.put("cliffordErrorRate", job.qubit().cliffordError());
        return counts;
    }

    private static ObjectNode factory(StateFactory factory) {
        ObjectNode node =
                object().put("physicalQubits", factory.qubits())
                        .put("runtime", factory.runNanos())
                        .put("numTstates", factory.outputs());
        if (factory instanceof Pipeline pipeline) rounds(node, pipeline);
        else node.put("name", factory.name());
        return node.put("logicalErrorRate", factory.outputError());
    }

    private static void rounds(ObjectNode node, Pipeline factory) {
        node.put("numInputTstates", factory.inputs()).put("numRounds", factory.rounds().size());
        ArrayNode copies = node.putArray("numUnitsPerRound");
        ArrayNode names = node.putArray("unitNamePerRound");
        ArrayNode distances = node.putArray("codeDistancePerRound");
        ArrayNode qubits = node.putArray("physicalQubitsPerRound");
        ArrayNode nanos = node.putArray("runtimePerRound");
        for (Pipeline.Round round : factory.rounds()) {
            copies.add(round.copies());
            names.add(round.unit().name());
            distances.add(round.distance());
            qubits.add(round.qubits());
            nanos.add(round.nanos());
        }
    }

    private static ObjectNode counts(LogicalCounts counts) {
        return object().put("numQubits", counts.numQubits())
                .put("tCount", counts.tCount())
                .put("rotationCount", counts.rotationCount())
                .put("rotationDepth", counts.rotationDepth())
                .put("cczCount", counts.cczCount())
                .put("ccixCount", counts.ccixCount())
                .put("measurementCount", counts.measurementCount());
    }

    private static ObjectNode formatted(JobParameters job, ResourceEstimate estimate) {
        ObjectNode words = object();
        words.put("runtime", AzureNumber.duration(estimate.runtimeNanos()));
        words.put("rqops", AzureNumber.prefixed(estimate.rqops()));
        words.put("physicalQubits", AzureNumber.prefixed(estimate.physicalQubits()));
        words.put("algorithmicLogicalQubits", AzureNumber.prefixed(estimate.patches()));
        words.put("algorithmicLogicalDepth", AzureNumber.prefixed(estimate.programCycles()));
        words.put("logicalDepth", AzureNumber.prefixed(estimate.cycles()));
        words.put("numTstates", AzureNumber.prefixed(estimate.tStates()));
        long copies = estimate.magic().map(ResourceEstimate.Magic::copies).orElse(0L);
        long runs = estimate.magic().map(ResourceEstimate.Magic::runs).orElse(0L);
        words.put("numTfactories", AzureNumber.prefixed(copies));
        words.put("numTfactoryRuns", AzureNumber.prefixed(runs));
        words.put("physicalQubitsForAlgorithm", AzureNumber.prefixed(estimate.programQubits()));
        words.put("physicalQubitsForTfactories", AzureNumber.prefixed(estimate.magicQubits()));
        double share = 100.0 * estimate.magicQubits() / estimate.physicalQubits();
        words.put("physicalQubitsForTfactoriesPercentage", AzureNumber.twoDigits(share) + " %");
        words.put(
                "requiredLogicalQubitErrorRate", AzureNumber.scientific(estimate.requiredError()));
        Optional<ResourceEstimate.Magic> magic = estimate.magic();
        words.put(
                "requiredLogicalTstateErrorRate",
                magic.map(m -> AzureNumber.scientific(m.requiredError())).orElse(NO_STATES));
        ResourceEstimate.LogicalQubit qubit = estimate.qubit();
        words.put("physicalQubitsPerLogicalQubit", AzureNumber.prefixed(qubit.qubits()));
        words.put("logicalCycleTime", AzureNumber.duration(qubit.cycleNanos()));
        words.put("clockFrequency", AzureNumber.prefixed(Math.round(estimate.clockHertz())));
        words.put("logicalErrorRate", AzureNumber.scientific(qubit.error()));
        factoryWords(words, magic.map(ResourceEstimate.Magic::factory));
        countWords(words, estimate);
        constraintWords(words, job.constraints());
        words.put("errorBudget", AzureNumber.scientific(job.budget().total()));
        return words;
    }

    private static void factoryWords(ObjectNode words, Optional<StateFactory> factory) {
        put(words, "tfactoryPhysicalQubits", factory, f -> AzureNumber.prefixed(f.qubits()));
        put(words, "tfactoryRuntime", factory, f -> AzureNumber.duration(f.runNanos()));
        Optional<Pipeline> rounds = factory.map(f -> f instanceof Pipeline p ? p : null);
        if (factory.isPresent() && rounds.isEmpty()) {
            words.put("tfactoryName", factory.get().name());
        } else {
            put(words, "numInputTstates", rounds, f -> AzureNumber.prefixed(f.inputs()));
            put(words, "numUnitsPerRound", rounds, f -> join(f, r -> "" + r.copies()));
            put(words, "unitNamePerRound", rounds, f -> join(f, r -> r.unit().name()));
            put(words, "codeDistancePerRound", rounds, f -> join(f, r -> "" + r.distance()));
            put(
                    words,
                    "physicalQubitsPerRound",
                    rounds,
                    f -> join(f, r -> AzureNumber.prefixed(r.qubits())));
            put(
                    words,
                    "tfactoryRuntimePerRound",
                    rounds,
                    f -> join(f, r -> AzureNumber.duration(r.nanos())));
        }
        put(words, "tstateLogicalErrorRate", factory, f -> AzureNumber.scientific(f.outputError()));
    }

    private static <F extends StateFactory> void put(
            ObjectNode words, String name, Optional<F> from, Function<F, String> to) {
        words.put(name, from.map(to).orElse(NO_STATES));
    }

    private static String join(Pipeline factory, Function<Pipeline.Round, String> word) {
        List<String> parts = new ArrayList<>();
        for (Pipeline.Round round : factory.rounds()) parts.add(word.apply(round));
        return String.join(", ", parts);
    }

    private static void countWords(ObjectNode words, ResourceEstimate estimate) {
        LogicalCounts counts = estimate.counts();
        words.put("logicalCountsNumQubits", AzureNumber.prefixed(counts.numQubits()));
        words.put("logicalCountsTCount", AzureNumber.prefixed(counts.tCount()));
        words.put("logicalCountsRotationCount", AzureNumber.prefixed(counts.rotationCount()));
        words.put("logicalCountsRotationDepth", AzureNumber.prefixed(counts.rotationDepth()));
        words.put("logicalCountsCczCount", AzureNumber.prefixed(counts.cczCount()));
        words.put("logicalCountsCcixCount", AzureNumber.prefixed(counts.ccixCount()));
        words.put("logicalCountsMeasurementCount", AzureNumber.prefixed(counts.measurementCount()));
        ErrorBudget budget = estimate.budget();
        words.put("errorBudgetLogical", AzureNumber.scientific(budget.logical()));
        words.put("errorBudgetTstates", AzureNumber.scientific(budget.tStates()));
        words.put("errorBudgetRotations", AzureNumber.scientific(budget.rotations()));
        OptionalLong perRotation = estimate.tPerRotation();
        words.put(
                "numTsPerRotation",
                perRotation.isPresent()
                        ? AzureNumber.prefixed(perRotation.getAsLong())
                        : "No rotations in algorithm");
    }

    private static void constraintWords(ObjectNode words, Constraints c) {
        OptionalDouble factor = c.logicalDepthFactor();
        words.put(
                "logicalDepthFactor",
                factor.isPresent() ? shortest(factor.getAsDouble()) : NOT_SET);
        words.put("maxTFactories", word(c.maxTFactories()));
        words.put("maxDuration", word(c.maxDurationNanos()));
        words.put("maxPhysicalQubits", word(c.maxPhysicalQubits()));
    }

    private static String shortest(double number) {
        return number == Math.rint(number) && number < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String word(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : NOT_SET;
    }

    private static ObjectNode parameters(JobParameters job) {
        ObjectNode node = object();
        ObjectNode scheme = node.putObject("qecScheme").put("name", job.schemeName());
        if (job.profile().noise().law() instanceof ErrorLaw.Threshold law) {
            scheme.put("errorCorrectionThreshold", law.threshold());
            scheme.put("crossingPrefactor", law.prefactor());
            scheme.put("distanceCoefficientPower", law.power());
        }
        scheme.put("logicalCycleTime", job.profile().circuit().nanos().text());
        scheme.put("physicalQubitsPerLogicalQubit", job.profile().code().qubits().text());
        scheme.put("maxCodeDistance", job.profile().code().distanceMost());
        switch (job.budget()) {
            case JobParameters.Budget.Total(double total) -> node.put("errorBudget", total);
            case JobParameters.Budget.Parts(var parts) ->
                    node.putObject("errorBudget")
                            .put("logical", parts.logical())
                            .put("tStates", parts.tStates())
                            .put("rotations", parts.rotations());
        }
        node.set("qubitParams", qubit(job.qubit()));
        ObjectNode constraints = node.putObject("constraints");
        Constraints c = job.constraints();
        c.logicalDepthFactor().ifPresent(v -> constraints.put("logicalDepthFactor", v));
        c.maxTFactories().ifPresent(v -> constraints.put("maxTFactories", v));
        c.maxDurationNanos().ifPresent(v -> constraints.put("maxDuration", v + " ns"));
        c.maxPhysicalQubits().ifPresent(v -> constraints.put("maxPhysicalQubits", v));
        constraints.put("maxDistillationRounds", c.maxDistillationRounds());
        if (job.factories() != FactoryFamily.PIPELINES) {
            node.put("factories", job.factories().word());
        }
        if (!job.units().equals(DistillationUnit.DEFAULT)) units(node, job.units());
        return node.put("estimateType", job.frontier() ? "frontier" : "singlePoint");
    }

    private static void units(ObjectNode node, List<DistillationUnit> units) {
        ArrayNode list = node.putArray("distillationUnitSpecifications");
        for (DistillationUnit unit : units) {
            ObjectNode one = object();
            if (DistillationUnit.DEFAULT.contains(unit)) {
                list.add(one.put("name", unit.name()));
                continue;
            }
            one.put("displayName", unit.name());
            one.put("numInputTs", unit.inputs()).put("numOutputTs", unit.outputs());
            one.put("failureProbabilityFormula", unit.failure().text());
            one.put("outputErrorRateFormula", unit.outputError().text());
            needs(one, "physicalQubitSpecification", unit.physical());
            needs(one, "logicalQubitSpecification", unit.logical());
            needs(one, "logicalQubitSpecificationFirstRoundOverride", unit.logicalFirst());
            list.add(one);
        }
    }

    private static void needs(
            ObjectNode unit, String field, Optional<DistillationUnit.Needs> needs) {
        if (needs.isEmpty()) return;
        unit.putObject(field)
                .put("numUnitQubits", needs.get().qubits())
                .put("durationInQubitCycleTime", needs.get().cycles());
    }

    private static ObjectNode qubit(PhysicalQubit qubit) {
        ObjectNode node =
                object().put("instructionSet", qubit.instructions().word())
                        .put("name", qubit.name());
        switch (qubit) {
            case PhysicalQubit.GateBased q ->
                    node.put("oneQubitMeasurementTime", q.measurementNanos() + " ns")
                            .put("oneQubitGateTime", q.oneQubitGateNanos() + " ns")
                            .put("twoQubitGateTime", q.twoQubitGateNanos() + " ns")
                            .put("tGateTime", q.tGateNanos() + " ns")
                            .put("oneQubitMeasurementErrorRate", q.measurementError())
                            .put("oneQubitGateErrorRate", q.oneQubitGateError())
                            .put("twoQubitGateErrorRate", q.twoQubitGateError())
                            .put("tGateErrorRate", q.tGateError())
                            .put("idleErrorRate", q.idleError());
            case PhysicalQubit.Majorana q -> {
                node.put("oneQubitMeasurementTime", q.measurementNanos() + " ns");
                node.put("twoQubitJointMeasurementTime", q.jointMeasurementNanos() + " ns");
                node.put("tGateTime", q.tGateNanos() + " ns");
                measurement(node, "oneQubitMeasurementErrorRate", q.measurementError());
                measurement(node, "twoQubitJointMeasurementErrorRate", q.jointMeasurementError());
                node.put("tGateErrorRate", q.tGateError()).put("idleErrorRate", q.idleError());
            }
        }
        return node;
    }

    private static void measurement(
            ObjectNode node, String field, PhysicalQubit.Measurement error) {
        node.putObject(field).put("process", error.process()).put("readout", error.readout());
    }
}
