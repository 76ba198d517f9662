package org.qmk.kernel.call;

/// What an operator decides of a tenant, and may change.
///
/// @param weight the tenant's share when tenants compete, 1 to `WEIGHT_MAX`
/// @param suspended whether the tenant may do nothing for now
public record Terms(int weight, Quotas quotas, boolean suspended) {

    public static final int WEIGHT_MAX = 1_000_000;

    public Terms {
        if (weight < 1 || weight > WEIGHT_MAX) {
            throw new IllegalArgumentException(
                    "weight is " + weight + ", expected 1 to " + WEIGHT_MAX);
        }
    }
}
