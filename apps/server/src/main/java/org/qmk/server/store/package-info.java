/// What a server keeps beside its journal: API keys, settings of tenants, uses of tokens, and an
/// archive of ended jobs.
///
/// Start with `Store`. For jobs the journal is the truth and the database a copy that may lag or be
/// made again; for the rest the database is the truth, and durable before anybody is told
/// (docs/spec/storage.md). Nothing here ever holds the secret of a key, or loses an ended job that
/// the journal does not have.
package org.qmk.server.store;
