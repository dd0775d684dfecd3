CREATE TABLE `removed_decisions` (
	`event_id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_key` text,
	`person_id` integer,
	`employee_type` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `removed_decisions_person` ON `removed_decisions` (`person_id`);--> statement-breakpoint
CREATE TABLE `removed_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`summary` text
);
--> statement-breakpoint
DROP TRIGGER events_no_delete;--> statement-breakpoint
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
WHEN old.id > coalesce((SELECT max(id) FROM removed_events), 0) BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;--> statement-breakpoint
DROP TRIGGER events_no_replace;--> statement-breakpoint
-- REPLACE deletes without asking the trigger above. An id that is not given yet is -1 here.
CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN new.id BETWEEN 1 AND coalesce((SELECT max(id) FROM removed_events), 0)
  OR EXISTS (SELECT 1 FROM events WHERE id = new.id) BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
