package org.qmk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.qmk.runtime.client.ClientSetting;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.ServerAddress;
import org.qmk.runtime.client.ServerRefusal;
import org.qmk.runtime.client.TransportFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The server that a command talks to, and the key that it shows there.
final class ServerChoice {

    private static final String HTTP_DEFAULT = "http://127.0.0.1:8077";
    private static final String SOCKET_DEFAULT = "qmk-data/qmk.sock";
    private static final String SERVER_VARIABLE = "QMK_SERVER";
    private static final String KEY_VARIABLE = "QMK_API_KEY";
    private static final String KEY_FILE = ".config/qmk/key";

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    /// The code of the server's refusal to do a tenant's work for an administrator.
    private static final String NO_TENANT = "QMK-SERVER-1";

    /// What a command says to a server.
    interface Talk {
        ExitCode with(QmkClient client) throws ServerRefusal, TransportFailure, CommandFailure;
    }

    private final Optional<String> server;
    private final Optional<String> key;

    private ServerChoice(ParseResult arguments) {
        server = Optional.ofNullable(arguments.matchedOptionValue("--server", (String) null));
        key = Optional.ofNullable(arguments.matchedOptionValue("--key", (String) null));
    }

    static ServerChoice of(ParseResult arguments) {
        return new ServerChoice(arguments);
    }

    /// The options that choose a server.
    static void addTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("URL", "--server")
                        .description(
                                "http://HOST:PORT, https://HOST:PORT or unix:PATH. Default: "
                                        + SERVER_VARIABLE
                                        + ", else unix:"
                                        + SOCKET_DEFAULT
                                        + " if that is there, else "
                                        + HTTP_DEFAULT
                                        + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("KEY", "--key")
                        .description(
                                "API key; better not given here, where others may see it. Default: "
                                        + KEY_VARIABLE
                                        + ", else what is in ~/"
                                        + KEY_FILE
                                        + ", a file with mode 600. Over a socket there is none: the"
                                        + " system says who calls.")
                        .build());
    }

    /// Talks to the server, and says what went wrong in words and as an exit code.
    ExitCode talk(Terminal terminal, Talk talk) throws CommandFailure {
        ServerAddress address = address(terminal);
        try (QmkClient client = QmkClient.of(setting(address, terminal))) {
            return talk.with(client);
        } catch (ServerRefusal refusal) {
            String code = refusal.code().isEmpty() ? refusal.error() : refusal.code();
            throw new CommandFailure(
                    ExitCode.FAILED,
                    Secrets.hidden(code + ": " + refusal.getMessage()) + "." + advice(refusal));
        } catch (TransportFailure failure) {
            boolean nobody = failure.kind() == TransportFailure.Kind.UNREACHABLE;
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    failure.getMessage()
                            + "."
                            + (nobody
                                    ? " Start one with 'qmk serve', or name another with --server."
                                    : ""));
        }
    }

    private static String advice(ServerRefusal refusal) {
        if (refusal.code().equals(NO_TENANT)) {
            return "\nAs an administrator, make a tenant: qmk tenants create NAME"
                    + "\nThen be it, with the key that this prints: qmk ... --server "
                    + HTTP_DEFAULT
                    + " --key KEY";
        }
        return refusal.error().equals("AUTH_FAILED")
                ? "\nGive a key with --key, in " + KEY_VARIABLE + " or in ~/" + KEY_FILE + "."
                : "";
    }

    private ServerAddress address(Terminal terminal) throws CommandFailure {
        Optional<String> named = server.or(() -> terminal.variable(SERVER_VARIABLE));
        try {
            ServerAddress address =
                    ServerAddress.of(named.orElseGet(() -> addressDefault(terminal)));
            return switch (address) {
                case ServerAddress.Unix(var path) ->
                        new ServerAddress.Unix(terminal.file(path.toString()));
                case ServerAddress.Http http -> http;
            };
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--server is '%s': %s.".formatted(named.orElse(""), wrong.getMessage()));
        }
    }

    /// A key that was given is for HTTP: over a socket it would do nothing.
    private String addressDefault(Terminal terminal) {
        boolean keyed = key.isPresent() || terminal.variable(KEY_VARIABLE).isPresent();
        boolean socket = Files.exists(terminal.file(SOCKET_DEFAULT));
        return socket && !keyed ? ServerAddress.UNIX + SOCKET_DEFAULT : HTTP_DEFAULT;
    }

    private ClientSetting setting(ServerAddress address, Terminal terminal) throws CommandFailure {
        try {
            return switch (address) {
                case ServerAddress.Http http -> ClientSetting.of(http, keyFor(terminal));
                case ServerAddress.Unix unix when key.isEmpty() ->
                        ClientSetting.of(unix, Optional.empty());
                case ServerAddress.Unix unix ->
                        throw new CommandFailure(
                                ExitCode.USAGE,
                                "--key does nothing at %s, where the system says who calls."
                                                .formatted(unix)
                                        + " Name a server by http or https, or leave it out.");
            };
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, wrong.getMessage() + ".");
        }
    }

    private Optional<String> keyFor(Terminal terminal) throws CommandFailure {
        Optional<String> given = key.or(() -> terminal.variable(KEY_VARIABLE));
        if (given.isPresent()) return given;
        Optional<String> home = terminal.variable("HOME");
        return home.isEmpty() ? Optional.empty() : stored(Path.of(home.get(), KEY_FILE));
    }

    private static Optional<String> stored(Path file) throws CommandFailure {
        if (!Files.exists(file)) return Optional.empty();
        try {
            for (PosixFilePermission each : Files.getPosixFilePermissions(file)) {
                if (OWNERS.contains(each)) continue;
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "%s can be used by others. Run chmod 600 %s, and have the key replaced."
                                .formatted(file, file));
            }
            return Optional.of(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.UNREADABLE,
                    "%s cannot be read: %s.".formatted(file, FileTrouble.text(unreadable)));
        }
    }
}
