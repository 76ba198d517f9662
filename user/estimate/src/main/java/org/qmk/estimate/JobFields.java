package org.qmk.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.qmk.machine.formula.Formula;
import org.qmk.machine.magic.DistillationUnit;
import org.qmk.machine.magic.FactoryFamily;
import org.qmk.machine.magic.PipelineSearch;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.FieldErrors;
import org.qmk.machine.profile.FieldReader;
import org.qmk.machine.profile.InstructionSet;
import org.qmk.machine.profile.PhysicalQubit;
import org.qmk.machine.profile.QubitFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One job's fields, and what is wrong with them.
final class JobFields {

    static final String ERRORS = "QMK-PARAMS";

    private static final int BYTES_MAX = 1 << 22;
    private static final int JOBS_MAX = 1000;
    private static final int ROUNDS_MAX = 8;
    private static final double BUDGET_DEFAULT = 1e-3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> ALL =
            List.of(
                    "qubitParams",
                    "qecScheme",
                    "errorBudget",
                    "constraints",
                    "distillationUnitSpecifications",
                    "factories",
                    "estimateType");

    private final FieldReader job;
    private final FieldErrors errors;

    private JobFields(FieldReader job, FieldErrors errors) {
        this.job = job;
        this.errors = errors;
    }

    static JobParameters.Reading read(byte[] json, Optional<CodeProfile> profile) {
        var errors = new FieldErrors(ERRORS);
        List<JsonNode> nodes = new ArrayList<>();
        if (json.length > BYTES_MAX) {
            errors.add(1, "%d bytes, expected at most %d".formatted(json.length, BYTES_MAX));
        } else {
            nodes.addAll(jobs(json, errors));
        }
        List<JobParameters> jobs = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String path = nodes.size() == 1 ? "" : "[" + i + "].";
            if (!nodes.get(i).isObject()) {
                errors.add(1, "job %d is no object".formatted(i));
                continue;
            }
            var fields = new JobFields(new FieldReader(nodes.get(i), path, errors), errors);
            fields.parameters(profile).ifPresent(jobs::add);
        }
        return errors.none()
                ? new JobParameters.Reading.Ok(jobs)
                : new JobParameters.Reading.Failed(errors.all());
    }

    /// One for each element of an array, or of the array `items`, whose elements take what they
    /// lack from what stands beside it.
    private static List<JsonNode> jobs(byte[] json, FieldErrors errors) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException malformed) {
            errors.add(1, "not JSON: " + malformed.getOriginalMessage());
            return List.of();
        }
        List<JsonNode> jobs = new ArrayList<>();
        if (root.isArray()) {
            root.forEach(jobs::add);
        } else if (root.path("items").isArray()) {
            for (JsonNode item : root.path("items")) {
                ObjectNode job = ((ObjectNode) root).deepCopy();
                job.remove("items");
                if (item.isObject()) job.setAll((ObjectNode) item);
                jobs.add(job);
            }
        } else {
            jobs.add(root);
        }
        if (jobs.isEmpty() || jobs.size() > JOBS_MAX) {
            errors.add(1, "%d jobs, expected 1 to %d".formatted(jobs.size(), JOBS_MAX));
            return List.of();
        }
        return jobs;
    }

    private Optional<JobParameters> parameters(Optional<CodeProfile> chosen) {
        job.known(ALL);
        PhysicalQubit qubit =
                job.has("qubitParams")
                        ? QubitFile.read(job.mapping("qubitParams"))
                        : QubitFile.predefined(QubitFile.NAME_DEFAULT).orElseThrow();
        if (chosen.isPresent() && job.has("qecScheme")) {
            job.wrong("qecScheme", "nothing, because a profile was chosen");
        }
        String name =
                chosen.map(CodeProfile::name)
                        .orElseGet(() -> SchemeFields.name(job, SchemeFields.NAME_DEFAULT));
        Optional<CodeProfile> profile = chosen;
        if (profile.isEmpty()) profile = new SchemeFields(job, qubit.instructions()).profile();
        JobParameters.Budget budget = budget();
        Constraints constraints = constraints();
        List<DistillationUnit> units = units();
        FactoryFamily factories = factories();
        boolean frontier = frontier();
        if (!errors.none() || profile.isEmpty()) return Optional.empty();
        return Optional.of(
                new JobParameters(
                        qubit,
                        name,
                        profile.get(),
                        SchemeFields.magicProfile(profile.get(), qubit.instructions()),
                        budget,
                        constraints,
                        units,
                        factories,
                        frontier));
    }

    private FactoryFamily factories() {
        if (!job.has("factories")) return FactoryFamily.PIPELINES;
        Optional<FactoryFamily> family = FactoryFamily.named(job.text("factories"));
        if (family.isEmpty()) job.wrong("factories", "pipelines, litinski, ccz or cultivation");
        return family.orElse(FactoryFamily.PIPELINES);
    }

    private boolean frontier() {
        if (!job.has("estimateType")) return false;
        String type = job.text("estimateType");
        if (!type.equals("frontier") && !type.equals("singlePoint")) {
            job.wrong("estimateType", "frontier or singlePoint");
        }
        return type.equals("frontier");
    }

    private JobParameters.Budget budget() {
        if (!job.has("errorBudget")) return new JobParameters.Budget.Total(BUDGET_DEFAULT);
        JsonNode value = job.raw("errorBudget");
        if (value.isNumber()) return new JobParameters.Budget.Total(value.doubleValue());
        if (!value.isObject()) {
            job.wrong("errorBudget", "a number, or logical, tStates and rotations");
            return new JobParameters.Budget.Total(BUDGET_DEFAULT);
        }
        FieldReader parts = job.mapping("errorBudget");
        parts.known(List.of("logical", "tStates", "rotations"));
        return new JobParameters.Budget.Parts(
                new ErrorBudget(
                        part(parts, "logical"), part(parts, "tStates"), part(parts, "rotations")));
    }

    private static double part(FieldReader parts, String field) {
        if (!parts.raw(field).isNumber()) parts.wrong(field, "a number");
        return parts.raw(field).asDouble(0);
    }

    private Constraints constraints() {
        if (!job.has("constraints")) {
            return new Constraints(
                    OptionalDouble.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    PipelineSearch.ROUNDS_DEFAULT);
        }
        FieldReader in = job.mapping("constraints");
        in.known(
                List.of(
                        "logicalDepthFactor",
                        "maxTFactories",
                        "maxDuration",
                        "maxPhysicalQubits",
                        "maxDistillationRounds"));
        OptionalDouble factor = OptionalDouble.empty();
        if (in.has("logicalDepthFactor")) {
            factor = OptionalDouble.of(in.number("logicalDepthFactor", 0, 1e12));
        }
        OptionalLong duration = OptionalLong.empty();
        if (in.has("maxDuration")) {
            JsonNode text = in.raw("maxDuration");
            duration = text.isString() ? QubitFile.nanos(text.stringValue()) : OptionalLong.empty();
            if (duration.isEmpty()) in.wrong("maxDuration", "a duration such as 10 s");
        }
        return new Constraints(
                factor,
                count(in, "maxTFactories"),
                duration,
                count(in, "maxPhysicalQubits"),
                in.has("maxDistillationRounds")
                        ? in.count("maxDistillationRounds", 1, ROUNDS_MAX)
                        : PipelineSearch.ROUNDS_DEFAULT);
    }

    private static OptionalLong count(FieldReader in, String field) {
        if (!in.has(field)) return OptionalLong.empty();
        return OptionalLong.of(in.longCount(field, 1, LogicalCounts.COUNT_MAX));
    }

    private List<DistillationUnit> units() {
        List<DistillationUnit> units = new ArrayList<>();
        if (job.has("distillationUnitSpecifications")) {
            for (FieldReader unit : job.mappings("distillationUnitSpecifications")) {
                unit(unit).ifPresent(units::add);
            }
        }
        return units.isEmpty() ? DistillationUnit.DEFAULT : units;
    }

    private static Optional<DistillationUnit> unit(FieldReader unit) {
        if (unit.has("name")) {
            unit.known(List.of("name"));
            Optional<DistillationUnit> named = DistillationUnit.named(unit.text("name"));
            if (named.isEmpty()) unit.wrong("name", "15-1 RM or 15-1 space-efficient");
            return named;
        }
        unit.known(
                List.of(
                        "displayName",
                        "numInputTs",
                        "numOutputTs",
                        "failureProbabilityFormula",
                        "outputErrorRateFormula",
                        "physicalQubitSpecification",
                        "logicalQubitSpecification",
                        "logicalQubitSpecificationFirstRoundOverride"));
        String name = unit.text("displayName");
        int inputs = unit.count("numInputTs", 1, 1 << 20);
        int outputs = unit.count("numOutputTs", 1, 1 << 20);
        Optional<Formula> failure =
                unit.formula("failureProbabilityFormula", DistillationUnit.VARIABLES);
        Optional<Formula> error =
                unit.formula("outputErrorRateFormula", DistillationUnit.VARIABLES);
        Optional<DistillationUnit.Needs> physical = needs(unit, "physicalQubitSpecification");
        Optional<DistillationUnit.Needs> logical = needs(unit, "logicalQubitSpecification");
        Optional<DistillationUnit.Needs> first =
                needs(unit, "logicalQubitSpecificationFirstRoundOverride");
        if (physical.isEmpty() && logical.isEmpty()) {
            unit.wrong("logicalQubitSpecification", "this one or the physical one");
        }
        if (first.isPresent() && logical.isEmpty()) {
            unit.wrong("logicalQubitSpecification", "a mapping, because one overrides it");
        }
        if (failure.isEmpty() || error.isEmpty() || physical.isEmpty() && logical.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new DistillationUnit(
                        name,
                        inputs,
                        outputs,
                        failure.get(),
                        error.get(),
                        physical,
                        logical,
                        first));
    }

    private static Optional<DistillationUnit.Needs> needs(FieldReader unit, String field) {
        if (!unit.has(field)) return Optional.empty();
        FieldReader needs = unit.mapping(field);
        needs.known(List.of("numUnitQubits", "durationInQubitCycleTime"));
        return Optional.of(
                new DistillationUnit.Needs(
                        needs.count("numUnitQubits", 1, 1 << 24),
                        needs.count("durationInQubitCycleTime", 1, 1 << 24)));
    }

    /// The profile that a name of Azure's means, for the set of instructions.
    static String azure(String scheme, InstructionSet set) {
        return switch (scheme) {
            case "surface_code", "surfaceCode", "surface-code" ->
                    switch (set) {
                        case GATE_BASED -> "surface-gate";
                        case MAJORANA -> "surface-majorana";
                    };
            case "floquet_code", "floquetCode", "floquet-code" -> "floquet";
            default -> scheme;
        };
    }
}
