-- Until now `not_applied` also stood for a write that was never sent: whether it was cannot be told any more, so none counts as ours.
UPDATE intents SET result = 'not_sent' WHERE result = 'not_applied' AND kind = 'licence';--> statement-breakpoint
CREATE INDEX `intents_unseen` ON `intents` (`person_id`) WHERE result = 'not_applied' and kind = 'licence';