-- Epoch by epoch, why a job waited. Jobs of before do not know.
ALTER TABLE job ADD COLUMN stretches TEXT NOT NULL DEFAULT '[]';
