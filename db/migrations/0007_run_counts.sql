CREATE TABLE `run_counts` (
	`run_id` text NOT NULL,
	`state` text NOT NULL,
	`outcomes` integer NOT NULL,
	`idle` integer NOT NULL,
	`first_id` integer,
	`last_id` integer,
	PRIMARY KEY(`run_id`, `state`)
);
--> statement-breakpoint
CREATE INDEX `outcomes_rare` ON `outcomes` (`run_id`,`state`) WHERE state in ('awaiting_seat', 'held', 'needs_attention', 'dismissed');--> statement-breakpoint
INSERT INTO run_counts SELECT run_id, state, count(*), 0, min(id), max(id) FROM outcomes NOT INDEXED GROUP BY 1, 2;--> statement-breakpoint
INSERT INTO run_counts SELECT run_id, state, 0, sum(people), NULL, NULL FROM idle_looks WHERE true GROUP BY 1, 2
  ON CONFLICT DO UPDATE SET idle = excluded.idle;--> statement-breakpoint
CREATE TRIGGER run_counts_outcome AFTER INSERT ON outcomes BEGIN
  INSERT INTO run_counts VALUES (new.run_id, new.state, 1, 0, new.id, new.id)
    ON CONFLICT DO UPDATE SET outcomes = outcomes + 1, first_id = coalesce(first_id, new.id), last_id = new.id;
END;--> statement-breakpoint
CREATE TRIGGER run_counts_outcome_deleted AFTER DELETE ON outcomes BEGIN
  UPDATE run_counts SET outcomes = outcomes - 1 WHERE run_id = old.run_id AND state = old.state;
  DELETE FROM run_counts WHERE run_id = old.run_id AND state = old.state AND outcomes = 0 AND idle = 0;
END;--> statement-breakpoint
CREATE TRIGGER run_counts_idle AFTER INSERT ON idle_looks BEGIN
  INSERT INTO run_counts VALUES (new.run_id, new.state, 0, new.people, NULL, NULL)
    ON CONFLICT DO UPDATE SET idle = idle + new.people;
END;--> statement-breakpoint
CREATE TRIGGER run_counts_idle_deleted AFTER DELETE ON idle_looks BEGIN
  UPDATE run_counts SET idle = idle - old.people WHERE run_id = old.run_id AND state = old.state;
  DELETE FROM run_counts WHERE run_id = old.run_id AND state = old.state AND outcomes = 0 AND idle = 0;
END;
