package org.qmk.simulation;

import java.util.HexFormat;
import java.util.TreeSet;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.Notice;

/// What the record of each epoch must hold: its number, its digest, and parts for the tenants that
/// something was decided for, and for no others.
final class AuditLedger {

    private final TreeSet<Integer> concerned = new TreeSet<>();
    private final TreeSet<Integer> allowed = new TreeSet<>();
    private final TreeSet<Integer> told = new TreeSet<>();
    private String digest = "";

    void concern(TenantTrack tenant) {
        concerned.add(tenant.number);
    }

    void allow(TenantTrack tenant) {
        allowed.add(tenant.number);
    }

    /// The digest of the last closed epoch, empty before the first.
    String digest() {
        return digest;
    }

    void closed(Notice.EpochClosed closed, long epoch) {
        EpochRecord record = closed.record();
        LawBroken.unless(
                closed.epoch() == epoch && record.epoch() == epoch,
                Law.AUDIT_TRUE,
                "epoch " + closed.epoch() + " is closed, expected " + epoch);
        LawBroken.unless(
                closed.digest().length() == 64 && !closed.digest().equals(digest),
                Law.AUDIT_TRUE,
                "epoch " + epoch + " has the digest " + closed.digest());
        digest = closed.digest();
        LawBroken.unless(
                holds(record.shared(), HexFormat.of().parseHex(digest)),
                Law.AUDIT_TRUE,
                "the record of epoch " + epoch + " does not hold its digest");
        told.clear();
        for (EpochRecord.Part part : record.parts()) told.add(part.tenant().number());
    }

    /// Holds the parts of the record against those whom the epoch concerned.
    void compare() {
        allowed.addAll(concerned);
        LawBroken.unless(
                told.containsAll(concerned) && allowed.containsAll(told),
                Law.AUDIT_TRUE,
                "the record has parts of tenants " + told + ", expected " + concerned);
        concerned.clear();
        allowed.clear();
    }

    private static boolean holds(byte[] all, byte[] part) {
        for (int start = 0; start + part.length <= all.length; start++) {
            int i = 0;
            while (i < part.length && all[start + i] == part[i]) i++;
            if (i == part.length) return true;
        }
        return false;
    }
}
