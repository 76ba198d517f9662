package org.qmk.machine.profile;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with the fields of one file, a sentence each. Codes are a word and a number; the
/// numbers mean the same in every file: 1 no file of the kind, 2 a field that is unknown, 3 a value
/// that is wrong, 4 a formula that is wrong, and more where the file's reader says so.
public final class FieldErrors {

    private final String word;
    private final List<String> errors = new ArrayList<>();

    /// @param word what codes begin with, such as `QMK-PROFILE`
    public FieldErrors(String word) {
        this.word = word;
    }

    public void add(int number, String sentence) {
        errors.add("%s-%d: %s".formatted(word, number, sentence));
    }

    public boolean none() {
        return errors.isEmpty();
    }

    public int count() {
        return errors.size();
    }

    public List<String> all() {
        return List.copyOf(errors);
    }
}
