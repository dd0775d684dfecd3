CREATE TABLE `checks` (
	`id` text PRIMARY KEY NOT NULL,
	`requested_at` integer NOT NULL,
	`requested_by` text NOT NULL,
	`finished_at` integer,
	`results` text
);
--> statement-breakpoint
CREATE INDEX `checks_open` ON `checks` (`requested_at`) WHERE finished_at is null;--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`stored_name` text NOT NULL,
	`sha256` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_by_key` text NOT NULL,
	`columns` text,
	`corrections` text,
	`revision` integer DEFAULT 0 NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`file_id` text,
	`preview_run_id` text,
	`preview_revision` integer
);
--> statement-breakpoint
CREATE INDEX `drafts_created` ON `drafts` (`created_at`);--> statement-breakpoint
CREATE TABLE `dry_looks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_id` text NOT NULL,
	`person_id` integer,
	`line` integer,
	`user_principal_name` text NOT NULL,
	`display_name` text NOT NULL,
	`employee_type` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`message` text NOT NULL,
	`licences` text NOT NULL,
	`usage_location` text,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `dry_looks_run` ON `dry_looks` (`run_id`,`reason`);--> statement-breakpoint
CREATE TABLE `lists` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`names` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `run_people` (
	`run_id` text NOT NULL,
	`person_id` integer NOT NULL,
	`mapping_id` integer,
	PRIMARY KEY(`run_id`, `person_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`mapping_id`) REFERENCES `mappings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `run_people_person` ON `run_people` (`person_id`);--> statement-breakpoint
ALTER TABLE `mappings` ADD `rank` integer DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE `mappings` ADD `note` text;--> statement-breakpoint
ALTER TABLE `people` ADD `held_plan` text;--> statement-breakpoint
ALTER TABLE `people` ADD `approved_plan` text;--> statement-breakpoint
ALTER TABLE `people` ADD `assigned_to` text;--> statement-breakpoint
ALTER TABLE `people` ADD `assigned_key` text;--> statement-breakpoint
ALTER TABLE `people` ADD `assigned_at` integer;--> statement-breakpoint
CREATE INDEX `people_since` ON `people` (`state_since`);--> statement-breakpoint
CREATE INDEX `people_name` ON `people` (`display_name`);--> statement-breakpoint
CREATE INDEX `people_licensed` ON `people` (`licensed_at`) WHERE licensed_at is not null;--> statement-breakpoint
ALTER TABLE `runs` ADD `selection` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `rerun_of_run_id` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `rerun_of_file_id` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `draft_id` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `cancel_requested_at` integer;--> statement-breakpoint
ALTER TABLE `runs` ADD `cancel_requested_by` text;--> statement-breakpoint
CREATE INDEX `runs_rerun_of_run` ON `runs` (`rerun_of_run_id`);--> statement-breakpoint
CREATE INDEX `runs_rerun_of_file` ON `runs` (`rerun_of_file_id`);--> statement-breakpoint
CREATE INDEX `events_kind` ON `events` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `events_operator` ON `events` (`id`) WHERE actor_key is not null;