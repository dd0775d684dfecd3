CREATE TABLE `unchanged_rows` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`file_id` text NOT NULL,
	`rows` integer NOT NULL,
	`repeats` text NOT NULL,
	FOREIGN KEY (`file_id`) REFERENCES `intake_files`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `unchanged_rows_file` ON `unchanged_rows` (`file_id`);--> statement-breakpoint
ALTER TABLE `people` ADD `last_file_id` text;--> statement-breakpoint
ALTER TABLE `people` ADD `row_hash` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `given_licences` text;--> statement-breakpoint
ALTER TABLE `people` ADD `unknown_since` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `provisioning_retried_at` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `licences_reprocessed_at` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `choice` text;--> statement-breakpoint
ALTER TABLE `people` ADD `choice_by` text;--> statement-breakpoint
CREATE VIEW `file_rows` AS select id, file_id, line, raw, verdict, problems, changes, person_id from intake_rows
  union all
  select null, u.file_id, j.value ->> 0, r.raw, 'duplicate', null, null, r.person_id
  from unchanged_rows u, json_each(u.repeats) j, intake_rows r where r.id = j.value ->> 1;--> statement-breakpoint
UPDATE `people` SET `last_file_id` = (SELECT r.`file_id` FROM `intake_rows` r WHERE r.`person_id` = `people`.`id` ORDER BY r.`id` DESC LIMIT 1);--> statement-breakpoint
UPDATE `people` SET `given_licences` = (
  SELECT json_group_array(json_extract(l.value, '$.skuPartNumber')) FROM `mappings` m, json_each(m.`licences`) l
  WHERE m.`id` = `people`.`mapping_id`) WHERE `licensed_at` IS NOT NULL AND `mapping_id` IS NOT NULL;
