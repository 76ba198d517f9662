package org.qmk.wire;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// A refusal in gRPC: a status, and in its trailers the data that JSON-RPC sends with an error.
public final class GrpcRefusal {

    /// The data as JSON in UTF-8, with as many details as fit beside other trailers.
    public static final Metadata.Key<byte[]> DATA =
            Metadata.Key.of("qmk-error-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /// gRPC allows 8,192 bytes of trailers, and base64 makes four of three.
    private static final int DATA_BYTES_MAX = 4_500;

    private static final int MESSAGE_MAX = 200;

    private GrpcRefusal() {}

    public static StatusRuntimeException of(CallRefused refusal) {
        String description = JsonTokens.cut(refusal.getMessage(), MESSAGE_MAX);
        var trailers = new Metadata();
        trailers.put(DATA, RefusalJson.data(refusal, DATA_BYTES_MAX));
        return Status.fromCode(refusal.error().grpc())
                .withDescription(description)
                .asRuntimeException(trailers);
    }
}
