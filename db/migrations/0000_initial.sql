CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`actor_key` text,
	`kind` text NOT NULL,
	`person_id` integer,
	`run_id` text,
	`from_state` text,
	`to_state` text,
	`reason` text,
	`message` text NOT NULL,
	`data` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_person` ON `events` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `events_at` ON `events` (`at`);--> statement-breakpoint
CREATE TABLE `intake_files` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`sha256` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`modified_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`source` text NOT NULL,
	`received_from` text NOT NULL,
	`status` text NOT NULL,
	`problem` text,
	`encoding` text,
	`delimiter` text,
	`rows` integer DEFAULT 0 NOT NULL,
	`accepted` integer DEFAULT 0 NOT NULL,
	`duplicates` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`stored_name` text,
	`moved_at` integer,
	`run_id` text
);
--> statement-breakpoint
CREATE INDEX `intake_files_sha256` ON `intake_files` (`sha256`);--> statement-breakpoint
CREATE INDEX `intake_files_received` ON `intake_files` (`received_at`);--> statement-breakpoint
CREATE INDEX `intake_files_run` ON `intake_files` (`run_id`);--> statement-breakpoint
CREATE INDEX `intake_files_unmoved` ON `intake_files` (`name`) WHERE moved_at is null;--> statement-breakpoint
CREATE TABLE `intake_rows` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`file_id` text NOT NULL,
	`line` integer NOT NULL,
	`raw` text NOT NULL,
	`extras` text,
	`verdict` text NOT NULL,
	`problems` text,
	`changes` text,
	`person_id` integer,
	`duplicate_of_row_id` integer,
	FOREIGN KEY (`file_id`) REFERENCES `intake_files`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `intake_rows_file_line` ON `intake_rows` (`file_id`,`line`);--> statement-breakpoint
CREATE INDEX `intake_rows_person` ON `intake_rows` (`person_id`);--> statement-breakpoint
CREATE INDEX `intake_rows_file_verdict` ON `intake_rows` (`file_id`,`verdict`);--> statement-breakpoint
CREATE TABLE `intents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_id` text NOT NULL,
	`person_id` integer NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`result` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `intents_open` ON `intents` (`person_id`) WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX `intents_created` ON `intents` (`created_at`);--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`host` text NOT NULL,
	`pid` integer NOT NULL,
	`acquired_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mappings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`employee_type` text NOT NULL,
	`employee_type_key` text NOT NULL,
	`version` integer NOT NULL,
	`licences` text NOT NULL,
	`usage_location` text,
	`retired_at` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mappings_type_version` ON `mappings` (`employee_type_key`,`version`);--> statement-breakpoint
CREATE UNIQUE INDEX `mappings_in_force` ON `mappings` (`employee_type_key`) WHERE retired_at is null;--> statement-breakpoint
CREATE TABLE `operators` (
	`tenant_id` text NOT NULL,
	`object_id` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`last_sign_in_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `object_id`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dedupe_key` text NOT NULL,
	`run_id` text,
	`sender` text NOT NULL,
	`recipients` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`attachment_name` text,
	`attachment_text` text,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`sent_at` integer,
	`transport` text,
	`answer` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe` ON `outbox` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`next_attempt_at`) WHERE status = 'queued';--> statement-breakpoint
CREATE TABLE `outcomes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_id` text NOT NULL,
	`person_id` integer NOT NULL,
	`at` integer NOT NULL,
	`state_before` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`message` text NOT NULL,
	`written` text,
	`calls` text,
	`duration_ms` integer NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outcomes_run_person` ON `outcomes` (`run_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `outcomes_person` ON `outcomes` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`upn_key` text NOT NULL,
	`user_principal_name` text NOT NULL,
	`display_name` text NOT NULL,
	`employee_type` text NOT NULL,
	`employee_type_key` text NOT NULL,
	`usage_location` text,
	`start_date` text,
	`state` text NOT NULL,
	`state_since` integer NOT NULL,
	`reason` text NOT NULL,
	`message` text NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`first_seen_at` integer NOT NULL,
	`next_look_at` integer,
	`last_look_at` integer,
	`looks` integer DEFAULT 0 NOT NULL,
	`mapping_id` integer,
	`account_id` text,
	`synchronised_at` integer,
	`licensed_at` integer,
	`mailbox_ready_at` integer,
	`mailbox_looks` integer DEFAULT 0 NOT NULL,
	`approved_at` integer,
	`approved_by` text,
	`closed_by` text,
	FOREIGN KEY (`mapping_id`) REFERENCES `mappings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_upn` ON `people` (`upn_key`);--> statement-breakpoint
CREATE INDEX `people_due` ON `people` (`next_look_at`,`id`) WHERE next_look_at is not null;--> statement-breakpoint
CREATE INDEX `people_state` ON `people` (`state`,`state_since`);--> statement-breakpoint
CREATE INDEX `people_reason` ON `people` (`reason`);--> statement-breakpoint
CREATE INDEX `people_type` ON `people` (`employee_type_key`);--> statement-breakpoint
CREATE INDEX `people_first_seen` ON `people` (`first_seen_at`);--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`trigger` text NOT NULL,
	`status` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`dry_run` integer DEFAULT false NOT NULL,
	`look_at_all` integer DEFAULT false NOT NULL,
	`people_due` integer DEFAULT 0 NOT NULL,
	`people_done` integer DEFAULT 0 NOT NULL,
	`counts` text,
	`reason` text,
	`message` text,
	`traffic` text,
	`warnings` text,
	`log_written_at` integer
);
--> statement-breakpoint
CREATE INDEX `runs_requested` ON `runs` (`requested_at`);--> statement-breakpoint
CREATE INDEX `runs_open` ON `runs` (`status`) WHERE status in ('queued', 'running');--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `subscribed_skus` (
	`sku_id` text PRIMARY KEY NOT NULL,
	`sku_part_number` text NOT NULL,
	`capability_status` text NOT NULL,
	`enabled_units` integer NOT NULL,
	`warning_units` integer NOT NULL,
	`consumed_units` integer NOT NULL,
	`makes_mailbox` integer NOT NULL,
	`service_plans` text NOT NULL,
	`seen_at` integer NOT NULL
);
