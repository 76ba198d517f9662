package org.qmk.runtime.client;

import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// What a capability is good for. What is absent has no bound, or stays as in the capability that
/// another is derived from.
///
/// @param amount what one use may take: qubits, magic states or Bell pairs of a shot
/// @param lastEpoch the last epoch in which it is good
/// @param uses how many uses it is good for
/// @param delegable whether others may be derived from it
public record CapabilityBounds(
        OptionalLong amount, OptionalLong lastEpoch, OptionalLong uses, boolean delegable) {

    public static final CapabilityBounds NONE =
            new CapabilityBounds(
                    OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), false);

    static CapabilityBounds read(JsonFields in) {
        OptionalLong amount = OptionalLong.empty();
        OptionalLong lastEpoch = OptionalLong.empty();
        OptionalLong uses = OptionalLong.empty();
        boolean delegable = false;
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "amount" -> amount = OptionalLong.of(in.whole());
                case "last_epoch" -> lastEpoch = OptionalLong.of(in.whole());
                case "uses" -> uses = OptionalLong.of(in.whole());
                case "delegable" -> delegable = in.truth();
                default -> in.skip();
            }
        }
        return new CapabilityBounds(amount, lastEpoch, uses, delegable);
    }

    void write(JsonGenerator json) {
        json.writeObjectPropertyStart("bounds");
        amount.ifPresent(number -> json.writeNumberProperty("amount", number));
        lastEpoch.ifPresent(number -> json.writeNumberProperty("last_epoch", number));
        uses.ifPresent(number -> json.writeNumberProperty("uses", number));
        json.writeBooleanProperty("delegable", delegable);
        json.writeEndObject();
    }
}
