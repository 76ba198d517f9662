package org.qmk.server.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineFile;
import org.qmk.runtime.token.KeyRing;
import org.qmk.runtime.token.SealingKey;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineSetting;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.RpcCall;
import org.qmk.wire.v1.*;
import org.qmk.wire.v1.CompileFields;

/// Every call against a kernel of its own.
class CallsTest {

    private static final String BELL =
            "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1];"
                    + " c = measure q;";

    private static final Caller ADMIN = new Caller(Optional.empty(), "admin");

    @TempDir private Path folder;
    private Engine engine;
    private Calls calls;
    private Caller alice;
    private Caller bob;

    @BeforeEach
    void start() throws Exception {
        engine =
                Engine.start(
                        new EngineSetting(
                                folder,
                                "example.org/test",
                                MachineFile.shipped("quad-64"),
                                Policy.DEFAULT,
                                Duration.ZERO,
                                1_000,
                                true,
                                1 << 20),
                        _ -> {},
                        List.of());
        var ring = KeyRing.of(new SealingKey(1, new byte[SealingKey.SECRET_BYTES]));
        var setting = new Calls.Setting(Duration.ofSeconds(60), 1_000, 20);
        calls = new Calls(engine, new MemoryAccounts(), new NoPast(), ring, setting);
        alice = create("alice");
        bob = create("bob");
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
    }

    private Caller create(String name) throws CallRefused {
        call("q_tenant_create", ADMIN, CreateTenantRequest.newBuilder().setName(name).build());
        return new Caller(Optional.of(engine.directory().find(name).orElseThrow().id()), name);
    }

    private Message call(String method, Caller caller, Message request) throws CallRefused {
        return calls.call(RpcCall.required(method), caller, request);
    }

    private CallError refused(String method, Caller caller, Message request) {
        return assertThrows(CallRefused.class, () -> call(method, caller, request)).error();
    }

    private static SubmitRequest bell(long shots) {
        return SubmitRequest.newBuilder()
                .setSource(BELL)
                .setWait(true)
                .setPolicy(JobPolicyFields.newBuilder().setShots(shots).setSeed(7))
                .build();
    }

    private static JobRequest job(long id) {
        return JobRequest.newBuilder().setJobId(id).build();
    }

    @Test
    void every_call_of_the_definition_is_served_or_streams() {
        for (RpcCall call : RpcCall.all()) {
            assertTrue(calls.serves(call) != call.streaming(), call.method());
        }
    }

    @Test
    void a_job_of_one_shot_has_events_and_one_of_more_has_counts() throws Exception {
        var one = (JobReply) call("q_submit", alice, bell(1));
        var many = (JobReply) call("q_submit", alice, bell(100));

        assertEquals(one.getEventsOrThrow("c[0]"), one.getEventsOrThrow("c[1]"));
        assertEquals(0, one.getCountsCount());
        assertEquals(List.of("c[1]", "c[0]"), many.getBitsList());
        assertEquals(
                100, many.getCountsOrThrow("00") + many.getCountsOrThrow("11"), many::toString);
    }

    @Test
    void tenants_see_their_own_jobs_alone() throws Exception {
        call("q_submit", alice, bell(1));

        assertEquals(
                JobState.COMPLETED.name(), ((JobReply) call("q_status", alice, job(1))).getState());
        assertEquals(CallError.JOB_NOT_FOUND, refused("q_status", bob, job(1)));
        assertEquals(CallError.JOB_NOT_FOUND, refused("q_cancel", bob, job(1)));
        assertEquals(CallError.ALREADY_COMPLETED, refused("q_cancel", alice, job(1)));
        var list = (JobsReply) call("q_jobs", bob, JobsRequest.getDefaultInstance());
        assertEquals(0, list.getJobsCount());
    }

    @Test
    void the_same_idempotency_key_names_the_same_job() throws Exception {
        SubmitRequest request = bell(10).toBuilder().setIdempotencyKey("k").build();

        var first = (JobReply) call("q_submit", alice, request);
        var again = (JobReply) call("q_submit", alice, request);
        var others = (JobReply) call("q_submit", bob, request);

        assertEquals(first, again);
        assertEquals(1, others.getJobId());
        assertEquals(
                1,
                ((JobsReply) call("q_jobs", alice, JobsRequest.getDefaultInstance()))
                        .getJobsCount());
    }

    @Test
    void a_program_that_is_none_is_refused_with_every_violation() {
        var request =
                SubmitRequest.newBuilder().setSource("OPENQASM 3; qubit q; foo q; bar q;").build();

        var refused = assertThrows(CallRefused.class, () -> call("q_submit", alice, request));

        assertEquals(CallError.INVALID_GRAPH, refused.error());
        assertEquals(2, refused.details().size());
        assertEquals("1:22", refused.details().getFirst().where());
    }

    @Test
    void what_a_program_leaves_open_comes_with_it() throws Exception {
        var asking =
                SubmitRequest.newBuilder()
                        .setSource(
                                "OPENQASM 3; include \"stdgates.inc\"; input int k; qubit q;"
                                        + " for int i in [1:k] { x q; } output bit c;"
                                        + " c = measure q;")
                        .setWait(true);

        assertEquals(CallError.INVALID_GRAPH, refused("q_submit", alice, asking.build()));
        for (int k = 1; k <= 2; k++) {
            asking.setCompile(CompileFields.newBuilder().putInputs("k", Integer.toString(k)));
            var reply = (JobReply) call("q_submit", alice, asking.build());
            assertEquals(k % 2, reply.getEventsOrThrow("c"));
        }
        asking.setCompile(CompileFields.newBuilder().setQir("lax"));
        assertEquals(CallError.INVALID_PARAMS, refused("q_submit", alice, asking.build()));
        asking.setCompile(CompileFields.newBuilder().setLoopBound(1_000_001));
        assertEquals(CallError.INVALID_PARAMS, refused("q_submit", alice, asking.build()));
        asking.setCompile(CompileFields.newBuilder().putInputs("k", "1").setOptimize(3));
        assertEquals(CallError.INVALID_PARAMS, refused("q_submit", alice, asking.build()));
    }

    @Test
    void a_program_is_made_cheaper_for_who_asks() throws Exception {
        var asking = bell(1).toBuilder();
        var plain = (JobReply) call("q_submit", alice, asking.build());
        asking.setSource(BELL.replace("cx ", "h q[1]; h q[1]; cx "));
        var longer = (JobReply) call("q_submit", alice, asking.build());
        asking.setCompile(CompileFields.newBuilder().setOptimize(2));
        var shorter = (JobReply) call("q_submit", alice, asking.build());

        assertTrue(shorter.getEpochs() < longer.getEpochs());
        assertTrue(shorter.getEpochs() <= plain.getEpochs());
        assertEquals(shorter.getEventsOrThrow("c[0]"), shorter.getEventsOrThrow("c[1]"));
    }

    @Test
    void a_program_is_taken_as_the_bytes_of_its_file() throws Exception {
        var request = bell(1).toBuilder().setFile(ByteString.copyFromUtf8(BELL)).build();

        var reply = (JobReply) call("q_submit", alice, request);

        assertEquals(reply.getEventsOrThrow("c[0]"), reply.getEventsOrThrow("c[1]"));
    }

    @Test
    void roles_are_kept_apart() {
        assertEquals(CallError.ACCESS_DENIED, refused("q_submit", ADMIN, bell(1)));
        assertEquals(
                CallError.ACCESS_DENIED,
                refused("q_tenants", alice, TenantsRequest.getDefaultInstance()));
    }

    @Test
    void a_suspended_tenant_submits_nothing() throws Exception {
        var suspend = SetTenantRequest.newBuilder().setName("alice").setSuspended(true).build();
        assertTrue(((TenantReply) call("q_tenant_set", ADMIN, suspend)).getSuspended());

        assertEquals(CallError.TENANT_SUSPENDED, refused("q_submit", alice, bell(1)));
        assertEquals(
                CallError.CONFLICT,
                refused(
                        "q_tenant_create",
                        ADMIN,
                        CreateTenantRequest.newBuilder().setName("alice").build()));
    }

    @Test
    void a_session_has_what_it_asked_for() throws Exception {
        var request =
                NegotiateCapsRequest.newBuilder()
                        .addRequested("CAP_ALLOC")
                        .addRequested("CAP_MEASURE")
                        .addRequested("CAP_ADMIN")
                        .build();

        var reply = (NegotiateCapsReply) call("q_negotiate_caps", alice, request);

        assertEquals("2", reply.getSessionId());
        assertEquals(List.of("CAP_ALLOC", "CAP_MEASURE"), reply.getGrantedList());
        assertEquals(List.of("CAP_ADMIN"), reply.getDeniedList());
        var own = CapsRequest.newBuilder().setSessionId("2").build();
        assertEquals(1, ((CapsReply) call("q_caps", alice, own)).getCapabilitiesCount());
        assertEquals(CallError.SESSION_NOT_FOUND, refused("q_caps", bob, own));
        var close = CloseSessionRequest.newBuilder().setSessionId("2").build();
        call("q_close_session", alice, close);
        assertEquals(CallError.SESSION_NOT_FOUND, refused("q_caps", alice, own));
    }

    @Test
    void an_allocation_is_a_right_of_its_amount_until_it_is_released() throws Exception {
        var request = AllocRequest.newBuilder().setQubits(3).build();

        var right = (CapabilityReply) call("q_alloc", alice, request);

        assertEquals(3, right.getBounds().getAmount());
        var release = ReleaseRequest.newBuilder().setHandle(right.getHandle()).build();
        call("q_release", alice, release);
        assertEquals(CallError.INSUFFICIENT_CAPS, refused("q_release", alice, release));
        assertEquals(
                CallError.INVALID_PARAMS,
                refused("q_alloc", alice, AllocRequest.getDefaultInstance()));
    }

    @Test
    void a_token_serves_those_whom_it_names_as_often_as_it_says() throws Exception {
        String handle = handle(alice, "CAP_MAGIC");
        var grant =
                GrantRequest.newBuilder()
                        .setHandle(handle)
                        .addTenants("bob")
                        .setBounds(BoundsFields.newBuilder().setUses(1))
                        .build();
        String token = ((GrantReply) call("q_grant", alice, grant)).getToken();
        var redeem = RedeemRequest.newBuilder().setToken(token).build();

        assertEquals(CallError.INSUFFICIENT_CAPS, refused("q_redeem", alice, redeem));
        var taken = (CapabilityReply) call("q_redeem", bob, redeem);
        assertEquals("CAP_MAGIC", taken.getCapability());
        assertEquals(CallError.QUOTA_EXCEEDED, refused("q_redeem", bob, redeem));
        assertEquals(
                CallError.INSUFFICIENT_CAPS,
                refused("q_revoke", bob, RevokeRequest.newBuilder().setHandle(handle).build()));
        call("q_revoke", alice, RevokeRequest.newBuilder().setHandle(handle).build());
        var left = (CapsReply) call("q_caps", bob, CapsRequest.getDefaultInstance());
        assertFalse(
                left.getCapabilitiesList().stream()
                        .anyMatch(each -> each.getHandle().equals(taken.getHandle())));
    }

    private String handle(Caller caller, String capability) throws CallRefused {
        var held = (CapsReply) call("q_caps", caller, CapsRequest.getDefaultInstance());
        return held.getCapabilitiesList().stream()
                .filter(each -> each.getCapability().equals(capability))
                .findFirst()
                .orElseThrow()
                .getHandle();
    }

    @Test
    void a_channel_is_offered_accepted_and_closed() throws Exception {
        var offer =
                OpenChanRequest.newBuilder()
                        .setPeer("bob")
                        .setPurpose("a test")
                        .setPairs(5)
                        .setFidelity(0.9)
                        .build();

        var offered = (ChannelReply) call("q_open_chan", alice, offer);
        long id = offered.getChannelId();
        var accept = OpenChanRequest.newBuilder().setChannelId(id).build();
        var ask = ChannelRequest.newBuilder().setChannelId(id).build();

        assertEquals("OFFERED", offered.getState());
        assertEquals("bob", offered.getPeer());
        assertEquals("OPEN", ((ChannelReply) call("q_open_chan", bob, accept)).getState());
        assertEquals("alice", ((ChannelReply) call("q_chan_status", bob, ask)).getPeer());
        Caller carol = create("carol");
        assertEquals(CallError.CHANNEL_NOT_FOUND, refused("q_chan_status", carol, ask));
        assertEquals("CLOSED", ((ChannelReply) call("q_close_chan", alice, ask)).getState());
        assertEquals(
                CallError.INVALID_PARAMS,
                refused("q_open_chan", alice, OpenChanRequest.getDefaultInstance()));
    }

    @Test
    void a_watch_ends_with_the_job() throws Exception {
        var submitted = (JobReply) call("q_submit", alice, bell(1_000));

        try (JobWatch watch = calls.watch(alice, job(submitted.getJobId()))) {
            var last = watch.next(Duration.ofSeconds(10)).orElseThrow();
            while (!watch.over()) last = watch.next(Duration.ofSeconds(10)).orElseThrow();

            assertEquals("COMPLETED", last.getJob().getState());
            assertEquals(1_000, last.getJob().getShotsDone());
        }
    }

    @Test
    void telemetry_tells_a_tenant_of_itself() throws Exception {
        call("q_submit", alice, bell(10));

        var seen =
                (TelemetryReply)
                        call("q_get_telemetry", bob, TelemetryRequest.getDefaultInstance());

        assertEquals("quad-64", seen.getMachine());
        assertTrue(seen.getEpoch() > 0);
        assertEquals(0, seen.getOwnRunning() + seen.getOwnQueued() + seen.getOwnBlocks());
    }

    @Test
    void an_epoch_is_proved_with_the_part_of_him_who_asks() throws Exception {
        var ended = (JobReply) call("q_submit", alice, bell(10));
        var request = ReplayRequest.newBuilder().setEpoch(ended.getEndedEpoch()).build();

        var hers = (ReplayReply) call("q_replay", alice, request);
        var his = (ReplayReply) call("q_replay", bob, request);

        assertTrue(hers.getPart().size() > 0);
        assertEquals(0, his.getPart().size());
        assertEquals(hers.getEntry(), his.getEntry());
        var none = ReplayRequest.newBuilder().setEpoch(1_000_000).build();
        assertEquals(CallError.NOT_FOUND, refused("q_replay", bob, none));
    }

    @Test
    void keys_are_made_and_revoked() throws Exception {
        var made =
                (KeyReply)
                        call(
                                "q_key_create",
                                ADMIN,
                                CreateKeyRequest.newBuilder().setTenant("bob").build());

        assertTrue(made.getApiKey().startsWith("qmk_"));
        call(
                "q_key_revoke",
                ADMIN,
                RevokeKeyRequest.newBuilder().setKeyId(made.getKeyId()).build());
        assertEquals(
                CallError.NOT_FOUND,
                refused(
                        "q_key_revoke",
                        ADMIN,
                        RevokeKeyRequest.newBuilder().setKeyId("x").build()));
        assertEquals(
                CallError.INVALID_PARAMS,
                refused("q_key_create", ADMIN, CreateKeyRequest.getDefaultInstance()));
    }

    @Test
    void a_rate_of_nothing_is_refused() {
        var create = CreateTenantRequest.newBuilder().setName("d").setRequestsPerSecond(0).build();
        var set = SetTenantRequest.newBuilder().setName("alice").setRequestsPerSecond(0).build();

        assertEquals(CallError.INVALID_PARAMS, refused("q_tenant_create", ADMIN, create));
        assertEquals(CallError.INVALID_PARAMS, refused("q_tenant_set", ADMIN, set));
    }

    @Test
    void a_tenant_without_a_key_is_a_tenant() throws Exception {
        calls.addTenant("erin");
        var erin = engine.directory().find("erin").orElseThrow();

        var caller = new Caller(Optional.of(erin.id()), "erin");
        assertEquals("COMPLETED", ((JobReply) call("q_submit", caller, bell(1))).getState());
        var list = (TenantsReply) call("q_tenants", ADMIN, TenantsRequest.getDefaultInstance());
        assertEquals(0, list.getTenants(list.getTenantsCount() - 1).getKeysCount());
    }

    @Test
    void a_draining_server_takes_no_jobs() throws Exception {
        call("q_drain", ADMIN, DrainRequest.newBuilder().setOn(true).build());
        assertEquals(CallError.DRAINING, refused("q_submit", alice, bell(1)));

        call("q_drain", ADMIN, DrainRequest.newBuilder().setOn(false).build());
        assertEquals("COMPLETED", ((JobReply) call("q_submit", alice, bell(1))).getState());
    }
}
