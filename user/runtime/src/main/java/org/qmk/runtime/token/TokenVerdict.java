package org.qmk.runtime.token;

import java.util.List;

/// What came of opening a token for somebody.
public sealed interface TokenVerdict permits TokenVerdict.Opened, TokenRefused {

    /// Made here, not altered, and he may use it. The kernel is asked next: derive from the
    /// delegation's capability within the bound, and grant to him.
    ///
    /// @param allowances where uses are counted, from the root on; empty without a quota
    record Opened(Delegation delegation, Bound bound, List<Allowance> allowances)
            implements TokenVerdict {
        public Opened {
            allowances = List.copyOf(allowances);
        }
    }
}
