package org.qmk.cli;

import java.util.List;
import java.util.OptionalLong;
import org.qmk.qvm.Capability;
import org.qmk.runtime.client.CapabilityBounds;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.RemoteCapability;
import org.qmk.runtime.client.ServerRefusal;
import org.qmk.runtime.client.TransportFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk caps`: what a session may do, and handing parts of it on.
final class CapsCommand {

    private static final String ROW = "%-14s  %-10s  %-10s  %-8s  %-9s  %s\n";

    /// What is done to capabilities.
    private interface Deed {
        ExitCode with(QmkClient client, ParseResult arguments, Terminal terminal)
                throws ServerRefusal, TransportFailure, CommandFailure;
    }

    private CapsCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("caps").addOption(QmkCommand.helpOption());
        spec.usageMessage()
                .header("List, derive, share and revoke capabilities.")
                .synopsisSubcommandLabel("COMMAND");
        spec.addSubcommand("list", listSpec());
        spec.addSubcommand("derive", deriveSpec());
        spec.addSubcommand("grant", grantSpec());
        spec.addSubcommand("redeem", redeemSpec());
        spec.addSubcommand("revoke", revokeSpec());
        return QmkCommand.withExamples(spec, "qmk caps list");
    }

    private static CommandSpec command(Deed deed, String name, String header, String... more) {
        CommandSpec spec =
                QmkCommand.command(
                        arguments -> {
                            var server = ServerChoice.of(arguments);
                            String session = arguments.matchedOptionValue("--session", "");
                            return terminal ->
                                    server.talk(
                                            terminal,
                                            client ->
                                                    deed.with(
                                                            client.withSession(session),
                                                            arguments,
                                                            terminal));
                        },
                        name,
                        header,
                        more);
        spec.addOption(
                QmkCommand.option("ID", "--session")
                        .description(
                                "The session that is meant. Default: the one that serves jobs",
                                "for which none is named.")
                        .build());
        return spec;
    }

    private static CommandSpec listSpec() {
        CommandSpec spec =
                command(
                        (client, _, terminal) -> print(client.capabilities(), terminal),
                        "list",
                        "List what you hold.");
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk caps list");
    }

    private static CommandSpec deriveSpec() {
        CommandSpec spec =
                command(
                        (client, arguments, terminal) ->
                                print(
                                        List.of(
                                                client.derive(
                                                        handle(arguments), bounds(arguments))),
                                        terminal),
                        "derive",
                        "Make a weaker capability from one that you hold.");
        spec.addPositional(QmkCommand.operand("HANDLE", "As 'qmk caps list' prints it."));
        addBounds(spec);
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk caps derive HANDLE --amount 4 --uses 10");
    }

    private static CommandSpec grantSpec() {
        CommandSpec spec =
                command(
                        CapsCommand::grant,
                        "grant",
                        "Share a capability.",
                        "With --tenant, prints a token with which those tenants can take up a"
                            + " weaker capability, and nobody else can. With --to-session, gives it"
                            + " to another session of yours at once. What is revoked takes all that"
                            + " was made from it along.");
        spec.addPositional(QmkCommand.operand("HANDLE", "As 'qmk caps list' prints it."));
        spec.addOption(
                QmkCommand.option("NAME", "--tenant")
                        .type(String[].class)
                        .description("Who may take up the token; may be given several times.")
                        .build());
        spec.addOption(
                QmkCommand.option("ID", "--to-session")
                        .description("A session of your own.")
                        .build());
        addBounds(spec);
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(
                spec, "qmk caps grant HANDLE --tenant bob --amount 4 --uses 10");
    }

    private static CommandSpec redeemSpec() {
        CommandSpec spec =
                command(
                        (client, arguments, terminal) -> {
                            String token = arguments.matchedPositionalValue(0, "");
                            String right = arguments.matchedOptionValue("--capability", "");
                            return print(List.of(client.redeem(token, right)), terminal);
                        },
                        "redeem",
                        "Take up a capability that another tenant shares.");
        spec.addPositional(QmkCommand.operand("TOKEN", "What the other's 'caps grant' printed."));
        spec.addOption(
                QmkCommand.option("NAME", "--capability")
                        .completionCandidates(names())
                        .description("Which right of the token. Default: the first.")
                        .build());
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk caps redeem TOKEN");
    }

    /// The capabilities by name.
    static List<String> names() {
        return List.of(Capability.values()).stream().map(Capability::text).toList();
    }

    private static CommandSpec revokeSpec() {
        CommandSpec spec =
                command(
                        (client, arguments, _) -> {
                            client.revoke(handle(arguments));
                            return ExitCode.DONE;
                        },
                        "revoke",
                        "Take a capability back, and all that was derived from it.");
        spec.addPositional(QmkCommand.operand("HANDLE", "As 'qmk caps list' prints it."));
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk caps revoke HANDLE");
    }

    private static void addBounds(CommandSpec spec) {
        addBound(spec, "--amount", "What one use may take: qubits, magic states, Bell pairs.");
        addBound(spec, "--last-epoch", "The last epoch in which it is good.");
        addBound(spec, "--uses", "How many uses it is good for.");
        spec.addOption(
                QmkCommand.option("", "--delegable")
                        .type(boolean.class)
                        .arity("0")
                        .description("Others may be derived from it.")
                        .build());
    }

    private static void addBound(CommandSpec spec, String name, String description) {
        spec.addOption(
                QmkCommand.option("N", name)
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 0, Long.MAX_VALUE))
                        .description(description, "Default: as in HANDLE.")
                        .build());
    }

    private static String handle(ParseResult arguments) {
        return arguments.matchedPositionalValue(0, "");
    }

    private static CapabilityBounds bounds(ParseResult arguments) {
        return new CapabilityBounds(
                bound(arguments, "--amount"),
                bound(arguments, "--last-epoch"),
                bound(arguments, "--uses"),
                arguments.hasMatchedOption("--delegable"));
    }

    private static OptionalLong bound(ParseResult arguments, String name) {
        Long given = arguments.matchedOptionValue(name, (Long) null);
        return given == null ? OptionalLong.empty() : OptionalLong.of(given);
    }

    private static ExitCode grant(QmkClient client, ParseResult arguments, Terminal terminal)
            throws ServerRefusal, TransportFailure, CommandFailure {
        String[] tenants = arguments.matchedOptionValue("--tenant", new String[0]);
        String session = arguments.matchedOptionValue("--to-session", "");
        if (tenants.length == 0 == session.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "give --tenant, once or more often, or --to-session.");
        }
        if (!session.isEmpty()) {
            var given = client.grant(handle(arguments), bounds(arguments), session);
            return print(List.of(given), terminal);
        }
        var names = List.of(tenants);
        terminal.print(client.grantToken(handle(arguments), bounds(arguments), names) + "\n");
        return ExitCode.DONE;
    }

    private static ExitCode print(List<RemoteCapability> capabilities, Terminal terminal)
            throws CommandFailure {
        terminal.print(
                ROW.formatted("CAPABILITY", "AMOUNT", "LAST EPOCH", "USES", "DELEGABLE", "HANDLE"));
        for (RemoteCapability each : capabilities) {
            CapabilityBounds bounds = each.bounds();
            terminal.print(
                    ROW.formatted(
                            JobText.printable(each.name()),
                            text(bounds.amount()),
                            text(bounds.lastEpoch()),
                            text(bounds.uses()),
                            bounds.delegable() ? "yes" : "no",
                            JobText.printable(each.handle())));
        }
        return ExitCode.DONE;
    }

    private static String text(OptionalLong bound) {
        return bound.isPresent() ? Long.toUnsignedString(bound.getAsLong()) : "any";
    }
}
