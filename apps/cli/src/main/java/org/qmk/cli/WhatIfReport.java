package org.qmk.cli;

import java.util.Locale;
import java.util.function.Function;
import org.qmk.runtime.WhatIf;

/// How a run went, beside how it would have gone, as a table.
final class WhatIfReport {

    private WhatIfReport() {}

    static String text(WhatIf.Result.Compared compared) {
        var text = new StringBuilder();
        text.append(
                "%-26s %14s %14s %14s\n"
                        .formatted(
                                "",
                                compared.recordedSetting().machine().name(),
                                compared.otherSetting().machine().name(),
                                "difference"));
        text.append(whole(compared, "jobs accepted", WhatIf.Measures::jobs));
        text.append(whole(compared, "jobs refused", WhatIf.Measures::refused));
        text.append(whole(compared, "jobs completed", WhatIf.Measures::completed));
        text.append(whole(compared, "jobs unfinished", WhatIf.Measures::unfinished));
        text.append(real(compared, "wait, mean epochs", measures -> measures.waits().mean()));
        text.append(whole(compared, "wait, p50 epochs", measures -> measures.waits().p50()));
        text.append(whole(compared, "wait, p99 epochs", measures -> measures.waits().p99()));
        text.append(whole(compared, "makespan, epochs", WhatIf.Measures::makespan));
        text.append(real(compared, "fairness, Jain of slowdown", WhatIf.Measures::fairness));
        return text.toString();
    }

    private static String whole(
            WhatIf.Result.Compared compared,
            String name,
            Function<WhatIf.Measures, Number> measure) {
        long recorded = measure.apply(compared.recorded()).longValue();
        long other = measure.apply(compared.other()).longValue();
        return "%-26s %14d %14d %+14d\n".formatted(name, recorded, other, other - recorded);
    }

    private static String real(
            WhatIf.Result.Compared compared,
            String name,
            Function<WhatIf.Measures, Double> measure) {
        double recorded = measure.apply(compared.recorded());
        double other = measure.apply(compared.other());
        return String.format(
                Locale.ROOT,
                "%-26s %14.4f %14.4f %+14.4f\n",
                name,
                recorded,
                other,
                other - recorded);
    }
}
