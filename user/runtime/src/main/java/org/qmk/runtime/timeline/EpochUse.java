package org.qmk.runtime.timeline;

/// What an epoch of a job's run went to.
public enum EpochUse {
    WORK("work", "the machine worked on it"),
    DECODER("decoder", "outcomes were not decoded yet, or the decoders were behind"),
    MAGIC("magic", "there were too few magic states"),
    LINK("link", "there were too few Bell pairs"),
    ROUTING("routing", "no lane, route or place was free, though nobody else had one"),
    CO_TENANTS("co-tenants", "others had what it lacked, or it made room for them"),
    FAULTS("faults", "what the machine lost, or was done again because of it");

    private final String word;
    private final String sentence;

    EpochUse(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /// In tables and files.
    public String word() {
        return word;
    }

    public String sentence() {
        return sentence;
    }
}
