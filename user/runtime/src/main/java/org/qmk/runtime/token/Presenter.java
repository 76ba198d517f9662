package org.qmk.runtime.token;

import java.util.Set;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;

/// Who shows a token, as far as the edge knows for certain.
///
/// @param holders the keys that he proved to have on this connection; often none
public record Presenter(TenantId tenant, SessionId session, Set<Holder> holders) {
    public Presenter {
        holders = Set.copyOf(holders);
    }
}
