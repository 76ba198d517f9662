package org.qmk.server.page;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.machine.MachineModel;
import org.qmk.qvm.Capability;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineSetting;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.Submission;
import org.qmk.source.Loading;
import org.qmk.verifier.Verified;

/// An engine with the page on a loopback port, and API keys that are made up: `admin`, and the name
/// of each tenant.
final class PageServer implements AutoCloseable {

    static final String ADMIN = "admin";

    /// A tenant and its only session.
    record Guest(TenantId tenant, SessionId session) {}

    final Engine engine;
    final MachineFollower follower;
    private final Javalin app;
    private final Map<String, Viewer> keys = new ConcurrentHashMap<>();

    PageServer(Path folder, MachineModel machine, Policy policy, Duration epochAtLeast)
            throws IOException {
        follower = new MachineFollower(machine.shape());
        var setting =
                new EngineSetting(
                        folder,
                        "example.org/page",
                        machine,
                        policy,
                        epochAtLeast,
                        10_000,
                        false,
                        0);
        engine = Engine.start(setting, _ -> {}, List.of(), follower);
        keys.put(ADMIN, new Viewer.Administrator());
        for (var entry : engine.directory().all()) {
            keys.put(entry.name(), new Viewer.OneTenant(entry.id()));
        }
        var sessions = new BrowserSessions(key -> Optional.ofNullable(keys.get(key)));
        var routes = new PageRoutes(engine, follower, sessions);
        app =
                Javalin.create(
                        config -> {
                            config.concurrency.useVirtualThreads = true;
                            config.startup.showJavalinBanner = false;
                            config.jetty.host = "127.0.0.1";
                            config.jetty.port = 0;
                            routes.addTo(config);
                        });
        app.start();
    }

    String address() {
        return "http://127.0.0.1:" + app.port();
    }

    /// Takes a key away.
    void revoke(String key) {
        keys.remove(key);
    }

    Guest guest(String name, int weight) {
        var terms = new Terms(weight, new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE), false);
        var added = engine.ask(new Input.AddTenant(name, terms)).join().getFirst();
        TenantId tenant = ((Notice.TenantAdded) added).tenant();
        var opened = engine.ask(new Input.OpenSession(tenant)).join().getFirst();
        SessionId session = ((Notice.SessionOpened) opened).session();
        for (Capability capability : Capability.values()) {
            engine.ask(new Input.Grant(session, capability)).join();
        }
        keys.put(name, new Viewer.OneTenant(tenant));
        return new Guest(tenant, session);
    }

    /// A program that prepares a GHZ state and measures it, some rounds one after another.
    static Verified ghz(int qubits, int rounds) {
        var text = new StringBuilder("OPENQASM 3; include \"stdgates.inc\"; qubit[");
        text.append(qubits).append("] q; bit[").append(qubits).append("] c;\n");
        for (int round = 0; round < rounds; round++) {
            text.append("reset q; h q[0];");
            for (int i = 1; i < qubits; i++) {
                text.append(" cx q[").append(i - 1).append("], q[").append(i).append("];");
            }
            text.append(" t q[0]; tdg q[0]; c = measure q;\n");
        }
        byte[] source = text.toString().getBytes(StandardCharsets.UTF_8);
        return switch (Loading.of("ghz", source)) {
            case Loading.Accepted accepted -> accepted.program();
            case Loading.Refused refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    JobRecord submit(Guest guest, String name, Verified program, long shots, long seed) {
        var input = new Input.Submit(guest.session(), program, new JobPolicy(shots, seed));
        return engine.submit(guest.tenant(), new Submission(input, name, "", List.of())).join();
    }

    JobRecord end(JobRecord job) {
        return engine.ledger().end(job.key()).join();
    }

    @Override
    public void close() throws IOException {
        app.stop();
        engine.close();
    }
}
