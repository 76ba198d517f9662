package org.qmk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.qmk.kernel.call.TenantId;
import org.qmk.runtime.audit.AuditCheck;
import org.qmk.runtime.audit.AuditLog;
import org.qmk.runtime.audit.AuditRefusal;
import org.qmk.runtime.audit.TenantView;
import org.qmk.runtime.audit.TreeHead;
import org.qmk.runtime.audit.VerifierKey;
import org.qmk.runtime.audit.ViewJson;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `qmk audit`: verifies a kernel's signed log, and gives a tenant the proofs of its own part.
final class AuditCommand {

    private AuditCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("audit").addOption(QmkCommand.helpOption());
        spec.usageMessage()
                .header("Verify the signed log of a kernel, and prove what is in it.")
                .synopsisSubcommandLabel("COMMAND");
        spec.addSubcommand("verify", verifySpec());
        spec.addSubcommand("prove", proveSpec());
        spec.addSubcommand("consistency", consistencySpec());
        return QmkCommand.withExamples(spec, "qmk audit verify my-log --key my-log/audit.pub");
    }

    private static CommandSpec verifySpec() {
        CommandSpec spec =
                QmkCommand.command(
                        AuditCommand::verify,
                        "verify",
                        "Check a log, or a tenant's view of one, with the public key alone.",
                        "Of a log: the signature of its head, every tile, every entry against the"
                            + " root, and that epochs follow one another. Of a view: the signature"
                            + " and every proof. Names the first bad thing and exits with 1.");
        spec.addPositional(
                QmkCommand.operand("DIR|FILE", "The folder of a log, or a tenant's view."));
        spec.addOption(keyOption());
        return QmkCommand.withExamples(
                spec,
                "qmk audit verify my-log --key my-log/audit.pub",
                "qmk audit prove my-log --tenant 1 -o view.json",
                "qmk audit verify view.json --key my-log/audit.pub");
    }

    private static CommandSpec proveSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        AuditCommand::prove,
                        "prove",
                        "Write a tenant's view of a log: its own parts and their proofs.",
                        "Needs the log's private folder. The view shows nothing of the parts of"
                                + " other tenants.");
        spec.addPositional(QmkCommand.operand("DIR", "The folder of a log."));
        spec.addOption(
                QmkCommand.option("N", "--tenant")
                        .required(true)
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, Integer.MAX_VALUE))
                        .description("The number of the tenant.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "-o", "--output")
                        .required(true)
                        .description("Where the view goes, in JSON.")
                        .build());
        return QmkCommand.withExamples(spec, "qmk audit prove my-log --tenant 1 -o view.json");
    }

    private static CommandSpec consistencySpec() {
        CommandSpec spec =
                QmkCommand.command(
                        AuditCommand::consistency,
                        "consistency",
                        "Check that a log begins with all that an older head of it covers.",
                        "Keep a copy of a log's file 'checkpoint' and compare later: an operator"
                                + " who rewrote the log in between is found out.");
        spec.addPositional(QmkCommand.operand("DIR", "The folder of a log."));
        spec.addOption(
                QmkCommand.option("FILE", "--old")
                        .required(true)
                        .description("A copy of an older 'checkpoint'.")
                        .build());
        spec.addOption(keyOption());
        return QmkCommand.withExamples(
                spec, "qmk audit consistency my-log --old my-checkpoint --key my-log/audit.pub");
    }

    private static OptionSpec keyOption() {
        return QmkCommand.option("K", "--key")
                .required(true)
                .description("The verifier key, NAME+HASH+KEY, or a file that holds it.")
                .build();
    }

    private static Command verify(ParseResult arguments) {
        String what = arguments.matchedPositionalValue(0, "");
        String key = arguments.matchedOptionValue("--key", "");
        return terminal -> {
            VerifierKey verifier = key(key, terminal);
            return Files.isDirectory(path(what, terminal))
                    ? verifyLog(what, verifier, terminal)
                    : verifyView(what, verifier, terminal);
        };
    }

    private static ExitCode verifyLog(String name, VerifierKey key, Terminal terminal)
            throws CommandFailure {
        try {
            AuditCheck.Sound sound = AuditCheck.of(folder(name, terminal), key);
            if (sound.past() > 0) {
                terminal.say(
                        "warning: %d files of %s hold more than its head covers: the log is at work"
                                        .formatted(sound.past(), name)
                                + " or was cut short.");
            }
            TreeHead head = sound.head();
            String epochs =
                    head.size() == 0
                            ? "no epochs"
                            : "all %d epochs, %d to %d"
                                    .formatted(
                                            head.size(),
                                            sound.firstEpoch(),
                                            sound.firstEpoch() + head.size() - 1);
            terminal.print(
                    "%s: verified, %s, signed by %s, root sha256:%s\n"
                            .formatted(name, epochs, key.id(), root(head)));
            return ExitCode.DONE;
        } catch (IOException trouble) {
            throw failure("the log of " + name, trouble);
        }
    }

    private static ExitCode verifyView(String name, VerifierKey key, Terminal terminal)
            throws CommandFailure {
        byte[] bytes = InputFile.read(name, terminal);
        try {
            TenantView view = ViewJson.read(bytes);
            TreeHead head = view.verify(key);
            terminal.print(
                    "%s: verified, %d epochs of tenant %d in a log of %d, signed by %s\n"
                            .formatted(
                                    name,
                                    view.epochs().size(),
                                    view.tenant().number(),
                                    head.size(),
                                    key.id()));
            return ExitCode.DONE;
        } catch (AuditRefusal refusal) {
            throw failure("the view " + name, refusal);
        }
    }

    private static Command prove(ParseResult arguments) {
        String name = arguments.matchedPositionalValue(0, "");
        String output = arguments.matchedOptionValue("--output", "");
        long tenant = arguments.matchedOptionValue("--tenant", 0L);
        return terminal -> {
            TenantView view;
            try {
                view = TenantView.of(folder(name, terminal), new TenantId((int) tenant));
            } catch (IOException trouble) {
                throw failure("the log of " + name, trouble);
            }
            OutputFile.write(output, ViewJson.write(view), terminal);
            terminal.print(
                    "%s: %d epochs of tenant %d, written to %s\n"
                            .formatted(name, view.epochs().size(), tenant, output));
            return ExitCode.DONE;
        };
    }

    private static Command consistency(ParseResult arguments) {
        String name = arguments.matchedPositionalValue(0, "");
        String old = arguments.matchedOptionValue("--old", "");
        String key = arguments.matchedOptionValue("--key", "");
        return terminal -> {
            VerifierKey verifier = key(key, terminal);
            byte[] older = InputFile.read(old, terminal);
            try {
                AuditCheck.Extension extension =
                        AuditCheck.extension(folder(name, terminal), older, verifier);
                terminal.print(
                        "%s: its %d epochs begin with the %d of %s\n"
                                .formatted(
                                        name,
                                        extension.head().size(),
                                        extension.old().size(),
                                        old));
                return ExitCode.DONE;
            } catch (IOException trouble) {
                throw failure("the log of " + name, trouble);
            }
        };
    }

    private static VerifierKey key(String name, Terminal terminal) throws CommandFailure {
        var direct = VerifierKey.of(name);
        if (direct.isPresent()) return direct.get();
        byte[] bytes = InputFile.read(name, terminal);
        return VerifierKey.of(new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(
                        () ->
                                new CommandFailure(
                                        ExitCode.UNREADABLE,
                                        name + " holds no verifier key, expected NAME+HASH+KEY."));
    }

    /// The folder of the log: the one that is named, or the log within a data folder.
    private static Path folder(String name, Terminal terminal) throws CommandFailure {
        Path named = path(name, terminal);
        Path within = named.resolve(AuditLog.FOLDER);
        boolean isData = !Files.exists(named.resolve(AuditLog.HEAD)) && Files.isDirectory(within);
        return isData ? within : named;
    }

    private static Path path(String name, Terminal terminal) throws CommandFailure {
        try {
            return terminal.file(name);
        } catch (InvalidPathException invalid) {
            throw new CommandFailure(
                    ExitCode.UNREADABLE,
                    "no file can have the name " + name + ": " + invalid.getReason() + ".");
        }
    }

    private static CommandFailure failure(String what, IOException trouble) {
        return switch (trouble) {
            case AuditRefusal refusal ->
                    new CommandFailure(
                            ExitCode.FAILED, what + " is refused: " + refusal.getMessage() + ".");
            case NoSuchFileException missing ->
                    new CommandFailure(
                            ExitCode.UNREADABLE,
                            "%s cannot be read: there is no %s. Name a folder with a log."
                                    .formatted(what, Path.of(missing.getFile()).getFileName()));
            default ->
                    new CommandFailure(
                            ExitCode.UNREADABLE,
                            what + " cannot be read: " + FileTrouble.text(trouble) + ".");
        };
    }

    private static String root(TreeHead head) {
        return HexFormat.of().formatHex(head.root());
    }
}
