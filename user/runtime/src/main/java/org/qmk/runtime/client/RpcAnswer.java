package org.qmk.runtime.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/// One line of a server.
///
/// @param id of the request; nothing where the server could not tell it
/// @param result what was asked for
/// @param refusal why not
/// @param event what a stream says before its result
record RpcAnswer<T>(
        OptionalLong id,
        Optional<T> result,
        Optional<ServerRefusal> refusal,
        Optional<JobChange> event) {

    /// Reads a line.
    ///
    /// @param reader reads the result, standing at it
    /// @throws TransportFailure if that is no answer
    static <T> RpcAnswer<T> read(byte[] line, Function<JsonFields, T> reader)
            throws TransportFailure {
        OptionalLong id = OptionalLong.empty();
        Optional<T> result = Optional.empty();
        Optional<ServerRefusal> refusal = Optional.empty();
        Optional<RpcAnswer<T>> event = Optional.empty();
        String version = "";
        try (JsonFields in = JsonFields.of(line)) {
            in.enter();
            while (in.more()) {
                switch (in.name()) {
                    case "jsonrpc" -> version = in.text();
                    case "id" -> id = number(in);
                    case "result" -> result = Optional.of(reader.apply(in));
                    case "error" -> refusal = Optional.of(refusal(in));
                    case "params" -> event = Optional.of(event(in));
                    default -> in.skip();
                }
            }
            if (!in.atEnd()) throw garbled("more than one value", null);
        } catch (JacksonException wrong) {
            throw garbled(wrong.getOriginalMessage(), wrong);
        }
        int parts = count(result) + count(refusal) + count(event);
        if (!version.equals("2.0") || parts != 1) {
            throw garbled("neither a result nor an error of JSON-RPC 2.0", null);
        }
        return event.orElse(new RpcAnswer<>(id, result, refusal, Optional.empty()));
    }

    private static int count(Optional<?> part) {
        return part.isPresent() ? 1 : 0;
    }

    /// Nothing for what no request of ours has.
    private static OptionalLong number(JsonFields in) {
        return in.isNull() ? OptionalLong.empty() : OptionalLong.of(in.whole());
    }

    private static <T> RpcAnswer<T> event(JsonFields in) {
        OptionalLong id = OptionalLong.empty();
        Optional<JobChange> change = Optional.empty();
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "id" -> id = number(in);
                case "event" -> change = Optional.of(JobChange.read(in));
                default -> in.skip();
            }
        }
        return new RpcAnswer<>(id, Optional.empty(), Optional.empty(), change);
    }

    private static ServerRefusal refusal(JsonFields in) {
        int rpcCode = 0;
        String message = "";
        String error = "";
        String code = "";
        boolean retryable = false;
        List<ServerRefusal.Detail> details = List.of();
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "code" -> rpcCode = in.signed();
                case "message" -> message = in.text();
                case "data" -> {
                    in.enter();
                    while (in.more()) {
                        switch (in.name()) {
                            case "error" -> error = in.text();
                            case "code" -> code = in.text();
                            case "retry" -> retryable = in.truth();
                            case "details" -> details = in.list(RpcAnswer::detail);
                            default -> in.skip();
                        }
                    }
                }
                default -> in.skip();
            }
        }
        return new ServerRefusal(rpcCode, error, code, message, retryable, details);
    }

    private static ServerRefusal.Detail detail(JsonFields in) {
        String code = "";
        String where = "";
        String message = "";
        SortedMap<String, String> facts = new TreeMap<>();
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "code" -> code = in.text();
                case "where" -> where = in.text();
                case "message" -> message = in.text();
                case "facts" -> facts = in.map(JsonFields::text);
                default -> in.skip();
            }
        }
        return new ServerRefusal.Detail(code, where, message, facts);
    }

    /// An event that stands by itself.
    static JobChange value(byte[] text) throws TransportFailure {
        try (JsonFields in = JsonFields.of(text)) {
            return JobChange.read(in);
        } catch (JacksonException wrong) {
            throw garbled(wrong.getOriginalMessage(), wrong);
        }
    }

    /// The refusal that the text is.
    static ServerRefusal refused(byte[] text) throws TransportFailure {
        return read(text, JobChange::read)
                .refusal()
                .orElseThrow(() -> garbled("an error that is none", null));
    }

    /// What a call is answered with.
    ///
    /// @throws ServerRefusal if the server says no
    /// @throws TransportFailure if the line answers something else
    T of(RpcRequest request) throws ServerRefusal, TransportFailure {
        boolean ours = id.equals(OptionalLong.of(request.id()));
        if (refusal.isPresent() && (ours || id.isEmpty())) throw refusal.get();
        if (!ours || result.isEmpty()) throw garbled("the answer to another request", null);
        return result.get();
    }

    private static TransportFailure garbled(String what, Throwable cause) {
        return new TransportFailure(
                TransportFailure.Kind.GARBLED,
                "what came back is no answer of a QMK server: " + what,
                cause);
    }
}
