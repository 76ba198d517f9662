package org.qmk.runtime.client;

/// What became of a job in an epoch.
///
/// @param epoch the epoch that was closed
/// @param job how the job stands after it
public record JobChange(long epoch, RemoteJob job) {

    static JobChange read(JsonFields in) {
        long epoch = 0;
        RemoteJob job = RemoteJob.NONE;
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "epoch" -> epoch = in.whole();
                case "job" -> job = RemoteJob.read(in);
                default -> in.skip();
            }
        }
        return new JobChange(epoch, job);
    }
}
