CREATE TABLE `upn_index` (
	`upn_key` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `new_upn_index` (
	`upn_key` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `name_index` (
	`display_name` text NOT NULL,
	`person_id` integer NOT NULL,
	PRIMARY KEY(`display_name`, `person_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `new_name_index` (
	`display_name` text NOT NULL,
	`person_id` integer NOT NULL,
	PRIMARY KEY(`display_name`, `person_id`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO upn_index (upn_key, person_id) SELECT upn_key, id FROM people ORDER BY upn_key;--> statement-breakpoint
INSERT INTO name_index (display_name, person_id) SELECT display_name, id FROM people ORDER BY display_name, id;--> statement-breakpoint
DROP INDEX `people_upn`;--> statement-breakpoint
DROP INDEX `people_name`;--> statement-breakpoint
CREATE VIEW `upns_in_order` AS select upn_key, person_id from upn_index union all select upn_key, person_id from new_upn_index;--> statement-breakpoint
CREATE VIEW `names_in_order` AS select display_name, person_id from name_index union all select display_name, person_id from new_name_index;--> statement-breakpoint
CREATE TRIGGER people_index_insert AFTER INSERT ON people BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: people.upn_key') WHERE EXISTS (SELECT 1 FROM upns_in_order WHERE upn_key = new.upn_key);
  INSERT INTO new_upn_index (upn_key, person_id) VALUES (new.upn_key, new.id);
  INSERT INTO new_name_index (display_name, person_id) VALUES (new.display_name, new.id);
END;--> statement-breakpoint
CREATE TRIGGER people_index_upn AFTER UPDATE OF upn_key ON people WHEN old.upn_key <> new.upn_key BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: people.upn_key') WHERE EXISTS (SELECT 1 FROM upns_in_order WHERE upn_key = new.upn_key);
  DELETE FROM upn_index WHERE upn_key = old.upn_key;
  DELETE FROM new_upn_index WHERE upn_key = old.upn_key;
  INSERT INTO new_upn_index (upn_key, person_id) VALUES (new.upn_key, new.id);
END;--> statement-breakpoint
CREATE TRIGGER people_index_name AFTER UPDATE OF display_name ON people WHEN old.display_name <> new.display_name BEGIN
  DELETE FROM name_index WHERE display_name = old.display_name AND person_id = old.id;
  DELETE FROM new_name_index WHERE display_name = old.display_name AND person_id = old.id;
  INSERT INTO new_name_index (display_name, person_id) VALUES (new.display_name, new.id);
END;--> statement-breakpoint
CREATE TRIGGER people_index_delete AFTER DELETE ON people BEGIN
  DELETE FROM upn_index WHERE upn_key = old.upn_key;
  DELETE FROM new_upn_index WHERE upn_key = old.upn_key;
  DELETE FROM name_index WHERE display_name = old.display_name AND person_id = old.id;
  DELETE FROM new_name_index WHERE display_name = old.display_name AND person_id = old.id;
END;
