ALTER TABLE `people` ADD `reassigned_at` integer;--> statement-breakpoint
UPDATE `people` SET `given_licences` = given.part_numbers
FROM (
  SELECT i.person_id, json_group_array(DISTINCT added.value ->> 'skuPartNumber') AS part_numbers
  FROM intents i JOIN people p ON p.id = i.person_id, json_each(i.payload, '$.addLicenses') added
  WHERE i.kind = 'licence' AND i.result = 'applied' AND i.created_at >= p.first_seen_at
  GROUP BY i.person_id
) given
WHERE given.person_id = people.id AND people.licensed_at IS NOT NULL AND people.given_licences IS NULL;
