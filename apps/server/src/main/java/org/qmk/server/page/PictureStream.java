package org.qmk.server.page;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.qmk.server.edge.EventWriter;

/// Sends pictures to browsers as server-sent events: at most ten a second, fewer if they are large,
/// and none while nothing changes.
///
/// A browser that is slow holds up nobody but itself: each stream has a thread of its own and skips
/// what it comes too late for.
final class PictureStream {

    /// Streams at once, and those of one viewer.
    static final int STREAMS_MAX = 256;

    static final int STREAMS_EACH = 16;

    private static final long MILLIS_PER_PICTURE = 100;

    /// Characters of a picture that cost one more millisecond: about a megabyte a second.
    private static final int CHARACTERS_PER_MILLI = 1_024;

    /// After so long a stream ends, and the browser asks anew: then its key is looked up again.
    private static final long LIFE_NANOS = 60_000_000_000L;

    private static final long SILENCE_NANOS = 10_000_000_000L;

    private final Pictures pictures;
    private final PictureJson json;
    private final LongSupplier nanoTime;
    private final Map<Viewer, Integer> open = new HashMap<>();
    private int streams;

    /// Has the latest picture.
    @FunctionalInterface
    interface Pictures {
        MachinePicture latest() throws InterruptedException;
    }

    PictureStream(Pictures pictures, PictureJson json, LongSupplier nanoTime) {
        this.pictures = pictures;
        this.json = json;
        this.nanoTime = nanoTime;
    }

    /// Whether the viewer may have another stream; it has to be left again. An administrator always
    /// may, up to the number that one viewer may have.
    synchronized boolean enter(Viewer viewer) {
        boolean full =
                switch (viewer) {
                    case Viewer.Administrator() -> false;
                    case Viewer.OneTenant _ -> streams >= STREAMS_MAX;
                };
        int own = open.getOrDefault(viewer, 0);
        if (full || own >= STREAMS_EACH) return false;
        open.put(viewer, own + 1);
        streams++;
        return true;
    }

    synchronized void leave(Viewer viewer) {
        int own = open.get(viewer) - 1;
        if (own == 0) open.remove(viewer);
        else open.put(viewer, own);
        streams--;
    }

    /// Sends until the stream's life is over.
    ///
    /// @throws IOException when the browser has gone away
    void run(Viewer viewer, EventWriter out) throws IOException, InterruptedException {
        long begun = nanoTime.getAsLong();
        long spoken = begun;
        String map = "";
        String state = "";
        long sent = -1;
        out.event("shape", json.shape(viewer));
        while (nanoTime.getAsLong() - begun < LIFE_NANOS) {
            MachinePicture picture = pictures.latest();
            long pause = MILLIS_PER_PICTURE;
            String stateNow = json.state();
            if (picture.nanos() != sent || !stateNow.equals(state)) {
                String next = json.map(picture, viewer);
                String text = json.picture(picture, viewer, next.equals(map) ? "" : next);
                out.event("picture", text);
                map = next;
                state = stateNow;
                sent = picture.nanos();
                spoken = nanoTime.getAsLong();
                pause += text.length() / CHARACTERS_PER_MILLI;
            } else if (nanoTime.getAsLong() - spoken > SILENCE_NANOS) {
                out.comment("still there");
                spoken = nanoTime.getAsLong();
            }
            Thread.sleep(pause);
        }
    }
}
