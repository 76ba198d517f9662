package org.qmk.runtime.client;

/// A capability of a session.
///
/// @param handle names it, for that session alone
/// @param name `CAP_ALLOC` for one
public record RemoteCapability(String handle, String name, CapabilityBounds bounds) {

    static RemoteCapability read(JsonFields in) {
        String handle = "";
        String name = "";
        CapabilityBounds bounds = CapabilityBounds.NONE;
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "handle" -> handle = in.text();
                case "capability" -> name = in.text();
                case "bounds" -> bounds = CapabilityBounds.read(in);
                default -> in.skip();
            }
        }
        return new RemoteCapability(handle, name, bounds);
    }
}
