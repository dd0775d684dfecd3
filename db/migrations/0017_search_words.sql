DROP TRIGGER people_search_update;--> statement-breakpoint
DROP TRIGGER people_search_delete;--> statement-breakpoint
DROP TABLE people_search;--> statement-breakpoint
CREATE VIRTUAL TABLE people_search USING fts5(words, tokenize = 'trigram', detail = 'none', columnsize = 0);--> statement-breakpoint
UPDATE search_progress SET up_to = 0;--> statement-breakpoint
CREATE TRIGGER people_search_update AFTER UPDATE OF display_name, upn_key ON people
  WHEN (old.display_name <> new.display_name OR old.upn_key <> new.upn_key) AND old.id <= (SELECT up_to FROM search_progress) BEGIN
  UPDATE people_search SET words = search_words(new.display_name, new.upn_key) WHERE rowid = new.id;
END;--> statement-breakpoint
CREATE TRIGGER people_search_delete AFTER DELETE ON people WHEN old.id <= (SELECT up_to FROM search_progress) BEGIN
  DELETE FROM people_search WHERE rowid = old.id;
END;
