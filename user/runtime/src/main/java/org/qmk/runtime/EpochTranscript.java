package org.qmk.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;

/// Writes down, in words, what went into a kernel and what it answered, epoch by epoch.
public final class EpochTranscript implements Witness {

    /// What happened from the end of the epoch before to the end of this one.
    ///
    /// @param lines one for each input; after it one for each notice, which begins with `->`
    public record Epoch(long number, List<String> lines) {
        public Epoch {
            lines = List.copyOf(lines);
        }
    }

    private record Step(Input input, List<Notice> notices) {}

    private final Optional<EpochRange> range;
    private final Consumer<Epoch> reader;
    private List<Step> steps = new ArrayList<>();
    private List<Step> closedSteps = List.of();
    private long closed;

    /// @param range the epochs that are told to the reader, each when it closes
    public EpochTranscript(EpochRange range, Consumer<Epoch> reader) {
        this(Optional.of(range), reader);
    }

    private EpochTranscript(Optional<EpochRange> range, Consumer<Epoch> reader) {
        this.range = range;
        this.reader = reader;
    }

    /// A transcript that tells nobody, for `last`.
    public static EpochTranscript silent() {
        return new EpochTranscript(Optional.empty(), _ -> {});
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        steps.add(new Step(input, notices));
        for (Notice notice : notices) {
            if (!(notice instanceof Notice.EpochClosed(long epoch, var _, var _))) continue;
            closedSteps = steps;
            closed = epoch;
            steps = new ArrayList<>();
            if (range.isPresent() && range.get().contains(epoch)) reader.accept(written());
        }
    }

    /// The epoch that was closed last, if one was.
    public Optional<Epoch> last() {
        return closed == 0 ? Optional.empty() : Optional.of(written());
    }

    private Epoch written() {
        List<String> lines = new ArrayList<>();
        for (Step step : closedSteps) {
            lines.add(text(step.input()));
            for (Notice notice : step.notices()) lines.add("-> " + text(notice));
        }
        return new Epoch(closed, lines);
    }

    private static String text(Object record) {
        return record instanceof Record known ? RecordText.of(known) : record.toString();
    }
}
