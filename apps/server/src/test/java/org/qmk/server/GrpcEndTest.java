package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.wire.GrpcRefusal;
import org.qmk.wire.RpcCall;
import org.qmk.wire.v1.JobEvent;
import org.qmk.wire.v1.JobPolicyFields;
import org.qmk.wire.v1.JobReply;
import org.qmk.wire.v1.JobRequest;
import org.qmk.wire.v1.JobsRequest;
import org.qmk.wire.v1.QSyscallGrpc;
import org.qmk.wire.v1.Role;
import org.qmk.wire.v1.SubmitRequest;

/// The calls over gRPC, end to end.
class GrpcEndTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @TempDir private Path folder;
    private RunningServer server;
    private ManagedChannel channel;
    private String tenant;

    @BeforeEach
    void start() throws Exception {
        server =
                new RunningServer(
                        folder,
                        "request_bytes_max: 65536",
                        "streams_max: 2",
                        "connections_max: 3",
                        "epoch_us: 2000");
        tenant = server.tenant("alice");
        channel = channel();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow();
        assertTrue(channel.awaitTermination(30, TimeUnit.SECONDS));
        server.close();
    }

    private ManagedChannel channel() {
        return Grpc.newChannelBuilderForAddress(
                        "127.0.0.1", server.server.grpcPort(), InsecureChannelCredentials.create())
                .build();
    }

    private QSyscallGrpc.QSyscallBlockingStub stub(ManagedChannel over, String key) {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key);
        return QSyscallGrpc.newBlockingStub(over)
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static SubmitRequest bell(long shots) {
        return SubmitRequest.newBuilder()
                .setSource(RunningServer.BELL)
                .setPolicy(JobPolicyFields.newBuilder().setShots(shots).setSeed(7))
                .build();
    }

    private static String data(StatusRuntimeException failed) {
        Metadata trailers = failed.getTrailers();
        assertNotNull(trailers);
        byte[] data = trailers.get(GrpcRefusal.DATA);
        assertNotNull(data, failed.toString());
        return new String(data, StandardCharsets.UTF_8);
    }

    private <Q extends Message, A> Status.Code reach(
            MethodDescriptor<Q, A> method, Message empty, String key) {
        try {
            // The method's request is of the type that its call says.
            @SuppressWarnings("unchecked")
            Q request = (Q) empty;
            assertNotNull(
                    ClientCalls.blockingUnaryCall(
                            stub(channel, key).getChannel(),
                            method,
                            CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS),
                            request));
            return Status.Code.OK;
        } catch (StatusRuntimeException refused) {
            assertTrue(data(refused).contains("\"code\""), data(refused));
            return refused.getStatus().getCode();
        }
    }

    @Test
    void a_connection_too_many_is_turned_away_and_others_come_when_one_has_gone() throws Exception {
        var request = JobsRequest.getDefaultInstance();
        stub(channel, tenant).jobs(request);
        ManagedChannel second = channel();
        stub(second, tenant).jobs(request);
        ManagedChannel other = channel();
        stub(other, tenant).jobs(request);
        ManagedChannel fourth = channel();
        var turnedAway =
                assertThrows(
                        StatusRuntimeException.class, () -> stub(fourth, tenant).jobs(request));
        // Which one depends on whether the connection was closed before it was fully made.
        assertTrue(
                List.of(Status.Code.INTERNAL, Status.Code.UNAVAILABLE)
                        .contains(turnedAway.getStatus().getCode()),
                turnedAway::toString);

        second.shutdownNow();
        assertTrue(second.awaitTermination(30, TimeUnit.SECONDS));

        // The server learns of the end of a connection after the client does.
        boolean taken = false;
        for (long end = System.nanoTime() + MINUTE; !taken; ) {
            assertTrue(System.nanoTime() - end < 0, "the place of the ended connection stays lost");
            fourth.resetConnectBackoff();
            taken = answers(stub(fourth, tenant), request);
        }
        for (ManagedChannel last : List.of(other, fourth)) {
            last.shutdownNow();
            assertTrue(last.awaitTermination(30, TimeUnit.SECONDS));
        }
    }

    private static boolean answers(QSyscallGrpc.QSyscallBlockingStub stub, JobsRequest request) {
        try {
            stub.jobs(request);
            return true;
        } catch (StatusRuntimeException turnedAway) {
            return false;
        }
    }

    @Test
    void every_unary_call_is_reached_by_whom_it_is_for_alone() {
        int calls = 0;
        for (RpcCall call : RpcCall.all()) {
            if (call.streaming()) continue;
            boolean forTenants = call.role() != Role.ADMIN;
            String right = forTenants ? tenant : server.admin;
            String wrong = forTenants ? server.admin : tenant;
            Status.Code reached = reach(call.grpc(), call.request(), right);
            assertNotEquals(Status.Code.UNIMPLEMENTED, reached, call.method());
            assertNotEquals(Status.Code.INTERNAL, reached, call.method());
            assertNotEquals(Status.Code.UNAUTHENTICATED, reached, call.method());
            Status.Code others = reach(call.grpc(), call.request(), wrong);
            if (call.role() == Role.EITHER) assertEquals(reached, others, call.method());
            else assertEquals(Status.Code.PERMISSION_DENIED, others, call.method());
            calls++;
        }
        assertEquals(RpcCall.all().size() - 1, calls);
    }

    @Test
    void a_refusal_is_a_status_with_the_data_that_json_has() {
        var unknown =
                assertThrows(
                        StatusRuntimeException.class,
                        () ->
                                stub(channel, tenant)
                                        .status(JobRequest.newBuilder().setJobId(99).build()));
        var noKey =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> stub(channel, "qmk_x_y").status(JobRequest.getDefaultInstance()));

        assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
        assertTrue(data(unknown).contains("QMK-JOB-2"), data(unknown));
        assertEquals(Status.Code.UNAUTHENTICATED, noKey.getStatus().getCode());
        assertTrue(data(noKey).contains("QMK-AUTH-5"), data(noKey));
    }

    @Test
    void a_watch_tells_of_a_job_to_its_end() {
        JobReply accepted = stub(channel, tenant).submit(bell(200));
        List<JobEvent> events = new ArrayList<>();
        stub(channel, tenant)
                .watch(JobRequest.newBuilder().setJobId(accepted.getJobId()).build())
                .forEachRemaining(events::add);

        JobReply last = events.getLast().getJob();
        assertEquals("COMPLETED", last.getState());
        assertEquals(200, last.getShotsDone());
        assertEquals(200, last.getCountsMap().values().stream().mapToLong(n -> n).sum());
        for (JobEvent event : events.subList(0, events.size() - 1)) {
            assertNotEquals("COMPLETED", event.getJob().getState());
        }
    }

    @Test
    void a_client_that_vanishes_is_let_go_of() throws Exception {
        // Runs for hours: an epoch lasts 2 ms at least.
        JobReply endless = stub(channel, tenant).submit(bell(1_000_000_000));
        var job = JobRequest.newBuilder().setJobId(endless.getJobId()).build();
        for (int stream = 0; stream < 2; stream++) {
            ManagedChannel vanishing = channel();
            Iterator<JobEvent> events = stub(vanishing, tenant).watch(job);
            assertTrue(events.hasNext());
            if (stream == 0) {
                Iterator<JobEvent> second = stub(vanishing, tenant).watch(job);
                assertTrue(second.hasNext());
                assertEquals(Status.Code.RESOURCE_EXHAUSTED, watched(job));
            }
            vanishing.shutdownNow();
            assertTrue(vanishing.awaitTermination(30, TimeUnit.SECONDS));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (watched(job) != Status.Code.OK) {
                assertTrue(System.nanoTime() < end, "the stream is not let go of");
                Thread.onSpinWait();
            }
        }
        stub(channel, tenant).cancel(job);
    }

    /// Whether one more watch is allowed.
    private Status.Code watched(JobRequest job) throws Exception {
        ManagedChannel one = channel();
        try {
            return stub(one, tenant).watch(job).hasNext() ? Status.Code.OK : Status.Code.UNKNOWN;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        } finally {
            one.shutdownNow();
            assertTrue(one.awaitTermination(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_request_that_is_too_long_is_refused() {
        SubmitRequest huge = SubmitRequest.newBuilder().setSource(" ".repeat(1 << 17)).build();

        var refused =
                assertThrows(
                        StatusRuntimeException.class, () -> stub(channel, tenant).submit(huge));

        assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    }
}
