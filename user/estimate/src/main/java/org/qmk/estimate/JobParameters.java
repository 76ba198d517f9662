package org.qmk.estimate;

import java.util.List;
import java.util.Optional;
import org.qmk.machine.magic.DistillationUnit;
import org.qmk.machine.magic.FactoryFamily;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.PhysicalQubit;

/// What an estimate assumes, in the form of Azure's job parameters.
///
/// @param profile of the program's code
/// @param magicProfile of the code that distillation runs on: the same, if it is planar
/// @param schemeName how the parameters name the code
/// @param units at least one
/// @param factories where states come from; not a field of Azure's
public record JobParameters(
        PhysicalQubit qubit,
        String schemeName,
        CodeProfile profile,
        CodeProfile magicProfile,
        Budget budget,
        Constraints constraints,
        List<DistillationUnit> units,
        FactoryFamily factories,
        boolean frontier) {

    /// The error budget as it is given.
    public sealed interface Budget {
        record Total(double total) implements Budget {}

        record Parts(ErrorBudget parts) implements Budget {}

        default double total() {
            return switch (this) {
                case Total(double total) -> total;
                case Parts(var p) -> p.logical() + p.tStates() + p.rotations();
            };
        }
    }

    public JobParameters {
        units = List.copyOf(units);
    }

    /// What reading gives, for each job of a batch.
    public sealed interface Reading {
        /// @param jobs one or more
        record Ok(List<JobParameters> jobs) implements Reading {
            public Ok {
                jobs = List.copyOf(jobs);
            }
        }

        /// @param errors one sentence each, each with its code
        record Failed(List<String> errors) implements Reading {}
    }

    /// Reads parameters in JSON: one job, or an array of jobs.
    ///
    /// @param profile that stands for `qecScheme`, if one was chosen otherwise
    public static Reading read(byte[] json, Optional<CodeProfile> profile) {
        return JobFields.read(json, profile);
    }

    /// The same job, asked for all that is worth choosing from.
    public JobParameters asFrontier() {
        return with(factories, true);
    }

    /// The same job with states from elsewhere.
    public JobParameters with(FactoryFamily other) {
        return with(other, frontier);
    }

    private JobParameters with(FactoryFamily family, boolean all) {
        return new JobParameters(
                qubit, schemeName, profile, magicProfile, budget, constraints, units, family, all);
    }

    /// The budget's parts for a program: thirds, or halves without rotations, or one whole without
    /// states, where only the total is given.
    ErrorBudget budgetFor(LogicalCounts counts) throws EstimateFailure {
        double total = budget.total();
        if (!(total > 0 && total < 1)) throw outside(total);
        return switch (budget) {
            case Budget.Total(double t) -> {
                if (counts.hasRotations()) yield new ErrorBudget(t / 3, t / 3, t / 3);
                if (counts.needsMagic()) yield new ErrorBudget(t / 2, t / 2, 0);
                yield new ErrorBudget(t, 0, 0);
            }
            case Budget.Parts(var parts) -> {
                if (!(parts.logical() > 0)) throw outside(parts.logical());
                if (parts.tStates() < 0 || counts.needsMagic() && parts.tStates() == 0) {
                    throw outside(parts.tStates());
                }
                if (parts.rotations() < 0 || counts.hasRotations() && parts.rotations() == 0) {
                    throw outside(parts.rotations());
                }
                yield parts;
            }
        };
    }

    private static EstimateFailure outside(double budget) {
        return new EstimateFailure(
                EstimateRule.BUDGET,
                "the error budget, or a part of it, is %s, expected a number between 0 and 1."
                                .formatted(budget)
                        + " Change errorBudget.");
    }
}
