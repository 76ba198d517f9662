package org.qmk.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.qvm.Capability;
import org.qmk.server.engine.Submission;
import org.qmk.source.Loading;

/// Data folders of servers that have done something.
public final class SampleFolder {

    private SampleFolder() {}

    /// One tenant, some jobs.
    public static void make(Path folder) throws Exception {
        var options =
                new ServeOptions(
                        Optional.of("127.0.0.1:0"),
                        Optional.empty(),
                        Optional.of(folder),
                        Optional.of("quad-64"),
                        Optional.empty(),
                        false);
        try (Server server = Server.start(Configuration.of(options, "nobody"), _ -> {})) {
            var engine = server.engine();
            var terms = new Terms(1, new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE), false);
            var added = engine.ask(new Input.AddTenant("alice", terms)).join().getFirst();
            TenantId tenant = ((Notice.TenantAdded) added).tenant();
            var opened = engine.ask(new Input.OpenSession(tenant)).join().getFirst();
            SessionId session = ((Notice.SessionOpened) opened).session();
            for (Capability capability : Capability.values()) {
                engine.ask(new Input.Grant(session, capability)).join();
            }
            String text =
                    "OPENQASM 3; include \"stdgates.inc\"; qubit q; bit c; h q; c = measure q;";
            var loaded = Loading.of("coin", text.getBytes(StandardCharsets.UTF_8));
            var program = ((Loading.Accepted) loaded).program();
            for (int seed = 0; seed < 3; seed++) {
                var input = new Input.Submit(session, program, new JobPolicy(100, seed));
                var job =
                        engine.submit(tenant, new Submission(input, "coin", "", List.of())).join();
                engine.ledger().end(job.key()).join();
            }
        }
    }
}
