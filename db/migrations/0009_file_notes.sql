ALTER TABLE `intake_files` ADD `notes` text;--> statement-breakpoint
ALTER TABLE `intake_files` ADD `reading` text;