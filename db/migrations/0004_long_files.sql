ALTER TABLE `intake_files` ADD `received_from_key` text;--> statement-breakpoint
ALTER TABLE `intake_files` ADD `rows_total` integer;--> statement-breakpoint
CREATE INDEX `intake_files_unfinished` ON `intake_files` (`received_at`) WHERE status = 'taking_in';