CREATE TABLE `saved_views` (
	`id` text PRIMARY KEY NOT NULL,
	`operator_key` text NOT NULL,
	`name` text NOT NULL,
	`href` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_name` ON `saved_views` (`operator_key`,`name`);