package org.qmk.qir;

import java.nio.file.Files;
import java.nio.file.Path;

final class QirDump {
    public static void main(String[] args) throws Exception {
        for (String each : args) {
            switch (QirReader.read(Files.readAllBytes(Path.of(each)), each, QirSettings.DEFAULT)) {
                case QirReading.Failed(var errors) -> errors.forEach(System.out::println);
                case QirReading.Ok(var graph, var outputs, var warnings) -> {
                    System.out.println(graph.size() + " nodes " + warnings);
                    if (QirWriter.write(graph) instanceof QirWritten.Text(var text)) System.out.println(text);
                }
            }
        }
        if (args.length == 0) {
            for (String each : QirSamples.ALL) {
                switch (QirReader.read(each, "sample")) {
                    case QirReading.Failed(var errors) -> errors.forEach(System.out::println);
                    case QirReading.Ok(var graph, var outputs, var warnings) ->
                        System.out.println(graph.size() + " nodes " + warnings + " " + QirReader.read(each.getBytes(), "s", QirSettings.DEFAULT.with(QirValidation.STRICT)).getClass());
                }
            }
        }
    }
}
