package org.qmk.runtime.client;

/// A channel between two tenants.
///
/// @param state OFFERED, OPEN or CLOSED
/// @param peer the other tenant's name
/// @param purpose for people
/// @param pairsLeft Bell pairs that it may still use
/// @param fidelity the least that a pair has
public record RemoteChannel(
        long id, String state, String peer, String purpose, long pairsLeft, double fidelity) {

    static RemoteChannel read(JsonFields in) {
        long id = 0;
        String state = "";
        String peer = "";
        String purpose = "";
        long pairsLeft = 0;
        double fidelity = 0;
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "channel_id" -> id = in.whole();
                case "state" -> state = in.text();
                case "peer" -> peer = in.text();
                case "purpose" -> purpose = in.text();
                case "pairs_left" -> pairsLeft = in.whole();
                case "fidelity" -> fidelity = in.real();
                default -> in.skip();
            }
        }
        return new RemoteChannel(id, state, peer, purpose, pairsLeft, fidelity);
    }
}
