package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.RemoteJob;
import org.qmk.runtime.client.RemoteTenant;
import org.qmk.runtime.client.ServerRefusal;
import org.qmk.runtime.client.Telemetry;
import org.qmk.runtime.client.TransportFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk top`: the machine as it works, on a terminal again and again.
final class TopCommand implements Command {

    private static final int JOBS_SHOWN = 15;
    private static final int TENANTS_SHOWN = 15;
    private static final long SECONDS_DEFAULT = 1;

    /// To the top left corner, and from a place to the end of its line or of the screen.
    private static final String HOME = "\u001b[H";

    private static final String CLEAR_LINE = "\u001b[K\n";
    private static final String CLEAR_REST = "\u001b[J";

    /// The error of a call that is not for this caller.
    private static final String ACCESS_DENIED = "ACCESS_DENIED";

    private final long seconds;
    private final Optional<Long> times;
    private final ServerChoice server;

    private TopCommand(ParseResult arguments) {
        seconds = arguments.matchedOptionValue("--interval", SECONDS_DEFAULT);
        times = Optional.ofNullable(arguments.matchedOptionValue("--times", (Long) null));
        server = ServerChoice.of(arguments);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        TopCommand::new,
                        "top",
                        "Show the machine and who uses it, live.",
                        "On a terminal the view is renewed until Ctrl-C; elsewhere it is printed"
                            + " once. A tenant sees its own jobs, an administrator the tenants.");
        spec.addOption(
                QmkCommand.option("SECONDS", "--interval")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 0, 3_600))
                        .description("Between two views. Default: " + SECONDS_DEFAULT + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("N", "--times")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, Long.MAX_VALUE))
                        .description("How many views. Default: for ever on a terminal, else 1.")
                        .build());
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk top --times 1");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        return server.talk(terminal, client -> show(client, terminal));
    }

    private ExitCode show(QmkClient client, Terminal terminal)
            throws ServerRefusal, TransportFailure, CommandFailure {
        boolean live = terminal.traits().outIsTerminal();
        long views = times.orElse(live ? Long.MAX_VALUE : 1);
        for (long view = 1; view <= views; view++) {
            List<String> lines = view(client);
            if (live) terminal.print(HOME);
            for (String line : lines) {
                String shown = cut(JobText.printable(line), terminal.traits().columns());
                terminal.print(shown + (live ? CLEAR_LINE : "\n"));
            }
            if (live) terminal.print(CLEAR_REST);
            terminal.flush();
            if (view < views && !rest()) return ExitCode.DONE;
        }
        return ExitCode.DONE;
    }

    private static String cut(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, columns);
    }

    /// Whether the time went by; not if the process is to end.
    private boolean rest() {
        try {
            Thread.sleep(1_000 * seconds);
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> view(QmkClient client) throws ServerRefusal, TransportFailure {
        List<String> lines = new ArrayList<>();
        machine(client.telemetry(), lines);
        try {
            tenants(client.tenants(), lines);
        } catch (ServerRefusal refusal) {
            if (!refusal.error().equals(ACCESS_DENIED)) throw refusal;
        }
        try {
            jobs(client.jobs(JOBS_SHOWN, 0, ""), lines);
        } catch (ServerRefusal refusal) {
            if (!refusal.error().equals(ACCESS_DENIED)) throw refusal;
        }
        return lines;
    }

    private static void machine(Telemetry telemetry, List<String> lines) {
        lines.add(
                "%s  epoch %d  %d of %d blocks held  %d running, %d queued"
                        .formatted(
                                telemetry.machine(),
                                telemetry.epoch(),
                                telemetry.blocksHeld(),
                                telemetry.blocks(),
                                telemetry.jobsRunning(),
                                telemetry.jobsQueued()));
        lines.add(
                "own: %d blocks  %d running, %d queued"
                        .formatted(
                                telemetry.ownBlocks(),
                                telemetry.ownRunning(),
                                telemetry.ownQueued()));
        for (Telemetry.Mode mode : telemetry.modes()) {
            lines.add(
                    "degraded: %s of %d, level %d"
                            .formatted(mode.condition(), mode.subject(), mode.level()));
        }
    }

    private static void tenants(List<RemoteTenant> tenants, List<String> lines) {
        List<RemoteTenant> busiest = new ArrayList<>(tenants);
        busiest.sort((one, other) -> Integer.compare(other.jobs(), one.jobs()));
        lines.add("");
        lines.add("%-24s  %7s  %6s".formatted("TENANT", "WEIGHT", "JOBS"));
        for (RemoteTenant each : busiest.subList(0, Math.min(TENANTS_SHOWN, busiest.size()))) {
            lines.add(
                    "%-24s  %7d  %6d%s"
                            .formatted(
                                    each.name(),
                                    each.weight(),
                                    each.jobs(),
                                    each.suspended() ? "  suspended" : ""));
        }
    }

    private static void jobs(List<RemoteJob> jobs, List<String> lines) {
        lines.add("");
        lines.add(JobText.head());
        for (RemoteJob job : jobs) lines.add(JobText.row(job));
    }
}
