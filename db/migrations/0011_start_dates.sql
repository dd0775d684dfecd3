ALTER TABLE `mappings` ADD `lead_time` text;--> statement-breakpoint
ALTER TABLE `mappings` ADD `license_accounts_with_address` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `license_now_by` text;--> statement-breakpoint
ALTER TABLE `people` ADD `license_anyway_by` text;--> statement-breakpoint
-- The rules are others from now on, so the history says it, except where nobody can be concerned or the rule was chosen.
INSERT INTO `events` (`at`, `actor`, `kind`, `message`, `data`)
SELECT unixepoch() * 1000, 'engine', 'settings.changed',
  'With this version accounts that already have an address are licensed by default. Where some newcomers still get a mailbox on-premises, say so in Settings.',
  '{"name":"licenseAccountsWithAddress","before":false,"after":true}'
WHERE EXISTS (SELECT 1 FROM `people`) AND NOT EXISTS (SELECT 1 FROM `settings` WHERE `key` = 'settings.licenseAccountsWithAddress');--> statement-breakpoint
INSERT INTO `events` (`at`, `actor`, `kind`, `message`, `data`)
SELECT unixepoch() * 1000, 'engine', 'settings.changed',
  'With this version disabled accounts are licensed like any other. Settings can have them wait until they are enabled.',
  '{"name":"waitUntilEnabled","before":true,"after":false}'
WHERE EXISTS (SELECT 1 FROM `people` WHERE `reason` = 'account_disabled');
