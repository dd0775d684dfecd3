ALTER TABLE `events` ADD `hash` text;--> statement-breakpoint
CREATE INDEX `events_unchained` ON `events` (`id`) WHERE hash is null;--> statement-breakpoint
CREATE TRIGGER events_no_update BEFORE UPDATE ON events WHEN old.hash IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;--> statement-breakpoint
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;--> statement-breakpoint
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER events_no_replace BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE id = new.id) BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
