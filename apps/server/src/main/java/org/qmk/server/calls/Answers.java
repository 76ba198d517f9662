package org.qmk.server.calls;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Refusal;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineBusy;
import org.qmk.server.engine.EngineStopped;
import org.qmk.server.engine.KernelRefusal;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;

/// Turns what the engine answers into what a caller is told.
final class Answers {

    private Answers() {}

    /// Waits for the engine's answer.
    static <T> T of(Supplier<CompletableFuture<T>> question) throws CallRefused {
        try {
            return question.get().join();
        } catch (CompletionException failed) {
            throw refusal(failed.getCause());
        } catch (EngineBusy | EngineStopped failed) {
            throw refusal(failed);
        }
    }

    /// @throws RuntimeException what is no refusal goes on as it is
    static CallRefused refusal(Throwable failed) {
        return switch (failed) {
            case KernelRefusal kernel -> of(kernel.refused());
            case EngineBusy busy -> busy.refused();
            case EngineStopped stopped -> ServerRule.STOPPED.refused(stopped.getMessage());
            case Engine.JobEnded _ -> ServerRule.JOB_ENDED.refused();
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            default -> throw new IllegalStateException(failed);
        };
    }

    private static CallRefused of(Notice.Refused refused) {
        Refusal refusal = refused.refusal();
        return refused(refusal, refusal.message(refused.fact()));
    }

    /// What the kernel would refuse, refused before it is asked.
    static CallRefused refused(Refusal refusal, String message) {
        return new CallRefused(error(refusal), refusal.code(), message);
    }

    /// The wire's error for each of the kernel's.
    static CallError error(Refusal refusal) {
        return switch (refusal) {
            case TENANT_NAME_TAKEN -> CallError.CONFLICT;
            case TENANT_UNKNOWN -> CallError.NOT_FOUND;
            case TENANT_NAME_FORM, JOB_SHOTS, CHANNEL_TERMS, CHANNEL_SELF, MODULE_UNKNOWN ->
                    CallError.INVALID_PARAMS;
            case TENANT_SUSPENDED -> CallError.TENANT_SUSPENDED;
            case SESSION_UNKNOWN -> CallError.SESSION_NOT_FOUND;
            case CAPABILITY_MISSING,
                    CAPABILITY_UNKNOWN,
                    CAPABILITY_EXPIRED,
                    CAPABILITY_EXHAUSTED,
                    CAPABILITY_WIDER,
                    CAPABILITY_NOT_DELEGABLE,
                    DELEGATE_MISSING,
                    CAPABILITY_TOO_SMALL ->
                    CallError.INSUFFICIENT_CAPS;
            case JOB_UNKNOWN -> CallError.JOB_NOT_FOUND;
            case JOB_TOO_WIDE, JOB_TOO_HUNGRY, JOB_DEADLINE, TABLE_FULL, OVERLOADED ->
                    CallError.RESOURCE_EXHAUSTED;
            case JOB_NOT_RUNNING, CHANNEL_WAITS, CHANNEL_QUBIT, FIREWALL -> CallError.WRONG_STATE;
            case QUOTA_BLOCKS, QUOTA_JOBS, CHANNEL_EXHAUSTED -> CallError.QUOTA_EXCEEDED;
            case CHANNEL_UNKNOWN -> CallError.CHANNEL_NOT_FOUND;
            case PLACEMENT_UNWANTED,
                    PLACEMENT_OUTSIDE,
                    PLACEMENT_TAKEN,
                    PLACEMENT_SPREAD,
                    PLACEMENT_APART,
                    LINK_UNKNOWN,
                    LINK_PLAN,
                    REPORT_EPOCH,
                    EPOCH_OPEN ->
                    CallError.INTERNAL_ERROR;
        };
    }
}
