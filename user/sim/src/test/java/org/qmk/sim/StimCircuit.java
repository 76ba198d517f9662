package org.qmk.sim;

import java.util.ArrayList;
import java.util.List;

/// A frame program from a circuit in Stim's language, for benchmarks: of that language, what
/// Stim's surface codes use once their loops are written out. Outputs are the detectors and then
/// the observables.
final class StimCircuit {

    private final List<String[]> lines = new ArrayList<>();
    private final List<Integer> records = new ArrayList<>();
    private final List<Integer> detectors = new ArrayList<>();
    private int observable = -1;
    private FrameProgram.Builder builder;

    private StimCircuit() {}

    static FrameProgram program(List<String> text) {
        var circuit = new StimCircuit();
        int qubits = 0;
        for (String line : text) {
            String[] words = line.trim().replaceAll("\\([^)]*, [^)]*\\)", "").split("[ ()]+");
            if (words[0].isEmpty()) continue;
            circuit.lines.add(words);
            if (words[0].equals("QUBIT_COORDS")) {
                qubits = Math.max(qubits, Integer.parseInt(words[words.length - 1]) + 1);
            }
        }
        circuit.builder = new FrameProgram.Builder(qubits);
        for (int slot = 0; slot < qubits; slot++) circuit.builder.reset(slot);
        for (String[] words : circuit.lines) circuit.add(words);
        for (int row : circuit.detectors) circuit.builder.output(row);
        if (circuit.observable >= 0) circuit.builder.output(circuit.observable);
        return circuit.builder.build();
    }

    private void add(String[] words) {
        switch (words[0]) {
            case "QUBIT_COORDS", "SHIFT_COORDS", "TICK" -> {}
            case "DETECTOR" -> {
                int row = builder.row();
                builder.sum(row, recordRows(words, 1));
                detectors.add(row);
            }
            case "OBSERVABLE_INCLUDE" -> {
                observable = builder.row();
                builder.sum(observable, recordRows(words, 2));
            }
            case "X_ERROR" -> {
                for (int i = 2; i < words.length; i++) {
                    builder.flip(builder.rowX(number(words, i)), Double.parseDouble(words[1]));
                }
            }
            case "DEPOLARIZE1" -> {
                for (int i = 2; i < words.length; i++) {
                    builder.depolarize(number(words, i), Double.parseDouble(words[1]));
                }
            }
            case "DEPOLARIZE2" -> {
                for (int i = 2; i < words.length; i += 2) {
                    double chance = Double.parseDouble(words[1]);
                    builder.depolarize(number(words, i), number(words, i + 1), chance);
                }
            }
            case "CX" -> {
                for (int i = 1; i < words.length; i += 2) {
                    builder.cnot(number(words, i), number(words, i + 1));
                }
            }
            case "H", "R", "M", "MR" -> {
                for (int i = 1; i < words.length; i++) single(words[0], number(words, i));
            }
            default -> throw new IllegalArgumentException("unknown instruction " + words[0]);
        }
    }

    private void single(String name, int slot) {
        if (name.equals("H")) builder.h(slot);
        if (name.startsWith("M")) {
            int record = builder.row();
            builder.measureZ(slot, record);
            records.add(record);
        }
        if (name.endsWith("R")) builder.reset(slot);
    }

    private int[] recordRows(String[] words, int from) {
        int[] rows = new int[words.length - from];
        for (int i = 0; i < rows.length; i++) {
            String word = words[from + i];
            int back = Integer.parseInt(word.substring(4, word.length() - 1));
            rows[i] = records.get(records.size() + back);
        }
        return rows;
    }

    private static int number(String[] words, int place) {
        return Integer.parseInt(words[place]);
    }
}
