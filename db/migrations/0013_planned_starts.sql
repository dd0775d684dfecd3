CREATE TABLE `planned_starts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`employee_type` text NOT NULL,
	`employee_type_key` text NOT NULL,
	`start_date` text NOT NULL,
	`people` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `planned_starts_start` ON `planned_starts` (`start_date`);--> statement-breakpoint
CREATE INDEX `people_start` ON `people` (`start_date`,`employee_type_key`) WHERE start_date is not null;