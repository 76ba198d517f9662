package org.qmk.machine;

/// What is wrong with a machine in one epoch.
///
/// @param factoryLoss by factory: thousandths of what it makes that are lost; empty for nothing
/// @param linkLoss by link, in the same way
/// @param decoderRounds rounds that the decoders spend on nothing
record Trouble(int[] factoryLoss, int[] linkLoss, long decoderRounds) {

    static final Trouble NONE = new Trouble(new int[0], new int[0], 0);

    static int left(int made, int[] loss, int subject) {
        if (loss.length == 0) return made;
        return (int) ((long) made * (1000 - loss[subject]) / 1000);
    }
}
