package org.qmk.wire;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qmk.wire.v1.QAdminGrpc;
import org.qmk.wire.v1.QSyscallGrpc;
import org.qmk.wire.v1.Qsyscall;
import org.qmk.wire.v1.Role;

/// One call of qSyscall: a row of the table that the definition makes.
///
/// @param method its name in JSON-RPC, q_submit for one
/// @param grpc its descriptor for gRPC, which knows its full name and can read and write messages
/// @param request the empty request
/// @param reply the empty reply; of a streaming call, one of the stream
/// @param role who may call it
/// @param meaning what it does, one sentence
public record RpcCall(
        String method,
        MethodDescriptor<? extends Message, ? extends Message> grpc,
        Message request,
        Message reply,
        Role role,
        String meaning) {

    private static final Map<String, RpcCall> CALLS = table();

    /// Every call in the order of the definition.
    public static List<RpcCall> all() {
        return List.copyOf(CALLS.values());
    }

    /// The call of that name in JSON-RPC.
    public static Optional<RpcCall> named(String method) {
        return Optional.ofNullable(CALLS.get(method));
    }

    /// The call of that name in JSON-RPC, for one that came in.
    ///
    /// @throws CallRefused if there is none, with the nearest that there is
    public static RpcCall required(String method) throws CallRefused {
        RpcCall call = CALLS.get(method);
        if (call != null) return call;
        Optional<String> nearest = NearestName.of(method, CALLS.keySet());
        throw WireRule.CALL.refused(
                "/method",
                JsonTokens.quoted(method),
                nearest.orElse("a call of qSyscall"),
                nearest.map(name -> "Call " + name + ".").orElse("Choose one of the reference."));
    }

    /// Whether it answers with a stream of replies.
    public boolean streaming() {
        return grpc.getType() == MethodDescriptor.MethodType.SERVER_STREAMING;
    }

    private static Map<String, RpcCall> table() {
        Map<String, RpcCall> calls = new LinkedHashMap<>();
        for (ServiceDescriptor service :
                List.of(QSyscallGrpc.getServiceDescriptor(), QAdminGrpc.getServiceDescriptor())) {
            for (RpcCall call : calls(service)) {
                if (calls.put(call.method, call) != null) {
                    throw new IllegalStateException("two calls are named " + call.method);
                }
            }
        }
        return Collections.unmodifiableMap(calls);
    }

    private static List<RpcCall> calls(ServiceDescriptor service) {
        List<RpcCall> calls = new ArrayList<>();
        for (MethodDescriptor<?, ?> any : service.getMethods()) {
            // The stubs of the definition speak messages only.
            @SuppressWarnings("unchecked")
            var grpc = (MethodDescriptor<? extends Message, ? extends Message>) any;
            var schema = (ProtoMethodDescriptorSupplier) grpc.getSchemaDescriptor();
            var options = schema.getMethodDescriptor().getOptions();
            calls.add(
                    new RpcCall(
                            options.getExtension(Qsyscall.method),
                            grpc,
                            prototype(grpc.getRequestMarshaller()),
                            prototype(grpc.getResponseMarshaller()),
                            options.getExtension(Qsyscall.role),
                            options.getExtension(Qsyscall.meaning)));
        }
        return calls;
    }

    private static Message prototype(MethodDescriptor.Marshaller<?> marshaller) {
        var typed = (MethodDescriptor.PrototypeMarshaller<?>) marshaller;
        return (Message) typed.getMessagePrototype();
    }
}
