package org.qmk.runtime.client;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// How a job is to be run.
///
/// @param name for people; may be empty
/// @param seed decides every outcome; the server draws one where there is none
/// @param priority among the tenant's jobs, higher ones first
/// @param deadlineEpochs within which it is to end; 0 for no deadline
/// @param compile what the program's text leaves open
/// @param waiting how long to wait for its end; nothing to come back as soon as it is accepted
/// @param idempotencyKey under which it runs once, however often it is submitted; the client makes
///     one up where there is none
public record SubmitOptions(
        String name,
        long shots,
        OptionalLong seed,
        int priority,
        long deadlineEpochs,
        CompileOptions compile,
        Optional<Duration> waiting,
        Optional<String> idempotencyKey) {

    public static final SubmitOptions DEFAULT =
            new SubmitOptions(
                    "",
                    1,
                    OptionalLong.empty(),
                    0,
                    0,
                    CompileOptions.DEFAULT,
                    Optional.empty(),
                    Optional.empty());

    public SubmitOptions {
        if (shots < 1 || priority < 0 || deadlineEpochs < 0) {
            throw new IllegalArgumentException(
                    "%d shots, priority %d, deadline %d"
                            .formatted(shots, priority, deadlineEpochs));
        }
    }

    public SubmitOptions withShots(long others) {
        return new SubmitOptions(
                name, others, seed, priority, deadlineEpochs, compile, waiting, idempotencyKey);
    }

    public SubmitOptions withSeed(long other) {
        OptionalLong given = OptionalLong.of(other);
        return new SubmitOptions(
                name, shots, given, priority, deadlineEpochs, compile, waiting, idempotencyKey);
    }

    public SubmitOptions withWait(Duration other) {
        Optional<Duration> given = Optional.of(other);
        return new SubmitOptions(
                name, shots, seed, priority, deadlineEpochs, compile, given, idempotencyKey);
    }

    public SubmitOptions withIdempotencyKey(String other) {
        Optional<String> given = Optional.of(other);
        return new SubmitOptions(
                name, shots, seed, priority, deadlineEpochs, compile, waiting, given);
    }

    /// Writes the members of `q_submit`, without the program.
    ///
    /// @param key the idempotency key
    /// @param waitMillis 0 not to wait
    void write(JsonGenerator json, String key, long waitMillis) {
        if (!name.isEmpty()) json.writeStringProperty("name", name);
        json.writeStringProperty("idempotency_key", key);
        if (waitMillis > 0) json.writeBooleanProperty("wait", true);
        compile.write(json);
        json.writeObjectPropertyStart("policy");
        json.writeNumberProperty("shots", shots);
        if (seed.isPresent()) {
            json.writeStringProperty("seed", Long.toUnsignedString(seed.getAsLong()));
        }
        if (priority > 0) json.writeNumberProperty("priority", priority);
        if (deadlineEpochs > 0) json.writeNumberProperty("deadline_epochs", deadlineEpochs);
        if (waitMillis > 0) json.writeNumberProperty("timeout_ms", waitMillis);
        json.writeEndObject();
    }
}
