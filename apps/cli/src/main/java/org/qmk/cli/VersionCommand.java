package org.qmk.cli;

import org.qmk.sim.Simulators;
import picocli.CommandLine.Model.CommandSpec;

/// `qmk version`: what runs here.
final class VersionCommand implements Command {

    private VersionCommand() {}

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        _ -> new VersionCommand(),
                        "version",
                        "Print the version of QMK, the JDK and the simulators in use.");
        return QmkCommand.withExamples(spec, "qmk version");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        terminal.print(
                "%s%nJDK %s, %s%nsimulators %s%n"
                        .formatted(
                                Version.ofThisBuild().line(),
                                Runtime.version(),
                                System.getProperty("java.vendor"),
                                String.join(", ", Simulators.names())));
        return ExitCode.DONE;
    }
}
