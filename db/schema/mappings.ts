/** Which licences an EmployeeType gets, and the licences that the tenant has. */
import { sql } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { LeadTime } from '#lib/domain/time/start-date.ts';

/** EmployeeType → licences. A change adds a version; people keep the version they were decided with. */
export const mappings = sqliteTable(
  'mappings',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    employeeType: text('employee_type').notNull(),
    /** `employeeTypeKey(employeeType)`, for comparison. */
    employeeTypeKey: text('employee_type_key').notNull(),
    version: integer().notNull(),
    /** `[{ skuPartNumber, disabledPlans: [servicePlanId] }]` */
    licences: text({ mode: 'json' }).notNull(),
    usageLocation: text('usage_location'),
    /** `LeadTime`; null: as Settings say. */
    leadTime: text('lead_time', { mode: 'json' }).$type<LeadTime>(),
    /** Null: as Settings say. */
    licenseAccountsWithAddress: integer('license_accounts_with_address', { mode: 'boolean' }),
    /** Where an unmapped EmployeeType is similar to several mappings, the lower rank is offered first. */
    rank: integer().notNull().default(100),
    /** The editor's note on this version. */
    note: text(),
    /** Null while this is the version in force. */
    retiredAt: integer('retired_at'),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [
    uniqueIndex('mappings_type_version').on(t.employeeTypeKey, t.version),
    uniqueIndex('mappings_in_force').on(t.employeeTypeKey).where(sql`retired_at is null`),
  ],
);

/** The tenant's licences as the last run read them: the web shows seats without calling Graph. */
export const subscribedSkus = sqliteTable('subscribed_skus', {
  skuId: text('sku_id').primaryKey(),
  skuPartNumber: text('sku_part_number').notNull(),
  capabilityStatus: text('capability_status').notNull(),
  enabledUnits: integer('enabled_units').notNull(),
  warningUnits: integer('warning_units').notNull(),
  consumedUnits: integer('consumed_units').notNull(),
  makesMailbox: integer('makes_mailbox', { mode: 'boolean' }).notNull(),
  servicePlans: text('service_plans', { mode: 'json' }).notNull(),
  seenAt: integer('seen_at').notNull(),
});

/** Seats of each licence by day (UTC), as the last run of the day read them: what Microsoft Graph tells of today only. */
export const seatDays = sqliteTable(
  'seat_days',
  {
    /** `2026-11-27`. */
    day: text().notNull(),
    skuPartNumber: text('sku_part_number').notNull(),
    bought: integer().notNull(),
    used: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.skuPartNumber] })],
);
