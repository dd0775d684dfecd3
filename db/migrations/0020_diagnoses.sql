CREATE TABLE `diagnoses` (
	`upn_key` text PRIMARY KEY NOT NULL,
	`user_principal_name` text NOT NULL,
	`requested_at` integer NOT NULL,
	`requested_by` text NOT NULL,
	`is_urgent` integer NOT NULL,
	`finished_at` integer,
	`facts` text,
	`problem` text
);
--> statement-breakpoint
CREATE INDEX `diagnoses_open` ON `diagnoses` (`is_urgent`,`requested_at`) WHERE finished_at is null;