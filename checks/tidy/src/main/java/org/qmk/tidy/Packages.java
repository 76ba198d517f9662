package org.qmk.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Every package introduces itself, and none hides behind the name `internal`.
final class Packages {
    private static final int INTRODUCTION_LINES_MIN = 4;

    private Packages() {}

    static List<String> unintroduced(List<TextFile> mainSources) {
        List<String> found = new ArrayList<>();
        for (String folder : folders(mainSources)) {
            String path = folder + "/package-info.java";
            long lines =
                    mainSources.stream()
                            .filter(file -> file.path().equals(path))
                            .flatMap(file -> file.lines().stream())
                            .filter(line -> line.strip().length() > 3 && line.startsWith("///"))
                            .count();
            if (lines < INTRODUCTION_LINES_MIN) {
                found.add(path + ": has " + lines + " lines of introduction, expected about six.");
            }
        }
        return found;
    }

    static List<String> hidden(List<TextFile> sources) {
        return folders(sources).stream()
                .filter(folder -> List.of(folder.split("/")).contains("internal"))
                .map(folder -> folder + ": a package is named for what it is about.")
                .toList();
    }

    private static TreeSet<String> folders(List<TextFile> sources) {
        TreeSet<String> folders = new TreeSet<>();
        for (TextFile file : sources) {
            if (!file.name().equals("module-info.java")) {
                folders.add(file.path().substring(0, file.path().lastIndexOf('/')));
            }
        }
        return folders;
    }
}
