package org.qmk.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.RemoteKey;
import org.qmk.runtime.client.RemoteTenant;
import org.qmk.runtime.client.ServerRefusal;
import org.qmk.runtime.client.TenantTerms;
import org.qmk.runtime.client.TransportFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `qmk tenants`: for administrators.
final class TenantsCommand {

    private static final String ROW = "%-20s  %7s  %8s  %6s  %8s  %9s  %s\n";

    /// What is done to tenants.
    private interface Deed {
        ExitCode with(QmkClient client, ParseResult arguments, Terminal terminal)
                throws ServerRefusal, TransportFailure, CommandFailure;
    }

    private TenantsCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("tenants").addOption(QmkCommand.helpOption());
        spec.usageMessage()
                .header("List, create and change tenants, and their keys.")
                .description("", "For administrators of the server.", "")
                .synopsisSubcommandLabel("COMMAND");
        spec.addSubcommand("list", listSpec());
        spec.addSubcommand("create", createSpec());
        spec.addSubcommand("set", setSpec());
        spec.addSubcommand("key", keySpec());
        spec.addSubcommand("revoke-key", revokeKeySpec());
        return QmkCommand.withExamples(spec, "qmk tenants list");
    }

    private static CommandSpec command(Deed deed, String name, String header, String... more) {
        return QmkCommand.command(
                arguments -> {
                    var server = ServerChoice.of(arguments);
                    return terminal ->
                            server.talk(terminal, client -> deed.with(client, arguments, terminal));
                },
                name,
                header,
                more);
    }

    private static CommandSpec listSpec() {
        CommandSpec spec =
                command(
                        (client, arguments, terminal) -> {
                            boolean keys = arguments.hasMatchedOption("--keys");
                            return print(client.tenants(), keys, terminal);
                        },
                        "list",
                        "List the tenants.");
        spec.addOption(
                QmkCommand.option("", "--keys")
                        .type(boolean.class)
                        .arity("0")
                        .description("List the names of their keys too; no secrets.")
                        .build());
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk tenants list");
    }

    private static CommandSpec createSpec() {
        CommandSpec spec =
                command(
                        (client, arguments, terminal) ->
                                shown(
                                        client.createTenant(name(arguments), terms(arguments))
                                                .secret(),
                                        terminal),
                        "create",
                        "Create a tenant, and print its first key.",
                        "The key is printed this once: the server keeps no copy.");
        addName(spec, "1 to 256 bytes; what others call the tenant.");
        addTerms(spec);
        spec.addOption(
                QmkCommand.option("NAME", "--capability")
                        .type(String[].class)
                        .completionCandidates(CapsCommand.names())
                        .description(
                                "What its sessions may have; may be given several times.",
                                "Default: all but CAP_ADMIN.")
                        .build());
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk tenants create alice --weight 2");
    }

    private static CommandSpec setSpec() {
        CommandSpec spec =
                command(
                        (client, arguments, terminal) ->
                                print(
                                        List.of(
                                                client.setTenant(
                                                        name(arguments), terms(arguments))),
                                        false,
                                        terminal),
                        "set",
                        "Change what a tenant has; what is not named stays.");
        addName(spec, "The tenant.");
        addTerms(spec);
        addFlag(spec, "--suspend", "Refuse its calls from now on.");
        addFlag(spec, "--resume", "Take its calls again.");
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(
                spec, "qmk tenants set alice --quota-jobs 10", "qmk tenants set alice --suspend");
    }

    private static CommandSpec keySpec() {
        CommandSpec spec =
                command(
                        TenantsCommand::key,
                        "key",
                        "Make another key, and print it.",
                        "The key is printed this once: the server keeps no copy.");
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .paramLabel("NAME")
                        .type(String.class)
                        .description("The tenant whose key it is to be.")
                        .build());
        addFlag(spec, "--admin", "An administrator's key, of no tenant.");
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk tenants key alice");
    }

    private static CommandSpec revokeKeySpec() {
        CommandSpec spec =
                command(
                        (client, arguments, _) -> {
                            client.revokeKey(name(arguments));
                            return ExitCode.DONE;
                        },
                        "revoke-key",
                        "End a key.");
        addName(spec, "The name of the key, from 'qmk tenants list --keys'.");
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk tenants revoke-key 0123456789abcdef");
    }

    private static void addName(CommandSpec spec, String description) {
        spec.addPositional(QmkCommand.operand("NAME", description));
    }

    private static String name(ParseResult arguments) {
        return arguments.matchedPositionalValue(0, "");
    }

    private static void addFlag(CommandSpec spec, String name, String description) {
        spec.addOption(
                QmkCommand.option("", name)
                        .type(boolean.class)
                        .arity("0")
                        .description(description)
                        .build());
    }

    private static void addTerms(CommandSpec spec) {
        addNumber(spec, "--weight", 1, "Share when tenants compete.");
        addNumber(spec, "--quota-blocks", 0, "Logical blocks that it may hold at once.");
        addNumber(spec, "--quota-jobs", 0, "Jobs that it may have queued or running.");
        addNumber(spec, "--rate", 0, "Calls a second that it may make.");
    }

    private static void addNumber(CommandSpec spec, String name, long least, String description) {
        spec.addOption(
                QmkCommand.option("N", name)
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, least, Integer.MAX_VALUE))
                        .description(description)
                        .build());
    }

    private static OptionalInt number(ParseResult arguments, String name) {
        Long given = arguments.matchedOptionValue(name, (Long) null);
        return given == null ? OptionalInt.empty() : OptionalInt.of(given.intValue());
    }

    private static TenantTerms terms(ParseResult arguments) throws CommandFailure {
        boolean suspend = arguments.hasMatchedOption("--suspend");
        boolean resume = arguments.hasMatchedOption("--resume");
        if (suspend && resume) {
            throw new CommandFailure(ExitCode.USAGE, "give --suspend or --resume, not both.");
        }
        return new TenantTerms(
                number(arguments, "--weight"),
                number(arguments, "--quota-blocks"),
                number(arguments, "--quota-jobs"),
                number(arguments, "--rate"),
                List.of(arguments.matchedOptionValue("--capability", new String[0])),
                suspend || resume ? Optional.of(suspend) : Optional.empty());
    }

    private static ExitCode key(QmkClient client, ParseResult arguments, Terminal terminal)
            throws ServerRefusal, TransportFailure, CommandFailure {
        boolean admin = arguments.hasMatchedOption("--admin");
        String tenant = name(arguments);
        if (admin != tenant.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "give a tenant's NAME or --admin, not both.");
        }
        Optional<String> whose = admin ? Optional.empty() : Optional.of(tenant);
        return shown(client.createKey(whose).secret(), terminal);
    }

    /// A key on standard output, which a script puts where it belongs.
    private static ExitCode shown(Optional<String> secret, Terminal terminal)
            throws CommandFailure {
        String key =
                secret.orElseThrow(
                        () ->
                                new CommandFailure(
                                        ExitCode.UNAVAILABLE, "the server answered without key."));
        terminal.print(key + "\n");
        terminal.say("qmk: that key is shown this once; keep it in a file with mode 600");
        return ExitCode.DONE;
    }

    private static ExitCode print(List<RemoteTenant> tenants, boolean keys, Terminal terminal)
            throws CommandFailure {
        terminal.print(
                ROW.formatted("TENANT", "WEIGHT", "BLOCKS", "JOBS", "OF QUOTA", "RATE", "STATE"));
        for (RemoteTenant each : tenants) {
            OptionalInt blocks = each.quotaBlocks();
            terminal.print(
                    ROW.formatted(
                            JobText.printable(each.name()),
                            each.weight(),
                            blocks.isPresent() ? blocks.getAsInt() : "any",
                            each.jobs(),
                            each.quotaJobs(),
                            each.requestsPerSecond(),
                            each.suspended() ? "suspended" : "active"));
            if (!keys) continue;
            for (RemoteKey key : each.keys()) {
                String state = key.revoked() ? "revoked" : "good";
                terminal.print("  key %s  %s\n".formatted(JobText.printable(key.id()), state));
            }
        }
        return ExitCode.DONE;
    }
}
