package org.qmk.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words that must not be committed.
///
/// The patterns are written in pieces so that this file does not break its own rules.
enum Words {
    UNFINISHED("FIX" + "ME", "does not merge"),
    PROMISE("TO" + "DO(?!\\(#\\d+\\))", "needs its issue, as in TO" + "DO(#12)"),
    REGISTRY(
            "repo1?\\.maven\\.(apache\\.)?org|(oss|central)\\.sonatype|registry\\.npmjs"
                + "|pypi\\.org|files\\.pythonhosted|static\\.crates|index\\.crates|proxy\\.golang"
                + "|deb\\.debian",
            "names the host of a package registry"),
    MACHINE(
            "(?<![\\w.$}*<-])/(usr/lib/" + "jvm|ro" + "ot|wo" + "rk|ho" + "me/\\w+|Users/\\w+)\\b",
            "is a path of one machine");

    /// The launcher looks for a JDK in the usual folders: the one file that must name them.
    private static final String LAUNCHER = "qmk";

    private final Pattern pattern;
    private final String reason;

    Words(String pattern, String reason) {
        this.pattern = Pattern.compile(pattern);
        this.reason = reason;
    }

    /// Says where the words stand.
    static List<String> found(List<TextFile> texts) {
        List<String> found = new ArrayList<>();
        for (TextFile file : texts) {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                for (Words words : values()) {
                    Matcher matcher = words.pattern.matcher(lines.get(i));
                    if (!words.exempts(file) && matcher.find()) {
                        found.add(
                                file.path()
                                        + ":"
                                        + (i + 1)
                                        + ": "
                                        + matcher.group()
                                        + " "
                                        + words.reason
                                        + ".");
                    }
                }
            }
        }
        return found;
    }

    private boolean exempts(TextFile file) {
        return this == MACHINE && file.path().equals(LAUNCHER);
    }
}
