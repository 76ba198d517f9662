package org.qmk.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One of the things that are wrong with a call.
///
/// @param code QVM-LINEAR-2 for one; what clients match
/// @param where a JSON pointer, a node's label, a line and column; empty for the whole
/// @param message what, where, what was expected, how to mend it
/// @param facts values that the message is made of, in its order
public record CallDetail(String code, String where, String message, Map<String, String> facts) {
    public CallDetail {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
