package org.qmk.cli;

import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/// The subcommands, in the order in which help lists them. Only those that are asked for are built:
/// each costs some milliseconds of every start.
enum Subcommand {
    RUN("run", RunCommand::spec),
    VERIFY("verify", VerifyCommand::spec),
    COMPILE("compile", CompileCommand::spec),
    SERVE("serve", ServeCommand::spec),
    SUBMIT("submit", SubmitCommand::spec),
    STATUS("status", JobCommand::statusSpec),
    WAIT("wait", WaitCommand::spec),
    CANCEL("cancel", JobCommand::cancelSpec),
    LOGS("logs", LogsCommand::spec),
    JOBS("jobs", JobsCommand::spec),
    CAPS("caps", CapsCommand::spec),
    TENANTS("tenants", TenantsCommand::spec),
    TOP("top", TopCommand::spec),
    BACKUP("backup", CopyCommand::backupSpec),
    RESTORE("restore", CopyCommand::restoreSpec),
    REPLAY("replay", ReplayCommand::spec),
    AUDIT("audit", AuditCommand::spec),
    SIMULATE("simulate", SimulateCommand::spec),
    ESTIMATE("estimate", EstimateCommand::spec),
    MACHINE("machine", MachineCommand::spec),
    QEC("qec", QecCommand::spec),
    BENCH("bench", BenchCommand::spec),
    DOC("doc", DocCommand::spec),
    VERSION("version", VersionCommand::spec),
    COMPLETION("completion", CompletionCommand::spec);

    private final String word;
    private final Supplier<CommandSpec> spec;

    Subcommand(String word, Supplier<CommandSpec> spec) {
        this.word = word;
        this.spec = spec;
    }

    /// What users write after `qmk`.
    String word() {
        return word;
    }

    CommandSpec spec() {
        return spec.get();
    }

    static Optional<Subcommand> of(String word) {
        for (Subcommand subcommand : values()) {
            if (subcommand.word.equals(word)) return Optional.of(subcommand);
        }
        return Optional.empty();
    }
}
