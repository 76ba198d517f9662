package org.qmk.runtime.client;

import java.util.Optional;

/// An API key.
///
/// @param id names it; no secret
/// @param secret the key itself, if it was just made
/// @param tenant whose it is; empty for an administrator's
public record RemoteKey(
        String id, Optional<String> secret, String tenant, boolean admin, boolean revoked) {

    static RemoteKey read(JsonFields in) {
        String id = "";
        Optional<String> secret = Optional.empty();
        String tenant = "";
        boolean admin = false;
        boolean revoked = false;
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "key_id" -> id = in.text();
                case "api_key" -> secret = Optional.of(in.text());
                case "tenant" -> tenant = in.text();
                case "admin" -> admin = in.truth();
                case "revoked" -> revoked = in.truth();
                default -> in.skip();
            }
        }
        return new RemoteKey(id, secret, tenant, admin, revoked);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "key " + id + (admin ? " of an administrator" : " of " + tenant);
    }
}
