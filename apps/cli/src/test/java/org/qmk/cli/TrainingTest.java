package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

final class TrainingTest {

    @Test
    void every_command_of_the_training_succeeds() {
        assertDoesNotThrow(() -> Training.main(new String[0]));
    }
}
