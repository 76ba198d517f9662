package org.qmk.server.store;

import java.time.Instant;
import org.qmk.server.engine.JobRecord;

/// A job in the archive.
///
/// @param ended when it came to the archive, by the clock of the server
public record ArchivedJob(JobRecord record, Instant ended) {}
