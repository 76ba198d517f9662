package org.qmk.server.store;

/// Who an API key speaks for.
public sealed interface KeyHolder {

    /// The operator of the server.
    record Admin() implements KeyHolder {}

    /// A tenant.
    record OfTenant(String name) implements KeyHolder {}
}
