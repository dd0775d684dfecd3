DROP VIEW `run_looks`;--> statement-breakpoint
DROP TRIGGER run_counts_outcome;--> statement-breakpoint
DROP TRIGGER run_counts_outcome_deleted;--> statement-breakpoint
DROP TRIGGER run_counts_idle;--> statement-breakpoint
DROP TRIGGER run_counts_idle_deleted;--> statement-breakpoint
ALTER TABLE `checks` RENAME TO `setup_checks`;--> statement-breakpoint
DROP INDEX `checks_open`;--> statement-breakpoint
CREATE INDEX `setup_checks_open` ON `setup_checks` (`requested_at`) WHERE finished_at is null;--> statement-breakpoint
ALTER TABLE `dry_looks` RENAME TO `dry_run_outcomes`;--> statement-breakpoint
DROP INDEX `dry_looks_run`;--> statement-breakpoint
CREATE INDEX `dry_run_outcomes_run` ON `dry_run_outcomes` (`run_id`,`reason`);--> statement-breakpoint
ALTER TABLE `idle_looks` RENAME TO `unchanged_outcomes`;--> statement-breakpoint
DROP INDEX `idle_looks_run`;--> statement-breakpoint
CREATE INDEX `unchanged_outcomes_run` ON `unchanged_outcomes` (`run_id`);--> statement-breakpoint
ALTER TABLE `people` RENAME COLUMN `next_look_at` TO `next_check_at`;--> statement-breakpoint
ALTER TABLE `people` RENAME COLUMN `last_look_at` TO `last_check_at`;--> statement-breakpoint
ALTER TABLE `people` RENAME COLUMN `looks` TO `checks`;--> statement-breakpoint
ALTER TABLE `people` RENAME COLUMN `mailbox_looks` TO `mailbox_checks`;--> statement-breakpoint
ALTER TABLE `runs` RENAME COLUMN `look_at_all` TO `check_all`;--> statement-breakpoint
ALTER TABLE `run_counts` RENAME COLUMN `idle` TO `unchanged`;--> statement-breakpoint
CREATE VIEW `run_outcomes` AS select run_id, person_id, at, state_before, state, reason, message from outcomes
  union all
  select i.run_id, j.value, i.at, i.state, i.state, i.reason, i.message from unchanged_outcomes i, json_each(i.person_ids) j;--> statement-breakpoint
CREATE TRIGGER run_counts_outcome AFTER INSERT ON outcomes BEGIN
  INSERT INTO run_counts VALUES (new.run_id, new.state, 1, 0, new.id, new.id)
    ON CONFLICT DO UPDATE SET outcomes = outcomes + 1, first_id = coalesce(first_id, new.id), last_id = new.id;
END;--> statement-breakpoint
CREATE TRIGGER run_counts_outcome_deleted AFTER DELETE ON outcomes BEGIN
  UPDATE run_counts SET outcomes = outcomes - 1 WHERE run_id = old.run_id AND state = old.state;
  DELETE FROM run_counts WHERE run_id = old.run_id AND state = old.state AND outcomes = 0 AND unchanged = 0;
END;--> statement-breakpoint
CREATE TRIGGER run_counts_unchanged AFTER INSERT ON unchanged_outcomes BEGIN
  INSERT INTO run_counts VALUES (new.run_id, new.state, 0, new.people, NULL, NULL)
    ON CONFLICT DO UPDATE SET unchanged = unchanged + new.people;
END;--> statement-breakpoint
CREATE TRIGGER run_counts_unchanged_deleted AFTER DELETE ON unchanged_outcomes BEGIN
  UPDATE run_counts SET unchanged = unchanged - old.people WHERE run_id = old.run_id AND state = old.state;
  DELETE FROM run_counts WHERE run_id = old.run_id AND state = old.state AND outcomes = 0 AND unchanged = 0;
END;--> statement-breakpoint
DROP INDEX `intake_files_unfinished`;--> statement-breakpoint
UPDATE `intake_files` SET `status` = 'importing' WHERE `status` = 'taking_in';--> statement-breakpoint
CREATE INDEX `intake_files_unfinished` ON `intake_files` (`received_at`) WHERE status = 'importing';--> statement-breakpoint
UPDATE `drafts` SET `status` = 'imported' WHERE `status` = 'taken_in';--> statement-breakpoint
UPDATE `events` SET `kind` = 'draft.imported' WHERE `kind` = 'draft.taken_in';--> statement-breakpoint
UPDATE `settings` SET `key` = 'settings.attentionCheckHours' WHERE `key` = 'settings.attentionLookHours';--> statement-breakpoint
UPDATE `events` SET `data` = json_set(`data`, '$.name', 'attentionCheckHours') WHERE `kind` = 'settings.changed' AND `data` ->> '$.name' = 'attentionLookHours';--> statement-breakpoint
UPDATE `settings` SET `key` = 'engine.scheduler' WHERE `key` = 'engine.clockwork';
