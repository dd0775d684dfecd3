CREATE TABLE `file_counts` (
	`file_id` text NOT NULL,
	`state` text NOT NULL,
	`accepted` integer NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`file_id`, `state`)
);
--> statement-breakpoint
CREATE TABLE `people_counts` (
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`employee_type_key` text NOT NULL,
	`is_licensed` integer NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`state`, `reason`, `employee_type_key`, `is_licensed`)
);
--> statement-breakpoint
CREATE TABLE `search_progress` (
	`up_to` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `people_state`;--> statement-breakpoint
DROP INDEX `people_reason`;--> statement-breakpoint
DROP INDEX `people_type`;--> statement-breakpoint
DROP INDEX `people_first_seen`;--> statement-breakpoint
DROP INDEX `people_since`;--> statement-breakpoint
DROP INDEX `people_licensed`;--> statement-breakpoint
CREATE INDEX `people_arrival` ON `people` (`state`,`reason`,`employee_type_key`,`first_seen_at`);--> statement-breakpoint
CREATE INDEX `people_assigned` ON `people` (`assigned_key`) WHERE assigned_key is not null;--> statement-breakpoint
CREATE INDEX `people_since` ON `people` (`state`,`reason`,`employee_type_key`,`state_since`);--> statement-breakpoint
CREATE INDEX `people_licensed` ON `people` (`licensed_at`,`mapping_id`) WHERE licensed_at is not null;--> statement-breakpoint
INSERT INTO people_counts (state, reason, employee_type_key, is_licensed, people)
  SELECT state, reason, employee_type_key, licensed_at IS NOT NULL, count(*) FROM people GROUP BY 1, 2, 3, 4;--> statement-breakpoint
CREATE TRIGGER people_counts_insert AFTER INSERT ON people BEGIN
  INSERT INTO people_counts VALUES (new.state, new.reason, new.employee_type_key, new.licensed_at IS NOT NULL, 1)
    ON CONFLICT DO UPDATE SET people = people + 1;
END;--> statement-breakpoint
CREATE TRIGGER people_counts_update AFTER UPDATE OF state, reason, employee_type_key, licensed_at ON people
  WHEN old.state <> new.state OR old.reason <> new.reason OR old.employee_type_key <> new.employee_type_key
    OR (old.licensed_at IS NULL) <> (new.licensed_at IS NULL) BEGIN
  UPDATE people_counts SET people = people - 1 WHERE state = old.state AND reason = old.reason
    AND employee_type_key = old.employee_type_key AND is_licensed = (old.licensed_at IS NOT NULL);
  INSERT INTO people_counts VALUES (new.state, new.reason, new.employee_type_key, new.licensed_at IS NOT NULL, 1)
    ON CONFLICT DO UPDATE SET people = people + 1;
END;--> statement-breakpoint
CREATE TRIGGER people_counts_delete AFTER DELETE ON people BEGIN
  UPDATE people_counts SET people = people - 1 WHERE state = old.state AND reason = old.reason
    AND employee_type_key = old.employee_type_key AND is_licensed = (old.licensed_at IS NOT NULL);
END;--> statement-breakpoint
INSERT INTO file_counts (file_id, state, accepted, people)
  SELECT r.file_id, p.state, sum(r.accepted), count(*)
  FROM (SELECT file_id, person_id, sum(verdict = 'accepted') AS accepted FROM intake_rows
    WHERE person_id IS NOT NULL GROUP BY file_id, person_id) r
  CROSS JOIN people p ON p.id = r.person_id GROUP BY 1, 2;--> statement-breakpoint
CREATE TRIGGER file_counts_insert AFTER INSERT ON intake_rows WHEN new.person_id IS NOT NULL BEGIN
  INSERT INTO file_counts VALUES (new.file_id, (SELECT state FROM people WHERE id = new.person_id), new.verdict = 'accepted',
      new.verdict = 'accepted' OR NOT EXISTS
        (SELECT 1 FROM intake_rows WHERE person_id = new.person_id AND file_id = new.file_id AND id <> new.id))
    ON CONFLICT DO UPDATE SET accepted = accepted + excluded.accepted, people = people + excluded.people;
END;--> statement-breakpoint
CREATE TRIGGER file_counts_update AFTER UPDATE OF state ON people WHEN old.state <> new.state BEGIN
  INSERT INTO file_counts
    SELECT file_id, old.state, -sum(verdict = 'accepted'), -1 FROM intake_rows WHERE person_id = new.id GROUP BY file_id
    ON CONFLICT DO UPDATE SET accepted = accepted + excluded.accepted, people = people + excluded.people;
  INSERT INTO file_counts
    SELECT file_id, new.state, sum(verdict = 'accepted'), 1 FROM intake_rows WHERE person_id = new.id GROUP BY file_id
    ON CONFLICT DO UPDATE SET accepted = accepted + excluded.accepted, people = people + excluded.people;
END;--> statement-breakpoint
CREATE VIRTUAL TABLE people_search USING fts5(display_name, upn_key, content = 'people', content_rowid = 'id',
  tokenize = 'trigram', detail = 'none', columnsize = 0);--> statement-breakpoint
INSERT INTO search_progress VALUES (0);--> statement-breakpoint
CREATE TRIGGER people_search_update AFTER UPDATE OF display_name, upn_key ON people
  WHEN (old.display_name <> new.display_name OR old.upn_key <> new.upn_key) AND old.id <= (SELECT up_to FROM search_progress) BEGIN
  INSERT INTO people_search (people_search, rowid, display_name, upn_key) VALUES ('delete', old.id, old.display_name, old.upn_key);
  INSERT INTO people_search (rowid, display_name, upn_key) VALUES (new.id, new.display_name, new.upn_key);
END;--> statement-breakpoint
CREATE TRIGGER people_search_delete AFTER DELETE ON people WHEN old.id <= (SELECT up_to FROM search_progress) BEGIN
  INSERT INTO people_search (people_search, rowid, display_name, upn_key) VALUES ('delete', old.id, old.display_name, old.upn_key);
END;
