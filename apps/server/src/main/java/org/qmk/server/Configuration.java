package org.qmk.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.cli.serve.ServerStart;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;
import org.qmk.server.edge.ClientLimits;
import org.qmk.server.store.Retention;
import org.qmk.server.store.StoreSetting;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// All that a server is told when it starts. See docs/guide/operator.md.
///
/// @param grpcPort 0 for any that is free
/// @param unix where the Unix-domain socket is
/// @param users the tenant of each user of the system who may use the socket
/// @param administrators users of the system who administer the server
/// @param tls nothing for connections in the clear
/// @param store where keys, settings and ended jobs are
public record Configuration(
        String host,
        int port,
        int grpcPort,
        Path unix,
        Path dataDir,
        MachineModel machine,
        Policy policy,
        Map<String, String> users,
        Set<String> administrators,
        Optional<TlsSetting> tls,
        StoreSetting store,
        Document document) {

    static final String LISTEN_DEFAULT = "127.0.0.1:8077";
    static final String MACHINE_DEFAULT = "hundred-modules";
    static final String DATA_DEFAULT = "qmk-data";

    /// The tenant that the first start makes.
    static final String FIRST_TENANT = "local";

    private static final String SOCKET = "qmk.sock";

    /// The configuration file, with what it says where it says nothing. Bounds are checked when it
    /// is read.
    public static final class Document {
        public String listen = "";
        public int grpc_port = -1;
        public String unix = "";
        public String data_dir = "";
        public String machine = "";
        public String policy = "FAIR";
        public int partitions;
        public long epoch_us;
        public Map<String, String> users = new TreeMap<>();
        public Set<String> administrators = new TreeSet<>();
        public String database = "";
        public boolean fsync = true;
        public long space_left_mb = 64;
        public int request_bytes_max = 16 << 20;
        public int connections_max = 10_000;
        public int queue = 10_000;
        public int wait_seconds_max = 300;
        public int requests_per_second = 10_000;
        public int idle_seconds = 60;
        public int streams_max = 1_000;
        public int unfinished_mb = 256;
        public int simulator_seconds_max = 10;
        public TlsDocument tls = new TlsDocument("");
        public int keep_days = 0;
        public int keep_jobs = 0;
        public String origin = "qmk.local/server";
        public int drain_seconds = 10;
        public boolean metrics_tenants = false;
        public String otlp = "";
    }

    /// `tls` in the configuration file: files, or the word `self-signed`.
    public static final class TlsDocument {
        static final String SELF_SIGNED = "self-signed";

        public String keystore = "";
        public String password_file = "";
        public String client_ca = "";
        private final String word;

        /// Of fields that follow.
        public TlsDocument() {
            this("");
        }

        /// Of a single word.
        public TlsDocument(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }

        Optional<TlsSetting> setting(List<String> wrong) {
            if (!word.isEmpty() && !word.equals(SELF_SIGNED)) {
                wrong.add("tls is '%s', expected %s or files".formatted(word, SELF_SIGNED));
                return Optional.empty();
            }
            boolean files = !keystore.isEmpty() && !password_file.isEmpty();
            boolean any = !(keystore + password_file + client_ca).isEmpty();
            if (any && !files) {
                wrong.add("tls has no keystore or no password_file, expected both");
            }
            if (!files && word.isEmpty()) return Optional.empty();
            try {
                Optional<Path> clients =
                        client_ca.isEmpty() ? Optional.empty() : Optional.of(Path.of(client_ca));
                if (!files) return Optional.of(new TlsSetting(Optional.empty(), clients));
                var both = new TlsSetting.Files(Path.of(keystore), Path.of(password_file));
                return Optional.of(new TlsSetting(Optional.of(both), clients));
            } catch (InvalidPathException invalid) {
                wrong.add("tls names no file: " + invalid.getMessage());
                return Optional.empty();
            }
        }
    }

    /// What clients may take of the server.
    ClientLimits limits() {
        return new ClientLimits(
                document.request_bytes_max,
                (long) document.unfinished_mb << 20,
                document.connections_max,
                document.streams_max,
                Duration.ofSeconds(document.idle_seconds));
    }

    /// Keys must not travel in the clear.
    private static void expectSecret(String host, boolean tls, List<String> wrong) {
        try {
            if (tls || InetAddress.getByName(host).isLoopbackAddress()) return;
            wrong.add(
                    ("listen names %s, which is not this machine alone: that needs TLS. Set tls in"
                                    + " the configuration file")
                            .formatted(host));
        } catch (UnknownHostException unknown) {
            wrong.add("listen names the host %s, which is not known".formatted(host));
        }
    }

    /// Who runs the server is the tenant that its first start makes, unless the file says
    /// otherwise.
    private static Map<String, String> users(Document document, String user) {
        Map<String, String> users = new TreeMap<>(document.users);
        users.putIfAbsent(user, FIRST_TENANT);
        return users;
    }

    /// @param user who runs the server: he administers it, beside those whom the file names
    static Configuration of(ServeOptions options, String user) throws ServerStart.Refused {
        Document document = new Document();
        if (options.config().isPresent()) document = read(options.config().get());
        List<String> wrong = new ArrayList<>();
        bounds(document, wrong);
        String listen = first(options.listen(), document.listen, LISTEN_DEFAULT);
        int colon = listen.lastIndexOf(':');
        int port = colon < 0 ? -1 : port(listen.substring(colon + 1));
        if (port < 0) {
            wrong.add(
                    "listen is '%s', expected HOST:PORT with a port from 0 to 65535"
                            .formatted(listen));
        }
        Path dataDir = path(options.dataDir(), document.data_dir, Path.of(DATA_DEFAULT), wrong);
        Path unix = path(options.unix(), document.unix, dataDir.resolve(SOCKET), wrong);
        MachineModel machine =
                machine(first(options.machine(), document.machine, MACHINE_DEFAULT), wrong);
        Policy policy = policy(document, wrong);
        Optional<TlsSetting> tls = document.tls.setting(wrong);
        if (colon >= 0) expectSecret(listen.substring(0, colon), tls.isPresent(), wrong);
        if (!wrong.isEmpty()) {
            throw new ServerStart.Refused(
                    ServerStart.Refused.Kind.WRONG, String.join(".\n", wrong) + ".");
        }
        Set<String> administrators = new TreeSet<>(document.administrators);
        administrators.add(user);
        return new Configuration(
                listen.substring(0, colon),
                port,
                document.grpc_port < 0 ? nextTo(port) : document.grpc_port,
                unix,
                dataDir,
                machine,
                policy,
                users(document, user),
                administrators,
                tls,
                store(document, dataDir),
                document);
    }

    private static StoreSetting store(Document document, Path dataDir) {
        var age =
                document.keep_days == 0
                        ? Optional.<Duration>empty()
                        : Optional.of(Duration.ofDays(document.keep_days));
        var perTenant =
                document.keep_jobs == 0 ? OptionalInt.empty() : OptionalInt.of(document.keep_jobs);
        Optional<String> url = Optional.of(document.database).filter(text -> !text.isEmpty());
        return new StoreSetting(dataDir, url, new Retention(age, perTenant));
    }

    private static Document read(Path file) throws ServerStart.Refused {
        var mapper =
                YAMLMapper.builder()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .build();
        try {
            Document read = mapper.readValue(Files.readAllBytes(file), Document.class);
            return read == null ? new Document() : read;
        } catch (NoSuchFileException missing) {
            throw new ServerStart.Refused(
                    ServerStart.Refused.Kind.UNREADABLE, file + " is not there. Name another.");
        } catch (IOException unreadable) {
            throw new ServerStart.Refused(
                    ServerStart.Refused.Kind.UNREADABLE,
                    file + " cannot be read: " + unreadable.getMessage() + ".");
        } catch (UnrecognizedPropertyException unknown) {
            throw new ServerStart.Refused(
                    ServerStart.Refused.Kind.WRONG,
                    "%s:%d: there is no setting %s; there are %s."
                            .formatted(
                                    file,
                                    unknown.getLocation().getLineNr(),
                                    unknown.getPropertyName(),
                                    names(unknown)));
        } catch (JacksonException wrong) {
            throw new ServerStart.Refused(
                    ServerStart.Refused.Kind.WRONG,
                    "%s:%d: %s"
                            .formatted(
                                    file,
                                    wrong.getLocation() == null
                                            ? 1
                                            : wrong.getLocation().getLineNr(),
                                    wrong.getOriginalMessage()));
        }
    }

    private static String names(UnrecognizedPropertyException unknown) {
        List<String> names = new ArrayList<>();
        for (Object name : unknown.getKnownPropertyIds()) names.add(name.toString());
        names.sort(null);
        return String.join(", ", names);
    }

    private static void bounds(Document document, List<String> wrong) {
        within("epoch_us", document.epoch_us, 0, 60_000_000, wrong);
        within("space_left_mb", document.space_left_mb, 1, 1L << 40, wrong);
        within("request_bytes_max", document.request_bytes_max, 1 << 10, 1 << 30, wrong);
        within("connections_max", document.connections_max, 1, 1 << 20, wrong);
        within("queue", document.queue, 1, 1 << 20, wrong);
        within("wait_seconds_max", document.wait_seconds_max, 1, 1 << 20, wrong);
        within("requests_per_second", document.requests_per_second, 1, 1 << 30, wrong);
        within("idle_seconds", document.idle_seconds, 1, 1 << 20, wrong);
        within("streams_max", document.streams_max, 1, 1 << 20, wrong);
        within("unfinished_mb", document.unfinished_mb, 1, 1 << 20, wrong);
        if ((long) document.unfinished_mb << 20 < document.request_bytes_max) {
            wrong.add("unfinished_mb is less than one request of request_bytes_max");
        }
        within("simulator_seconds_max", document.simulator_seconds_max, 1, 86_400, wrong);
        within("grpc_port", document.grpc_port, -1, 65_535, wrong);
        within("partitions", document.partitions, 0, 1 << 16, wrong);
        within("keep_days", document.keep_days, 0, 1 << 20, wrong);
        within("keep_jobs", document.keep_jobs, 0, Integer.MAX_VALUE, wrong);
        within("drain_seconds", document.drain_seconds, 0, 86_400, wrong);
        if (!document.otlp.isEmpty() && !isWebAddress(document.otlp)) {
            wrong.add(
                    "otlp is '%s', expected an address as http://127.0.0.1:4318"
                            .formatted(document.otlp));
        }
        if (document.origin.isEmpty() || document.origin.matches(".*[ +\\p{Cntrl}].*")) {
            wrong.add(
                    "origin is '%s', expected a name without spaces and plus signs"
                            .formatted(document.origin));
        }
    }

    private static boolean isWebAddress(String text) {
        try {
            URI address = new URI(text);
            String scheme = address.getScheme();
            return address.getHost() != null && ("http".equals(scheme) || "https".equals(scheme));
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static void within(String name, long value, long least, long most, List<String> wrong) {
        if (value >= least && value <= most) return;
        wrong.add("%s is %d, expected %d to %d".formatted(name, value, least, most));
    }

    private static String first(Optional<String> option, String stated, String otherwise) {
        return option.orElse(stated.isEmpty() ? otherwise : stated);
    }

    /// Beside the port for HTTP; any that is free where that is any.
    private static int nextTo(int port) {
        return port == 0 || port == 65_535 ? 0 : port + 1;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) return -1;
        int port = Integer.parseInt(text);
        return port <= 65_535 ? port : -1;
    }

    private static Path path(
            Optional<Path> option, String stated, Path otherwise, List<String> wrong) {
        if (option.isPresent()) return option.get();
        if (stated.isEmpty()) return otherwise;
        try {
            return Path.of(stated);
        } catch (InvalidPathException invalid) {
            wrong.add("no file can be named '%s'".formatted(stated));
            return otherwise;
        }
    }

    private static MachineModel machine(String nameOrFile, List<String> wrong) {
        if (MachineFile.SHIPPED.contains(nameOrFile)) return MachineFile.shipped(nameOrFile);
        try {
            switch (MachineFile.read(Files.readAllBytes(Path.of(nameOrFile)))) {
                case MachineFile.Reading.Ok(var model) -> {
                    return model;
                }
                case MachineFile.Reading.Failed(var errors) -> {
                    for (String error : errors) wrong.add(nameOrFile + ": " + error);
                }
            }
        } catch (IOException | InvalidPathException unreadable) {
            wrong.add(
                    "there is no machine %s, expected one of %s or a file"
                            .formatted(nameOrFile, String.join(", ", MachineFile.SHIPPED)));
        }
        return MachineModel.IDEAL;
    }

    private static Policy policy(Document document, List<String> wrong) {
        for (Policy.Order order : Policy.Order.values()) {
            if (!order.name().equals(document.policy)) continue;
            Policy policy = Policy.DEFAULT.with(order);
            return document.partitions > 0 ? policy.strict(document.partitions) : policy;
        }
        wrong.add(
                "policy is '%s', expected one of %s"
                        .formatted(document.policy, List.of(Policy.Order.values())));
        return Policy.DEFAULT;
    }
}
