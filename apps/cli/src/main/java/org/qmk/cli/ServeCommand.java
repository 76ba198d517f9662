package org.qmk.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.cli.serve.ServerStart;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk serve`: the multi-tenant server.
final class ServeCommand implements Command {

    private final ParseResult arguments;

    private ServeCommand(ParseResult arguments) {
        this.arguments = arguments;
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        ServeCommand::new,
                        "serve",
                        "Serve many tenants.",
                        "Starts the kernel on a simulated machine and answers qSyscall over HTTP,"
                            + " gRPC and a Unix-domain socket until it is told to stop (SIGTERM or"
                            + " Ctrl-C). The first start prints an administrator's API key, once."
                            + " Everything is kept in the data folder; after a crash the server"
                            + " goes on where it was.");
        spec.addOption(
                QmkCommand.option("ADDRESS", "--listen")
                        .description("Host and port. Default: 127.0.0.1:8077.")
                        .build());
        spec.addOption(
                QmkCommand.option("PATH", "--unix")
                        .description("Unix-domain socket. Default: qmk.sock in the data folder.")
                        .build());
        spec.addOption(
                QmkCommand.option("DIR", "--data-dir")
                        .description("Where everything is kept. Default: qmk-data.")
                        .build());
        spec.addOption(
                QmkCommand.option("NAME|FILE", "--machine")
                        .description("See 'qmk machine list'. Default: hundred-modules.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--config")
                        .description("Configuration in YAML; options given here come first.")
                        .build());
        spec.addOption(
                QmkCommand.option("", "--check")
                        .type(boolean.class)
                        .arity("0")
                        .description("Say what is wrong with the configuration, and end.")
                        .build());
        return QmkCommand.withExamples(spec, "qmk serve --check");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        var options =
                new ServeOptions(
                        text("--listen"),
                        file("--unix", terminal),
                        file("--data-dir", terminal),
                        text("--machine"),
                        file("--config", terminal),
                        arguments.hasMatchedOption("--check"));
        ServerStart start =
                found(ServiceLoader.load(ServerStart.class), "Start it with ./qmk serve.");
        try {
            start.serve(options, terminal::say);
            return ExitCode.DONE;
        } catch (ServerStart.Refused refused) {
            throw failure(refused);
        }
    }

    static CommandFailure failure(ServerStart.Refused refused) {
        return new CommandFailure(
                switch (refused.kind()) {
                    case UNREADABLE -> ExitCode.UNREADABLE;
                    case WRONG -> ExitCode.FAILED;
                    case UNAVAILABLE -> ExitCode.UNAVAILABLE;
                },
                refused.getMessage());
    }

    /// What the server's module gives, which only some ways to start a command load.
    static <S> S found(ServiceLoader<S> services, String mend) throws CommandFailure {
        return services.findFirst()
                .orElseThrow(
                        () ->
                                new CommandFailure(
                                        ExitCode.UNAVAILABLE,
                                        "the server is not on the module path. " + mend));
    }

    private Optional<String> text(String option) {
        return Optional.ofNullable(arguments.matchedOptionValue(option, (String) null));
    }

    private Optional<Path> file(String option, Terminal terminal) throws CommandFailure {
        try {
            return text(option).map(terminal::file);
        } catch (InvalidPathException invalid) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + " names no possible file: " + invalid.getMessage() + ".");
        }
    }
}
