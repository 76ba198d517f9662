package org.qmk.server.edge;

import com.google.protobuf.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.server.calls.Caller;
import org.qmk.wire.CallRefused;
import org.qmk.wire.JsonMessage;
import org.qmk.wire.JsonRpcAnswer;
import org.qmk.wire.JsonRpcEntry;
import org.qmk.wire.JsonRpcRequest;
import org.qmk.wire.JsonSlice;
import org.qmk.wire.RpcCall;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.JobEvent;
import org.qmk.wire.v1.JobRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers JSON-RPC requests, whatever they came over.
final class JsonRpcEndpoint {

    static final int BATCH_MAX = 1_000;

    /// How long a stream is silent before it is looked whether the client is still there.
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final byte[] SPACE = {' '};

    private static final Logger LOG = LoggerFactory.getLogger(JsonRpcEndpoint.class);

    /// Where answers go, a line each.
    interface Lines {
        void send(byte[] line) throws IOException;
    }

    private final Gateway gateway;

    JsonRpcEndpoint(Gateway gateway) {
        this.gateway = gateway;
    }

    /// Answers one request or batch.
    ///
    /// @param streams whether `q_watch` may send events before its answer
    void answer(JsonSlice request, Caller caller, boolean streams, Lines out) throws IOException {
        JsonRpcRequest read;
        try {
            read = JsonRpcRequest.read(request, BATCH_MAX);
        } catch (CallRefused refused) {
            out.send(JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused));
            return;
        }
        List<byte[]> answers = new ArrayList<>();
        for (JsonRpcEntry entry : read.entries()) {
            answer(entry, caller, streams && !read.batch(), out).ifPresent(answers::add);
        }
        if (read.batch()) {
            byte[] line = JsonRpcAnswer.batch(answers);
            if (line.length > 0) out.send(line);
        } else {
            for (byte[] answer : answers) out.send(answer);
        }
    }

    private Optional<byte[]> answer(JsonRpcEntry entry, Caller caller, boolean streams, Lines out)
            throws IOException {
        return switch (entry) {
            case JsonRpcEntry.Unclear(var id, var refusal) ->
                    Optional.of(JsonRpcAnswer.error(id, refusal));
            case JsonRpcEntry.Told(var method, var params) -> {
                try {
                    carryOut(RpcCall.required(method), caller, params);
                } catch (CallRefused refused) {
                    LOG.atDebug().log("a notification was refused: {}", refused.getMessage());
                }
                yield Optional.empty();
            }
            case JsonRpcEntry.Asked(var id, var method, var params) -> {
                try {
                    RpcCall call = RpcCall.required(method);
                    Message reply =
                            call.streaming()
                                    ? stream(call, id, caller, params, streams, out)
                                    : carryOut(call, caller, params);
                    yield Optional.of(JsonRpcAnswer.result(id, reply));
                } catch (CallRefused refused) {
                    yield Optional.of(JsonRpcAnswer.error(id, refused));
                }
            }
        };
    }

    private Message carryOut(RpcCall call, Caller caller, JsonSlice params) throws CallRefused {
        Message request = JsonMessage.read(params, call.request());
        try {
            return gateway.call(call, caller, request);
        } catch (RuntimeException bug) {
            throw bug(call, bug);
        }
    }

    static CallRefused bug(RpcCall call, RuntimeException bug) {
        LOG.atError().setCause(bug).log("{} failed", call.method());
        return ServerRule.BUG.refused(bug);
    }

    private Message stream(
            RpcCall call, JsonSlice id, Caller caller, JsonSlice params, boolean streams, Lines out)
            throws CallRefused, IOException {
        if (!streams) {
            throw ServerRule.NO_STREAM.refused();
        }
        var request = JsonMessage.read(params, JobRequest.getDefaultInstance());
        try (JobStream watch = gateway.watch(caller, request)) {
            Message last = call.reply();
            while (!watch.over()) {
                Optional<JobEvent> event = watch.next(SILENCE);
                if (event.isEmpty()) {
                    // A client that is gone takes no more, and JSON does not mind a space.
                    out.send(SPACE);
                    continue;
                }
                last = event.get();
                if (!watch.over()) out.send(JsonRpcAnswer.event(call, id, last));
            }
            return last;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ServerRule.STOPPED.refused("the server stops");
        }
    }
}
