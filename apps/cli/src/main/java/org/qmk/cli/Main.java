package org.qmk.cli;

import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `qmk` command: parses arguments, runs one subcommand, and turns whatever goes wrong into one
/// message and an exit code.
final class Main {

    private static final int MEBIBYTE = 1 << 20;

    private Main() {}

    public static void main(String[] arguments) {
        SecondStart.endWithFirst();
        System.exit(run(arguments, Terminal.ofProcess()).number());
    }

    static ExitCode run(String[] arguments, Terminal terminal) {
        ExitCode exitCode;
        try {
            exitCode = parseAndRun(arguments, terminal);
        } catch (CommandFailure failure) {
            terminal.say("qmk: " + failure.getMessage());
            exitCode = failure.exitCode();
        }
        try {
            terminal.flush();
        } catch (CommandFailure failure) {
            terminal.say("qmk: " + failure.getMessage());
            exitCode = exitCode.or(failure.exitCode());
        }
        return exitCode;
    }

    private static ExitCode parseAndRun(String[] arguments, Terminal terminal)
            throws CommandFailure {
        OptionalLong seed = OptionalLong.empty();
        try {
            CommandLine commandLine = QmkCommand.commandLine(arguments);
            ParseResult parsed;
            try {
                parsed = commandLine.parseArgs(arguments);
            } catch (ParameterException wrong) {
                return misused(wrong, terminal);
            }
            while (parsed.hasSubcommand()) parsed = parsed.subcommand();
            CommandLine chosen = parsed.commandSpec().commandLine();
            if (parsed.isUsageHelpRequested()) {
                terminal.print(QmkCommand.usage(chosen, terminal.traits()));
                return ExitCode.DONE;
            }
            if (!(parsed.commandSpec().userObject() instanceof Parsing parsing)) {
                terminal.say(QmkCommand.usage(chosen, Terminal.Traits.PLAIN).stripTrailing());
                return ExitCode.USAGE;
            }
            Command command = parsing.command(parsed);
            try {
                return command.run(terminal);
            } finally {
                seed = command.seed();
            }
        } catch (OutOfMemoryError exhausted) {
            throw outOfMemory();
        } catch (RuntimeException | Error bug) {
            report(bug, arguments, seed, terminal);
            return ExitCode.BUG;
        }
    }

    private static ExitCode misused(ParameterException wrong, Terminal terminal) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            boolean wanted = !command.getSubcommands().isEmpty() && !first.startsWith("-");
            String what = wanted ? "There is no command " + first : wrong.getMessage();
            terminal.say(name + ": " + Secrets.hidden(what) + ".");
            List<String> close = unmatched.getSuggestions();
            if (!close.isEmpty()) terminal.say("Did you mean " + String.join(" or ", close) + "?");
        } else {
            terminal.say(name + ": " + Secrets.hidden(wrong.getMessage()) + ".");
        }
        terminal.say("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    private static CommandFailure outOfMemory() {
        long mebibytes = Runtime.getRuntime().maxMemory() / MEBIBYTE;
        return new CommandFailure(
                ExitCode.UNAVAILABLE,
                "memory is exhausted: the JVM may use "
                        + mebibytes
                        + " MiB. Give it more, as in QMK_JAVA_OPTS=-Xmx8g, or run a smaller program"
                        + " or fewer shots.");
    }

    private static void report(
            Throwable bug, String[] arguments, OptionalLong seed, Terminal terminal) {
        terminal.say("qmk: this is a bug of QMK, please report it: " + bug);
        terminal.say("  command: qmk " + Secrets.hidden(String.join(" ", arguments)));
        if (seed.isPresent()) terminal.say("  seed:    " + seed.getAsLong());
        terminal.say("  version: " + Version.ofThisBuild().line());
        if (terminal.traits().stackTraces()) {
            bug.printStackTrace(terminal.err());
        } else {
            terminal.say("Set QMK_DEBUG=1 and run it again to see where it happened.");
        }
    }
}
