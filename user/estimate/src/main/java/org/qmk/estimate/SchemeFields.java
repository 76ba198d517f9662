package org.qmk.estimate;

import java.util.List;
import java.util.Optional;
import org.qmk.machine.formula.Formula;
import org.qmk.machine.profile.CodeConstruction;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.ErrorLaw;
import org.qmk.machine.profile.FieldReader;
import org.qmk.machine.profile.InstructionSet;
import org.qmk.machine.profile.ProfileFile;
import tools.jackson.databind.JsonNode;

/// The fields of a job's `qecScheme`: a profile's name, what is to be changed in it, or a whole
/// code of Azure's kind.
final class SchemeFields {

    static final String NAME_DEFAULT = "surface_code";

    private static final List<String> ALL =
            List.of(
                    "name",
                    "errorCorrectionThreshold",
                    "crossingPrefactor",
                    "distanceCoefficientPower",
                    "logicalCycleTime",
                    "physicalQubitsPerLogicalQubit",
                    "maxCodeDistance");

    private static final String SOURCE = "job parameters";
    private static final int DISTANCE_MAX = 999;

    private final FieldReader job;
    private final InstructionSet set;

    SchemeFields(FieldReader job, InstructionSet set) {
        this.job = job;
        this.set = set;
    }

    static String name(FieldReader job, String otherwise) {
        JsonNode name = job.raw("qecScheme").path("name");
        return name.isString() ? name.stringValue() : otherwise;
    }

    /// What distillation runs on: the code itself if it is planar.
    static CodeProfile magicProfile(CodeProfile profile, InstructionSet set) {
        if (profile.code().construction() instanceof CodeConstruction.Planar) return profile;
        return ProfileFile.shipped(JobFields.azure(NAME_DEFAULT, set)).orElseThrow();
    }

    Optional<CodeProfile> profile() {
        String base = JobFields.azure(name(job, NAME_DEFAULT), set);
        Optional<CodeProfile> shipped = ProfileFile.shipped(base);
        if (!job.has("qecScheme")) return shipped;
        FieldReader scheme = job.mapping("qecScheme");
        scheme.known(ALL);
        boolean planar =
                shipped.isEmpty()
                        || shipped.get().code().construction() instanceof CodeConstruction.Planar;
        if (!planar) {
            scheme.known(List.of("name"));
            return shipped;
        }
        return changed(scheme, shipped);
    }

    private Optional<CodeProfile> changed(FieldReader scheme, Optional<CodeProfile> base) {
        Optional<ErrorLaw.Threshold> law =
                base.map(profile -> (ErrorLaw.Threshold) profile.noise().law());
        double threshold =
                scheme.has("errorCorrectionThreshold") || law.isEmpty()
                        ? scheme.number("errorCorrectionThreshold", 0, 1)
                        : law.get().threshold();
        double prefactor =
                scheme.has("crossingPrefactor") || law.isEmpty()
                        ? scheme.number("crossingPrefactor", 0, 0.5)
                        : law.get().prefactor();
        int power = law.map(ErrorLaw.Threshold::power).orElse(0);
        if (scheme.has("distanceCoefficientPower")) {
            power = scheme.count("distanceCoefficientPower", 0, 8);
        }
        Optional<Formula> nanos = base.map(profile -> profile.circuit().nanos());
        if (scheme.has("logicalCycleTime") || nanos.isEmpty()) {
            nanos = scheme.formula("logicalCycleTime", set.timeVariables());
        }
        Optional<Formula> qubits = base.map(profile -> profile.code().qubits());
        if (scheme.has("physicalQubitsPerLogicalQubit") || qubits.isEmpty()) {
            qubits = scheme.formula("physicalQubitsPerLogicalQubit", List.of("codeDistance"));
        }
        int most = base.map(profile -> profile.code().distanceMost()).orElse(50);
        if (scheme.has("maxCodeDistance")) {
            most = scheme.count("maxCodeDistance", 1, DISTANCE_MAX);
        }
        if (nanos.isEmpty() || qubits.isEmpty()) return Optional.empty();
        CodeProfile template =
                base.orElseGet(() -> ProfileFile.shipped("surface-gate").orElseThrow());
        return Optional.of(
                new CodeProfile(
                        name(job, NAME_DEFAULT),
                        template.description(),
                        new CodeProfile.Code(
                                new CodeConstruction.Planar(), qubits.get(), 1, 1, most, SOURCE),
                        new CodeProfile.Circuit(
                                base.map(p -> p.circuit().instructions()).orElse(set),
                                nanos.get(),
                                SOURCE),
                        template.decoder(),
                        new CodeProfile.Noise(
                                template.noise().model(),
                                new ErrorLaw.Threshold(prefactor, threshold, power),
                                template.noise().standing(),
                                SOURCE),
                        template.unit(),
                        Optional.empty()));
    }
}
