package org.qmk.server.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.runtime.Witness;

/// The degraded modes that the kernel is in. One thread tells, any thread may ask.
public final class ModeBook implements Witness {

    private final CopyOnWriteArrayList<Notice.ModeChanged> modes = new CopyOnWriteArrayList<>();

    /// Conditions above level 0, one for each subject.
    public List<Notice.ModeChanged> modes() {
        return List.copyOf(modes);
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        for (Notice notice : notices) {
            if (!(notice instanceof Notice.ModeChanged mode)) continue;
            modes.removeIf(
                    old -> old.condition() == mode.condition() && old.subject() == mode.subject());
            if (mode.level() > 0) modes.add(mode);
        }
    }
}
