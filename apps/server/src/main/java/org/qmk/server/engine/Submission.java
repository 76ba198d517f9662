package org.qmk.server.engine;

import java.util.ArrayList;
import java.util.List;
import org.qmk.codec.ByteReader;
import org.qmk.kernel.call.Input;
import org.qmk.qvm.ByteWriter;

/// A job as a client submits it: what the kernel is asked, and what it does not need to know.
///
/// @param name for people
/// @param idempotencyKey empty if the client gave none
/// @param warnings what the reader of the program said, one line each
public record Submission(
        Input.Submit input, String name, String idempotencyKey, List<String> warnings) {
    public Submission {
        warnings = List.copyOf(warnings);
    }

    /// What is noted in the journal before the input, so that a recovery knows it again.
    byte[] note() {
        var out = ByteWriter.keeping().text(name).text(idempotencyKey).uint(warnings.size());
        for (String warning : warnings) out.text(warning);
        return out.bytes();
    }

    /// What `note` wrote, for the input that follows it. An empty note is about no input.
    ///
    /// @throws IllegalStateException if it is no note of a submission: the chain of hashes was
    ///     whole, so this server did not write the journal
    static Submission of(Input.Submit input, byte[] note) {
        if (note.length == 0) return new Submission(input, "", "", List.of());
        try {
            var in = new ByteReader(note);
            String name = in.text();
            String idempotencyKey = in.text();
            List<String> warnings = new ArrayList<>();
            for (int left = in.count(1); left > 0; left--) warnings.add(in.text());
            in.end();
            return new Submission(input, name, idempotencyKey, warnings);
        } catch (ByteReader.Malformed malformed) {
            throw new IllegalStateException("a note in the journal: " + malformed.getMessage());
        }
    }
}
