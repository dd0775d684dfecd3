ALTER TABLE `dry_run_outcomes` ADD `said` text;--> statement-breakpoint
ALTER TABLE `outcomes` ADD `said` text;--> statement-breakpoint
ALTER TABLE `people` ADD `said` text;--> statement-breakpoint
ALTER TABLE `unchanged_outcomes` ADD `said` text;