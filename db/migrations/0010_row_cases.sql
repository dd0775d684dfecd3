CREATE TABLE `row_cases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`file_id` text NOT NULL,
	`row_id` integer,
	`status` text DEFAULT 'open' NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`problems` text,
	`settled_at` integer,
	`settled_by` text,
	`settled_by_key` text,
	`why` text,
	`imported_as_file_id` text,
	FOREIGN KEY (`file_id`) REFERENCES `intake_files`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`row_id`) REFERENCES `intake_rows`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `row_cases_row` ON `row_cases` (`row_id`) WHERE row_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `row_cases_whole_file` ON `row_cases` (`file_id`) WHERE row_id is null;--> statement-breakpoint
CREATE INDEX `row_cases_status` ON `row_cases` (`status`,`file_id`);--> statement-breakpoint
ALTER TABLE `search_progress` ADD `cases_up_to` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
INSERT INTO row_cases (file_id, row_id, problems) SELECT file_id, id, problems FROM intake_rows WHERE verdict = 'rejected' ORDER BY id;--> statement-breakpoint
INSERT INTO row_cases (file_id) SELECT id FROM intake_files WHERE status = 'rejected' ORDER BY id;--> statement-breakpoint
CREATE TRIGGER row_cases_row AFTER INSERT ON intake_rows WHEN new.verdict = 'rejected' BEGIN
  INSERT INTO row_cases (file_id, row_id, problems) VALUES (new.file_id, new.id, new.problems);
END;--> statement-breakpoint
CREATE TRIGGER row_cases_file AFTER UPDATE OF status ON intake_files WHEN new.status = 'rejected' AND old.status <> 'rejected' BEGIN
  INSERT INTO row_cases (file_id) VALUES (new.id);
END;--> statement-breakpoint
CREATE TRIGGER file_counts_corrected AFTER UPDATE OF person_id ON intake_rows WHEN old.person_id IS NULL AND new.person_id IS NOT NULL BEGIN
  INSERT INTO file_counts VALUES (new.file_id, (SELECT state FROM people WHERE id = new.person_id), 0,
      NOT EXISTS (SELECT 1 FROM intake_rows WHERE person_id = new.person_id AND file_id = new.file_id AND id <> new.id))
    ON CONFLICT DO UPDATE SET people = people + excluded.people;
END;--> statement-breakpoint
CREATE VIRTUAL TABLE row_search USING fts5(raw, content = 'intake_rows', content_rowid = 'id', tokenize = 'trigram', detail = 'none', columnsize = 0);
