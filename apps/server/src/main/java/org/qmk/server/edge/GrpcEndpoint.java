package org.qmk.server.edge;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.qmk.server.calls.Caller;
import org.qmk.wire.CallRefused;
import org.qmk.wire.GrpcRefusal;
import org.qmk.wire.RpcCall;
import org.qmk.wire.v1.JobEvent;
import org.qmk.wire.v1.JobRequest;
import org.qmk.wire.v1.QAdminGrpc;
import org.qmk.wire.v1.QSyscallGrpc;

/// The calls over gRPC. The key is in the metadata, as `authorization: Bearer qmk_...`.
public final class GrpcEndpoint implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<Caller> CALLER = Context.key("caller");
    private static final String BEARER = "Bearer ";
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final int STOP_SECONDS = 5;
    private static final int PING_SECONDS = 20;
    private static final int CALLS_PER_CONNECTION = 1_000;

    /// @param port 0 for any that is free
    /// @param tls nothing for connections in the clear
    public record Setting(String host, int port, ClientLimits limits, Optional<Tls> tls) {}

    private final Gateway gateway;
    private final Server server;

    private GrpcEndpoint(Setting setting, Gateway gateway) {
        this.gateway = gateway;
        this.server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(setting.host(), setting.port()),
                                credentials(setting.tls()))
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .maxInboundMessageSize(setting.limits().requestBytesMax())
                        .addTransportFilter(new ConnectionCount(setting.limits().connectionsMax()))
                        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                        .maxConnectionIdle(setting.limits().idle().toMillis(), MILLISECONDS)
                        // A client that vanished without a word is found out by a ping.
                        .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                        .keepAliveTimeout(PING_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .addService(guarded(QSyscallGrpc.getServiceDescriptor()))
                        .addService(guarded(QAdminGrpc.getServiceDescriptor()))
                        .build();
    }

    private static ServerCredentials credentials(Optional<Tls> tls) {
        if (tls.isEmpty()) return InsecureServerCredentials.create();
        var builder = TlsServerCredentials.newBuilder().keyManager(tls.get().keys());
        tls.get()
                .clients()
                .ifPresent(
                        trusted ->
                                builder.trustManager(trusted)
                                        .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL));
        return builder.build();
    }

    /// The certificate that the client showed, if any.
    private static Optional<X509Certificate> certificate(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) return Optional.empty();
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate own
                    ? Optional.of(own)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /// Listens.
    public static GrpcEndpoint open(Setting setting, Gateway gateway) throws IOException {
        var endpoint = new GrpcEndpoint(setting, gateway);
        endpoint.server.start();
        return endpoint;
    }

    public int port() {
        return server.getPort();
    }

    private ServerServiceDefinition guarded(ServiceDescriptor service) {
        var definition = ServerServiceDefinition.builder(service);
        for (RpcCall call : RpcCall.all()) {
            if (service.getMethods().contains(call.grpc())) add(call, call.grpc(), definition);
        }
        return ServerInterceptors.intercept(definition.build(), new Authentication());
    }

    private <Q extends Message, A extends Message> void add(
            RpcCall call,
            MethodDescriptor<Q, A> method,
            ServerServiceDefinition.Builder definition) {
        if (call.streaming()) {
            definition.addMethod(method, ServerCalls.asyncServerStreamingCall(this::watch));
        } else {
            definition.addMethod(
                    method,
                    ServerCalls.asyncUnaryCall((request, out) -> answer(call, request, out)));
        }
    }

    private <A extends Message> void answer(RpcCall call, Message request, StreamObserver<A> out) {
        try {
            // The call's reply is of the type that its descriptor says.
            @SuppressWarnings("unchecked")
            A reply = (A) gateway.call(call, CALLER.get(), request);
            out.onNext(reply);
            out.onCompleted();
        } catch (CallRefused refused) {
            out.onError(GrpcRefusal.of(refused));
        } catch (RuntimeException bug) {
            out.onError(GrpcRefusal.of(JsonRpcEndpoint.bug(call, bug)));
        }
    }

    /// The one call that streams.
    private <A extends Message> void watch(Message request, StreamObserver<A> out) {
        var stream = (ServerCallStreamObserver<A>) out;
        try (JobStream watch = gateway.watch(CALLER.get(), (JobRequest) request)) {
            while (!watch.over() && !stream.isCancelled()) {
                Optional<JobEvent> event = watch.next(SILENCE);
                if (event.isEmpty() || !stream.isReady() && !watch.over()) continue;
                // The only streaming call answers with events.
                @SuppressWarnings("unchecked")
                A next = (A) event.get();
                out.onNext(next);
            }
            if (!stream.isCancelled()) out.onCompleted();
        } catch (CallRefused refused) {
            out.onError(GrpcRefusal.of(refused));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            out.onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }

    /// Finds out who calls before anything is read.
    private final class Authentication implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String header = headers.get(AUTHORIZATION);
            boolean bearer = header != null && header.startsWith(BEARER);
            String key = bearer ? header.substring(BEARER.length()).strip() : "";
            try {
                Caller caller = gateway.caller(key, certificate(call));
                Context known = Context.current().withValue(CALLER, caller);
                return Contexts.interceptCall(known, call, headers, next);
            } catch (CallRefused refused) {
                var failure = GrpcRefusal.of(refused);
                Metadata trailers = failure.getTrailers();
                call.close(failure.getStatus(), trailers == null ? new Metadata() : trailers);
                return new ServerCall.Listener<>() {};
            }
        }
    }

    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) server.shutdownNow();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
    }
}
