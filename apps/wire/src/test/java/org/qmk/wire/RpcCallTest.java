package org.qmk.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.qmk.wire.v1.JobEvent;
import org.qmk.wire.v1.Qsyscall;
import org.qmk.wire.v1.Role;
import org.qmk.wire.v1.SubmitRequest;

final class RpcCallTest {

    /// The calls that the design of the kernel names.
    private static final List<String> DESIGNED =
            List.of(
                    "q_negotiate_caps",
                    "q_alloc",
                    "q_release",
                    "q_submit",
                    "q_status",
                    "q_wait",
                    "q_cancel",
                    "q_open_chan",
                    "q_close_chan",
                    "q_chan_status",
                    "q_checkpoint",
                    "q_restore",
                    "q_migrate",
                    "q_get_telemetry",
                    "q_get_mapping",
                    "q_replay",
                    "q_derive",
                    "q_grant",
                    "q_revoke");

    @Test
    void every_designed_call_is_in_the_table() {
        for (String method : DESIGNED) assertTrue(RpcCall.named(method).isPresent(), method);
    }

    @Test
    void every_rpc_of_the_definition_is_a_row() {
        int rpcs = 0;
        for (var service : Qsyscall.getDescriptor().getServices()) {
            rpcs += service.getMethods().size();
        }

        assertEquals(rpcs, RpcCall.all().size());
        for (RpcCall call : RpcCall.all()) {
            assertTrue(call.method().matches("q_[a-z_]+"), call.method());
            assertTrue(call.meaning().endsWith("."), call.method());
            assertSame(call, RpcCall.named(call.method()).orElseThrow());
            boolean admin = call.grpc().getServiceName().endsWith("QAdmin");
            assertEquals(admin, call.role() == Role.ADMIN, call.method());
        }
    }

    @Test
    void a_row_knows_its_types_and_whether_it_streams() throws CallRefused {
        var submit = RpcCall.required("q_submit");
        var watch = RpcCall.required("q_watch");

        assertEquals(SubmitRequest.getDefaultInstance(), submit.request());
        assertFalse(submit.streaming());
        assertEquals(JobEvent.getDefaultInstance(), watch.reply());
        assertTrue(watch.streaming());
        assertEquals("qmk.qsyscall.v1.QSyscall/Submit", submit.grpc().getFullMethodName());
    }

    @Test
    void an_unknown_call_is_refused_with_the_nearest_one() {
        var refused = assertThrows(CallRefused.class, () -> RpcCall.required("q_sumbit"));

        assertEquals(CallError.METHOD_NOT_FOUND, refused.error());
        assertTrue(refused.getMessage().endsWith("expected q_submit. Call q_submit."));
        var far = assertThrows(CallRefused.class, () -> RpcCall.required("x".repeat(1_000_000)));
        assertTrue(far.getMessage().length() < 300, far.getMessage());
    }

    @Test
    void every_field_says_what_it_is() {
        for (Descriptor type : RandomMessage.types()) {
            for (FieldDescriptor field : type.getFields()) {
                String about = field.getOptions().getExtension(Qsyscall.about);
                assertTrue(about.endsWith("."), field.getFullName());
            }
        }
    }

    @Test
    void every_type_belongs_to_a_call() {
        Set<Descriptor> reached = new HashSet<>();
        for (RpcCall call : RpcCall.all()) {
            reach(call.request().getDescriptorForType(), reached);
            reach(call.reply().getDescriptorForType(), reached);
        }

        assertEquals(Set.copyOf(RandomMessage.types()), reached);
    }

    private static void reach(Descriptor type, Set<Descriptor> reached) {
        if (type.getOptions().getMapEntry() || !reached.add(type)) return;
        for (FieldDescriptor field : type.getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                reach(field.getMessageType(), reached);
            }
        }
    }

    @Test
    void the_codes_of_errors_are_those_of_the_design() {
        assertEquals(-32001, CallError.INSUFFICIENT_CAPS.rpcCode());
        assertEquals(-32100, CallError.AUTH_FAILED.rpcCode());
        assertEquals(-32101, CallError.TENANT_SUSPENDED.rpcCode());
        assertEquals(-32200, CallError.INVALID_GRAPH.rpcCode());
        assertEquals(-32201, CallError.QUOTA_EXCEEDED.rpcCode());
        assertEquals(-32202, CallError.RESOURCE_EXHAUSTED.rpcCode());
        assertEquals(-32300, CallError.JOB_NOT_FOUND.rpcCode());
        assertEquals(-32301, CallError.ACCESS_DENIED.rpcCode());
        assertEquals(-32302, CallError.TIMEOUT.rpcCode());
        assertEquals(-32303, CallError.ALREADY_COMPLETED.rpcCode());
        assertEquals(-32700, CallError.PARSE_ERROR.rpcCode());
        assertEquals(-32600, CallError.INVALID_REQUEST.rpcCode());
        assertEquals(-32601, CallError.METHOD_NOT_FOUND.rpcCode());
        assertEquals(-32602, CallError.INVALID_PARAMS.rpcCode());
        assertEquals(-32603, CallError.INTERNAL_ERROR.rpcCode());
    }

    @Test
    void every_error_has_its_own_code_and_a_status_of_failure() {
        for (CallError error : CallError.values()) {
            assertEquals(error, CallError.ofRpcCode(error.rpcCode()).orElseThrow());
            assertTrue(error.httpStatus() >= 400 && error.httpStatus() < 600, error.name());
            assertTrue(error.grpc() != Status.Code.OK, error.name());
            assertTrue(error.meaning().endsWith("."), error.name());
        }
        assertTrue(CallError.ofRpcCode(-1).isEmpty());
    }

    @Test
    void every_code_of_a_malformed_call_is_used_once() {
        Set<String> codes = new HashSet<>();
        for (WireRule rule : WireRule.values()) assertTrue(codes.add(rule.code()), rule.code());
    }
}
