package org.qmk.server.store;

import java.time.Instant;

/// What is known of an API key; its secret is not.
///
/// @param id stands in the key's text, and is no secret
public record ApiKey(String id, KeyHolder holder, boolean revoked, Instant created) {}
