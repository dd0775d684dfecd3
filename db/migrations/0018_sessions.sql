CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`operator_key` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`role` text,
	`signed_in_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`role_checked_at` integer,
	`address` text NOT NULL,
	`user_agent` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_operator` ON `sessions` (`operator_key`);