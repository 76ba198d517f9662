package org.qmk.server.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// Which ended jobs are kept. A job goes as soon as one limit says so.
///
/// @param age since the end
/// @param perTenant so many of the jobs of each tenant that ended last
public record Retention(Optional<Duration> age, OptionalInt perTenant) {

    public static final Retention FOREVER = new Retention(Optional.empty(), OptionalInt.empty());

    public Retention {
        if (age.isPresent() && !age.get().isPositive()) {
            throw new IllegalArgumentException("age is " + age.get() + ", expected more than 0");
        }
        if (perTenant.isPresent() && perTenant.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "jobs per tenant are " + perTenant.getAsInt() + ", expected 1 or more");
        }
    }

    boolean forever() {
        return age.isEmpty() && perTenant.isEmpty();
    }
}
