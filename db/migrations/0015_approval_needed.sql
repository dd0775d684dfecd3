ALTER TABLE `people` ADD `approval_needed_since` integer;--> statement-breakpoint
UPDATE `people` SET `approval_needed_since` = `state_since` WHERE `state` = 'held' AND `reason` IN ('safety_limit', 'approval_void');
