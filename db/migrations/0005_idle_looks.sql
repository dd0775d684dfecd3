CREATE TABLE `idle_looks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_id` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`message` text NOT NULL,
	`people` integer NOT NULL,
	`person_ids` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `idle_looks_run` ON `idle_looks` (`run_id`);--> statement-breakpoint
CREATE VIEW `run_looks` AS select run_id, person_id, at, state_before, state, reason, message from outcomes
  union all
  select i.run_id, j.value, i.at, i.state, i.state, i.reason, i.message from idle_looks i, json_each(i.person_ids) j;