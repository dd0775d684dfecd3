ALTER TABLE `runs` ADD `number` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE runs SET number = numbered.number FROM (
  SELECT id, row_number() OVER (ORDER BY coalesce(started_at, requested_at), requested_at, id) AS number FROM runs
) AS numbered WHERE numbered.id = runs.id;--> statement-breakpoint
CREATE UNIQUE INDEX `runs_number` ON `runs` (`number`);--> statement-breakpoint
CREATE TRIGGER runs_number AFTER INSERT ON runs WHEN new.number = 0 BEGIN
  UPDATE runs SET number = (SELECT max(number) + 1 FROM runs) WHERE id = new.id;
END;
