CREATE TABLE `seat_days` (
	`day` text NOT NULL,
	`sku_part_number` text NOT NULL,
	`bought` integer NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`day`, `sku_part_number`)
);
